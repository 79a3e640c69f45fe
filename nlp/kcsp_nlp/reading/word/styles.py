"""Styles: what a paragraph or a stretch of text looks like that says so only by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kcsp_nlp.reading.word.markup import number, switch, value

# Names of built-in styles, which Word keeps in English: "heading 2", "Title"; not "Heading Text".
_HEADING = re.compile(r"heading\s?(?P<level>[1-9])(?:\s*char)?", re.IGNORECASE)
# "toc 1", "TOC Heading", "Contents 2"; not "Table of Acts".
_CONTENTS = re.compile(r"(?:toc|contents)\s?(?:\d|heading)", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_MOST_LEVELS = 6
_BODY_TEXT = 9  # what an outline level of no heading is


@dataclass(frozen=True)
class Look:
    """How text looks; None where nothing is said.

    Attributes:
        bold: Whether it is bold.
        caps: Whether it is shown in capitals, whatever its letters are.
        vanish: Whether it is hidden.
        underline: Whether it is underlined.
        font: Name of its font.
    """

    bold: bool | None = None
    caps: bool | None = None
    vanish: bool | None = None
    underline: bool | None = None
    font: str | None = None

    @classmethod
    def of(cls, properties: Element | None) -> Look:
        """Read the properties of a run or style."""
        if properties is None:
            return _PLAIN
        line = value(properties, "u")
        fonts = properties.find("rFonts")
        return cls(
            bold=switch(properties, "b"),
            caps=switch(properties, "caps"),
            vanish=switch(properties, "vanish"),
            underline=None if line is None else line != "none",
            font=None if fonts is None else fonts.get("ascii") or fonts.get("hAnsi"),
        )

    def over(self, other: Look) -> Look:
        """Return this look where it says something, else the other."""
        if self is _PLAIN:
            return other
        return Look(
            bold=other.bold if self.bold is None else self.bold,
            caps=other.caps if self.caps is None else self.caps,
            vanish=other.vanish if self.vanish is None else self.vanish,
            underline=other.underline if self.underline is None else self.underline,
            font=other.font if self.font is None else self.font,
        )

    def toggled(self, other: Look) -> Look:
        """Return two styles' looks together: bold text in a bold paragraph is not bold."""
        mixed = self.over(other)
        return Look(
            bold=bool(self.bold) != bool(other.bold),
            caps=bool(self.caps) != bool(other.caps),
            vanish=bool(self.vanish) != bool(other.vanish),
            underline=mixed.underline,
            font=mixed.font,
        )


_PLAIN = Look()


@dataclass(frozen=True)
class Spacing:
    """White space around a paragraph, in twentieths of a point; None where nothing is said."""

    before: int | None = None
    after: int | None = None
    contextual: bool | None = None

    @classmethod
    def of(cls, properties: Element | None) -> Spacing:
        """Read the properties of a paragraph or style."""
        if properties is None:
            return cls()
        return cls(
            number(value(properties, "spacing", "before")),
            number(value(properties, "spacing", "after")),
            switch(properties, "contextualSpacing"),
        )

    def over(self, other: Spacing) -> Spacing:
        """Return this spacing where it says something, else the other."""
        return Spacing(
            other.before if self.before is None else self.before,
            other.after if self.after is None else self.after,
            other.contextual if self.contextual is None else self.contextual,
        )


@dataclass(frozen=True)
class Style:
    """A style with everything that it is based on.

    Attributes:
        look: Of its text.
        spacing: Around its paragraphs.
        level: Of its headings, 1 to 6; None where it is no heading's.
        list_id: The list its paragraphs belong to; None for none.
        list_level: Which of the list's levels, from 0; None where the list has to say.
        lineage: Its id and those of the styles it is based on, nearest first.
        is_contents: Whether it is that of a table of contents.
    """

    look: Look = _PLAIN
    spacing: Spacing = Spacing()
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    lineage: tuple[str, ...] = ()
    is_contents: bool = False


class Styles:
    """The styles of a document, by id.

    Args:
        root: Of the part that defines them; None where there is none.
    """

    def __init__(self, root: Element | None) -> None:
        found = root.findall("style") if root is not None else []
        self._elements = {each.get("styleId", ""): each for each in found}
        self._known: dict[str | None, Style] = {}
        self._defaults = {
            each.get("type"): each.get("styleId", "")
            for each in reversed(found)
            if each.get("default", "0").lower() in ("1", "true", "on")
        }
        base = root.find("docDefaults") if root is not None else None
        run = base.find("rPrDefault/rPr") if base is not None else None
        paragraph = base.find("pPrDefault/pPr") if base is not None else None
        self._look, self._spacing = Look.of(run), Spacing.of(paragraph)

    def paragraph(self, name: str | None) -> Style:
        """Return the style of a paragraph, the default one where it names none."""
        if name is None or name not in self._elements:
            name = self._defaults.get("paragraph")
        return self._resolve(name)

    def character(self, name: str | None) -> Look | None:
        """Return the look of a run's style; None where it names none."""
        return self._resolve(name).look if name in self._elements else None

    def list_of(self, name: str) -> str | None:
        """Return the list that a style of lists stands for; None for none."""
        return self._resolve(name).list_id

    def _resolve(self, name: str | None) -> Style:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._put_together(name)
        return known

    def _put_together(self, name: str | None) -> Style:
        look, spacing = Look(), Spacing()
        level: int | None = None
        list_id: str | None = None
        list_level: int | None = None
        lineage: list[str] = []
        is_contents = False
        for each, style in self._lineage(name):
            lineage.append(each)
            properties = style.find("pPr")
            look = look.over(Look.of(style.find("rPr")))
            spacing = spacing.over(Spacing.of(properties))
            level = _level(style, properties) if level is None else level
            numbers = properties.find("numPr") if properties is not None else None
            list_id = list_id or value(numbers, "numId")
            list_level = number(value(numbers, "ilvl")) if list_level is None else list_level
            is_contents = is_contents or _CONTENTS.match(value(style, "name") or "") is not None
        return Style(
            look.over(self._look),
            spacing.over(self._spacing),
            level if level is not None and 0 < level <= _MOST_LEVELS else None,
            list_id,
            list_level,
            tuple(lineage),
            is_contents,
        )

    def _lineage(self, name: str | None) -> Iterator[tuple[str, Element]]:
        """Yield a style and what it is based on, each once: some are based on themselves."""
        seen: set[str] = set()
        while name is not None and name not in seen and name in self._elements:
            seen.add(name)
            yield name, self._elements[name]
            name = value(self._elements[name], "basedOn")


def _level(style: Element, properties: Element | None) -> int | None:
    """Return the level of a style's headings; 0 for none and None where a base has to say."""
    outline = outline_level(properties)
    if outline is not None:
        return outline
    name = (value(style, "name") or "").strip()
    match = _HEADING.fullmatch(name) or _HEADING.fullmatch(style.get("styleId", ""))
    if match:
        return min(int(match["level"]), _MOST_LEVELS)
    return _TITLES.get(name.lower())


def outline_level(properties: Element | None) -> int | None:
    """Return the heading level that a paragraph's outline level says; 0 for none, None unsaid."""
    outline = number(value(properties, "outlineLvl"))
    if outline is None:
        return None
    return min(outline + 1, _MOST_LEVELS) if 0 <= outline < _BODY_TEXT else 0
