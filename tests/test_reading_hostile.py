"""Hostile and broken files of every format: documents or clear failures, and no harm to the next.

`HYPOTHESIS_PROFILE=long pytest tests/test_reading_hostile.py` tries harder; `benchmarks.fuzz` for
hours.
"""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import compound
from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Document, Limits, Reader
from kcsp_nlp.reading.events import Notice, Result
from kcsp_nlp.reading.unpacking import File, unpack

pytestmark = pytest.mark.alone  # limits of time and memory: not beside other tests

CORPUS = Path(__file__).parents[1] / "corpus"
# Wide enough for the sample minutes on a busy machine, no wider.
LIMITS = Limits(
    megabytes=4,
    characters=200_000,
    pages=50,
    seconds=20,
    memory_megabytes=700,
    members=50,
    unpacked_megabytes=16,
)
FORM = re.compile(r"hostile[^\n]*: found [^\n]+, expected [^\n]+")
GOOD = "Item 4. The clerk’s quote of £250 was noted."
# Stands in every hostile file that holds text, and in no message.
NAME = "Annan-Veitch"
# Formats whose own reader is tried; LibreOffice's are tried in the tests of `office`.
SUFFIXES = (".pdf", ".docx", ".html", ".txt", ".md", ".zip", ".eml", ".msg")


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF with these objects, the first of them its root."""
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root 1 0 R %s>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, trailer, len(data))
    )


ROOT = b"<</Type/Catalog /Pages 2 0 R>>"
PAGE = (
    b"<</Type/Page /Parent 2 0 R /MediaBox[0 0 600 800] /Contents 4 0 R "
    b"/Resources<</Font<</F 5 0 R>>>>>>"
)
FONT = b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>"


def pages(content: bytes, *, kids: bytes = b"3 0 R", count: int = 1, trailer: bytes = b"") -> bytes:
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    tree = b"<</Type/Pages /Kids[%s] /Count %d>>" % (kids, count)
    return pdf(ROOT, tree, PAGE, stream, FONT, trailer=trailer)


TEXT = b"BT /F 12 Tf 50 700 Td (%s) Tj ET" % NAME.encode()


def squeezed(content: bytes) -> bytes:
    """Return a PDF whose page is one packed stream."""
    packed = zlib.compress(content, 9)
    stream = b"<</Length %d /Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    return pdf(ROOT, b"<</Type/Pages /Kids[3 0 R] /Count 1>>", PAGE, stream, FONT)


ODT = b"application/vnd.oasis.opendocument.text"
MUCH = b"%PDF" * (1 << 18)
HUGE = b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 -1e38 Tm (A) Tj ET"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(body: str, *, head: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word document with this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{WORD}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
            "</w:document>",
        )
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return stream.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(depth: int) -> str:
    """Return tables inside each other."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return opened * depth + paragraph(NAME) + closed * depth


