"""Laws and their provisions in words, and where legislation.gov.uk has them.

Types of legislation, identifiers and their provisions are as The National Archives describe them in
https://legislation.github.io/data-documentation/model/uris.html ("We recommend that you link to
identifier URIs"; types are listed under "Legislation types", provisions under "Legislation
sections").
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

# matches: https://www.legislation.gov.uk/id/ukpga/2021/17  …/id/ukpga/Geo6/12-13-14/87
# does not match: http://…  https://www.legislation.gov.uk.example/id/…  …/id/ukpga/1998/42?x
_IDENTIFIER = re.compile(
    r"https://www\.legislation\.gov\.uk/id/([a-z]{2,5})(?:/[A-Za-z0-9-]{1,20}){2,4}"
)
_NUMBER = r"(?:[A-Z]{0,2}\d{1,4}[A-Z]{0,3})"
_PART = rf"(?:{_NUMBER}|[IVXLC]{{1,7}}[A-Z]?|[A-Z])"
_BELOW = r"(?:/(?:[A-Z]?\d{1,3}[A-Z]{0,2}|[a-z]{1,4}))*"
# What the scheme knows.
# matches: section/17/1  section/1/1/ba  schedule/12A/part/I/paragraph/3  part/2/chapter/1
# does not match: section/50/A/4 (misread: there is no subsection A)  class/Q (no keyword of it)
_ADDRESSED = re.compile(
    rf"(?:section|article|regulation|rule)/{_NUMBER}{_BELOW}"
    rf"|schedule(?:/{_PART})?(?:/part/{_PART})?(?:/chapter/{_PART})?"
    rf"(?:/paragraph/{_NUMBER}{_BELOW})?"
    rf"|(?:part|group)/{_PART}(?:/chapter/{_PART})?|chapter/{_PART}"
)
_KEYWORD = re.compile(r"[a-z]{4,}")
_CAPITAL = {"part", "chapter", "schedule", "class", "group"}  # "Part 4", but "section 4"
_DIGITS = re.compile(r"(\d+)")


def law_address(identifier: str) -> str | None:
    """Return the address of a law at legislation.gov.uk; None for what is no identifier of one."""
    return identifier if _IDENTIFIER.fullmatch(identifier) else None


def law_type(identifier: str) -> str | None:
    """Return the type of a law in words: UK Public General Act; None where it is not known."""
    found = _IDENTIFIER.fullmatch(identifier)
    return _types().get(found[1]) if found else None


def provision_address(identifier: str, provision: str) -> str | None:
    """Return the address of a provision at legislation.gov.uk.

    It is the law's identifier with the provision as a path: …/id/ukpga/2021/17/section/17/1. None
    where either is not of a form that is described there; whether the law has such a provision is
    not known here.
    """
    if not law_address(identifier) or not _ADDRESSED.fullmatch(provision):
        return None
    return f"{identifier}/{provision}"


def provision_words(provision: str) -> str:
    """Return a provision as it is cited: section 17(1), Schedule 12A, paragraph 3.

    Args:
        provision: A path, as records have it: section/17/1.
    """
    said: list[str] = []
    numbered = True  # whether the last word has its number
    for part in provision.split("/"):
        if _KEYWORD.fullmatch(part):
            said.append(part.capitalize() if part in _CAPITAL else part)
            numbered = False
        elif numbered and said:
            said[-1] += f"({part})"
        elif said:
            said[-1] += f" {part}"
            numbered = True
        else:
            said.append(part)
    return ", ".join(said)


def provision_order(provision: str) -> tuple[tuple[int, str], ...]:
    """Return what provisions are sorted by: numbers in them count as numbers."""
    pieces = _DIGITS.split(provision)
    return tuple((int(piece[:9]), "") if piece.isdecimal() else (-1, piece) for piece in pieces)


@cache
def _types() -> dict[str, str]:
    data = resources.files("kcsp_nlp") / "data" / "legislation" / "types.json"
    types: dict[str, str] = json.loads(data.read_text(encoding="utf-8"))
    return types
