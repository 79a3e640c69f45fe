"""Intervals and tests against values that can be worked out otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from kcsp_nlp.evaluation import Evaluation, Score
from kcsp_nlp.evaluation.bootstrap import confidence_intervals, paired_differences


def document(right: int, wrong: int, missed: int) -> Evaluation:
    evaluation = Evaluation(documents=1, topics={"funding": Score(), "mental_health": Score()})
    evaluation.spans["ORG"].add(right, wrong, missed)
    evaluation.topics["funding"].add(right, wrong, missed)
    return evaluation


FOUND, MISSED = document(1, 0, 0), document(0, 0, 1)


def binomial_f1(documents: int, share: float, tail: float) -> float:
    """Return the F1 below which a share `tail` of all draws lies: 2k / (k + n) for k found."""
    below = 0.0
    for found in range(documents + 1):
        ways = math.comb(documents, found)
        below += ways * share**found * (1 - share) ** (documents - found)
        if below >= tail:
            return 2 * found / (found + documents)
    raise AssertionError


@pytest.mark.parametrize(("found", "documents"), [(50, 100), (20, 100), (36, 40)])
def test_intervals_are_those_of_the_binomial(found: int, documents: int) -> None:
    intervals = confidence_intervals([FOUND] * found + [MISSED] * (documents - found))
    interval = intervals["spans"]["ORG"]
    assert interval is not None
    share = found / documents
    expected = (binomial_f1(documents, share, 0.025), binomial_f1(documents, share, 0.975))
    assert interval == pytest.approx(expected, abs=0.02)
    assert intervals["spans"]["micro"] == interval
    assert intervals["topics"]["micro"] == interval
    macro = intervals["topics"]["macro"]
    assert macro is not None
    assert macro == pytest.approx([each / 2 for each in interval], abs=1e-4), "one topic of two"


@pytest.mark.parametrize(
    ("documents", "expected", "reason"),
    [
        ([FOUND] * 10, (1.0, 1.0), "nothing to vary"),
        ([MISSED] * 10, (0.0, 0.0), "nor here"),
        ([FOUND] * 4, None, "too few documents"),
        ([document(0, 0, 0)] * 10, None, "nothing labelled or found"),
        ([FOUND] + [document(0, 0, 0)] * 9, (1.0, 1.0), "where it is drawn, it is right"),
    ],
)
def test_intervals_at_the_edges(
    documents: Sequence[Evaluation], expected: tuple[float, float] | None, reason: str
) -> None:
    assert confidence_intervals(documents)["spans"]["ORG"] == expected, reason


def test_intervals_name_every_figure() -> None:
    for documents in ([], [FOUND], [FOUND, MISSED] * 5):
        intervals = confidence_intervals(documents)
        assert list(intervals["spans"])[-2:] == ["LEGISLATION", "micro"]
        assert next(iter(intervals["structure"])) == "items"
        assert list(intervals["topics"])[-2:] == ["micro", "macro"]


def test_the_same_seed_gives_the_same_intervals() -> None:
    documents = [document(found, 3, 9) for found in range(20)]
    assert confidence_intervals(documents) == confidence_intervals(documents)
    assert confidence_intervals(documents) != confidence_intervals(documents, seed=1)


def test_a_system_does_not_differ_from_itself() -> None:
    held = paired_differences([FOUND, MISSED] * 5, [FOUND, MISSED] * 5)["spans"]["ORG"]
    assert (held.difference, held.ci95, held.p) == (0, (0, 0), 1)


def test_p_is_that_of_the_sign_test() -> None:
    # One system finds all, the other nothing: only the 2 of 2^8 assignments that give all to one
    # of them differ as much.
    held = paired_differences([FOUND] * 8, [MISSED] * 8, resamples=20_000)["spans"]["ORG"]
    assert held.difference == 1
    assert held.ci95 == (1, 1)
    assert held.p == pytest.approx(2 / 2**8, abs=0.002)


def test_a_small_difference_in_few_documents_is_no_evidence() -> None:
    ours, theirs = [FOUND] * 6 + [MISSED] * 4, [FOUND] * 5 + [MISSED] * 5
    held = paired_differences(ours, theirs)["spans"]["ORG"]
    assert held.difference == pytest.approx(12 / 16 - 10 / 15, abs=1e-4)
    assert held.ci95 is not None
    assert held.ci95[0] == 0
    assert held.p == 1, "either way of giving that one document away is as likely"


def test_only_the_same_documents_can_be_compared() -> None:
    with pytest.raises(ValueError, match="same documents"):
        paired_differences([FOUND], [FOUND, MISSED])