def entities(levels: int) -> str:
    """Return entities each of which is ten of the one before."""
    lines = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "{NAME}">{lines}]>'


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def mail(attachment: bytes, name: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = NAME
    message.set_content(NAME)
    message.add_attachment(attachment, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


def outlook() -> bytes:
    attachment = {
        "__substg1.0_3707001F": "a.md".encode("utf-16-le"),
        "__substg1.0_37010102": f"## 1. {NAME}\n".encode() * 400,
    }
    return compound.write(
        {"__properties_version1.0": b"\0" * 32, "__attach_version1.0_#00000000": attachment}
    )


ENCRYPT = (
    b"/Encrypt<</Filter/Standard /V 2 /R 3 /Length 128 /P -4 /O<%s> /U<%s>>> /ID[<00><00>]"
    % (b"41" * 32, b"42" * 32)
)
CYCLE = b"<</Type/Pages /Kids[2 0 R 2 0 R] /Count 2 /Parent 2 0 R>>"
HOSTILE = [
    pytest.param(".pdf", pages(TEXT, trailer=ENCRYPT), id="PDF encrypted"),
    pytest.param(".pdf", pdf(ROOT, CYCLE), id="PDF whose pages hold themselves"),
    pytest.param(".pdf", pages(TEXT, kids=b"3 0 R " * 9_999, count=9_999), id="PDF of many pages"),
    pytest.param(".pdf", pages(TEXT, count=2_000_000_000), id="PDF that claims many pages"),
    pytest.param(".pdf", pages(TEXT, count=-1), id="PDF that claims less than no page"),
    pytest.param(".pdf", pages(b"[" * 100_000), id="PDF of nested arrays"),
    pytest.param(".pdf", pages(b"<<" * 100_000), id="PDF of nested dictionaries"),
    pytest.param(".pdf", pages(b"q " * 100_000 + TEXT), id="PDF of nested states"),
    pytest.param(".pdf", pages(TEXT * 5_000), id="PDF whose text lies on top of itself"),
    pytest.param(".pdf", squeezed(b" " * (300 << 20)), id="PDF with a bomb of spaces"),
    pytest.param(".pdf", squeezed(TEXT * 200_000), id="PDF with a bomb of text"),
    pytest.param(".pdf", pages(HUGE), id="PDF of huge letters"),
    pytest.param(".pdf", pdf(ROOT), id="PDF without pages"),
    pytest.param(".pdf", pdf(b"1 0 R"), id="PDF whose root is itself"),
    pytest.param(".pdf", b"%PDF-1.7\n", id="PDF of nothing"),
    pytest.param(".pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF", id="PDF without objects"),
    pytest.param(".docx", docx(paragraph("&e9;"), head=entities(10)), id="DOCX of entities"),
    pytest.param(
        ".docx",
        docx(paragraph("&x;"), head='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        id="DOCX with an entity of a file",
    ),
    pytest.param(".docx", docx(table(2_000)), id="DOCX of nested tables"),
    pytest.param(".docx", docx("<w:sdt><w:sdtContent>" * 5_000), id="DOCX that does not end"),
    pytest.param(".docx", docx("<w:p/>" * 300_000), id="DOCX of empty paragraphs"),
    pytest.param(".docx", docx(paragraph(f"{NAME} " * 300_000)), id="DOCX with much text"),
    pytest.param(
        ".docx",
        docx(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>"
            f"{paragraph(NAME)}</w:tc></w:tr></w:tbl>"
        ),
        id="DOCX with a cell of 2,000,000,000 columns",
    ),
    pytest.param(".docx", docx(" " * (64 << 20)), id="DOCX with a bomb"),
    pytest.param(".docx", docx("", parts={"word/styles.xml": b" " * (64 << 20)}), id="DOCX styles"),
    pytest.param(
        ".docx",
        docx(paragraph(NAME), parts={"word/styles.xml": b"<x", "word/numbering.xml": b"\xff"}),
        id="DOCX with broken parts",
    ),
    pytest.param(".docx", zipped({"word/document.xml": b"<x/>"}), id="DOCX without its lists"),
    pytest.param(
        ".docx",
        compound.write({"EncryptedPackage": b"x" * 5_000, "EncryptionInfo": b"x"}),
        id="DOCX encrypted",
    ),
    pytest.param(".html", b"<div>" * 100_000 + NAME.encode(), id="HTML of nested blocks"),
    pytest.param(".html", b"<table><tr><td>" * 20_000, id="HTML of nested tables"),
    pytest.param(".html", b"<ul><li>" * 20_000 + NAME.encode(), id="HTML of nested lists"),
    pytest.param(".html", b"<b><p>" * 20_000 + NAME.encode(), id="HTML of marks left open"),
    pytest.param(
        ".html",
        b"<table>" + b"<tr><td colspan=1000 rowspan=65534>x" * 3_000 + b"</table>",
        id="HTML with cells across everything",
    ),
    pytest.param(".html", b"<html><p " + b"a=b " * 500_000 + b">x", id="HTML of attributes"),
    pytest.param(".html", b"<html>" + b"&amp" * 500_000, id="HTML of entities"),
    pytest.param(".html", b"<html>" + b"<" * 2_000_000, id="HTML of brackets"),
    pytest.param(".html", b"<html><!--" + b"<!--" * 500_000, id="HTML of comments"),
    pytest.param(".html", b"<html><body></body></html>", id="HTML of nothing"),
    pytest.param(".html", b"<html>\0\0" + NAME.encode(), id="HTML with NUL"),
    pytest.param(".html", b"<html><meta charset=utf-16>" + NAME.encode(), id="HTML that lies"),
    pytest.param(".html", b"<html><br>" + b"<br>" * 500_000, id="HTML of line ends"),
    pytest.param(".txt", b"\0" * 1_000, id="text of NUL"),
    pytest.param(".txt", f"{NAME}\n".encode() * 30_000, id="text that is long"),
    pytest.param(".md", b"|" * 1_000_000, id="Markdown of bars"),
    pytest.param(".zip", zipped({"a.txt": b"x" * (64 << 20)}), id="ZIP with a bomb"),
    pytest.param(".zip", zipped({f"{i}": MUCH for i in range(20)}), id="ZIP of much"),
    pytest.param(".zip", zipped({f"{i}.txt": b"x" for i in range(60)}), id="ZIP of many members"),
    pytest.param(".zip", zipped({"a.docx": docx(table(2_000))}), id="ZIP with a hostile DOCX"),
    pytest.param(".eml", mail(docx(paragraph("&e9;"), head=entities(10)), "a.docx"), id="mail"),
    pytest.param(".eml", b"Subject: a\nContent-Type: " + b"(" * 200_000 + b"\n\nx", id="mail"),
    pytest.param(".eml", b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx", id="mail words"),
    pytest.param(".msg", outlook()[:3_000], id="Outlook cut off"),
    pytest.param(".doc", outlook().replace(b"_\x00_\x00s\x00u", b"W\x00o\x00r\x00d"), id="no Word"),
    pytest.param(".rtf", b"{\\rtf1" + b"{" * 100_000, id="RTF of nested groups"),
    pytest.param(".odt", zipped({"mimetype": ODT}), id="ODT of nothing"),
]  # fmt: skip
WRONG = [
    pytest.param(suffix, data, id=f"{name} named {suffix}")
    for name, data in (
        ("nothing", b""),
        ("white space", b" \n" * 100),
        ("bytes", bytes(range(256)) * 10),
        ("an image", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("an executable", b"MZ\x90\0" + b"\0" * 100),
        ("a PDF", pages(TEXT)),
        ("half a ZIP", b"PK\x03\x04" + b"\0" * 100),
        ("half a compound file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1_000),
    )
    for suffix in (".pdf", ".docx", ".html", ".zip", ".eml", ".msg", ".doc", ".txt", ".xyz", "")
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(LIMITS) as reader:
        yield reader


def check(results: list[Result], *, is_strict: bool = False) -> None:
    """Hold that results are sound: a document or a failure, never neither.

    Where it is strict, no exception of a parser got as far as to be told by its name alone.
    """
    assert any(not isinstance(each, Notice) for each in results)
    for each in results:
        if isinstance(each, Document):
            starts = [page.start for page in each.pages]
            assert starts == sorted(starts)
            assert all(0 <= start <= len(each.text) for start in starts)
            assert all(doubt.start < doubt.end <= len(each.text) for doubt in each.doubts)
            assert len(each.text) <= LIMITS.characters
            assert "\0" not in each.text
            each.text.encode()
        else:
            assert NAME not in str(each)
            assert not is_strict or "something that cannot be read" not in str(each)
            if isinstance(each, ReadingError):
                assert FORM.fullmatch(str(each)), str(each)


@pytest.mark.parametrize(("suffix", "data"), HOSTILE + WRONG)
def test_hostile_files_do_no_harm(reader: Reader, suffix: str, data: bytes) -> None:
    file = File(data, f"hostile{suffix}", suffix, f"hostile{suffix}")
    check(list(reader.read_file(file)), is_strict=True)
    good = zipped({"good.txt": GOOD.encode()})
    (document,) = reader.read_file(File(good, "good.zip", ".zip", "good.zip"))
    assert isinstance(document, Document)
    assert document.text == GOOD


@cache
def samples(suffix: str) -> list[bytes]:
    """Return sound files of a format, of the corpus or made here."""
    made = {
        ".zip": [zipped({"a.md": f"## 1. {NAME}".encode(), "b.txt": b"text " * 500})],
        ".eml": [mail(zipped({"a.txt": b"text " * 500}), "a.zip")],
        ".msg": [outlook()],
        ".html": [(f"<html><h1>{NAME}</h1>" + "<table><tr><td>1<td>2</table>" * 20).encode()],
        ".pdf": [pages(TEXT)],
        ".docx": [docx(paragraph(NAME) + table(3))],
        ".txt": [GOOD.encode("cp1252")],
        ".md": [f"# {NAME}\n\n| a | b |\n".encode()],
    }
    found = sorted((CORPUS / "formats").glob(f"*{suffix}"), key=lambda path: path.stat().st_size)
    return made[suffix] + [path.read_bytes() for path in found[:1]]


def read_here(data: bytes, suffix: str) -> list[Result]:
    kinds = Document | ReadingError | Notice
    file = File(data, f"hostile{suffix}", suffix, f"hostile{suffix}")
    return [each for each in unpack(file, LIMITS) if isinstance(each, kinds)]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_cut_off_do_no_harm(suffix: str) -> None:
    for data in samples(suffix):
        for part in range(1, 16):
            check(read_here(data[: len(data) * part // 16], suffix))


def mutations(suffix: str) -> st.SearchStrategy[bytes]:
    """Return a sound file with some of its bytes changed, left out, repeated or taken elsewhere."""
    numbers = st.sampled_from([struct.pack("<L", n) for n in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF)])
    marks = st.sampled_from([b"<", b">", b"(", b"/", b"\n", b"PK", b"=?", b"--", b"]", b"&"])
    places = st.integers(0, 1 << 16)
    change = st.tuples(places, st.integers(0, 64), st.one_of(st.binary(max_size=8), numbers, marks))
    splice = st.tuples(places, st.integers(0, 512), places)

    def changed(
        data: bytes,
        changes: list[tuple[int, int, bytes]],
        splices: list[tuple[int, int, int]],
    ) -> bytes:
        for at, length, new in changes:
            place = at % (len(data) + 1)
            data = data[:place] + new + data[place + length :]
        for at, length, source in splices:
            place, begin = at % (len(data) + 1), source % (len(data) + 1)
            data = data[:place] + data[begin : begin + length] + data[place:]
        return data

    return st.builds(
        changed,
        st.sampled_from(samples(suffix)),
        st.lists(change, max_size=5),
        st.lists(splice, max_size=2),
    )


def inside(package: bytes, chosen: int, content: st.DataObject) -> bytes:
    """Return a ZIP file with one member changed, and so still a sound ZIP file."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        for name in old.namelist():
            data = old.read(name)
            if name == names[chosen % len(names)]:
                at = content.draw(st.integers(0, len(data)))
                length = content.draw(st.integers(0, 100))
                data = data[:at] + content.draw(st.binary(max_size=8)) + data[at + length :]
            new.writestr(name, data)
    return stream.getvalue()


TRIES = int(os.environ.get("HYPOTHESIS_PROFILE") == "long") * 5_000 or 40
hard = settings(
    deadline=None,
    max_examples=TRIES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@hard
@given(data=st.data())
def test_changed_files_do_no_harm(suffix: str, data: st.DataObject) -> None:
    check(read_here(data.draw(mutations(suffix)), suffix))


@hard
@given(chosen=st.integers(0, 20), data=st.data())
def test_changed_parts_of_word_documents_do_no_harm(chosen: int, data: st.DataObject) -> None:
    check(read_here(inside(data.draw(st.sampled_from(samples(".docx"))), chosen, data), ".docx"))


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=300))
@hard
def test_any_bytes_do_no_harm(suffix: str, data: bytes) -> None:
    check(read_here(data, suffix))
