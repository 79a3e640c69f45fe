"""Reading: what a file's bytes become, what is refused, and which files a folder stands for."""

from __future__ import annotations

import codecs
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Document, Limits, find_documents, read, read_bytes
from kcsp_nlp.reading.limits import MEGABYTE

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
MINUTES = "Item 4. The clerk’s quote of £1,250 – from “Seán & Zoë” – was noted."

# No control characters: too many of them make a file binary, which is another test.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t\r£’\u0085\u2028")
    ),
    min_size=1,
)


def decoded(data: bytes) -> Document:
    return read_bytes(data, "minutes.txt", ".txt")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(b"Item 1", "Item 1", "utf-8", id="ASCII is UTF-8"),
        pytest.param(MINUTES.encode(), MINUTES, "utf-8", id="UTF-8"),
        pytest.param(MINUTES.encode("utf-8-sig"), MINUTES, "utf-8-sig", id="UTF-8 with mark"),
        pytest.param(MINUTES.encode("utf-16"), MINUTES, "utf-16", id="UTF-16 with mark"),
        pytest.param(
            codecs.BOM_UTF16_BE + MINUTES.encode("utf-16-be"), MINUTES, "utf-16", id="UTF-16 BE"
        ),
        pytest.param(MINUTES.encode("utf-32"), MINUTES, "utf-32", id="its mark begins as UTF-16's"),
        pytest.param(
            codecs.BOM_UTF32_BE + MINUTES.encode("utf-32-be"), MINUTES, "utf-32", id="UTF-32 BE"
        ),
        pytest.param(MINUTES.encode("cp1252"), MINUTES, "cp1252", id="Windows, quotes and pound"),
        pytest.param(b"Grant: \xa350", "Grant: £50", "cp1252", id="Windows, one pound sign"),
        pytest.param(b"C\xe9ad \x80500", "Céad €500", "cp1252", id="Windows, accent and euro"),
        pytest.param(b"Mr C \xd3 Briain", "Mr C Ó Briain", "cp1252", id="a letter that is a word"),
        pytest.param(b"at 20\xbaC", "at 20ºC", "cp1252", id="the wrong sign for degrees"),
        pytest.param(b"a\r\nb\r\n", "a\nb\n", "utf-8", id="line ends of Windows are read away"),
        pytest.param(b"a\rb\nc", "a\rb\nc", "utf-8", id="a lone carriage return is text"),
        pytest.param(b"a\x0cb", "a\x0cb", "utf-8", id="a form feed is text: page break of a PDF"),
        pytest.param("a\ufeffb".encode(), "a\ufeffb", "utf-8", id="a mark within is text"),
        pytest.param(
            "cafe\u0301 \u200d😀\u00a0\u2028x".encode(),
            "cafe\u0301 \u200d😀\u00a0\u2028x",
            "utf-8",
            id="combining, joiner, astral, no-break space, line separator: nothing is normalised",
        ),
    ],
)
def test_decodes_what_is_certain(data: bytes, text: str, encoding: str) -> None:
    document = decoded(data)
    assert (document.text, document.encoding, document.warnings) == (text, encoding, ())


@pytest.mark.parametrize(
    ("data", "text", "encoding", "warning"),
    [
        pytest.param(
            "Cost £5, the clerk’s.".encode() + b" Also \xa36.",
            "Cost £5, the clerk’s. Also £6.",
            "utf-8",
            "1 byte(s) not in UTF-8 were read as cp1252",
            id="UTF-8 with a line pasted from Windows",
        ),
        pytest.param(
            MINUTES.encode("mac_roman"), MINUTES, "mac_roman", "to be mac_roman", id="old Mac"
        ),
        pytest.param("£500 to café".encode("cp850"), "£500 to café", "cp850", "cp850", id="DOS"),
        pytest.param(
            b"Dr T\xf0 a'r d\xf0r", "Dr Tŵ a'r dŵr", "iso8859_14", "iso8859_14", id="Welsh"
        ),
        pytest.param(b"\xa4500 paid", "€500 paid", "iso8859_15", "iso8859_15", id="Latin 9 euro"),
        pytest.param(
            b"The \xa35 of Ms Sm\x81th",
            "The £5 of Ms Sm\ufffdth",
            "cp1252",
            "1 byte(s) with no meaning in cp1252",
            id="a byte that no encoding makes sense of is replaced, and said so",
        ),
        pytest.param(
            b"Item 1\rItem 2\r", "Item 1\rItem 2\r", "utf-8", "one line", id="line ends of old Macs"
        ),
    ],
)
def test_warns_of_what_is_guessed(data: bytes, text: str, encoding: str, warning: str) -> None:
    document = decoded(data)
    assert (document.text, document.encoding) == (text, encoding)
    assert [warning in found for found in document.warnings] == [True]


