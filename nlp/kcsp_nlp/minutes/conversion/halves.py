"""Names cut in two."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.people.names import is_given_name

# Ends in a name that may lack its other half: "- Sapna", "Present: Dr Sapna"; not "Dr Sapna Green".
_HALF_NAME = re.compile(
    r"(?:\A[\s*•-]*|[,;]\s|\b(?:Cllr|Councillor|Mrs?|Ms|Miss|Dr|Prof|Rev|Sir)\.?\s)"
    r"(?P<given>[A-Z][^\W\d_]+)\s{0,4}\Z"
)
# What a line opens with that goes on with a name: "Green – Ward 3"; not "Green Lane".
_OTHER_HALF = re.compile(r"\s*(?P<last>[A-Z][\w’'-]+)")

_LONGEST = 80  # code points


def is_half_name(above: str, below: str) -> bool:
    """Whether a line is a given name alone, and the one below begins with what is none."""
    half, other = _HALF_NAME.search(above[-_LONGEST:]), _OTHER_HALF.match(below)
    if half is None or other is None:
        return False
    return is_given_name(half["given"]) and not is_given_name(other["last"])
