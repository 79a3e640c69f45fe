"""What the style sheets of a page say that its text needs: bold classes and markers of lists.

Google Docs writes both so: `.c3{font-weight:700}` for bold text, and for lists of several levels
`.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." ...}`. Nothing else of CSS
is understood; classes that hide are not believed, as scripts show again what they hid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kcsp_nlp.reading.web.tree import Element, element_names

# Style sheets of Google Docs are below 50,000 characters.
_MOST = 500_000
# What divides a style sheet: a comment, or the beginning or end of a block.
_DIVIDER = re.compile(r"/\*.*?(?:\*/|\Z)|[{}]", re.DOTALL)
# ".c3", "span.c3"; not ".c3 .c4", "#c3"
_CLASS = re.compile(r"[a-z0-9]*\.([\w-]+)", re.IGNORECASE)
# ".lst-kix_ab12-0 > li:before" -> the class of the list
_LISTED = re.compile(r"[a-z]*\.([\w-]+)\s*>\s*li::?before", re.IGNORECASE)
# "700", "bold", "bolder"; not "400", "normal"
_BOLD = re.compile(r"(?:[6-9]00|bolder|bold)\b", re.IGNORECASE)
# A part of what stands before an item: '". "', "counter(lst-ctn-kix_ab12-0,lower-latin)".
_CONTENT = re.compile(r"\"([^\"]*)\"|counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)")
# A character by its number in a string of CSS: "\0025cf ", "\2022".
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_LAST_CHARACTER = 0x10FFFF

# A width that is not 0: "8.0pt", "1em", ".5cm", "auto"; not "0cm", "0"
_SPACE = re.compile(r"[1-9]|auto")
# Blocks without white space around them, unless a style says otherwise.
_UNSPACED = frozenset({"li", "dt", "dd", "address", "center"})

# Text, or the counter of a list and the style of its number.
MarkerPart = str | tuple[str, str]


@dataclass(frozen=True)
class Sheet:
    """What a page's style sheets say.

    Attributes:
        bold: Classes of bold text, in lower case.
        plain: Classes of text that is not bold, in lower case.
        markers: What stands before the items of lists of a class, in lower case.
        spaced: Classes of paragraphs with white space around them, in lower case.
    """

    bold: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    markers: dict[str, tuple[MarkerPart, ...]] = field(default_factory=dict)
    spaced: frozenset[str] = frozenset()

    def is_spaced(self, element: Element) -> bool:
        """Tell whether white space parts a block from those before and behind it."""
        for name in ("margin-bottom", "margin-top", "margin"):
            if value := element.style(name):
                return _SPACE.search(value) is not None
        if element.tag == "p" and any(name.startswith("mso") for name in element.classes):
            # Word's paragraphs have no space around them unless it is said.
            return bool(element.classes & self.spaced)
        if element.tag == "div":
            return bool(element.classes)  # a class may give it space
        return element.tag in element_names("blocks") and element.tag not in _UNSPACED

    def boldness(self, element: Element) -> bool | None:
        """Tell whether an element's text is bold; None where it is as the text around it."""
        weight = element.style("font-weight") or element.style("font")
        if weight:
            if _BOLD.search(weight):
                return True
            if element.style("font-weight"):
                return False
        if element.classes & self.bold:
            return True
        if element.tag in {"b", "strong"}:
            # Google Docs wraps whole documents in a <b> of normal weight.
            return not element.classes & self.plain
        return False if element.classes & self.plain else None


def read_styles(sheets: Iterable[str]) -> Sheet:
    """Read the style sheets of a page."""
    bold: set[str] = set()
    plain: set[str] = set()
    spaced: set[str] = set()
    markers: dict[str, tuple[MarkerPart, ...]] = {}
    for selector, declarations in _rules(sheets):
        properties = dict(_declarations(declarations))
        weight = properties.get("font-weight")
        content = properties.get("content")
        margin = properties.get("margin-bottom") or properties.get("margin") or "0"
        for part in selector.split(","):
            simple = _CLASS.fullmatch(part.strip())
            if simple and _SPACE.search(margin):
                spaced.add(simple[1].lower())
            if simple and weight is not None:
                (bold if _BOLD.match(weight) else plain).add(simple[1].lower())
            listed = _LISTED.fullmatch(part.strip())
            if listed and content is not None:
                markers[listed[1].lower()] = tuple(_parts(content))
    return Sheet(frozenset(bold), frozenset(plain - bold), markers, frozenset(spaced))


def _rules(sheets: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations; what stands in `@media` and the like is passed over."""
    for sheet in sheets:
        depth = start = 0
        selector = ""
        for match in _DIVIDER.finditer(sheet[:_MOST]):
            if match[0] == "{":
                depth += 1
                if depth == 1:
                    selector = sheet[start : match.start()].strip()
            elif match[0] == "}":
                if depth == 1 and not selector.startswith("@"):
                    yield selector, sheet[start : match.start()]
                depth = max(0, depth - 1)
            start = match.end()


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _parts(content: str) -> Iterator[MarkerPart]:
    for match in _CONTENT.finditer(content):
        if match[1] is not None:
            yield _ESCAPE.sub(_character, match[1])
        else:
            yield match[2], match[3] or "decimal"


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= _LAST_CHARACTER else ""
