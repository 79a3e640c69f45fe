"""Files to begin fuzzing with, and what is changed in them."""

from __future__ import annotations

import io
import random
import runpy
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TEXT = "## 4. Grants\n\nThe clerk’s quote of £250 was noted.\n"
_RTF = rb"{\rtf1\ansi {\b Minutes}\par The clerk\rquote s quote of \'a3250 was {\i noted}.\par}"
# Changed bytes and numbers that parsers of all formats stumble over.
_WORDS = (
    b"\0", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\x80\0\0\0", b"-1", b"0", b"65536",
    b"99999999999", b"<", b">", b"(", b")", b"[", b"]", b"<<", b">>", b"1 0 R", b"&", b"'", b'"',
    b"\r\n", b"--", b"=?utf-8?q?", b"PK\x03\x04", b"<table>", b"<td colspan=9999>", b"</w:p>",
    b"<w:tbl>", b"endobj", b"stream",
)  # fmt: skip
_BROKEN = (zipfile.BadZipFile, zlib.error)
# Changes of one input, at most; and the largest input.
_CHANGES = 6
_LONGEST = 1 << 20


def seeds(suffix: str) -> list[bytes]:
    """Return sound files of a format: those of the corpus, or made without programs."""
    found = [path.read_bytes() for path in sorted((ROOT / "corpus").glob(f"*/*{suffix}"))]
    if suffix == ".zip":
        found = [_zip(), _zip(zipfile.ZIP_STORED)]
    elif suffix == ".eml":
        found = [_mail()]
    elif suffix == ".msg":
        found = [_message()]
    elif suffix == ".rtf":
        found = [_RTF]
    elif suffix in {".txt", ".md"}:
        found.append(_TEXT.encode("cp1252"))
    if not found:
        raise SystemExit(f"found no {suffix} files in corpus, expected some; give another --format")
    return found


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("minutes/may.md", _TEXT, method)
        archive.writestr("may.txt", _TEXT * 50, method)
        archive.writestr("logo.png", b"\x89PNG\r\n\x1a\n", method)
    return stream.getvalue()


def _mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Minutes of Gŵyl"
    message["From"] = "clerk@example.org"
    message.set_content(_TEXT)
    message.add_alternative(f"<p>{_TEXT}</p>", subtype="html")
    message.add_attachment(_TEXT, filename="Gŵyl.txt")
    message.add_attachment(_zip(), maintype="application", subtype="zip", filename="a.zip")
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.")
    outer.add_attachment(message)
    return outer.as_bytes()


def _message() -> bytes:
    write: Callable[[object], bytes] = runpy.run_path(str(ROOT / "tests" / "compound.py"))["write"]
    attachment = {
        "__substg1.0_3707001F": "may.md".encode("utf-16-le"),
        "__substg1.0_37010102": _TEXT.encode() * 100,
    }
    inner = {
        "__properties_version1.0": b"\0" * 24,
        "__substg1.0_0037001E": b"Fwd",
        "__attach_version1.0_#00000000": attachment,
    }
    return write(
        {
            "__properties_version1.0": b"\0" * 32,
            "__substg1.0_0037001F": "Minutes".encode("utf-16-le"),
            "__substg1.0_1000001F": _TEXT.encode("utf-16-le"),
            "__attach_version1.0_#00000000": attachment,
            "__attach_version1.0_#00000001": {"__substg1.0_3701000D": inner},
        }
    )


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a file with some of its bytes changed; of a ZIP file those of its members.

    Args:
        data: The file.
        other: A file to take bytes from.
        chance: What decides.
    """
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.7:  # noqa: PLR2004
        try:
            return _mutate_members(data, chance)
        except (ValueError, LookupError, OSError, EOFError, RuntimeError, *_BROKEN):
            return _mutate(data, other, chance)  # it was changed before, and is no archive now
    if b"FlateDecode" in data and chance.random() < 0.7:  # noqa: PLR2004
        return _mutate_stream(data, chance)
    return _mutate(data, other, chance)


def _mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, _CHANGES)):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 256, 4_096))
        match chance.randrange(7):
            case 0 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = chance.choice(_WORDS)
            case 3:
                word = chance.choice(_WORDS)
                changed[at : at + len(word)] = word
            case 4:
                start = chance.randrange(len(other) + 1)
                changed[at:at] = other[start : start + length]
            case 5:
                changed[at:at] = changed[at : at + length] * chance.choice((1, 2, 50))
            case _ if chance.random() < 0.1:  # noqa: PLR2004
                del changed[at:]
    return bytes(changed[:_LONGEST])


def _mutate_members(data: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as changed,
    ):
        names = archive.namelist()
        wanted = chance.choice(names)
        for name in names:
            content = archive.read(name)
            if name == wanted:
                content = _mutate(content, content, chance)
            changed.writestr(name, content)
    return stream.getvalue()


def _mutate_stream(data: bytes, chance: random.Random) -> bytes:
    """Change a packed stream of a PDF; what it says of its length is as wrong as its places."""
    start = data.find(b"stream\n", chance.randrange(len(data))) + len(b"stream\n")
    end = data.find(b"endstream", start)
    try:
        content = zlib.decompress(data[start:end])
    except zlib.error:
        return _mutate(data, data, chance)
    packed = zlib.compress(_mutate(content, content, chance), 1)
    return data[:start] + packed + data[end:]
