"""Dates as minutes print them, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# Scanners read a nought as a letter: "28th February 2OO6".
_YEAR = r"(?P<year>(?:19|2[0O])[\dO]{2}(?!\d)|[’'‘]\d{2}\b)"
_GAP = r"[\s,]{1,6}"

# "Monday, 26 September 2011", "1st March 2016", "12TH\nNOVEMBER 2018", "13 Mawrth / March 2018",
# "2nd day of May 2019"; not "26 September" without a year.
_WORDED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s{{0,2}}(?:st|nd|rd|th)?\b(?:{_GAP}(?:day[ ]of|of))?{_GAP}"
    rf"(?:[^\W\d]{{3,12}}[ ]/[ ])?{_MONTH}{_GAP}{_YEAR}",
    re.IGNORECASE,
)

# "September 26th, 2011"; not "September 2011".
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_GAP}{_YEAR}", re.IGNORECASE
)

# "3/12/19", "03.12.2019", "03-12-2019": day first, always; not "12/2019", "3/12".
_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<figure>\d{1,2})(?P=mark)(?P<year>(?:20|19)?\d{2})"
    r"(?![\d/-])"
)

# "2023-06-02"; not "2023-06".
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})-(?P<figure>\d{2})-(?P<day>\d{2})(?!\d)")

# "March 2024": a date as far as the document states it; not "Mar 12".
_MONTH_ONLY = re.compile(rf"\b{_MONTH}{_GAP}{_YEAR}", re.IGNORECASE)


@dataclass(frozen=True)
class Dated:
    """A date in a text.

    Attributes:
        start: First code point.
        end: One past the last code point.
        iso: ISO 8601, as precise as the text is: "2011-09-26", "2024-03".
    """

    start: int
    end: int
    iso: str


def find_dates(text: str) -> list[Dated]:
    """Find every full date in a text, in order; months with a year where no day is given."""
    found = [
        dated
        for pattern in (_WORDED, _MONTH_FIRST, _FIGURES, _ISO)
        for dated in _read(pattern, text)
    ]
    covered = [(dated.start, dated.end) for dated in found]
    for match in _MONTH_ONLY.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in covered):
            year = _year(match["year"])
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            found.append(Dated(match.start(), match.end(), f"{year:04}-{month:02}"))
    return sorted(found, key=lambda dated: (dated.start, -dated.end))


def _read(pattern: re.Pattern[str], text: str) -> Iterator[Dated]:
    for match in pattern.finditer(text):
        fields = match.groupdict()
        name = fields.get("month")
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(fields["figure"])
        try:
            iso = date(_year(match["year"]), month, int(match["day"])).isoformat()
        except ValueError:  # "31/13/19": a reference, not a date
            continue
        yield Dated(match.start(), match.end(), iso)


def _year(printed: str) -> int:
    figures = int(re.sub(r"\D", "", printed.upper().replace("O", "0")))
    if figures >= 100:  # noqa: PLR2004
        return figures
    return figures + (2000 if figures < 70 else 1900)  # noqa: PLR2004
