"""The form of the register of bodies: one body per line, tab-separated, checked on load.

Columns: name, kind, GSS code, aliases, ambiguous forms and, where they are needed, years and id.
Forms and years in one cell are parted by ` | `; years are `2001-2007`, `2013-` or `-2015`, both
ends included; an id is `body:` and a slug, and is made from the name where none is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.errors import RegisterError

_FEWEST, _MOST = 5, 7  # columns
_EXPECTED = (
    "expected tab-separated columns: name, kind, GSS code, aliases, ambiguous forms and, where "
    "needed, years and id"
)
_PARTED = " | "

# matches: "E10000016"    does not match: "e10000016"  "E1000"
_CODE = re.compile(r"[EWSN]\d{8}")
# matches: "northern_ireland"    does not match: "Northern Ireland"
_KIND = re.compile(r"[a-z]+(?:_[a-z]+)*")
# matches: "2001-2007"  "2013-"  "-2015"    does not match: "-"  "2001 - 2007"
_YEARS = re.compile(r"(?P<since>[12]\d{3})?-(?P<until>[12]\d{3})?")
# matches: "body:kent-police"    does not match: "body:Kent Police"
_ID = re.compile(r"body:[a-z0-9]+(?:-[a-z0-9]+)*")
# matches: "--" of "kent--police"    does not match: letters and figures
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# matches: the apostrophes of "Chiefs' Council", "King’s"    does not match: "-"
_APOSTROPHE = re.compile("['’‘`]")


class Years(NamedTuple):
    """A stretch of years, both included; None for an end that is open or not known."""

    since: int | None
    until: int | None

    def hold(self, year: int) -> bool:
        """Tell whether a year lies in the stretch."""
        return (self.since or year) <= year <= (self.until or year)


class Body(NamedTuple):
    """One body.

    Attributes:
        name: Its name in full.
        kind: What it is, as the register groups bodies: `police`, `council`, `charity`.
        code: The council's GSS code; None for other bodies and where none was given.
        aliases: Other forms that stand for it.
        ambiguous: Forms, the name among them, that are ordinary words, places or surnames too.
        years: When it bore its name; empty where that is not known.
        own_id: Its id, where the register gives one; None where the name makes it.
    """

    name: str
    kind: str
    code: str | None
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    years: tuple[Years, ...] = ()
    own_id: str | None = None

    @property
    def id(self) -> str:
        """`gss:` and the GSS code, or `body:` and a slug."""
        if self.code:
            return f"gss:{self.code}"
        return self.own_id or f"body:{slug(self.name)}"

    def existed(self, year: int | None) -> bool:
        """Tell whether it may have borne its name in a year; None is a year not known."""
        return year is None or not self.years or any(each.hold(year) for each in self.years)


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Return a name in small letters, figures and hyphens: `King's & Co` is `kings-and-co`."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", name).replace("&", " and "))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return _NOT_SLUG.sub("-", letters.casefold()).strip("-")


def parse_body(line: str) -> Body:
    """Read one line of the register.

    Raises:
        ValueError: the line does not hold; says what was found and what was expected.
    """
    cells = line.rstrip("\n").split("\t")
    if not _FEWEST <= len(cells) <= _MOST:
        raise ValueError(f"found {len(cells)} columns; {_EXPECTED}")
    name, kind, code, aliases, ambiguous, years, own_id = cells + [""] * (_MOST - len(cells))
    if not name or name != " ".join(name.split()) or not slug(name):
        raise ValueError(f"found the name {name!r}; expected words with one space between them")
    _check(kind, _KIND, "kind", "small letters such as police or northern_ireland")
    if code:
        _check(code, _CODE, "GSS code", "a letter of E, W, S, N and eight figures, or nothing")
    if own_id:
        _check(own_id, _ID, "id", "body: and small letters, figures and hyphens, or nothing")
    if code and own_id:
        raise ValueError(f"found the code {code} and the id {own_id}; expected one of them")
    forms = _list(aliases, "alias"), _list(ambiguous, "ambiguous form")
    return Body(name, kind, code or None, *forms, _years(years), own_id or None)


def _check(cell: str, form: re.Pattern[str], column: str, expected: str) -> None:
    if not form.fullmatch(cell):
        raise ValueError(f"found the {column} {cell!r}; expected {expected}")


def _list(cell: str, column: str) -> tuple[str, ...]:
    forms = tuple(cell.split(_PARTED)) if cell else ()
    for form in forms:
        if not form or form != " ".join(form.split()) or "|" in form:
            raise ValueError(f"found the {column} {form!r}; expected forms parted by {_PARTED!r}")
    if len(set(forms)) < len(forms):
        raise ValueError(f"found a form twice in {cell!r}; expected each {column} once")
    return forms


def _years(cell: str) -> tuple[Years, ...]:
    found = []
    for stretch in cell.split(_PARTED) if cell else ():
        match = _YEARS.fullmatch(stretch)
        years = Years(*(int(each) if each else None for each in match.groups())) if match else None
        if years is None or years == (None, None) or (years.since or 0) > (years.until or 9999):
            raise ValueError(f"found the years {stretch!r}; expected 2001-2007, 2013- or -2015")
        found.append(years)
    return tuple(found)


def format_body(body: Body) -> str:
    """Return the line of the register that stands for a body, without its end."""
    cells = [body.name, body.kind, body.code or "", _PARTED.join(body.aliases)]
    cells.append(_PARTED.join(body.ambiguous))
    cells.append(_PARTED.join(f"{since or ''}-{until or ''}" for since, until in body.years))
    cells.append(body.own_id or "")
    while len(cells) > _FEWEST and not cells[-1]:
        cells.pop()
    return "\t".join(cells)


def load_bodies(path: Path) -> tuple[Body, ...]:
    """Read bodies that a user adds to the register, as `read_bodies` does, without their places.

    Raises:
        RegisterError: the file cannot be read, a line does not hold, or a name or id stands twice;
            the message names file and line, what was found and what was expected.
    """
    return tuple(body for _, body in read_bodies(path))


def read_bodies(path: Path) -> Iterator[tuple[str, Body]]:
    """Yield bodies that a user adds to the register, each with file and line for messages.

    Blank lines and `#` comments are passed over.

    Raises:
        RegisterError: as `load_bodies` says.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise RegisterError(f"{path}: cannot be opened ({error.strerror}); {_EXPECTED}") from error
    except UnicodeDecodeError as error:
        raise RegisterError(f"{path}: not UTF-8; {_EXPECTED}, saved as UTF-8") from error
    bodies: list[Body] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path}, line {number}"
        try:
            bodies.append(parse_body(line))
            check_unique(bodies[-1:], bodies[:-1])
        except ValueError as error:
            raise RegisterError(f"{where}: {error}") from error
        yield where, bodies[-1]


def check_unique(added: Iterable[Body], held: Iterable[Body]) -> None:
    """Check that no name or id of `added` is one of `held`, or stands in `added` twice.

    Raises:
        ValueError: one does; says which.
    """
    names = {body.name: body for body in held}
    ids = {body.id: body for body in names.values()}
    for body in added:
        other = names.get(body.name) or ids.get(body.id)
        if other is not None:
            raise ValueError(
                f"found {body.name!r} with the id {body.id}, which {other.name!r} has already; "
                "expected a name and an id of its own"
            )
        names[body.name] = ids[body.id] = body
