"""Word's automatic numbers, which stand in no paragraph: counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kcsp_nlp.reading.word.markup import number, switch, value
from kcsp_nlp.reading.word.numerals import numeral
from kcsp_nlp.reading.word.styles import Styles

_LEVELS = 9
# Stands for a level's number: "%1" in "%1.%2"; not "100%".
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"
# Bullets that are shown as they are; all others, mostly of fonts of symbols, become the usual one.
_KEPT_BULLETS = frozenset("-–—*>→✓")
_LONGEST = 60  # code points of a marker; a longer one is no number
_NO_LIST = "0"  # takes a paragraph out of its style's list


@dataclass(frozen=True)
class Marker:
    """What stands before a paragraph of a list.

    Attributes:
        text: As shown: "3.", "(a)", "•"; empty where nothing is.
        level: Level of the list, from 0.
        is_number: Whether it is a number or letter, no bullet.
    """

    text: str
    level: int
    is_number: bool


@dataclass(frozen=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None

    @classmethod
    def of(cls, element: Element) -> _Level:
        start = number(value(element, "start"))
        return cls(
            start=0 if start is None else start,
            form=_form(element),
            text=value(element, "lvlText") or "",
            restart=number(value(element, "lvlRestart")),
            is_legal=bool(switch(element, "isLgl")),
            style=value(element, "pStyle"),
        )


@dataclass
class _List:
    """A list: its levels and their counts so far, shared by all lists of one definition."""

    levels: dict[int, _Level]
    counts: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)

    def start(self, level: int) -> int:
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)


class Numbering:
    """Counts the paragraphs of a document's lists.

    Args:
        root: Of the part that defines the lists; None where there is none.
        styles: Of the document: lists may be defined by a style.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        abstract = root.findall("abstractNum") if root is not None else []
        concrete = root.findall("num") if root is not None else []
        self._abstract = {each.get("abstractNumId", ""): each for each in abstract}
        self._concrete = {each.get("numId", ""): each for each in concrete}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List | None] = {}

    def mark(
        self, list_id: str | None, level: int | None, lineage: tuple[str, ...]
    ) -> Marker | None:
        """Count a paragraph and return what stands before it.

        Args:
            list_id: Of its list; None, or "0", for none.
            level: Of the list; None where the list says which level is its style's.
            lineage: Ids of its style and of those it is based on.

        Returns:
            Its marker; None where it belongs to no list that is defined.
        """
        held = self._list(list_id) if list_id not in (None, _NO_LIST) else None
        if held is None:
            return None
        if level is None:
            own = {each.style: at for at, each in held.levels.items() if each.style}
            level = next((own[each] for each in lineage if each in own), 0)
        level = min(max(level, 0), _LEVELS - 1)
        self._count(held, level)
        return _marker(held, level)

    def _count(self, held: _List, level: int) -> None:
        if level in held.starts and level not in held.begun:
            held.counts[level] = None  # a list that begins anew does so once
        held.begun.add(level)
        count = held.counts[level]
        held.counts[level] = held.start(level) if count is None else count + 1
        for above in range(level):
            if held.counts[above] is None:
                held.counts[above] = held.start(above)
        for below in range(level + 1, _LEVELS):
            restart = held.levels[below].restart if below in held.levels else None
            if restart is None or level < restart:
                held.counts[below] = None

    def _list(self, list_id: str | None) -> _List | None:
        if list_id not in self._lists and list_id is not None:
            self._lists[list_id] = self._make(list_id)
        return self._lists.get(list_id or "")

    def _make(self, list_id: str) -> _List | None:
        concrete = self._concrete.get(list_id)
        name = self._definition(list_id)
        if concrete is None or name is None:
            return None
        if name not in self._levels:
            found = self._abstract[name].findall("lvl")
            self._levels[name] = {_at(each): _Level.of(each) for each in found}
        levels = dict(self._levels[name])
        starts: dict[int, int] = {}
        for override in concrete.findall("lvlOverride"):
            at = _at(override)
            own = override.find("lvl")
            if own is not None:
                levels[at] = _Level.of(own)
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[at] = start
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        return _List(levels, counts, starts)

    def _definition(self, list_id: str) -> str | None:
        """Return which definition a list has, through styles that stand for lists."""
        seen: set[str] = set()
        while list_id not in seen:
            seen.add(list_id)
            name = value(self._concrete.get(list_id), "abstractNumId")
            if name is None or name not in self._abstract:
                return None
            style = value(self._abstract[name], "numStyleLink")
            if style is None:
                return name
            following = self._styles.list_of(style)
            if following is None:
                return self._defined_by(style) or name
            list_id = following
        return None

    def _defined_by(self, style: str) -> str | None:
        for name, each in self._abstract.items():
            if value(each, "styleLink") == style:
                return name
        return None


def _marker(held: _List, level: int) -> Marker:
    own = held.levels.get(level)
    if own is None:
        return Marker("", level, is_number=False)
    if own.form == "bullet":
        shown = own.text.strip()
        return Marker(shown if shown in _KEPT_BULLETS else _BULLET, level, is_number=False)

    def written(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        form = held.levels[at].form if at in held.levels else "decimal"
        if own.is_legal and at <= level and form != "none":
            form = form if form == "decimalZero" else "decimal"
        count = held.counts[at]
        if count is None:
            return ""
        return "" if form == "bullet" else numeral(count, form)

    text = _PLACE.sub(written, own.text).strip()[:_LONGEST]
    is_number = own.form != "none" or _PLACE.search(own.text) is not None
    return Marker(text, level, is_number=is_number)


def _form(element: Element) -> str:
    """Return the form of a level's numbers; a newer form stands beside one that all know."""
    chosen = element.find("mc-AlternateContent/mc-Choice/numFmt")
    if chosen is not None and chosen.get("format"):
        return chosen.get("format", "")
    plain = element.find("numFmt")
    if plain is None:
        plain = element.find("mc-AlternateContent/mc-Fallback/numFmt")
    if plain is None:
        return "decimal"
    return plain.get("format") or plain.get("val") or "decimal"


def _at(element: Element) -> int:
    return min(max(number(element.get("ilvl")) or 0, 0), _LEVELS - 1)
