"""One document's text into its outline: the only module that knows every finder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.conversion.undoing import undo
from kcsp_nlp.minutes.conversion.view import View
from kcsp_nlp.minutes.front.finding import find_front
from kcsp_nlp.minutes.items.finding import find_parts
from kcsp_nlp.minutes.outline import Marking, Outline, Part
from kcsp_nlp.minutes.restrictions.finding import find_restrictions
from kcsp_nlp.minutes.restrictions.markings import kind_of
from kcsp_nlp.minutes.restrictions.whole import find_marking
from kcsp_nlp.minutes.statements.actions import find_actions
from kcsp_nlp.minutes.statements.decisions import find_decisions
from kcsp_nlp.minutes.statements.paragraphs import Page
from kcsp_nlp.records import Action, Decision, Ranged

_Found = TypeVar("_Found", bound=Ranged)
_Statement = TypeVar("_Statement", Action, Decision)


def parse(text: str) -> Outline:
    """Find the structure of minutes.

    Args:
        text: The document's text; any text will do, one without structure is one `front` part.

    Returns:
        Parts that cover `text` without gap or overlap, the meeting's facts, the attendance list,
        decisions and actions in reading order, none of them crossing a part's end.
    """
    view = undo(text)
    outline = _find(view.text)
    if view.text is not text:
        outline = _placed(outline, view, text)
    # In the text as it stands: undoing takes running headers away, where markings are printed.
    return replace(outline, parts=_marked(outline.parts, text))


def _find(text: str) -> Outline:
    lines = lines_.split(text)
    parts = find_parts(lines)
    page = Page(lines, parts)
    front = find_front(lines, parts)
    attendance = find_attendance(lines, parts)
    markings = find_restrictions(lines, parts)
    return Outline(
        parts=tuple(replace(part, marking=of) for part, of in zip(parts, markings, strict=True)),
        front=front,
        attendance=attendance,
        decisions=find_decisions(page),
        actions=find_actions(page, attendance, front.date),
    )


def _placed(outline: Outline, view: View, text: str) -> Outline:
    """Return an outline of a view with offsets into the document's text."""
    parts = tuple(_parts(outline.parts, view, text))
    return Outline(
        parts=parts,
        front=outline.front,
        attendance=tuple(_moved(outline.attendance, view)),
        decisions=tuple(_said(outline.decisions, view, text)),
        actions=tuple(_said(outline.actions, view, text)),
    )


def _marked(parts: tuple[Part, ...], text: str) -> tuple[Part, ...]:
    """Return the parts with the marking of the whole document where they have none of their own."""
    front = parts[0].end if parts and parts[0].kind == "front" else 0
    found = find_marking(lines_.split(text), front)
    if found is None:
        return parts
    marking = Marking(kind_of(text[slice(*found)]), "document", *found)
    return tuple(part if part.marking else replace(part, marking=marking) for part in parts)


def _parts(parts: Sequence[Part], view: View, text: str) -> Iterator[Part]:
    """Yield the parts; what a converter put before a heading on its own line belongs to it."""
    if not parts:  # all of it is a converter's
        yield Part(0, len(text), "front")
        return
    starts = [0, *(_heading_start(part.start, view, text) for part in parts[1:])]
    for part, start, end in zip(parts, starts, [*starts[1:], len(text)], strict=True):
        marking = part.marking
        if marking:
            place = (view.start(marking.start), view.end(marking.end))
            marking = replace(marking, start=place[0], end=max(place[1], place[0] + 1))
        yield replace(part, start=start, end=end, marking=marking)


def _heading_start(at: int, view: View, text: str) -> int:
    before, begin = view.end(at), view.start(at)
    return max(before, text.rfind("\n", before, begin) + 1)


def _moved(found: Sequence[_Found], view: View) -> Iterator[_Found]:
    for each in found:
        start, end = view.start(each.start), view.end(each.end)
        if start < end:
            yield each.model_copy(update={"start": start, "end": end})


def _said(found: Sequence[_Statement], view: View, text: str) -> Iterator[_Statement]:
    for each in _moved(found, view):
        yield each.model_copy(update={"text": text[each.start : each.end]})
