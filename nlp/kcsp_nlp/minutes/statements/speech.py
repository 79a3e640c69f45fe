"""Reported speech: what somebody said is no decision of the body."""

from __future__ import annotations

import re
from functools import cache

from kcsp_nlp.minutes.statements import vocabulary


def is_reported(text: str, start: int, end: int) -> bool:
    """Say whether `text[start:end]` leads in to an account: "Ms Oke said that", "if"."""
    return _reported().search(text, start, end) is not None


@cache
def _reported() -> re.Pattern[str]:
    # "said", "advised", "if": what follows is somebody's account; not "agreed".
    return re.compile(rf"\b{vocabulary.either('reporting')}\b", re.IGNORECASE)
