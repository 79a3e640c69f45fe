"""Whether probabilities mean what they say, measured on documents a model had not seen."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

_BINS = 10


class Bin(BaseModel):
    """The items whose probability lies in one tenth of 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float = Field(description="Of their probabilities.")
    share: float = Field(description="Of them that have the topic.")
    count: int


class Calibration(BaseModel):
    """How far probabilities are from what turned out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: float = Field(
        description="Expected calibration error: mean distance of a bin's mean from its share, "
        "each bin weighted by its items."
    )
    bins: tuple[Bin, ...] = Field(description="Those that hold an item, lowest first.")


def measure(probabilities: Sequence[float], truth: Sequence[bool]) -> Calibration:
    """Compare probabilities with what holds.

    Args:
        probabilities: From 0 to 1; of none the error is 0.
        truth: For each, whether it holds.
    """
    bins = []
    error = 0.0
    for number in range(_BINS):
        held = [
            (probability, holds)
            for probability, holds in zip(probabilities, truth, strict=True)
            if min(int(probability * _BINS), _BINS - 1) == number
        ]
        if not held:
            continue
        mean = sum(probability for probability, _ in held) / len(held)
        share = sum(holds for _, holds in held) / len(held)
        error += abs(mean - share) * len(held) / len(probabilities)
        bins.append(Bin(mean=round(mean, 4), share=round(share, 4), count=len(held)))
    return Calibration(error=round(error, 4), bins=tuple(bins))
