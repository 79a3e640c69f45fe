"""Headers, footers and what stands behind the text of each page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from kcsp_nlp.reading.composing import compose
from kcsp_nlp.reading.document import AsideKind
from kcsp_nlp.reading.word.package import Package, Relation
from kcsp_nlp.reading.word.story import Story
from kcsp_nlp.reading.word.words import Words

# A footer that only counts pages: "2", "Page 1 of 4", "- 3 -"; not "Page Green Council".
_PAGE_NUMBER = re.compile(r"\W*(?:page\W*)?\d{0,4}(?:\W+of)?\W*\d{0,4}\W*", re.IGNORECASE)
_KINDS: dict[str, AsideKind] = {"headerReference": "header", "footerReference": "footer"}


def set_margins_aside(
    package: Package, relations: dict[str, Relation], body: Element, words: Words
) -> None:
    """Set headers and footers of all sections aside, those that say the same once.

    Args:
        package: The document.
        relations: What its main part refers to.
        body: Its main part.
        words: Takes what is set aside.

    Raises:
        ReadingError: a part that holds them cannot be read.
    """
    seen: set[tuple[AsideKind, str]] = set()
    parts: set[str] = set()
    for reference in (each for section in body.iter("sectPr") for each in section):
        relation = relations.get(reference.get("r-id", ""))
        if reference.tag not in _KINDS or relation is None or relation.target in parts:
            continue
        parts.add(relation.target)
        root = package.root(relation.target)
        text = compose(Story(words).read(root))[0].strip() if root is not None else ""
        kind = _KINDS[reference.tag]
        if text and (kind, text) not in seen:
            seen.add((kind, text))
            words.asides.add("page_number" if _PAGE_NUMBER.fullmatch(text) else kind, text)
            words.asides.end()
