"""Meetings as ModernGov sites show them: a table of agenda items with their minutes and decisions.

The markup is the same on every council's site: `mgContent` around the meeting, `mgItemTable` with
a row per item, in it `mgAiTitleTxt` for number and title, `mgSubItemTitleTxt` for the labels
"Minutes:", "Decision:" and "Additional documents:", `mgWordPara` for what was written in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcsp_nlp.reading.web.tree import Element, text_of, upwards, walk

_ITEMS = frozenset({"mgitemtable", "mgagendaitemtable"})
_TITLE = "mgaititletxt"
_LABEL = "mgsubitemtitletxt"
# Elements in which labels and sections stand.
_HOLDERS = frozenset({"div", "td", "section", "form", "body"})
# What ModernGov adds around a meeting: sizes of files, links to other views, help.
_ADDED = frozenset(
    {"mgfilesize", "mglinks", "mgactionlist", "mghelpline", "mgfooter", "mgmaintitletxt"}
)
# Pages that ModernGov links to from a meeting: directions, recorded votes, webcasts.
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:mgLocationDetails|mgListRecordedVotes\w*|ieIssueDetails|mgChooseDocPack)\.aspx"
    r"|mg_bounce|webcast|public-i\.tv",
    re.IGNORECASE,
)
# The page that holds all of an item's minutes, where this one holds their beginning.
_WHOLE_ITEM = re.compile(r"(?:^|/)mgAi\.aspx", re.IGNORECASE)
# An item's number in a cell of its own: "54.", "7a", "B1", "12/24"; not "Apologies"
_NUMBER = re.compile(r"[A-Z]{0,2}\d[\w./-]{0,8}|[A-Z]\.?", re.IGNORECASE)


def find_meeting(body: Element) -> Element | None:
    """Return the part of a page that ModernGov made; None where it made none of it."""
    content = title = None
    for element in walk(body):
        if element.attributes.get("id", "").lower() == "modgov":
            return element
        if "mgcontent" in element.classes and content is None:
            content = element
        if "mgsubtitletxt" in element.classes and title is None:
            title = element
    if content is None or title is None:
        return content
    around = set(upwards(content))
    return next((each for each in upwards(title) if each in around), content)


def arrange(meeting: Element) -> tuple[str, ...]:
    """Make headings of a meeting's items, and set aside what ModernGov adds to them.

    Args:
        meeting: As found; it is changed.

    Returns:
        Warnings, one sentence each.
    """
    _set_aside_introduction(meeting)
    cut = 0
    for element in walk(meeting):
        if element.classes & _ADDED:
            element.aside = ("navigation", "added by ModernGov")
        elif element.tag == "a":
            cut += _set_aside_link(element)
        elif "mgsubtitletxt" in element.classes:
            element.tag = "h1"
        if element.classes & _ITEMS or element.attributes.get("id", "").lower() in _ITEMS:
            _dissolve_items(element)
        if element.tag in _HOLDERS:
            _set_aside_documents(element)
            _set_aside_sections(element)
    if not cut:
        return ()
    return (
        f"the page holds only the beginning of the minutes of {cut} item(s): read the printed "
        "minutes (PDF) that it links to",
    )


def _set_aside_introduction(meeting: Element) -> None:
    """Set aside what stands between a meeting's title and its content."""
    if not any("mgcontent" in child.classes for child in meeting.elements):
        return
    for place, child in enumerate(meeting.children):
        if isinstance(child, str):
            continue
        if child.classes & {"mgcontent", "mgsubtitle", "mgsubtitletxt"}:
            continue
        if child.aside is None:
            child.aside = ("navigation", "added by ModernGov")
            meeting.children[place] = child


def _set_aside_link(link: Element) -> bool:
    """Set aside a link to another view of the meeting; tell whether it leads to cut text."""
    target = link.attributes.get("href", "")
    if _WHOLE_ITEM.search(target):
        link.aside = ("navigation", "leads to the item's whole minutes")
        return True
    if _ELSEWHERE.search(target):
        link.aside = ("navigation", "leads to another page of ModernGov")
    return False


def _set_aside_documents(element: Element) -> None:
    """Set aside lists of documents to fetch, with the label before them."""
    label: Element | None = None
    for child in element.elements:
        if _LABEL in child.classes:
            label = child
            child.tag = "p"
            child.children = [Element("b", children=child.children)]
            continue
        if label is not None and "mgbulletlist" in child.classes and _is_links(child):
            for each in (label, child):
                each.aside = ("attachment", "list of documents to fetch")
        label = None


def _is_links(element: Element) -> bool:
    return element.linked > 0 and element.linked >= element.weight / 2


def _set_aside_sections(element: Element) -> None:
    """Set aside the title of a section that holds a recording alone, with its labels."""
    title: Element | None = None
    for child in list(element.elements):
        if "mgsectiontitle" in child.classes and child.tag.startswith("h"):
            title = child
        elif child.tag == "table":
            title = None
        elif title is not None and any(
            _ELSEWHERE.search(each.attributes.get("href", "")) for each in walk(child)
        ):
            for each in (title, child):
                each.aside = ("navigation", "leads to a recording")


def _dissolve_items(table: Element) -> None:
    """Make a division of headings and text of the table of agenda items."""
    children: list[Element | str] = []
    for row in _rows(table):
        cells = [cell for cell in row.elements if cell.tag in {"td", "th"}]
        number = _take_number(cells)
        for cell in cells[1:] if number else cells:
            if cell.aside is not None:
                children.append(cell)
                continue
            children.extend(_item(cell, number))
            number = ""
    for child in table.elements:
        if child.tag == "caption" and child.aside is None:
            child.aside = ("navigation", "added by ModernGov")
            children.append(child)
    table.tag = "div"
    table.children = children


def _rows(table: Element) -> Iterator[Element]:
    for child in table.elements:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in child.elements if row.tag == "tr")


def _take_number(cells: list[Element]) -> str:
    """Return the number in the first of several cells; empty where there is none."""
    if len(cells) < 2:  # noqa: PLR2004 -- a number and what it numbers
        return ""
    text = text_of(cells[0])
    return text if "mgitemnumbercell" in cells[0].classes or _NUMBER.fullmatch(text) else ""


def _item(cell: Element, number: str) -> Iterator[Element | str]:
    """Yield what stands in an item's cell, its title as a heading behind the number."""
    for child in cell.children:
        if isinstance(child, Element) and _TITLE in child.classes:
            child.tag = "h2"
            if number:
                child.children = [f"{number} ", *child.children]
            number = ""
        elif number and isinstance(child, Element):
            yield Element("h2", children=[number])
            number = ""
        yield child