@settings(deadline=None)
@given(TEXTS)
def test_utf8_text_is_read_as_it_is(text: str) -> None:
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not expected.strip():
        return
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        want = text.replace("\r\n", "\n") if encoding != "utf-8" else expected
        assert decoded(text.encode(encoding)).text == want


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = decoded(data)
    except ReadingError:
        return
    assert document.text.strip()
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert document == decoded(data)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(b"", "an empty file", id="empty"),
        pytest.param(b" \n\t\r\n", "only white space", id="white space"),
        pytest.param(codecs.BOM_UTF8, "only white space", id="nothing but a mark"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel", id="old Office file"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a PNG image", id="image"),
        pytest.param(b"Item\x00 1", "NUL characters", id="one NUL is enough"),
        pytest.param("Item 1".encode("utf-16-le"), "NUL characters", id="UTF-16 without mark"),
        pytest.param("a\0b".encode("utf-16"), "NUL characters", id="NUL in UTF-16"),
        pytest.param(bytes(range(1, 256)), "control characters", id="binary without NUL"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "no UTF-16", id="half a character"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "no UTF-16", id="lone surrogate"),
        pytest.param(codecs.BOM_UTF8 + b"\xa3", "no UTF-8", id="the mark lies"),
    ],
)
def test_refuses_what_is_not_text(data: bytes, found: str) -> None:
    with pytest.raises(ReadingError, match=f"^minutes.txt: found .*{found}.*expected .*"):
        decoded(data)


def test_messages_do_not_quote_the_document() -> None:
    with pytest.raises(ReadingError) as refused:
        decoded(b"Mrs Ollerenshaw\x00")
    assert "Ollerenshaw" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", "txt"), ("a.text", "txt"), ("a.md", "md"), ("a.markdown", "md"), ("A.TXT", "txt")],
)
def test_suffix_says_the_format(tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / name
    path.write_bytes("## **1.** £5\r\n".encode())
    assert read(path) == Document(
        text="## **1.** £5\n",
        source=name,
        sha256=hashlib.sha256("## **1.** £5\n".encode()).hexdigest(),
        format=form,
        encoding="utf-8",
    )


def test_standard_input_is_text_by_the_name_of_dash() -> None:
    document = read_bytes(b"Item 1", "-", ".txt")
    assert (document.source, document.format) == ("-", "txt")


def test_source_holds_no_surrogate(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"minutes \xa3.txt")
    try:
        path.write_text("Item 1")
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    assert read(path).source == "minutes \ufffd.txt"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("minutes.xyz", "the suffix .xyz", id="a format nobody reads"),
        pytest.param("minutes", "no suffix", id="no suffix"),
        pytest.param("folder.txt", "Is a directory", id="a folder"),
        pytest.param("missing.txt", "No such file", id="a file that is not there"),
        pytest.param("loop.txt", "symbolic links", id="a link to itself"),
    ],
)
def test_refuses_paths_by_name(tmp_path: Path, name: str, found: str) -> None:
    (tmp_path / "minutes.xyz").write_bytes(b"minutes")
    (tmp_path / "minutes").write_bytes(b"Item 1")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(ReadingError, match=found) as refused:
        read(tmp_path / name)
    assert str(refused.value).startswith(f"{tmp_path / name}: found ")
    assert "expected" in str(refused.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_refuses_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Item 1")
    path.chmod(0)
    with pytest.raises(ReadingError, match="Permission denied"):
        read(path)


def test_limit_counts_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("£" * 512, encoding="utf-8")
    assert read(path, limits=Limits(megabytes=1024 / MEGABYTE)).text == "£" * 512
    with pytest.raises(ReadingError, match=r"more than 0\.0009\d* MB"):
        read(path, limits=Limits(megabytes=1023 / MEGABYTE))
    with pytest.raises(ReadingError, match=r"^-: found more than"):
        read_bytes(b"Item", "-", ".txt", limits=Limits(megabytes=3 / MEGABYTE))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xa3" * 4_000_000, id="one line of pound signs"),
        pytest.param(b"said so. \n" * 400_000 + b"\xa3", id="the only odd byte at the end"),
        pytest.param("£’ said. ".encode() * 300_000 + b"\xa3", id="UTF-8 but for the end"),
        pytest.param(b"\x8e\xd5 \xd2" * 1_000_000, id="no encoding fits well"),
    ],
)
def test_long_files_are_decoded(data: bytes) -> None:
    assert len(decoded(data).text) > len(data) // 4


