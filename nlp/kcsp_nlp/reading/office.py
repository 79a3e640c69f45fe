"""Old Word documents, rich text and OpenDocument: LibreOffice makes Word documents of them."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import olefile
import psutil

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import plain
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.sniffing import sniff

_PROGRAMS = ("soffice", "libreoffice")
# Where it is installed without being on the path, on macOS, Windows and from its makers' packages.
_FOLDERS = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
)
_FILTER = "docx:MS Word 2007 XML"
# How much of the time is LibreOffice's; the rest is for reading what it makes.
_SHARE = 0.8
# What the libraries that look into a package raise on broken ones.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    IndexError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
# Word 2003's XML and web archives, which Word too names `.doc`: '<?mso-application progid="Word';
# "MIME-Version: 1.0"; not "Minutes of the meeting".
_WORD_XML = re.compile(r"\s*<\?xml[^>]{0,200}>\s*<\?mso-application\s+progid=\"Word")
_WEB_ARCHIVE = re.compile(r"\s*MIME-Version:", re.IGNORECASE)
# The bits of a Word document's first flags that say: encrypted, or made unreadable with a password.
_ENCRYPTED = 0x0100 | 0x8000
_FLAGS = slice(10, 12)
# A field that is worked out anew whenever the file is opened: `<w:instrText> DATE \@ "d MMMM"`;
# not ` CREATEDATE `.
_DATE_FIELD = re.compile(rb"(?:<w:instrText[^<>]{0,200}>|w:instr=\")\s{0,9}(?:DATE|TIME)\b")
_BODY = "word/document.xml"
# The same in rich text, where one of another name keeps what its author saw:
# `\fldinst {\fs20 DATE`; not `\fldinst CREATEDATE`.
_RICH_DATE_FIELD = re.compile(
    rb"(\\fldinst(?:[\s{]++|\\[a-z]{1,20}+-?+\d{0,6}+ ?+){0,40}+)(?=(?:DATE|TIME)\b)"
)
_TODAY = (
    "the file holds a date that changes whenever it is opened: the text may give the day on which "
    "it was read instead of the day that its author saw"
)
_PLAIN = "the suffix says it is a document, but the file is plain text and was read so"
_SAVED_ANEW = "open it in Word or LibreOffice and save it as DOCX or PDF"


def extract(data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
    """Read a DOC, RTF or ODT document by way of LibreOffice, which need not be running.

    Args:
        data: All of the file.
        where: What messages call the file.
        limits: Bounds of reading; LibreOffice gets four fifths of the time.

    Raises:
        ReadingError: LibreOffice is not installed, takes too long or makes nothing of the file,
            the file is encrypted, or it is no document.
    """
    from kcsp_nlp.reading.word.extracting import extract as extract_word

    kind: str
    kind, called = sniff(data)
    if kind == "text":
        head = data[:1_024].decode("latin-1")
        if _WEB_ARCHIVE.match(head):
            raise ReadingError(
                f"{where}: found a web archive (MHTML), expected a document; {_SAVED_ANEW}"
            )
        if not _WORD_XML.match(head):
            return _plain(data, where, limits)
        kind, called = "xml", "a Word document in XML"
    if _is_encrypted(kind, data):
        raise ReadingError(
            f"{where}: found {called} that needs a password, expected one that opens without; "
            "open it with its password and save it as DOCX or PDF without one"
        )
    if kind == "rtf":
        data = _RICH_DATE_FIELD.sub(rb"\1AUTHORS", data)
    made = _convert(data, kind, called, where, limits)
    if len(made) > limits.bytes:
        raise ReadingError(
            f"{where}: found {called} of more than {limits.megabytes:g} MB as DOCX, expected the "
            "minutes of one meeting; split the file or raise the limit `megabytes`"
        )
    parts = extract_word(made, where, limits)
    return _warn(_TODAY, parts) if _tells_today(made, limits) else parts


def _warn(warning: str, parts: Sequence[Extracted]) -> Sequence[Extracted]:
    return [part.model_copy(update={"warnings": (warning, *part.warnings)}) for part in parts]


def _tells_today(made: bytes, limits: Limits) -> bool:
    """Tell whether LibreOffice wrote the date of today where the author saw another."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return _DATE_FIELD.search(package.open(_BODY).read(limits.bytes)) is not None


