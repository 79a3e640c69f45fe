"""Footnotes, endnotes and comments: texts that a document keeps in parts of their own."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kcsp_nlp.reading.word.package import Package, Relation

# Notes that Word keeps for the line above notes, which say nothing.
_LINES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
KINDS = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}


def find_notes(package: Package, relations: dict[str, Relation], kind: str) -> dict[str, Element]:
    """Return notes by id, in the order of the file.

    Args:
        package: The document.
        relations: What its main part refers to.
        kind: "footnote", "endnote" or "comment".

    Raises:
        ReadingError: the part that holds them cannot be read.
    """
    found: dict[str, Element] = {}
    parts = {each.target: None for each in relations.values() if each.kind == KINDS[kind]}
    for part in parts:
        root = package.root(part)
        for each in root.findall(kind) if root is not None else ():
            if each.get("type") not in _LINES:
                found.setdefault(each.get("id", ""), each)
    return found
