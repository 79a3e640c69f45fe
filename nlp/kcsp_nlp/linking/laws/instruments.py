"""What the number of an instrument stands for: SI 2013/218, SSI 2015/35, Directive 95/46/EC."""

from __future__ import annotations

import re

# An Irish "S.I. No. 199 of 2024" has its year last; the United Kingdom's have it first.
# matches: SI 2007/1830  S.S.I. 2012 No. 162  SR 2010/5    does not match: S.I. No. 9 of 2024
_DOMESTIC = re.compile(
    r"(?P<series>S\.?I\.?|S\.?S\.?I\.?|S\.?R\.?|Statutory Instrument)"
    r"(?:/No\.?|\s?No\.?)?\s?(?P<year>(?:19|20)\d\d)(?:/|\sNo\.?\s)(?P<number>\d{1,4})"
)
# matches: " (W. 82)"  "(Cy.82)"    does not match: " (C. 12)"
_WELSH = re.compile(r"\s{0,3}\((?:W|Cy)\.?\s?\d{1,4}\)")
# matches: " (N.I. 4)"    does not match: " (NI)"
_NORTHERN_IRISH = re.compile(r"\s{0,3}\(N\.?I\.?\s?\d{1,3}\)")
# matches: Regulation (EU) 2016/679  Regulation (EC) No 561/2006  Directive 95/46/EC
# does not match: Regulation 5
_EUROPEAN = re.compile(
    r"(?:EU\s|Council\s)?(?P<kind>Regulation|Directive|Decision)\s(?P<of>\((?:EU|EC|EEC)\)\s)?"
    r"(?P<no>No\.?\s)?(?P<first>\d{2,4})/(?P<second>\d{2,4})(?P<suffix>/(?:EU|EC|EEC))?"
)
_EUROPEAN_KINDS = {"Regulation": "eur", "Directive": "eudr", "Decision": "eudn"}
# The first year in which a regulation bears its year before its number.
_YEAR_FIRST = 2015
_CENTURY, _TWO_FIGURES = 1900, 2


def instrument_path(title: str, after: str) -> str | None:
    """Return the path of the legislation.gov.uk id that a number stands for; None where it is none.

    Args:
        title: What is written, white space runs as one space: `SI 2015/1234`.
        after: The text that follows; `(W. 82)` makes the instrument Welsh.
    """
    match = _DOMESTIC.fullmatch(title)
    if not match:
        return _european_path(title)
    series = {"SSI": "ssi", "SR": "nisr"}.get(match["series"].replace(".", ""), "uksi")
    if series == "uksi":
        series = "wsi" if _WELSH.match(after) else series
        series = "nisi" if _NORTHERN_IRISH.match(after) else series
    return f"{series}/{match['year']}/{int(match['number'])}"


def _european_path(title: str) -> str | None:
    match = _EUROPEAN.fullmatch(title)
    if not match:
        return None
    first, second = match["first"], match["second"]
    year_last = match["kind"] == "Regulation" and (match["no"] or not _is_new(first))
    year, number = (second, first) if year_last else (first, second)
    if len(year) == _TWO_FIGURES:
        if not match["of"] and not match["suffix"]:
            return None  # Regulation 18/19: two stages of a local plan
        year = str(_CENTURY + int(year))
    if not year.startswith(("19", "20")) or len(year) != len("2016"):
        return None
    return f"{_EUROPEAN_KINDS[match['kind']]}/{year}/{int(number)}"


def _is_new(figures: str) -> bool:
    return len(figures) == len("2016") and _YEAR_FIRST <= int(figures) < _YEAR_FIRST + 85
