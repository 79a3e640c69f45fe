"""What reading returns: one document's text, where it came from, and what was set aside."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

AsideKind = Literal[
    "header",
    "footer",
    "page_number",
    "watermark",
    "comment",
    "deletion",
    "hidden",
    "navigation",
    "not_minutes",
    "attachment",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PageStart(_Frozen):
    """Where a page of the file begins in the text."""

    number: int = Field(ge=1, description="Page of the file, from 1, whatever is printed on it.")
    start: int = Field(ge=0, description="First code point of the page in the text.")


class Aside(_Frozen):
    """Something the file says that is no part of the minutes' text."""

    kind: AsideKind
    text: str = Field(description="As it stands in the file.")
    page: int | None = Field(
        default=None, description="First page it stands on; null where there are no pages."
    )
    reason: str = Field(description="Why it was set aside, in a few words.")


class Doubt(_Frozen):
    """A word that character recognition was not sure of; half-open offsets into the text."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    confidence: float = Field(ge=0, le=1, description="As the recogniser gives it.")


class Extracted(_Frozen):
    """What one format's reader makes of a file's bytes.

    Attributes:
        text: Everything the minutes say; for text files the file itself, decoded.
        encoding: Encoding the bytes were decoded with; None where the format has none of its own.
        warnings: What a reader of the text should know, one sentence each.
        pages: Where each page begins, in order; empty where the format has no pages.
        aside: What was set aside, in the order of the file.
        doubts: Words that character recognition was not sure of, in order.
        part: Which part of the file this is, as a URI fragment (`page=5`); None for all of it.
    """

    text: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    pages: tuple[PageStart, ...] = ()
    aside: tuple[Aside, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    part: str | None = None


class Document(_Frozen):
    """One document as read. Every offset of every stage points into `text`.

    Attributes:
        text: The text, line ends as newlines, without a byte order mark. Of a text file nothing
            else is changed; of other formats it is what their reader makes of them.
        source: Name of the file without its folder, or `-` for standard input; behind it the
            member of an archive or message (`notes.zip/may.docx`) and the part (`#page=5`).
        sha256: Hex digest of `text` in UTF-8.
        format: Name of the format, such as `md` or `pdf`.
        encoding: Encoding the bytes were decoded with; None where the format has none of its own.
        warnings: What was not certain in reading, one sentence each; empty for a clean file.
        pages: Where each page begins in `text`, in order; empty where the format has no pages.
        aside: What was set aside and why, in the order of the file.
        doubts: Words that character recognition was not sure of, in order.
    """

    text: str
    source: str
    sha256: str
    format: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    pages: tuple[PageStart, ...] = ()
    aside: tuple[Aside, ...] = ()
    doubts: tuple[Doubt, ...] = ()
