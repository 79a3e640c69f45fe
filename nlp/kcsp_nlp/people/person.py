"""The list of people: what `people` writes, one person per line, as frozen models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.jsonl import read_models

SCHEMA_VERSION: Literal["kcsp-nlp/person/1"] = "kcsp-nlp/person/1"


class Role(BaseModel):
    """What somebody was at some meetings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str | None = Field(description="As last printed; null where only a body is stated.")
    organisation: str | None = Field(description="As last printed; null where none is stated.")
    organisation_id: str | None = Field(
        description="Identity of the organisation; null where not known."
    )
    first: str | None = Field(
        description="Date of the first meeting that states it, ISO 8601; null where not known."
    )
    last: str | None = Field(
        description="Date of the last meeting that states it, ISO 8601; null where not known."
    )


class Person(BaseModel):
    """One person, across all documents that were read."""

    schema_: Literal["kcsp-nlp/person/1"] = Field(default=SCHEMA_VERSION, alias="schema")
    id: str = Field(description="Final identity: one of `members`, or that of an earlier list.")
    name: str = Field(description="The fullest form of the name, without honorific.")
    names: tuple[str, ...] = Field(description="Every written form, the most frequent first.")
    members: tuple[str, ...] = Field(
        description="The identities that records give this person, sorted."
    )
    bodies: tuple[str, ...] = Field(
        description="Bodies at whose meetings the person is named, as printed, sorted."
    )
    roles: tuple[Role, ...] = Field(description="In order of their first meeting.")
    meetings: int = Field(ge=1, description="Documents in which the person is named.")
    mentions: int = Field(ge=0, description="Places where the person is named.")
    first: str | None = Field(
        description="Date of the first of these meetings, ISO 8601; null where not known."
    )
    last: str | None = Field(
        description="Date of the last of these meetings, ISO 8601; null where not known."
    )

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)


def json_schema() -> dict[str, Any]:
    """Return the published JSON Schema (Draft 2020-12) of one line."""
    schema = Person.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://kcsp-nlp.invalid/schema/person-1.json",
        **schema,
    }


def write(people: Iterable[Person], stream: IO[str]) -> None:
    """Write people as JSON Lines, one per line."""
    for person in people:
        held = person.model_dump(mode="json", by_alias=True)
        stream.write(json.dumps(held, ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Person]:
    """Read a list of people, in order.

    Raises:
        CorpusError: the file cannot be opened or a line is not a person; the message names file
            and line.
    """
    return read_models(
        path,
        Person,
        f"expected a person of {SCHEMA_VERSION} as `kcsp-nlp people` writes it "
        "(see `kcsp-nlp schema person`)",
    )
