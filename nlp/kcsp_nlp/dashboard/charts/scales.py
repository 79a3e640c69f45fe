"""Where a value lies, and round marks on the axis of values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

_LEAST = 0.01  # a penny: what is below it is drawn as nothing
_STEPS = (1, 2, 5, 10)  # times a power of ten: what reads as round


class Scale(NamedTuple):
    """An axis of values from 0 up.

    Attributes:
        marks: Round values, rising by the same step, 0 the first and `top` the last.
        top: The highest value that fits.
    """

    marks: tuple[float, ...]
    top: float

    def place(self, value: float) -> float:
        """Return where a value lies: 0 at the foot, 1 at the top; never beyond."""
        return min(1.0, max(0.0, value / self.top))


def scale(values: Iterable[float | None], about: int = 4, whole: bool = True) -> Scale:
    """Return the axis that holds all values.

    Args:
        values: What is drawn, none below 0; None is a gap.
        about: How many steps there should be, more or less.
        whole: Whether only whole numbers make sense, as with counts.
    """
    most = max((value for value in values if value is not None), default=0.0)
    if most < _LEAST:
        most = 1.0
    step = _step(most / about)
    if whole:
        step = max(1.0, step)
    count = max(1, math.ceil(most / step - 1e-9))
    return Scale(tuple(step * place for place in range(count + 1)), step * count)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))
