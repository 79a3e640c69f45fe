"""Which tool a file is from, by its content alone: names and suffixes are changed on the way."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kcsp_nlp.labels import conll, docbin, doccano, label_studio, prodigy
from kcsp_nlp.labels.json_lines import parse
from kcsp_nlp.labels.tasks import META, Answer, Tool, Unreadable

# Bytes that a file may have, unpacked too.
_LARGEST = 1 << 30
# Lines at a file's head in which one of the tools has to show.
_HEAD = 200
_EXPECTED = (
    "expected an export of Label Studio (JSON or JSON_MIN), doccano or Prodigy (JSON Lines), a "
    "CoNLL file or a DocBin made from what `kcsp-nlp labels export` wrote"
)
_READERS: dict[Tool, Callable[[str], Iterator[Answer | Unreadable]]] = {
    "label-studio": label_studio.read_answers,
    "doccano": doccano.read_answers,
    "prodigy": prodigy.read_answers,
    "conll": conll.read_answers,
}


class Export(NamedTuple):
    """One file of an export, read.

    Attributes:
        name: Path of the file, and behind it the member of an archive.
        tool: The tool; None where the file is from none.
        read: What is in it.
    """

    name: str
    tool: Tool | None
    read: Iterator[Answer | Unreadable]


def read_export(path: Path) -> Iterator[Export]:
    """Read an export, or all those in a ZIP, whichever tool it is from.

    A file that cannot be read is one `Unreadable`: it never stops the others.
    """
    try:
        if path.stat().st_size > _LARGEST:
            yield _refused(str(path), "larger than 1 GB; give the export in parts")
            return
        data = path.read_bytes()
    except OSError as error:
        yield _refused(str(path), f"cannot be opened ({error.strerror}); expected a file")
        return
    if zipfile.is_zipfile(io.BytesIO(data)):
        yield from _members(str(path), data)
    else:
        yield _export(str(path), data)


def detect(data: bytes) -> tuple[Tool, str] | None:
    """Tell which tool a file is from.

    Returns:
        The tool, and the file's text (empty for a DocBin); None where it is from none.
    """
    if docbin.is_docbin(data):
        return "docbin", ""
    text = _decode(data)
    if text is None:
        return None
    head = text.lstrip()[:1]
    if head == "[":
        tool = _of_array(text)
    elif head == "{":
        tool = _of_lines(text)
    else:
        tool = _of_rows(text)
    return (tool, text) if tool else None


def _export(name: str, data: bytes) -> Export:
    found = detect(data)
    if found is None:
        return _refused(name, f"from no tool that is known; {_EXPECTED}")
    tool, text = found
    read = docbin.read_answers(data) if tool == "docbin" else _READERS[tool](text)
    return Export(name, tool, read)


def _members(name: str, data: bytes) -> Iterator[Export]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.is_dir():
                    continue
                inside = f"{name}/{member.filename}"
                if member.file_size > _LARGEST:
                    yield _refused(inside, "larger than 1 GB; give the export in parts")
                    continue
                held = archive.read(member)
                if held.strip():  # else that of an annotator who has done nothing
                    yield _export(inside, held)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError) as error:
        yield _refused(name, f"a ZIP that cannot be read ({type(error).__name__})")


def _refused(name: str, why: str) -> Export:
    return Export(name, None, iter((Unreadable("", why),)))


def _decode(data: bytes) -> str | None:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; None for neither."""
    utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        # One broken line is that line's own matter, as long as the file is text at all.
        around = data[: error.start]
        if utf16 or b"{" not in around:
            return None
        return data.decode("utf-8-sig", "surrogateescape")


def _of_array(text: str) -> Tool | None:
    value = parse(text)
    if not isinstance(value, list):
        # Cut off or damaged: said by the reader, if it is a tool's at all.
        return "label-studio" if f'"{META}"' in text else None
    entries = [entry for entry in value if isinstance(entry, dict)]
    for entry in entries:
        if "data" in entry or "annotation_id" in entry:
            return "label-studio"
        if tool := _of_fields(entry):
            return tool
    # Tasks of nobody in JSON_MIN, or no task at all.
    return "label-studio" if entries or not value else None


def _of_lines(text: str) -> Tool | None:
    for line in text.split("\n", _HEAD)[:_HEAD]:
        entry = parse(line)
        if isinstance(entry, dict) and (tool := _of_fields(entry)):
            return tool
    return None


def _of_fields(entry: dict[str, Any]) -> Tool | None:
    if "text" not in entry:
        return None
    if {"answer", "_input_hash", "spans", "accept", "tokens"} & entry.keys():
        return "prodigy"
    if {"entities", "cats", "label", "labels"} & entry.keys():
        return "doccano"
    return None


def _of_rows(text: str) -> Tool | None:
    lines = text.split("\n", _HEAD)[:_HEAD]
    ours = any(line.startswith(("-DOCSTART-", f"# {META} = ")) for line in lines)
    return "conll" if ours else None
