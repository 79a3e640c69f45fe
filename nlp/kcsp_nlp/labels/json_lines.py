"""JSON and JSON Lines of labelling tools: whatever of them can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kcsp_nlp.labels.tasks import Unreadable

Entry = tuple[str, dict[str, Any]]


def parse(text: str) -> object:
    """Return the value of a JSON text; None where it is none (JSON's own null says nothing)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_lines(text: str) -> Iterator[Entry | Unreadable]:
    """Yield the objects of a JSON Lines file with their places, and the lines that are none."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        value = parse(line)
        if isinstance(value, dict):
            yield f"line {number}", value
        else:
            yield Unreadable(f"line {number}", "not a JSON object; expected a task")


def read_array(text: str) -> Iterator[Entry | Unreadable]:
    """Yield the objects of a JSON array with their places, and what in it is none."""
    value = parse(text)
    if not isinstance(value, list):
        yield Unreadable("", "not a whole JSON array (cut off, or damaged); export it again")
        return
    for number, entry in enumerate(value, start=1):
        if isinstance(entry, dict):
            yield f"entry {number}", entry
        else:
            yield Unreadable(f"entry {number}", "not a JSON object; expected a task")


def write_lines(entries: Iterator[dict[str, Any]], *, ascii_only: bool = False) -> bytes:
    """Return objects as JSON Lines in UTF-8.

    Args:
        entries: The objects.
        ascii_only: Whether other characters are written as escapes, for tools that guess encodings.
    """
    lines = (json.dumps(entry, ensure_ascii=ascii_only) + "\n" for entry in entries)
    return "".join(lines).encode()
