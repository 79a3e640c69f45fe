"""Where the content of a page stands: what it calls its main part, else where its text is."""

from __future__ import annotations

import re

from kcsp_nlp.reading.document import AsideKind
from kcsp_nlp.reading.web.tree import Element, text_of, upwards, walk

# A main part with less text is a page's frame around something else.
_LEAST = 200
_LEAST_SHARE = 0.3
# An article is the content if so much of the text outside links stands in it.
_MOST_OF = 0.6
# A part of a page of which so much is links leads elsewhere.
_LINKED = 0.5
# What ends a page: "© 2024 Anytown Council. All rights reserved."; not "the copyright of the map".
_IMPRINT = re.compile(
    r"\s*(?:©|\(c\)\s|copyright\b|all rights reserved|(?:website|site) by\b|powered by\b)", re.I
)
_LONGEST_IMPRINT = 300
_AROUND: tuple[AsideKind, str] = ("navigation", "outside the main content")
# Names of content that are older than <main>: WordPress, Drupal, Joomla, Word.
_NAMES = frozenset(
    {
        "entry-content",
        "post-content",
        "item-page",
        "com-content-article",
        "field--name-body",
        "region-content",
        "main-content",
        "maincontent",
        "page-content",
        "content",
        "wordsection1",
        "contents",
        "doc-content",
    }
)


def find_content(body: Element) -> tuple[Element, Element | None]:
    """Find the content of a page and set aside what stands around it.

    Args:
        body: Weighed, with what the page itself calls no content set aside.

    Returns:
        The content, and the title of the page where it stands outside of it.
    """
    content = _marked(body)
    title = None
    if content is not body:
        if not any(each.tag == "h1" for each in walk(content)):
            title = _title(body, content)
        set_aside_around(body, content, title)
    _set_aside_links(content)
    return content, title


def set_aside_around(body: Element, content: Element, title: Element | None = None) -> None:
    """Set aside everything in a page but one element of it, and a title."""
    path = set(upwards(content)) | (set(upwards(title)) if title is not None else set())
    for element in path & set(walk(body)) - {content, title}:
        for place, child in enumerate(element.children):
            if isinstance(child, str):
                if child.strip():
                    element.children[place] = Element("span", children=[child], aside=_AROUND)
            elif child not in path and child.aside is None:
                child.aside = _AROUND


def set_aside_edges(body: Element) -> None:
    """Set aside headers and footers: of the page always, of its articles if they are links.

    Args:
        body: Weighed; it has to be weighed again.
    """
    within: set[Element] = set()
    for element in walk(body):
        if element in within or element.tag in {"main", "article"}:
            within.update(element.elements)
        if element.tag not in {"header", "footer"} or element.titled:
            continue
        inner = element in within
        if element.linked >= _LINKED * max(1, element.weight) or (
            not inner and element.weight < _LEAST_SHARE * body.weight
        ):
            element.aside = ("navigation", f"{element.tag} of the page")


def _marked(body: Element) -> Element:
    content = body
    mains = [
        each
        for each in walk(body)
        if each.tag == "main" or each.attributes.get("role", "").lower() == "main"
    ]
    if mains:
        main = max(mains, key=_unlinked)
        if main.weight >= _LEAST or main.weight >= _LEAST_SHARE * body.weight:
            content = main
    articles = [each for each in walk(content) if each.tag == "article"]
    if articles:
        article = max(articles, key=_unlinked)
        if _unlinked(article) >= _MOST_OF * _unlinked(content):
            return article
    if content is body:
        for element in walk(body):
            named = element.classes | {element.attributes.get("id", "").lower()}
            if named & _NAMES and _unlinked(element) >= _MOST_OF * _unlinked(body):
                return element
    return content


def _unlinked(element: Element) -> int:
    return element.weight - element.linked


def _title(body: Element, content: Element) -> Element | None:
    """Return the first heading of the first level that stands outside the content."""
    for element in walk(body):
        if element is content:
            return None
        if element.tag == "h1" and element.weight:
            return element
    return None


def _set_aside_links(content: Element) -> None:
    """Set aside what leads elsewhere, along the way down to the element that holds the text."""
    current = content
    while True:
        inner = [each for each in current.elements if each.aside is None and each.weight]
        heaviest = max(inner, key=_unlinked, default=None)
        if heaviest is None or _unlinked(heaviest) < _MOST_OF * _unlinked(current):
            return
        for element in inner:
            if element is heaviest or element.titled:
                continue
            if element.linked >= _LINKED * element.weight:
                element.aside = ("navigation", "links to other pages")
            elif element.weight <= _LONGEST_IMPRINT and _IMPRINT.match(text_of(element)):
                element.aside = ("navigation", "imprint of the page")
        current = heaviest
