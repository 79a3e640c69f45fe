"""Words that tell names, roles and bodies apart, read once from `data/people.json`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from kcsp_nlp.records import Status

# "(Cllr.)" -> "cllr"; "O'Dowd’s" keeps its apostrophes.
_EDGES = re.compile(r"^[^\w&]+|[^\w&]+$")
# "KCC", "SWASFT", "BC/CSP" but not "KENNEDY-QUIRKE" or "Kcc".
_ACRONYM = re.compile(r"(?:[A-Z][A-Za-z0-9]?[A-Z&][A-Z0-9&/]{0,8}|[A-Z]{2}|[A-Z]&[A-Z]+)\Z")


@dataclass(frozen=True)
class Words:
    """The word lists, all in lower case.

    Attributes:
        honorifics: Stand before a name and are no role ("mrs", "canon").
        given_names: Common ones, which tell a name from what follows it ("sheila").
        post_nominals: Stand after a name and are no role ("obe").
        legislators: Stand after a name and are one ("mp").
        councillors: Titles of members, with the singular of the plural ones ("cllrs": "Cllr").
        councillor_prefixes: Stand before such a title ("district").
        ranks: End a rank that stands before a name ("insp").
        rank_prefixes: Open such a rank ("detective").
        short_ranks: Ranks in capitals that are common short forms besides ("gm"): only lists of
            people use them so.
        parties: Political parties, as lists write them ("lib dem").
        services: With `service_heads`, ranks of the fire service ("station manager").
        service_heads: See `services`.
        particles: Lower-case parts of a surname ("van").
        surnames: Surnames that are words of other lists as well ("church"), or that look like a
            body's short form in capitals ("park").
        roles: End the name of a role ("officer").
        bodies: Stand in the name of a body ("council").
        functions: Name what a role is for and no body ("housing").
        not_names: Open no name ("members").
        generic_groups: Make up a group's heading that names no body ("elected members").
        group_roles: Headings that give each of their people a role.
        name_columns: Words that head a table's column of names.
        sure_name_columns: Of these the ones that head nothing else.
        role_columns: Words that head a column which says what people are.
        body_columns: Words that head a column which says whom they stand for.
        ward_columns: Words that head a column which says nothing of role or body.
        other_columns: Further words in the heads of columns.
        marks: What a cell says of attendance: "✓", "A", "Apols".
        other_tables: Words that head tables and lists of other things: actions, votes, interests.
    """

    honorifics: frozenset[str]
    given_names: frozenset[str]
    post_nominals: frozenset[str]
    legislators: frozenset[str]
    councillors: dict[str, str | None]
    councillor_prefixes: frozenset[str]
    ranks: frozenset[str]
    rank_prefixes: frozenset[str]
    short_ranks: frozenset[str]
    parties: frozenset[str]
    services: frozenset[str]
    service_heads: frozenset[str]
    particles: frozenset[str]
    surnames: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    functions: frozenset[str]
    not_names: frozenset[str]
    generic_groups: frozenset[str]
    group_roles: dict[str, str]
    name_columns: frozenset[str]
    sure_name_columns: frozenset[str]
    role_columns: frozenset[str]
    body_columns: frozenset[str]
    ward_columns: frozenset[str]
    other_columns: frozenset[str]
    marks: dict[str, Status]
    other_tables: frozenset[str]

    @cached_property
    def sure_bodies(self) -> frozenset[str]:
        """Words that name a body wherever they stand: "council", but not "housing"."""
        return self.bodies - self.functions

    @cached_property
    def columns(self) -> frozenset[str]:
        """Words that head a column which describes people."""
        return self.role_columns | self.body_columns


@cache
def words() -> Words:
    """Return the word lists; they are read at the first call."""
    resource = files("kcsp_nlp") / "data" / "people.json"
    lists: dict[str, Any] = json.loads(resource.read_text(encoding="utf-8"))
    held: dict[str, Any] = {
        key: frozenset(entries) if isinstance(entries, list) else entries
        for key, entries in lists.items()
    }
    return Words(**held)


@lru_cache(maxsize=4096)
def plain(token: str) -> str:
    """Return a word in lower case without the punctuation around it."""
    return _EDGES.sub("", token).lower().replace("’", "'")


def is_acronym(token: str) -> bool:
    """Tell whether a word is written like a short form of a body."""
    return bool(_ACRONYM.match(token))
