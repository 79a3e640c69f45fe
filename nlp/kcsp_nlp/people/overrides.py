"""What an analyst says of people: who are one, and who are not; kept by identity, in TOML."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kcsp_nlp.errors import RegisterError
from kcsp_nlp.people.person import Person

_EXPECTED = (
    'expected [[merge]] with people = ["person:...", "person:..."], or [[split]] with '
    'person = "person:..." and either documents = [...] or members = [...]; each may have name, '
    "note"
)
_DIGITS = 16  # of the digest in an id

_Id = Annotated[str, Field(pattern=r"^person:[0-9A-Za-z._~-]{1,64}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="What the person is called in the list; null for the fullest form.",
    )
    note: str | None = Field(default=None, description="Why; read by people only.")


class Merge(_Entry):
    """Identities that are one person."""

    people: tuple[_Id, ...] = Field(min_length=2, description="Any identities that members have.")

    @property
    def identities(self) -> tuple[str, ...]:
        """All identities that the entry names."""
        return self.people


class Split(_Entry):
    """What is taken away from a person, and is another one."""

    person: _Id = Field(description="Whom it is taken from: any identity that a member has.")
    documents: tuple[str, ...] = Field(
        default=(), description="Meeting ids or file names in which it is another person."
    )
    members: tuple[_Id, ...] = Field(
        default=(), description="Identities that are another person, one and the same."
    )

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if bool(self.documents) == bool(self.members):
            raise ValueError("give either documents or members")
        return self

    @property
    def identities(self) -> tuple[str, ...]:
        """All identities that the entry names."""
        return (self.person, *self.members)

    @property
    def apart(self) -> str:
        """Identity of who is split off by document: it stays when further documents are added."""
        if self.members:
            return min(self.members)
        named = f"split\n{self.person}\n{self.documents[0]}"
        return f"person:{sha256(named.encode()).hexdigest()[:_DIGITS]}"


class Overrides(BaseModel):
    """The entries of an override file; contradictions are refused when it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    merge: tuple[Merge, ...] = ()
    split: tuple[Split, ...] = ()

    def entries(self) -> Iterator[tuple[str, Merge | Split]]:
        """Yield the entries with how messages call them."""
        for number, merge in enumerate(self.merge, 1):
            yield f"[[merge]] {number}", merge
        for number, split in enumerate(self.split, 1):
            yield f"[[split]] {number}", split


@dataclass(frozen=True)
class Division:
    """One split: whom from, and what.

    Attributes:
        person: Whom from.
        apart: Identity of who is split off by document.
        documents: Meeting ids or file names; empty where members are split off.
        members: Identities of the other person, those that entries merge with them among them.
    """

    person: str
    apart: str
    documents: frozenset[str]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Rulings:
    """Overrides as they apply to some records.

    Attributes:
        merged: For identities that are merged, one that stands for all of them.
        divisions: What is split off.
        names: Names that an analyst gives, by identity.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    divisions: tuple[Division, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read_overrides(path: Path) -> Overrides:
    """Read an override file and check that its entries do not contradict each other.

    Raises:
        RegisterError: it cannot be read, an entry does not hold, or two contradict each other; the
            message names file and entry.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8").removeprefix("\ufeff"))
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read ({error.strerror}); {_EXPECTED}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: not TOML ({error}); {_EXPECTED}") from error
    try:
        overrides = Overrides.model_validate(tables)
    except ValidationError as error:
        raise RegisterError(f"{path}: {_reason(error)}; {_EXPECTED}") from error
    _check_splits(path, overrides)
    _check_names(path, overrides)
    return overrides


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    kind, *rest = first["loc"] or ("",)
    number = f" {rest[0] + 1}" if rest and isinstance(rest[0], int) else ""
    entry = f"[[{kind}]]{number}"
    return ": ".join([entry, *filter(None, (".".join(map(str, rest[1:])), first["msg"]))])


