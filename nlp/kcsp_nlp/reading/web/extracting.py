"""Pages of the web: their content as text, what stands around it set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.blocks import Block, Heading
from kcsp_nlp.reading.composing import compose
from kcsp_nlp.reading.document import Aside, Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.web.burden import refuse_heavy
from kcsp_nlp.reading.web.contents import find_content, set_aside_around, set_aside_edges
from kcsp_nlp.reading.web.decoding import decode_page
from kcsp_nlp.reading.web.flow import flow
from kcsp_nlp.reading.web.furniture import set_aside_furniture
from kcsp_nlp.reading.web.modern_gov import arrange, find_meeting
from kcsp_nlp.reading.web.styles import read_styles
from kcsp_nlp.reading.web.tree import Element, Page, grow, text_of, weigh

# A page that a program fills holds less text than this, if any: "Loading…".
_SHELL = 300
# "Please enable JavaScript to run this app.", "Loading..."; not "The loading bay was discussed."
_WAITING = re.compile(
    r"\W*(?:(?:please )?wait\b.{0,50}|loading\W*|.{0,200}\b(?:enable|requires?|needs?)\b.{0,40}"
    r"\bjavascript\b.{0,200})",
    re.IGNORECASE | re.DOTALL,
)
_WAY_OUT = (
    "open it in a browser, wait until the minutes show, and save it as “Web page, complete” or "
    "print it as PDF"
)


def extract(data: bytes, where: str, limits: Limits) -> Sequence[Extracted]:
    """Read a page of the web.

    Args:
        data: All of the file.
        where: What messages call the file.
        limits: Bounds of reading; those of characters, time and memory are watched outside.

    Returns:
        One document: the page's content as text, and what was set aside.

    Raises:
        ReadingError: the page is empty, binary or broken beyond parsing, or holds no text of its
            own because frames or programs show it.
    """
    decoded = decode_page(data, where)
    refuse_heavy(decoded.text, where)
    page = grow(decoded.text)
    warnings = (*decoded.warnings, *set_aside_furniture(page.body))
    set_aside_edges(page.body)
    weigh(page.body)
    content, title, more = _content(page.body)
    sheet = read_styles(page.styles)
    blocks: list[Block] = []
    if title is not None and (text := text_of(title)):
        blocks.append(Heading(text, 1))
    blocks.extend(flow(content, sheet))
    text, _ = compose(blocks)
    _refuse_empty(text, page, where)
    return (
        Extracted(
            text=text,
            encoding=decoded.encoding,
            warnings=(*warnings, *more),
            aside=_asides(page.body),
        ),
    )


def _content(body: Element) -> tuple[Element, Element | None, tuple[str, ...]]:
    """Return the content, a title that stands outside of it, and warnings."""
    meeting = find_meeting(body)
    if meeting is None:
        return *find_content(body), ()
    warnings = arrange(meeting)
    set_aside_around(body, meeting)
    return meeting, None, warnings


def _asides(body: Element) -> tuple[Aside, ...]:
    """Return what was set aside, in the order of the page."""
    found: list[Aside] = []
    stack = [body]
    while stack:
        element = stack.pop()
        if element.aside is None:
            stack.extend(reversed(element.elements))
            continue
        text = text_of(element, everything=True)
        if text:
            kind, reason = element.aside
            found.append(Aside(kind=kind, text=text, reason=reason))
    return tuple(found)


def _refuse_empty(text: str, page: Page, where: str) -> None:
    """Refuse a page without text of its own, and say where its text is."""
    words = text.strip("#* \n")
    waiting = len(words) < _SHELL and _WAITING.fullmatch(words) is not None
    if any(map(str.isalnum, words)) and not waiting:
        return
    if page.frames:
        raise ReadingError(
            f"{where}: found a page whose text stands in {page.frames} frame(s) and not in it, "
            "expected the minutes themselves; open the frame alone in a browser and save that"
        )
    if page.scripts or waiting:
        raise ReadingError(
            f"{where}: found a page that is filled by a program when it is opened, expected the "
            f"minutes themselves; {_WAY_OUT}"
        )
    raise ReadingError(
        f"{where}: found a page without text, expected the minutes of a meeting; if they are an "
        f"image, save that and have it recognised, else {_WAY_OUT}"
    )
