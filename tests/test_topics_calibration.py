from __future__ import annotations

import pytest

from kcsp_nlp.topics.calibration import measure


@pytest.mark.parametrize(
    ("probabilities", "truth", "error", "reason"),
    [
        ([0.0, 1.0], [False, True], 0.0, "certain and right"),
        ([0.0, 1.0], [True, False], 1.0, "certain and wrong"),
        ([0.75] * 4, [True, True, True, False], 0.0, "three of four"),
        ([0.75] * 4, [True] * 4, 0.25, "too modest"),
        ([0.05, 0.05, 0.95, 0.95], [False, False, True, False], 0.25, "bins weigh by items"),
    ],
)
def test_error(probabilities: list[float], truth: list[bool], error: float, reason: str) -> None:
    assert measure(probabilities, truth).error == pytest.approx(error), reason


def test_bins_hold_every_item_lowest_first() -> None:
    bins = measure([1.0, 0.0, 0.31, 0.39], [True, False, False, True]).bins
    assert [each.count for each in bins] == [1, 2, 1]
    assert [each.mean for each in bins] == [0.0, 0.35, 1.0]
    assert [each.share for each in bins] == [0.0, 0.5, 1.0]
