"""A page as a tree of elements and text: what the parser made of it that may be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kcsp_nlp.reading.document import AsideKind

# Programs, what stands in for them, and what is drawn: none of it is text of the page.
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "svg", "link", "meta", "base", "title", "object"}
    | {"embed", "audio", "video", "canvas", "iframe", "frame", "noframes", "map"}
)
# Values of `display` that begin a line.
_BEGINS_LINE = ("block", "flex", "grid", "list-item", "table")
# Elements that begin a line although they are shown beside each other.
_BESIDE = frozenset({"li", "td", "th", "tr", "table", "p"})


@cache
def element_names(kind: str) -> frozenset[str]:
    """Return names of elements of a kind: `blocks` begin a line, `never_nested` hold no own kind.

    At the edges of what is no block a word goes on: "<b>RE</b>SOLVED".
    """
    source = resources.files("kcsp_nlp").joinpath("data", "page_elements.json")
    return frozenset(json.loads(source.read_text(encoding="utf-8"))[kind])


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page.

    Attributes:
        tag: Its name in lower case.
        attributes: By name; an attribute without a value has the empty string.
        children: Elements and text, in order.
        parent: The element it stands in; None for the outermost, and for one that was made.
        aside: Why it is no part of the minutes, as kind and reason; None where it is.
        classes: Its classes, in lower case.
        styles: Its own style: values by property, both in lower case.
        is_block: Whether it begins a line.
        in_link: Whether it is a link or stands in one.
        own: Characters of text that are its own children, white space not counted.
        weight: Characters of text in it, set by `weigh`.
        linked: How many of them stand in links.
        titled: Whether it is or holds the main part of the page or its title; set by `weigh`.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None
    aside: tuple[AsideKind, str] | None = None
    classes: frozenset[str] = frozenset()
    styles: dict[str, str] = field(default_factory=dict)
    is_block: bool = False
    in_link: bool = False
    own: int = 0
    weight: int = 0
    linked: int = 0
    titled: bool = False

    def __post_init__(self) -> None:
        """Read what the attributes say."""
        attributes = self.attributes
        self.is_block = self.tag in element_names("blocks")
        if "class" in attributes:
            self.classes = frozenset(attributes["class"].lower().split())
        if "style" in attributes:
            self.styles = dict(_declarations(attributes["style"]))
            display = self.styles.get("display", "")
            if display.startswith("inline"):
                self.is_block = self.tag in _BESIDE
            elif display.startswith(_BEGINS_LINE):
                self.is_block = True
        linked = self.tag == "a" and "href" in attributes
        self.in_link = linked or (self.parent is not None and self.parent.in_link)

    @property
    def elements(self) -> list[Element]:
        """Children that are elements, in order."""
        return [child for child in self.children if type(child) is Element]

    def style(self, name: str) -> str:
        """Return the value of a property of the element's own style, in lower case; else ""."""
        return self.styles.get(name, "")


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.replace("!important", "").strip()


@dataclass(frozen=True)
class Page:
    """A parsed page.

    Attributes:
        body: Its body, or its frameset.
        styles: Style sheets that stand in the page, in order.
        frames: Number of frames, whose text stands elsewhere.
        scripts: Number of programs.
    """

    body: Element
    styles: tuple[str, ...]
    frames: int
    scripts: int


def grow(source: str) -> Page:
    """Parse a page, whatever it looks like: the rules of HTML make a tree of any text."""
    parser = LexborHTMLParser(source)
    counts = {"style": 0, "script": 0, "iframe": 0, "frame": 0}
    styles: list[str] = []
    top = Element("html")
    root = parser.root
    # Siblings wait on the stack below children, so that it is never deeper than the page.
    stack: list[tuple[LexborNode, Element]] = []
    if root is not None and root.first_child is not None:
        stack.append((root.first_child, top))
    while stack:
        node, parent = stack.pop()
        if (sibling := node.next) is not None:
            stack.append((sibling, parent))
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            parent.children.append(text)
            parent.own += len("".join(text.split()))
            continue
        if tag in counts:
            counts[tag] += 1
            if tag == "style":
                styles.append(node.text())
        if tag.startswith(("-", "!")) or tag in _DROPPED:
            continue
        element = Element(tag, _attributes(node), parent=parent)
        parent.children.append(element)
        if (child := node.first_child) is not None:
            stack.append((child, element))
    return Page(
        body=next((each for each in top.elements if each.tag != "head"), top),
        styles=tuple(styles),
        frames=counts["iframe"] + counts["frame"],
        scripts=counts["script"],
    )


def _attributes(node: LexborNode) -> dict[str, str]:
    attributes = node.attributes
    return {name: value or "" for name, value in attributes.items()} if attributes else {}


def walk(root: Element) -> Iterator[Element]:
    """Yield an element and all elements in it, in their order, without those that are set aside."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.aside is not None:
            continue
        yield element
        if element.aside is None and element.children:  # it may have been set aside meanwhile
            stack.extend(reversed(element.elements))


def upwards(element: Element) -> Iterator[Element]:
    """Yield an element and those that it stands in, up to the page."""
    current: Element | None = element
    while current is not None:
        yield current
        current = current.parent


def text_of(root: Element, *, everything: bool = False) -> str:
    """Return all text in an element on one line.

    Args:
        root: The element.
        everything: Whether to include what is set aside in it.
    """
    pieces: list[str] = []
    stack: list[Element | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif everything or node is root or node.aside is None:
            if node.is_block or node.tag == "br":
                pieces.append(" ")
                stack.append(" ")
            stack.extend(reversed(node.children))
    return " ".join("".join(pieces).split())


def weigh(root: Element) -> None:
    """Count the text in every element from `root` down, and how much of it stands in links.

    What is set aside weighs nothing.
    """
    order: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        element.weight = element.linked = 0
        if element.aside is None:
            order.append(element)
            element.weight = element.own
            element.linked = element.own if element.in_link else 0
            element.titled = element.tag in {"main", "h1"}
            stack.extend(element.elements)
    for element in reversed(order):
        parent = element.parent
        if parent is not None and element is not root:
            parent.weight += element.weight
            parent.linked += element.linked
            parent.titled |= element.titled
