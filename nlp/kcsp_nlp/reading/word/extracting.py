"""Word documents (.docx, .docm) into text.

Footnotes and endnotes stand behind the paragraph that refers to them, so that they stay with the
item they belong to; headers, footers, comments, deletions and hidden text are set aside.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.blocks import Block, Paragraph
from kcsp_nlp.reading.composing import compose
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.word.margins import set_margins_aside
from kcsp_nlp.reading.word.notes import find_notes
from kcsp_nlp.reading.word.numbering import Numbering
from kcsp_nlp.reading.word.package import Package, Relation
from kcsp_nlp.reading.word.pagination import Pagination
from kcsp_nlp.reading.word.story import Story
from kcsp_nlp.reading.word.styles import Styles
from kcsp_nlp.reading.word.words import Words

_GUESSED = (
    "pages are counted by the page breaks that the author set, since the file does not say where "
    "its pages end"
)
_FOREIGN = "the file holds a document of another format inside, which was not read"


def extract(data: bytes, where: str, limits: Limits) -> tuple[Extracted]:
    """Read a Word document.

    Args:
        data: All of the file.
        where: What messages call it.
        limits: Bounds of reading.

    Raises:
        ReadingError: the file is no sound Word document, is too large, or says nothing.
    """
    package = Package(data, where, limits)
    main = package.main()
    root = package.root(main)
    body = root.find("body") if root is not None and root.tag == "document" else None
    if body is None:
        raise ReadingError(
            f"{where}: found a package without a text, expected a Word document; open it in Word "
            "or LibreOffice and save it anew"
        )
    relations = package.relations(main)
    words = _words(package, relations, body)
    blocks = Story(words, is_paged=True).read(body)
    pages_counted = words.pagination.page if words.pagination else None
    if pages_counted is not None and pages_counted > limits.pages:
        raise ReadingError(
            f"{where}: found {pages_counted} pages, expected at most {limits.pages}; split the "
            "file or raise the limit `pages`"
        )
    set_margins_aside(package, relations, body, words)
    _set_comments_aside(package, relations, words)
    text, pages = compose(blocks)
    if not text.strip():
        raise ReadingError(
            f"{where}: found a Word document without text, expected minutes; if it holds pictures "
            "of pages, save it as PDF so that they can be recognised"
        )
    pagination = words.pagination
    warnings = [_GUESSED] if pagination and pagination.is_guess else []
    warnings += [_FOREIGN] if words.has_foreign else []
    return (
        Extracted(
            text=text, pages=pages, warnings=tuple(warnings), aside=tuple(words.asides.found)
        ),
    )


def _words(package: Package, relations: dict[str, Relation], body: Element) -> Words:
    parts = {each.kind: each.target for each in reversed(relations.values())}
    styles = Styles(package.root(parts["styles"]) if "styles" in parts else None)
    lists = package.root(parts["numbering"]) if "numbering" in parts else None
    words = Words(styles, Numbering(lists, styles), pagination=Pagination(body))
    notes = {kind: find_notes(package, relations, kind) for kind in ("footnote", "endnote")}
    inner = Words(styles, words.numbering, asides=words.asides)

    def read_note(kind: str, name: str, mark: str) -> list[Block]:
        note = notes[kind].pop(name, None)
        blocks = Story(inner).read(note) if note is not None else []
        text = compose(blocks)[0].strip()
        page = words.pagination.page if words.pagination else None
        return [Paragraph(f"[{mark}] {text}", page=page)] if text else []

    words.read_note = read_note
    return words


def _set_comments_aside(package: Package, relations: dict[str, Relation], words: Words) -> None:
    for comment in find_notes(package, relations, "comment").values():
        text = compose(Story(words).read(comment))[0].strip()
        words.asides.add("comment", text)
        words.asides.end()