def test_sample_decides_for_the_whole() -> None:
    data = "The clerk’s £5. \n".encode("mac_roman") * 30_000
    assert decoded(data).text == "The clerk’s £5. \n" * 30_000


def test_importing_reading_imports_no_reader() -> None:
    code = "import sys, kcsp_nlp.reading;sys.exit('kcsp_nlp.reading.plain' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*_*")), ids=lambda path: str(path.name))
def test_samples_are_read_without_doubt(path: Path) -> None:
    document = read(path)
    assert document.warnings == ()
    assert "£" in document.text or "€" in document.text
    assert "\ufffd" not in document.text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a/z.md",
        "a/y/x.TXT",
        "c.txt",
        "notes.xyz",
        "README.md",
        ".hidden.txt",
        ".git/config.txt",
        "~b.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Item 1")
    return tmp_path


def names(found: list[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in found]


def test_folder_stands_for_its_minutes_by_name(folder: Path) -> None:
    assert names(find_documents([folder]), folder) == ["a/y/x.TXT", "a/z.md", "b.txt", "c.txt"]


def test_inputs_keep_their_order_and_stand_once(folder: Path) -> None:
    inputs = [folder / "c.txt", folder / "a" / ".." / "c.txt", folder, folder / "a"]
    assert names(find_documents(inputs), folder) == ["c.txt", "a/y/x.TXT", "a/z.md", "b.txt"]


def test_named_files_are_taken_as_they_are(folder: Path) -> None:
    named = [folder / "notes.xyz", folder / ".hidden.txt", folder / "missing.txt", Path("-")]
    assert find_documents(named) == named


def test_links_are_followed_once(folder: Path) -> None:
    (folder / "a" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "a" / "self").symlink_to("self")
    (folder / "d.txt").symlink_to(folder / "b.txt")
    found = find_documents([folder])
    assert len(found) == 4
    assert {path.resolve() for path in found} == {
        folder / name for name in ("a/y/x.TXT", "a/z.md", "b.txt", "c.txt")
    }
    assert found == find_documents([folder])


def test_pipes_in_a_folder_are_left_out(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert folder / "pipe.txt" not in find_documents([folder])


def test_dangling_link_is_left_for_reading_to_refuse(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    assert folder / "gone.txt" in find_documents([folder])


def test_folder_without_minutes_is_refused(folder: Path) -> None:
    empty = folder / "empty"
    empty.mkdir()
    (empty / "README.md").write_text("Nothing here")
    with pytest.raises(ReadingError, match=r"a folder without minutes, expected .*\.md") as refused:
        find_documents([folder, empty])
    assert str(refused.value).startswith(f"{empty}: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_folder_that_cannot_be_listed_is_refused(folder: Path) -> None:
    (folder / "a").chmod(0)
    try:
        with pytest.raises(ReadingError, match="cannot be listed"):
            find_documents([folder])
    finally:
        (folder / "a").chmod(0o700)


def test_samples_folder_holds_six(tmp_path: Path) -> None:
    assert len(find_documents([SAMPLES])) == 6


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Протокол заседания совета. Присутствовали: Иванов, Петров и Сидоров.\n"),
        ("cp1253", "Πρακτικά της συνεδρίασης του συμβουλίου. Παρόντες οι κύριοι Νικολάου.\n"),
    ],
)
def test_other_alphabets_are_detected(encoding: str, text: str) -> None:
    document = read_bytes((text * 6).encode(encoding), "minutes.txt", ".txt")
    assert document.text == text * 6
    assert document.warnings, "an encoding that was guessed is said"
