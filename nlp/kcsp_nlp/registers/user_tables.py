"""A folder of a user's own registers: which tables it may hold, and whether they hold.

What is wrong is told before anything is annotated. `configs/registers/README.md` describes the
tables to users.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.body_lines import Body, read_bodies
from kcsp_nlp.registers.law_words import (
    NAME_COLUMNS,
    UNDERSTOOD_COLUMNS,
    CommonName,
    Understood,
    load_common_names,
    load_understood,
)
from kcsp_nlp.registers.legislation import ACT_COLUMNS, Statute, load_statutes, statutes, title_key
from kcsp_nlp.registers.tables import Row, read_table
from kcsp_nlp.shipped import shipped

BODIES, ACTS, NAMES, UNDERSTOOD = "bodies.tsv", "acts.tsv", "common_names.tsv", "understood.tsv"
TABLES = (BODIES, ACTS, NAMES, UNDERSTOOD)
# What else may lie there: the description, examples, files that the system hides.
_BESIDE = re.compile(r"README\.md|.+\.example\.tsv|\..*")
# matches: the year of "Wick Harbour Act 2031"    does not match: "1988 (Amendment) Order"
_DATED = re.compile(r"\s(?:1[2-9]|20)\d\d$")
_DIGEST = 8  # hexadecimal figures that tell one user's registers from another's


class UserTables(NamedTuple):
    """What the tables of a folder hold; picklable, so that workers need not read them again.

    Attributes:
        bodies: Bodies, as in the file.
        acts: Acts, oldest of a title first.
        common_names: Meanings of names, by the key of the name.
        names: The names as they are written.
        understood: Acts that bare provisions mean, by the path of the provision.
        digest: Tells these entries from any others, comments and line ends apart.
    """

    bodies: tuple[Body, ...]
    acts: tuple[Statute, ...]
    common_names: dict[str, tuple[CommonName, ...]]
    names: tuple[str, ...]
    understood: dict[str, tuple[Understood, ...]]
    digest: str


def load_tables(folder: Path) -> UserTables:
    """Load and check the tables of a folder, each of which may be left out.

    Raises:
        RegisterError: the folder is missing, holds no table or a file that is none, a line does not
            hold, or two entries are one; the message names file, line and what was expected.
    """
    held = _find_tables(folder)
    try:
        return UserTables(
            bodies=_load_bodies(held[BODIES]) if BODIES in held else (),
            acts=_load_acts(held[ACTS]) if ACTS in held else (),
            common_names=load_common_names(held[NAMES]) if NAMES in held else {},
            names=_load_names(held[NAMES]) if NAMES in held else (),
            understood=_load_understood(held[UNDERSTOOD]) if UNDERSTOOD in held else {},
            digest=_digest(held.values()),
        )
    except RegisterError as error:
        raise RegisterError(f"{error}; {_guide()}") from error


def _find_tables(folder: Path) -> dict[str, Path]:
    """Return the tables of a folder by their names."""
    expected = f"expected a folder with {', '.join(TABLES[:-1])} or {TABLES[-1]}"
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise RegisterError(
            f"{folder}: cannot be opened ({error.strerror}); {expected}; {_guide()}"
        ) from error
    held = {path.name: path for path in found if path.name in TABLES}
    for path in found:
        if path.name not in held and not _BESIDE.fullmatch(path.name):
            raise RegisterError(
                f"{path}: found a file that is no table; {expected}; rename it or take it out of "
                f"the folder; {_guide()}"
            )
    if not held:
        raise RegisterError(f"{folder}: found none of the tables; {expected}; {_guide()}")
    return held


def _guide() -> str:
    return f"see {shipped('configs') / 'registers' / 'README.md'}"


def _load_bodies(path: Path) -> tuple[Body, ...]:
    """Load bodies; one has the id of a shipped body only where it takes that body's place."""
    added = list(read_bodies(path))
    names = {body.name for _, body in added}
    ids = {body.id: body for body in register().bodies if body.name not in names}
    for where, body in added:
        other = ids.get(body.id)
        if other is not None:
            raise RegisterError(
                f"{where}: found the id {body.id}, which the shipped {other.name!r} has already; "
                "expected an id of its own: write that name to replace the entry, or give another "
                "code or id"
            )
    return tuple(body for _, body in added)


def _load_acts(path: Path) -> tuple[Statute, ...]:
    """Load Acts; one has the id of a shipped Act only where it takes that Act's place."""
    acts = load_statutes(path)
    rows = list(read_table(path, ACT_COLUMNS, headed=False))
    known = statutes().by_path
    for row in rows:
        title, year = row.cells["title"], row.cells["year"]
        if _DATED.search(title):
            raise RegisterError(
                f"{row.where}: the title is {title!r}; expected it without its year, which has a "
                "column of its own"
            )
        other = known.get(row.cells["path"])
        if other and (title_key(other.title), str(other.year)) != (title_key(title), year):
            raise RegisterError(
                f"{row.where}: found the path {other.path}, which the shipped "
                f"'{other.title} {other.year}' has already; expected one of its own: give another "
                f"name of that Act in {NAMES}"
            )
    _refuse_twice(rows, "title and year", lambda row: title_key(row["title"]) + row["year"])
    _refuse_twice(rows, "path", lambda row: row["path"])
    return tuple(act for held in acts.by_title.values() for act in held)


def _load_names(path: Path) -> tuple[str, ...]:
    """Return the names of the table of common names, no meaning of which stands twice."""
    rows = list(read_table(path, NAME_COLUMNS))
    _refuse_twice(rows, "meaning of a name", lambda row: _meaning(row, "name"))
    return tuple(sorted({row.cells["name"] for row in rows}))


def _load_understood(path: Path) -> dict[str, tuple[Understood, ...]]:
    """Return what `load_understood` does; no Act of a provision stands twice."""
    held = load_understood(path)
    rows = list(read_table(path, UNDERSTOOD_COLUMNS))
    _refuse_twice(rows, "Act of a provision", lambda row: _meaning(row, "provision"))
    return held


def _meaning(cells: dict[str, str], name: str) -> str:
    """Return what makes a meaning one: all but the reason, the name as it is compared."""
    rest = [cell for column, cell in cells.items() if column not in (name, "reason")]
    return "\t".join([title_key(cells[name]), *rest])


def _refuse_twice(rows: Iterable[Row], what: str, key: Callable[[dict[str, str]], str]) -> None:
    """Refuse two rows that have the same key.

    Raises:
        RegisterError: two have; names both.
    """
    seen: dict[str, str] = {}
    for row in rows:
        first = seen.setdefault(key(row.cells), row.where)
        if first != row.where:
            number = first.rpartition(" ")[2]
            raise RegisterError(
                f"{row.where}: found the same {what} as in line {number}; expected each once: take "
                "one of the lines away"
            )


def _digest(paths: Iterable[Path]) -> str:
    """Return a digest of the lines that count, with the names of their tables."""
    made = sha256()
    for path in sorted(paths):
        made.update(f"\f{path.name}\n".encode())
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip() and not line.startswith("#"):
                made.update(f"{line.rstrip()}\n".encode())
    return made.hexdigest()[:_DIGEST]
