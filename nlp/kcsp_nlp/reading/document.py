"""What reading returns: one document's text and where it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Extracted:
    """What one format's reader makes of a file's bytes.

    Attributes:
        text: Everything the file says; for text files the file itself, decoded.
        encoding: Encoding the bytes were decoded with; None where the format has none of its own.
        warnings: What a reader of the text should know, one sentence each.
    """

    text: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One document as read. Every offset of every stage points into `text`.

    Attributes:
        text: The text, line ends as newlines, without a byte order mark; nothing else is changed.
        source: Name of the file without its folder, or `-` for standard input.
        sha256: Hex digest of `text` in UTF-8.
        format: Name of the format: `md` or `txt`.
        encoding: Encoding the bytes were decoded with; None where the format has none of its own.
        warnings: What was not certain in reading, one sentence each; empty for a clean file.
    """

    text: str
    source: str
    sha256: str
    format: str
    encoding: str | None
    warnings: tuple[str, ...] = ()
