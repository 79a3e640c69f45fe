"""Who an organisation is, in words: its code in a public register, or the program's own."""

from __future__ import annotations

import re
from typing import NamedTuple

# matches: gss:E10000016    does not match: gss:Kent
_GSS = re.compile(r"gss:([A-Z]\d{8})")


class Identity(NamedTuple):
    """How an organisation is told from others: what its code is called, and the code."""

    name: str
    code: str


def identity(identifier: str) -> Identity:
    """Return what an organisation's identifier says, to be shown as text."""
    found = _GSS.fullmatch(identifier)
    if found:
        return Identity("GSS code of the Office for National Statistics", found[1])
    return Identity("No public code; the program's own is", identifier)