def _merged(people: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return for each identity the smallest of those it is merged with, directly or not."""
    groups: dict[str, set[str]] = {}
    for identities in people:
        group = set(identities).union(*(groups.get(each, ()) for each in identities))
        groups.update(dict.fromkeys(group, group))
    return {each: min(group) for each, group in groups.items()}


def _check_splits(path: Path, overrides: Overrides) -> None:
    merged = _merged(merge.people for merge in overrides.merge)
    taken: dict[str, str] = {}
    for number, split in enumerate(overrides.split, 1):
        entry = f"[[split]] {number}"
        person = merged.get(split.person, split.person)
        gone = {merged.get(each, each) for each in split.members or (split.apart,)}
        if person in gone and split.person not in split.members:
            blamed = _merging(overrides, merged, person)
            raise RegisterError(
                f"{path}: {entry} takes apart what {blamed} puts together as {split.person}; "
                "remove one of them"
            )
        for claim in gone | {f"{person} in {document}" for document in split.documents}:
            if claim in taken:
                raise RegisterError(
                    f"{path}: {entry} and {taken[claim]} both split off {claim}; "
                    "leave it in one of them"
                )
            taken[claim] = entry


def _merging(overrides: Overrides, merged: Mapping[str, str], person: str) -> str:
    return " and ".join(
        f"[[merge]] {number}"
        for number, merge in enumerate(overrides.merge, 1)
        if merged[merge.people[0]] == person
    )


def _check_names(path: Path, overrides: Overrides) -> None:
    merged = _merged(merge.people for merge in overrides.merge)
    named: dict[str, tuple[str, str]] = {}
    for entry, each in overrides.entries():
        if each.name is None:
            continue
        first = each.people[0] if isinstance(each, Merge) else each.apart
        other, name = named.setdefault(merged.get(first, first), (entry, each.name))
        if name != each.name:
            raise RegisterError(
                f"{path}: {entry} and {other} give one person two names; leave one of them"
            )


def apply_overrides(
    overrides: Overrides, known: Iterable[str], previous: Iterable[Person] = ()
) -> tuple[Rulings, list[str]]:
    """Return what overrides mean for some records, and what is doubtful about them.

    An identity that the records do not have, because they were relinked, stands for the person
    that an earlier list gives it.

    Args:
        overrides: The entries.
        known: Identities of the records.
        previous: An earlier list of people.

    Returns:
        The rulings, and a warning for each identity that nobody has.
    """
    held = set(known)
    held |= {split.apart for split in overrides.split if split.documents}
    current = _current(held, previous)
    warnings = [
        f"{entry}: nobody in these records is {each}"
        for entry, named in overrides.entries()
        for each in named.identities
        if each not in held and each not in current
    ]

    def now(identities: Iterable[str]) -> list[str]:
        return [current.get(each, each) for each in identities]

    merged = _merged(now(merge.people) for merge in overrides.merge)
    groups: dict[str, set[str]] = defaultdict(set)
    for each, group in merged.items():
        groups[group].add(each)
    divisions: list[Division] = []
    names: dict[str, str] = {}
    for merge in overrides.merge:
        names |= dict.fromkeys(now(merge.people), merge.name) if merge.name else {}
    for split in overrides.split:
        gone = now(split.members) or [split.apart]
        gone = sorted(set(gone).union(*(groups[merged.get(each, each)] for each in gone)))
        (person,) = now([split.person])
        divisions.append(Division(person, split.apart, frozenset(split.documents), tuple(gone)))
        names |= dict.fromkeys(gone, split.name) if split.name else {}
    return Rulings(merged, tuple(divisions), names), warnings


def _current(held: set[str], previous: Iterable[Person]) -> dict[str, str]:
    """Return who of the records bears each identity of an earlier list that they do not have."""
    current: dict[str, str] = {}
    for person in previous:
        bearers = sorted({person.id, *person.members} & held, key=lambda each: each != person.id)
        if bearers:
            current |= {each: bearers[0] for each in person.members if each not in held}
    return current
