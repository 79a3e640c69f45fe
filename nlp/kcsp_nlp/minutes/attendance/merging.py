"""Posts whose own "and" looks like one between people: "Holder for Health and Housing Ann Lee"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kcsp_nlp.minutes.attendance.fragments import Fragment, name_of
from kcsp_nlp.minutes.attendance.kinds import kind_of
from kcsp_nlp.minutes.people.names import PersonName, parse_name


def merge_posts(text: str, entry: Sequence[Fragment]) -> list[Fragment]:
    """Join "Holder for Health" with "and Wellbeing Mabel Ash" behind it: one post and name."""
    found: list[Fragment] = []
    for fragment in entry:
        last = found[-1] if found else None
        if last and fragment.separator == "and" and not last.brackets:
            post = text[last.start : last.end]
            whole = _is_half_post(post, name_of(text, fragment))
            name = parse_name(text, last.start, fragment.end) if whole else None
            if name and name.role and name.start > fragment.start and not name_of(text, last):
                found[-1] = replace(last, end=fragment.end, brackets=fragment.brackets)
                continue
        found.append(fragment)
    return found


def _is_half_post(text: str, own: PersonName | None) -> bool:
    """Whether "Holder for Health" may go on with "and Wellbeing Mabel Ash"; `own` stands there."""
    kind = kind_of(text)
    if kind == "function" or text.rstrip().endswith("Police"):
        return own is None or own.titled
    return kind == "role" and own is None
