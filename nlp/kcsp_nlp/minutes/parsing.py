"""One document's text into its outline: the only module that knows every finder."""

from __future__ import annotations

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.front.finding import find_front
from kcsp_nlp.minutes.items.finding import find_parts
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.minutes.statements.actions import find_actions
from kcsp_nlp.minutes.statements.decisions import find_decisions
from kcsp_nlp.minutes.statements.paragraphs import Page


def parse(text: str) -> Outline:
    """Find the structure of minutes.

    Args:
        text: The document's text; any text will do, one without structure is one `front` part.

    Returns:
        Parts that cover `text` without gap or overlap, the meeting's facts, the attendance list,
        decisions and actions in reading order, none of them crossing a part's end.
    """
    lines = lines_.split(text)
    parts = find_parts(lines)
    page = Page(lines, parts)
    front = find_front(lines, parts)
    attendance = find_attendance(lines, parts)
    return Outline(
        parts=parts,
        front=front,
        attendance=attendance,
        decisions=find_decisions(page),
        actions=find_actions(page, attendance, front.date),
    )
