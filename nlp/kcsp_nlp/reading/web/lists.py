"""The markers of lists, as a browser would display them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kcsp_nlp.reading.web.styles import MarkerPart, Sheet
from kcsp_nlp.reading.web.tree import Element

BULLET = "•"
# What the attribute `type` of a list stands for; its case counts.
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Beyond it browsers count in figures.
_LAST_ROMAN = 3_999
_NUMBERED = re.compile(r"decimal|alpha|latin|roman")
# "3", "-2"; not "3.5", "three"
_WHOLE = re.compile(r"\s*([+-]?\d{1,9})\s*")
_LETTERS = 26
# The class of a list of Google Docs ends in its level: "lst-kix_ab12-0"
_LEVEL = re.compile(r"-(\d)$")


@dataclass
class List:
    """A list that is being read.

    Attributes:
        style: Of its markers, as CSS calls it.
        number: Of the next item.
        step: From one item to the next: -1 in a reversed list.
        counter: What Google Docs calls the counter of its items; None elsewhere.
        template: What stands before its items, where a style sheet says it; else None.
        level: Its depth as Google Docs says it, which puts inner lists beside outer ones; else 0.
    """

    style: str
    number: int = 1
    step: int = 1
    counter: str | None = None
    template: tuple[MarkerPart, ...] | None = None
    level: int = 0


class Lists:
    """The lists that are open at one place of a page, outermost first."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._open: list[List] = []
        self._counters: dict[str, int] = {}

    @property
    def depth(self) -> int:
        """How many lists the next item stands in besides its own."""
        return max(len(self._open) - 1, self._open[-1].level) if self._open else 0

    def begin(self, element: Element) -> None:
        """Open a list."""
        ordered = element.tag == "ol"
        style = _style(element, "decimal" if ordered else "disc")
        started = List(style)
        for name in element.classes & self._sheet.markers.keys():
            started.template = self._sheet.markers[name]
            started.counter = name.replace("lst-", "lst-ctn-", 1)
            level = _LEVEL.search(name)
            started.level = int(level[1]) if level else 0
        if ordered:
            reverse = "reversed" in element.attributes
            items = sum(child.tag == "li" for child in element.elements) if reverse else 1
            started.number = _whole(element.attributes.get("start"), items)
            started.step = -1 if reverse else 1
        self._open.append(started)

    def end(self) -> None:
        """Close the innermost list."""
        if self._open:
            self._open.pop()

    def mark(self, item: Element) -> str:
        """Return the marker of the innermost list's next item; empty where none is displayed."""
        if not self._open:
            return BULLET
        current = self._open[-1]
        number = _whole(item.attributes.get("value"), current.number)
        current.number = number + current.step
        if current.template is not None:
            if current.counter:
                self._counters[current.counter] = number
            return self._compose(current.template)
        style = _style(item, current.style)
        if style == "none":
            return ""
        return f"{_figure(number, style)}." if _NUMBERED.search(style) else BULLET

    def _compose(self, template: tuple[MarkerPart, ...]) -> str:
        pieces = (
            part if isinstance(part, str) else _figure(self._counters.get(part[0], 1), part[1])
            for part in template
        )
        marker = "".join(pieces).strip()
        return marker if any(map(str.isalnum, marker)) or not marker else BULLET


def _style(element: Element, otherwise: str) -> str:
    """Return the style of an element's markers: its own, that of its type, or another's."""
    own = element.style("list-style-type") or element.style("list-style")
    if own:
        if "none" in own.split():
            return "none"
        named = _NUMBERED.search(own)
        return own if named else "disc"
    kind = element.attributes.get("type", "")
    if kind in _TYPES:
        return _TYPES[kind]
    return "disc" if kind.lower() in {"disc", "circle", "square"} else otherwise


def _whole(value: str | None, otherwise: int) -> int:
    match = _WHOLE.fullmatch(value) if value is not None else None
    return int(match[1]) if match else otherwise


def _figure(number: int, style: str) -> str:
    """Return a number in a style of CSS: 4 is "d" in "lower-latin"."""
    if "roman" in style and 0 < number <= _LAST_ROMAN:
        figure = _roman(number)
    elif ("alpha" in style or "latin" in style) and number > 0:
        figure = _letters(number)
    else:
        return f"{number:02d}" if "leading-zero" in style else str(number)
    return figure.upper() if "upper" in style else figure


def _roman(number: int) -> str:
    figure = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        figure += letters * count
    return figure


def _letters(number: int) -> str:
    figure = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        figure = chr(ord("a") + letter) + figure
    return figure
