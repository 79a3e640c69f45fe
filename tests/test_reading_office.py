"""DOC, RTF and ODT by way of LibreOffice: what it reads, what it must not do, how it fails."""

from __future__ import annotations

import http.server
import io
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import office
from kcsp_nlp.reading.limits import Limits

pytestmark = pytest.mark.alone  # limits of time and memory: not beside other tests

LIMITS = Limits()
RTF = rb"""{\rtf1\ansi\ansicpg1252 {\b Thornwick Parish Council}\par
Minutes of the meeting held on 4 March 2024\par
The clerk\rquote s quote of \'a3250 was {\i noted}.\par}"""
needs_office = pytest.mark.skipif(
    office.find_program() is None,
    reason="LibreOffice is not installed (apt-get install libreoffice-writer-nogui)",
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script with a #!")


def odt(body: str, manifest: str = "") -> bytes:
    """An OpenDocument text with this body."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} '
            'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
        )
        package.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest manifest:version="1.2" '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" '
            f'manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>',
        )
    return stream.getvalue()


def word_xml(text: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:wordDocument>"
    ).encode()


@pytest.fixture(scope="module")
def doc(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An old Word document, which only LibreOffice can make here."""
    folder = tmp_path_factory.mktemp("doc")
    (folder / "made.rtf").write_bytes(RTF)
    program = office.find_program()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "doc", "made.rtf"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=100)
    return (folder / "made.doc").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, to see that none are left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(str(self.rfile.readline()))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()
        thread.join()


def stand_in(path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script in LibreOffice's place."""
    path.mkdir()
    program = path / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(path))


@needs_office
@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(RTF, "The clerk’s quote of £250 was noted.", id="RTF"),
        pytest.param(
            odt("<text:h>1. Grants</text:h><text:p>£250 – noted.</text:p>"),
            "£250 – noted.",
            id="ODT",
        ),
        pytest.param(word_xml("Grant of £250 noted."), "Grant of £250 noted.", id="Word 2003 XML"),
    ],
)
def test_documents_are_read(data: bytes, words: str, folder: Path) -> None:
    (extracted,) = office.extract(data, "minutes", LIMITS)
    assert words in extracted.text
    assert not extracted.warnings
    assert not list(folder.iterdir())


@needs_office
def test_an_old_word_document_is_read(doc: bytes, folder: Path) -> None:
    (extracted,) = office.extract(doc, "minutes.doc", LIMITS)
    assert "The clerk’s quote of £250 was noted." in extracted.text
    assert not list(folder.iterdir())


@needs_office
def test_conversions_at_once_do_not_disturb_each_other() -> None:
    numbers = range(4)
    with ThreadPoolExecutor(len(numbers)) as pool:
        read = pool.map(
            lambda n: office.extract(RTF.replace(b"250", b"25%d" % n), "x", LIMITS)[0], numbers
        )
    assert [f"£25{n} " in one.text for n, one in zip(numbers, read, strict=True)] == [True] * 4


FIELDS = rb"""{\rtf1 Held on
 {\field{\*\fldinst {\rtlch\fcs1 \af0 \fs20  DATE \\@ "d MMMM yyyy"}}{\fldrslt 1 May 2019}}
 at {\field{\*\fldinst TIME}{\fldrslt 7.15 pm}}
, made {\field{\*\fldinst CREATEDATE \\@ "d MMMM yyyy"}{\fldrslt 2 May 2019}}}"""


@needs_office
def test_dates_of_rich_text_stay_what_their_author_saw() -> None:
    (extracted,) = office.extract(FIELDS, "minutes.rtf", LIMITS)
    for seen in ("1 May 2019", "7.15 pm", "2 May 2019"):
        assert seen in extracted.text
    assert not extracted.warnings


@needs_office
def test_a_date_that_may_be_that_of_today_is_a_warning() -> None:
    data = odt("<text:p>Held on <text:date>1 May 2019</text:date></text:p>")
    (extracted,) = office.extract(data, "minutes.odt", LIMITS)
    assert "Held on" in extracted.text
    assert any("whenever it is opened" in warning for warning in extracted.warnings)


def test_only_fields_of_today_are_renamed() -> None:
    assert office._RICH_DATE_FIELD.sub(rb"\1X", FIELDS).count(b"X") == 2


LINKS = {
    "image of an ODT": '<text:p>a<draw:frame svg:width="2cm" svg:height="2cm">'
    '<draw:image xlink:href="{url}/a.png"/></draw:frame></text:p>',
    "object of an ODT": '<text:p>a<draw:frame svg:width="2cm" svg:height="2cm">'
    '<draw:object xlink:href="{url}/a.odt"/></draw:frame></text:p>',
    "section of an ODT": '<text:section text:name="s"><text:section-source '
    'xlink:href="{url}/a.txt"/><text:p>a</text:p></text:section>',
    "image of an RTF": r'{{\rtf1 a{{\field{{\*\fldinst INCLUDEPICTURE "{url}/a.png" \\d}}'
    r"{{\fldrslt b}}}}}}",
    "text of an RTF": r'{{\rtf1 a{{\field{{\*\fldinst INCLUDETEXT "{url}/a.rtf"}}'
    r"{{\fldrslt b}}}}}}",
    "template of an RTF": r"{{\rtf1{{\*\template {url}/a.dot}}a}}",
}


