"""Where a long text is cut for the pipeline, and what a found amount becomes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.records import Decision
from kcsp_nlp.tagging import STRETCH, stretches


@given(
    pieces=st.lists(
        st.tuples(st.integers(1, 3 * STRETCH), st.sampled_from(["", " ", "\n", "\n\n"])),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=30)
def test_stretches_tile_a_text(pieces: list[tuple[int, str]]) -> None:
    text, starts = "", []
    for length, mark in pieces:
        starts.append(len(text))
        text += "x" * length + mark
    cuts = list(stretches(text, starts))
    assert all(before[1] == after[0] for before, after in pairwise(cuts))
    assert (cuts[0][0], cuts[-1][1]) == (0, len(text))
    assert all(0 < end - begin <= STRETCH for begin, end in cuts)


@pytest.mark.parametrize(
    ("text", "starts", "cut"),
    [
        pytest.param("x" * STRETCH + "y", [0], STRETCH, id="in a word where nothing else will do"),
        pytest.param("x" * 9 + " " + "y" * STRETCH, [0], 10, id="at a space"),
        pytest.param("x x\n" + "y" * STRETCH, [0], 4, id="rather at a line end"),
        pytest.param("x\n\ny\n" + "z" * STRETCH, [0], 3, id="rather at a blank line"),
        pytest.param("x\ny\n\n" + "z" * STRETCH, [0, 2], 2, id="rather where a part begins"),
        pytest.param(
            "x\n" + "y" * 7 + "\n" + "z" * STRETCH, [2], 2, id="a part's first line whole"
        ),
    ],
)
def test_stretches_are_cut_where_it_hurts_least(text: str, starts: list[int], cut: int) -> None:
    assert next(stretches(text, starts)) == (0, cut)


def test_no_text_has_no_stretches() -> None:
    assert list(stretches("", [])) == []


def test_a_mention_on_a_cut_stays_within_its_record(annotator: Annotator) -> None:
    # Two stretches: the second begins at a line end within the only part.
    line = "Mr Osgood of Kent County Council asked for £400 under the Police Act 1996.\n"
    text = line * (STRETCH // len(line) + 2)
    records = annotator.annotate(read_bytes(text.encode(), "long.txt", ".txt"))
    amounts = [span for record in records for span in record.spans if span.label == "MONEY"]
    assert len(amounts) == text.count("£400")


def test_what_is_said_is_looked_at_for_its_own_part_alone(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else a document of many parts takes the square of its length.
    looked_at = 0

    def count(begun: Sequence[Decision], part: Part) -> tuple[Decision, ...]:
        nonlocal looked_at
        looked_at += len(begun)
        return tuple(begun)

    monkeypatch.setattr("kcsp_nlp.annotator._within", count)
    items = (f"{n}. Report {n}\n\nRESOLVED: that it be noted.\n\n" for n in range(1, 41))
    text = "Hadlow Parish Council\n\nPresent: Mr A Osgood\n\n" + "".join(items)
    records = annotator.annotate(read_bytes(text.encode(), "items.txt", ".txt"))
    said = sum(len(r.decisions) + len(r.actions) + len(r.affiliations) for r in records)
    assert (len(records), said) == (41, 40)
    assert looked_at == said


@pytest.mark.parametrize(
    ("text", "amounts", "reason"),
    [
        ("It cost £1.2m.", [(1_200_000, "GBP")], "a scale is worked out"),
        ("It cost 50p.", [(0.5, "GBP")], "pence are parts of a pound"),
        ("It cost £60-70k.", [(60_000, "GBP"), (70_000, "GBP")], "a scale holds for both ends"),
        ("It cost €20.", [(20, "EUR")], "the currency is the sign's"),
    ],
)
def test_amounts_are_canonical(
    annotator: Annotator, text: str, amounts: list[tuple[float, str]], reason: str
) -> None:
    records = annotator.annotate(read_bytes(text.encode(), "money.txt", ".txt"))
    spans = [span for record in records for span in record.spans if span.label == "MONEY"]
    assert [(span.amount, span.currency) for span in spans] == amounts, reason
    assert [span.canonical for span in spans] == [f"{unit} {value}" for value, unit in amounts]


def test_an_amount_beyond_reckoning_is_null(annotator: Annotator) -> None:
    text = "It cost £" + "9" * 400 + " in all."
    records = annotator.annotate(read_bytes(text.encode(), "money.txt", ".txt"))
    for span in records[0].spans:
        if span.label == "MONEY":
            assert span.amount is None or span.amount < float("inf")
