"""What holds for the attendance of any text: offsets and parts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.attendance.finding import find_attendance
from kcsp_nlp.minutes.outline import Part

PIECES = st.sampled_from(
    [
        *(
            "Present: ",
            "Apologies",
            "In attendance:\n",
            "| Name | Role |\n|---|---|\n",
            "**",
            "\n\n",
        ),
        *("Cllr A Bee", "Councillors Cray, Dean", "Eve Fox (EF)", " – ", "; ", ", ", " and ", "\t"),
        *(
            "(Chair)",
            "(",
            ")",
            "[",
            "]",
            "* ",
            "| Gil Hay | Clerk |\n",
            "    ",
            "✓ ",
            "1. ",
            "\\\n",
            "\\.",
            "\\)",
            "Also       ",
            "Attending:   ",
        ),
        *(
            "Head of Care",
            "Fell Police: ",
            "were received from ",
            "both ",
            "all ",
            "the ",
            "’s",
            ".",
        ),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, cuts=st.lists(st.integers(0, 400), max_size=3))
def test_offsets_hold_for_any_text(text: str, cuts: list[int]) -> None:
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    titles = (None, "Apologies", "Present", "Minutes")
    parts = tuple(
        Part(start, end, "front" if i == 0 else "item", title=titles[i % 4])
        for i, (start, end) in enumerate(pairwise(bounds))
    )
    found = find_attendance(lines_.split(text), parts)
    last = 0
    for attendee in found:
        assert last <= attendee.start < attendee.end <= len(text)
        assert any(p.start <= attendee.start and attendee.end <= p.end for p in parts)
        held = lines_.mask(text)[attendee.start : attendee.end]
        # An escaped full stop at the end of a name stands a place further on than it is read.
        assert "".join(held.split()).rstrip(".") == attendee.name.replace(" ", "").rstrip(".")
        last = attendee.end


def test_no_name_runs_over_the_number_of_the_next_line() -> None:
    text = "PRESENT: Mr Ann\n# 2. Ash\n"
    found = find_attendance(lines_.split(text), (Part(0, len(text), "front"),))
    assert [text[each.start : each.end] for each in found] == ["Ann"]


def test_a_part_that_opens_with_a_bare_colon() -> None:
    text = "Present: Mr A Ash\n:\nMr B Cole\n"
    at = text.index("\n:") + 1
    parts = (Part(0, at, "front"), Part(at, len(text), "item"))
    found = find_attendance(lines_.split(text), parts)
    assert [each.name for each in found] == ["A Ash"]


def test_no_name_crosses_the_end_of_a_part() -> None:
    text = "\nM\nrried\ns\rPresent\nAnn\nRepresenting  - Ann L\nDate of next\nC Ah"
    parts = (
        Part(0, 8, "front"),
        Part(8, 45, "item", title="Apologies"),
        Part(45, len(text), "item", title="Present"),
    )
    found = find_attendance(lines_.split(text), parts)
    assert all(any(p.start <= each.start and each.end <= p.end for p in parts) for each in found)


HOSTILE = ["Present: " + piece for piece in ("(", " ", "Cllr A, ", "A B (", "a\t", ": ", "-", "A.")]


@pytest.mark.parametrize("piece", HOSTILE)
def test_one_huge_line_ends(piece: str) -> None:
    line = lines_.Line(0, piece * (5_000_000 // len(piece)), piece * (5_000_000 // len(piece)))
    found = find_attendance([line], (Part(0, line.end, "front"),))
    assert all(each.end <= line.end for each in found)