def _plain(data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
    """Read what only its suffix calls a document: some programs export plain text as `.doc`."""
    return _warn(_PLAIN, plain.extract(data, where, limits))


def _is_encrypted(kind: str, data: bytes) -> bool:
    """Tell whether the file says that it needs a password; a broken one does not say so."""
    try:
        if kind == "odt":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                # Far longer than a manifest is: more of it may be a trap.
                manifest = package.open("META-INF/manifest.xml").read(1 << 20)
            return b"encryption-data" in manifest
        if kind == "doc" and olefile.isOleFile(data):
            with olefile.OleFileIO(io.BytesIO(data)) as package:
                flags = package.openstream("WordDocument").read(_FLAGS.stop)[_FLAGS]
            return bool(int.from_bytes(flags, "little") & _ENCRYPTED)
    except _BROKEN:
        pass  # LibreOffice is the better judge
    return False


def find_program() -> str | None:
    """Return LibreOffice's program: on the path, else where it is usually installed; or None."""
    path = os.pathsep.join(_FOLDERS)
    for program in _PROGRAMS:
        if found := shutil.which(program) or shutil.which(program, path=path):
            return found
    return None


def _convert(data: bytes, kind: str, called: str, where: str, limits: Limits) -> bytes:
    """Have LibreOffice make a Word document of a document, in a folder of its own."""
    program = find_program()
    if program is None:
        raise ReadingError(
            f"{where}: found {called} but no LibreOffice to read it with, expected its program "
            "`soffice`; install it (Debian: apt-get install libreoffice-writer-nogui; Windows and "
            f"macOS: from libreoffice.org), or {_SAVED_ANEW}"
        )
    seconds = limits.seconds * _SHARE
    with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / f"document.{kind}").write_bytes(data)
        try:
            _run(program, folder, kind, seconds)
        except subprocess.TimeoutExpired:
            raise ReadingError(
                f"{where}: LibreOffice took more than {seconds:g} seconds, expected less; raise "
                f"the limit `seconds` if the file is to be trusted, or {_SAVED_ANEW}"
            ) from None  # it names the command, not the file
        except OSError as error:
            raise ReadingError(
                f"{where}: found a LibreOffice that does not start ({error.strerror}), expected "
                f"one that does; repair or reinstall it, or {_SAVED_ANEW}"
            ) from error
        try:
            return (folder / "made" / "document.docx").read_bytes()
        except OSError as error:
            raise ReadingError(
                f"{where}: found {called} that LibreOffice cannot open, expected a sound one "
                f"without a password; {_SAVED_ANEW}"
            ) from error


def _run(program: str, folder: Path, kind: str, seconds: float) -> None:
    """Run LibreOffice with a profile of its own, so that no other one, nor its user, is disturbed.

    Raises:
        subprocess.TimeoutExpired: it took too long.
        OSError: it does not start.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = files("kcsp_nlp").joinpath("data", "office.xcu").read_bytes()
    (profile / "user" / "registrymodifications.xcu").write_bytes(settings)
    process = subprocess.Popen(  # noqa: S603 -- the program found on this machine, no shell
        [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(folder / "made"),
            str(folder / f"document.{kind}"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # complaints may quote the document
        cwd=folder,
        env={**os.environ, **dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), str(folder))},
    )
    try:
        process.wait(seconds)
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started: `soffice` only starts the one that does the work."""
    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(process.pid)
        for one in [*root.children(recursive=True), root]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
    process.wait()
