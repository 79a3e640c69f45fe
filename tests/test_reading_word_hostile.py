"""Word documents that are broken or meant to do harm: a clear error, or what can be read."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Limits
from kcsp_nlp.reading.sniffing import sniff
from kcsp_nlp.reading.word.extracting import extract
from word_making import (
    MAIN,
    document,
    document_parts,
    extracted,
    package,
    paragraph,
    relationships,
    row,
    style,
    table,
)

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LINK = {"styles": "styles.xml", "header1": "header1.xml"}


def read(data: bytes, limits: Limits | None = None) -> str:
    return extract(data, "minutes.docx", limits or Limits())[0].text


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_in_every_part(part: str, doctype: str, encoding: str) -> None:
    parts = document_parts(paragraph("Text"), styles="")
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<a>&b;</a>'.encode(encoding)
    with pytest.raises(ReadingError, match=r"minutes\.docx: found a document type"):
        read(package(parts))


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        pytest.param({"word/document.xml": "<w:document"}, "broken XML", id="truncated XML"),
        pytest.param({"word/document.xml": ""}, "broken XML", id="empty part"),
        pytest.param({"word/document.xml": "<html/>"}, "without a text", id="another root"),
        pytest.param({"readme.txt": "x"}, "without a text", id="no main part"),
        pytest.param(
            {"word/document.xml": f'<w:document xmlns:w="{MAIN}"/>'}, "without a text", id="no body"
        ),
        pytest.param(
            {"word/document.xml": f'<w:document xmlns:w="{MAIN}"><w:body/></w:document>'},
            "without text",
            id="nothing in it",
        ),
        pytest.param(
            {"word/document.xml": '<?xml version="1.0" encoding="none-such"?><a/>'},
            "broken XML",
            id="an encoding nobody knows",
        ),
    ],
)
def test_what_is_no_document_is_refused(parts: dict[str, str | bytes], found: str) -> None:
    with pytest.raises(ReadingError, match=rf"minutes\.docx: found .*{found}.*expected"):
        read(package(parts))


def test_missing_parts_and_wrong_types_do_not_matter() -> None:
    parts = document_parts(paragraph("Text", '<w:pStyle w:val="Gone"/>'))
    parts["word/_rels/document.xml.rels"] = relationships(LINK)
    del parts["[Content_Types].xml"], parts["_rels/.rels"]
    assert read(package(parts)) == "Text\n"


def test_names_of_parts_in_another_case_and_with_backslashes() -> None:
    parts = document_parts(paragraph("Text"))
    renamed = {
        name.replace("word/document.xml", "Word\\Document.XML"): held
        for name, held in parts.items()
    }
    assert read(package(renamed)) == "Text\n"


def test_a_file_that_is_no_archive_is_refused() -> None:
    with pytest.raises(ReadingError, match="damaged ZIP"):
        read(b"PK\x03\x04" + b"x" * 100)


def test_a_truncated_file_is_refused() -> None:
    data = document(paragraph("Text " * 100))
    with pytest.raises(ReadingError, match="damaged"):
        read(data[: len(data) // 2])


def test_damaged_bytes_are_refused() -> None:
    data = bytearray(document(paragraph("Text " * 500)))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        at = file.getinfo("word/document.xml").header_offset
    data[at + 80 : at + 90] = b"\xff" * 10
    with pytest.raises(ReadingError, match="damaged part"):
        read(bytes(data))


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        pytest.param(2 << 30, "more than 64 MB", id="two gigabytes that are not there"),
        pytest.param(10, "damaged part", id="less than there is"),
    ],
)
def test_lies_about_the_size_of_a_part(claim: int, found: str) -> None:
    data = bytearray(document(paragraph("Text " * 500)))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", claim)
    with pytest.raises(ReadingError, match=found):
        read(bytes(data))


def test_a_part_that_unpacks_to_much_more_is_refused() -> None:
    data = document(paragraph("a" * 3_000_000))
    assert len(data) < 10_000
    with pytest.raises(ReadingError, match="more than 1 MB"):
        read(data, Limits(megabytes=1))


def test_all_parts_together_are_bounded() -> None:
    data = document(paragraph("a" * 700_000), styles=" " * 700_000)
    with pytest.raises(ReadingError, match="unpacked"):
        read(data, Limits(unpacked_megabytes=1))


def test_thousands_of_parts_are_refused() -> None:
    parts = document_parts(paragraph("Text")) | {f"word/media/{at}": "" for at in range(2_500)}
    with pytest.raises(ReadingError, match="parts"):
        read(package(parts))


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(document(paragraph("Text")))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[entry + 8] |= 1
    with pytest.raises(ReadingError, match="without a password"):
        read(bytes(data))


def test_an_encrypted_document_is_told_apart_from_old_ones() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    kind, called = sniff(data)
    assert kind == "unread"
    assert "password" in called


@pytest.mark.parametrize("name", ["word/document.xml", "word/document2.xml", "Word\\Document.xml"])
def test_documents_are_known_wherever_their_text_is(name: str) -> None:
    assert sniff(package({name: "<a/>"}))[0] == "docx"


def test_ten_thousand_tables_inside_each_other() -> None:
    depth = 10_000
    opening, closing = "<w:tbl><w:tr><w:tc><w:p/>", "</w:tc></w:tr></w:tbl>"
    inner = table(row("deep", "down"))
    assert "deep" in extracted(opening * depth + inner + closing * depth).text


def test_three_thousand_tables_of_two_columns_inside_each_other() -> None:
    depth = 3_000
    opening = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>"
    closing = "<w:p/></w:tc></w:tr></w:tbl>"
    assert extracted(opening * depth + paragraph("b") + closing * depth).text.count("a") == depth


def test_ten_thousand_content_controls_and_text_boxes_inside_each_other() -> None:
    depth = 10_000
    controls = "<w:sdt>" * depth + paragraph("a") + "</w:sdt>" * depth
    boxes = (
        "<w:p><w:r><w:txbxContent>" * depth
        + paragraph("b")
        + "</w:txbxContent></w:r></w:p>" * depth
    )
    assert extracted(controls + boxes).text.split() == ["a", "b"]


def test_twenty_thousand_joined_paragraphs() -> None:
    joined = paragraph("a", "<w:rPr><w:del/></w:rPr>")
    assert extracted(joined * 20_000 + paragraph("b")).text == "a" * 20_000 + "b\n"


def test_a_chain_of_ten_thousand_styles() -> None:
    chain = "".join(style(f"S{at}", base=f"S{at + 1}") for at in range(10_000))
    assert extracted(paragraph("Text", '<w:pStyle w:val="S0"/>'), styles=chain).text == "Text\n"


@pytest.mark.parametrize("span", ["1000000000", "-5", "x", "99999999999999999999"])
def test_absurd_widths_of_cells(span: str) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph("a")}</w:tc>'
    rows = row(wide, "b", properties='<w:gridBefore w:val="1000000000"/>')
    assert extracted(table(rows, row("a", "b", "c"))).text


def test_more_pages_than_allowed_are_refused() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/><w:t>a</w:t></w:r>"
    with pytest.raises(ReadingError, match="found 11 pages"):
        read(document(paragraph(turn) * 10), Limits(pages=10))


def test_elements_where_none_should_be() -> None:
    body = "<w:tr/><w:tc><w:p/></w:tc><w:r><w:t>lost</w:t></w:r><w:t>lost</w:t>" + paragraph("kept")
    assert extracted(body).text == "kept\n"


def test_a_part_packed_as_no_word_document_is_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in document_parts(paragraph("Text")).items():
            archive.writestr(name, content)
    with pytest.raises(ReadingError, match="packed in a way that Word does not use"):
        read(packed.getvalue())


def test_a_document_that_lost_a_byte_is_read_or_refused() -> None:
    whole = package(document_parts(paragraph("Text")))
    said = set()
    for lost in range(len(whole)):
        try:
            read(whole[:lost] + whole[lost + 1 :])
        except ReadingError as error:
            said.add(str(error)[: len("minutes.docx: found ")])
    assert said == {"minutes.docx: found "}
