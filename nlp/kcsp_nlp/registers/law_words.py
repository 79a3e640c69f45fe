"""What everybody calls a law (GDPR, Clare's Law), and which Act an understood section is of.

Both are tables of `data/legislation/` that a user may extend. A row holds where its words stand
near the mention, on its days, outside the nations that have a law of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import NamedTuple

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.registers.legislation import title_key
from kcsp_nlp.registers.tables import Days, Row, Source, days_in, path_in, read_table, words_in

NATIONS = frozenset({"england", "wales", "scotland", "northern-ireland", "ireland"})
NAME_COLUMNS = ("name", "title", "path", "from", "until", "near", "not_in", "reason")
UNDERSTOOD_COLUMNS = (
    "provision",
    "title",
    "path",
    "from",
    "until",
    "near",
    "unless",
    "only_in",
    "reason",
)
# matches: section/17  schedule/12A  section/5/2    does not match: s.17
_PROVISION = re.compile(r"(?:section|schedule|article|regulation)(?:/[0-9A-Za-z]{1,5}){1,4}")


class CommonName(NamedTuple):
    """One meaning of a name; `path` and `title` are None where it is no one law.

    Attributes:
        title: Title of the law with its year.
        path: Path of its legislation.gov.uk id.
        days: When the name means it.
        near: Words of which one must stand near; None where none need.
        not_in: Nations where it means something else.
    """

    title: str | None
    path: str | None
    days: Days
    near: re.Pattern[str] | None
    not_in: frozenset[str]


class Understood(NamedTuple):
    """The Act that a bare provision means to people who know the subject.

    Attributes:
        title: Title of the Act with its year.
        path: Path of its legislation.gov.uk id.
        days: When the provision was in use.
        near: Words of which one must stand near.
        unless: Words that must not stand near; None for none.
        only_in: Nations where it is law.
    """

    title: str
    path: str
    days: Days
    near: re.Pattern[str]
    unless: re.Pattern[str] | None
    only_in: frozenset[str]


def load_common_names(source: Source) -> dict[str, tuple[CommonName, ...]]:
    """Return the meanings of each name, by the key of the name.

    Raises:
        RegisterError: the table does not hold; the message names file, line and what was expected.
    """
    names: dict[str, list[CommonName]] = defaultdict(list)
    for row in read_table(source, NAME_COLUMNS):
        key = title_key(row.cells["name"])
        path, title = path_in(row, "path"), row.cells["title"] or None
        if not key or (path is None) != (title is None):
            raise RegisterError(
                f"{row.where}: expected a name, and title and path both or (no one law) neither"
            )
        days, nations = days_in(row, "from", "until"), _nations_in(row, "not_in")
        names[key].append(CommonName(title, path, days, words_in(row, "near"), nations))
    return {key: tuple(meanings) for key, meanings in names.items()}


def load_understood(source: Source) -> dict[str, tuple[Understood, ...]]:
    """Return the Acts that a provision may mean where none is named, by its path.

    Raises:
        RegisterError: the table does not hold; the message names file, line and what was expected.
    """
    acts: dict[str, list[Understood]] = defaultdict(list)
    for row in read_table(source, UNDERSTOOD_COLUMNS):
        provision, path, near = row.cells["provision"], path_in(row, "path"), words_in(row, "near")
        if not _PROVISION.fullmatch(provision) or not (path and row.cells["title"] and near):
            raise RegisterError(
                f"{row.where}: expected a provision as section/17, the title and path of its Act, "
                "and words of which one stands near"
            )
        days, nations = days_in(row, "from", "until"), _nations_in(row, "only_in")
        unless = words_in(row, "unless")
        acts[provision].append(
            Understood(row.cells["title"], path, days, near, unless, nations or NATIONS)
        )
    return {provision: tuple(meanings) for provision, meanings in acts.items()}


@cache
def common_names() -> dict[str, tuple[CommonName, ...]]:
    """Load the names that ship with the package, once."""
    return load_common_names(_shipped("common_names.tsv"))


@cache
def understood_provisions() -> dict[str, tuple[Understood, ...]]:
    """Load the understood provisions that ship with the package, once."""
    return load_understood(_shipped("understood.tsv"))


def _shipped(name: str) -> Source:
    return resources.files("kcsp_nlp").joinpath("data/legislation", name)


def _nations_in(row: Row, column: str) -> frozenset[str]:
    nations = frozenset(row.cells[column].split())
    if not nations <= NATIONS:
        raise RegisterError(
            f"{row.where}: {column} is {row.cells[column]!r}; expected some of "
            f"{', '.join(sorted(NATIONS))}, separated by spaces"
        )
    return nations