@needs_office
@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_nothing_is_fetched(link: str, server: tuple[str, list[str]]) -> None:
    url, asked = server
    made = link.format(url=url)
    data = made.encode() if made.startswith("{") else odt(made)
    (extracted,) = office.extract(data, "minutes", LIMITS)
    assert "a" in extracted.text
    assert not asked


@needs_office
@pytest.mark.parametrize(
    "link",
    [
        pytest.param(LINKS["section of an ODT"].replace("{url}/a.txt", "{uri}"), id="ODT"),
        pytest.param(LINKS["text of an RTF"].replace("{url}/a.rtf", "{path}"), id="RTF"),
    ],
)
def test_other_files_of_the_machine_are_not_read(link: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The admiral's password", encoding="utf-8")
    made = link.format(uri=other.as_uri(), path=other)
    data = made.encode() if made.startswith("{") else odt(made)
    (extracted,) = office.extract(data, "minutes", LIMITS)
    assert "admiral" not in extracted.text


@needs_office
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(rb"{\rtf1 cut off", id="cut off"),
        pytest.param(rb"{\rtf1 " + b"{" * 100_000, id="braces 100,000 deep"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "WordDocument".encode("utf-16-le")
            + bytes(2_000),
            id="an OLE file without a directory",
        ),
        pytest.param(odt("<text:p>cut")[:-30], id="ODT without an end"),
    ],
)
def test_broken_files_are_errors(data: bytes, folder: Path) -> None:
    with pytest.raises(ReadingError, match=r"cannot open, expected a sound one.* DOCX or PDF"):
        office.extract(data, "minutes", LIMITS)
    assert not list(folder.iterdir())


@needs_office
def test_encrypted_word_documents_are_errors(doc: bytes) -> None:
    start = doc.index(b"\xec\xa5", 512)
    encrypted = bytearray(doc)
    encrypted[start + 11] |= 1
    with pytest.raises(ReadingError, match="needs a password"):
        office.extract(bytes(encrypted), "minutes.doc", LIMITS)


def test_encrypted_open_documents_are_errors() -> None:
    data = odt("<text:p>a</text:p>", '<manifest:encryption-data manifest:checksum="x"/>')
    with pytest.raises(ReadingError, match="needs a password"):
        office.extract(data, "minutes.odt", LIMITS)


def test_plain_text_with_a_documents_suffix_is_read_as_text() -> None:
    (extracted,) = office.extract(b"Minutes of 4 March\r\nNoted.\r\n", "minutes.doc", LIMITS)
    assert extracted.text == "Minutes of 4 March\nNoted.\n"
    assert "plain text" in extracted.warnings[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"MIME-Version: 1.0\r\n\r\n<html>", "web archive", id="MHTML"),
        pytest.param(b"", "an empty file", id="empty"),
        pytest.param(b"\xdb\xa5\0\0" + bytes(100), "binary", id="Word 2, or anything"),
    ],
)
def test_what_is_no_document_is_an_error(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        office.extract(data, "minutes.doc", LIMITS)


def test_without_libreoffice_the_message_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(ReadingError) as caught:
        office.extract(RTF, "may.rtf", LIMITS)
    message = str(caught.value)
    for said in ("may.rtf", "apt-get install", "Windows", "macOS", "save it as DOCX or PDF"):
        assert said in message


@needs_posix
def test_the_program_is_found_outside_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path / "a", "", monkeypatch)
    assert office.find_program() == str(tmp_path / "a" / "soffice")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_FOLDERS", (str(tmp_path / "a"),))
    assert office.find_program() == str(tmp_path / "a" / "soffice")
    monkeypatch.setattr(office, "_FOLDERS", ())
    assert office.find_program() is None


@needs_posix
def test_a_program_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It says who its child is in a file beside itself, then both wait for ever.
    script = (
        "import subprocess, sys, pathlib, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])\n"
        "pathlib.Path(__file__).with_name('pid').write_text(str(child.pid))\n"
        "time.sleep(1000)"
    )
    stand_in(tmp_path / "a", script, monkeypatch)
    with pytest.raises(ReadingError, match=r"took more than 4 seconds.*limit `seconds`"):
        office.extract(RTF, "may.rtf", Limits(seconds=5))
    child = int((tmp_path / "a" / "pid").read_text())
    for _ in range(100):  # the system takes its time over what was killed
        if _is_gone(child):
            break
        time.sleep(0.1)
    assert _is_gone(child)
    assert [path.name for path in folder.iterdir()] == ["a"]


def _is_gone(process: int) -> bool:
    try:
        return bool(psutil.Process(process).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@needs_posix
def test_a_program_that_does_not_start_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path / "a", "", monkeypatch)
    (tmp_path / "a" / "soffice").write_text("#!/there/is/no/such/program\n", encoding="utf-8")
    with pytest.raises(ReadingError, match="does not start"):
        office.extract(RTF, "may.rtf", LIMITS)


@needs_posix
def test_a_document_that_grows_beyond_the_limit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sys, pathlib\n"
        "made = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "made.mkdir()\n"
        "(made / 'document.docx').write_bytes(bytes(2_000_000))"
    )
    stand_in(tmp_path / "a", script, monkeypatch)
    with pytest.raises(ReadingError, match="more than 1 MB as DOCX"):
        office.extract(RTF, "may.rtf", Limits(megabytes=1))
