"""The report of a run, as JSON: what was done, with what, how fast. No text of documents."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.batch.facts import Kind
from kcsp_nlp.batch.identity import Identity

State = Literal["finished", "interrupted", "failed"]
Engine = Literal["local", "ray"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Counts(_Frozen):
    """How much of what there was."""

    files: int = Field(ge=0, description="That were given.")
    files_done: int = Field(ge=0, description="Of these, so far.")
    files_taken_over: int = Field(ge=0, description="Of these, as an earlier run has left them.")
    documents: int = Field(ge=0, description="That gave records.")
    records: int = Field(ge=0)
    notes: int = Field(ge=0, description="Of what was doubtful in reading, or left out.")
    failures: dict[Kind, int] = Field(description="Documents that gave none, by the kind of why.")
    found: dict[str, int] = Field(description="What the records hold, by its kind.")


class OutputFacts(_Frozen):
    """The file of records."""

    path: str
    sha256: str
    bytes: int = Field(ge=0)


class Machine(_Frozen):
    """What it ran on."""

    platform: str = Field(description="Of the machine where it was begun.")
    python: str
    engine: Engine = Field(description="local: that machine; ray: a cluster.")
    workers: int = Field(ge=0, description="Processes that annotated at the same time, at most.")
    nodes: int = Field(ge=0, description="Machines that annotated.")


class RunReport(_Frozen):
    """What a run of `kcsp-nlp annotate` did."""

    schema_: Literal["kcsp-nlp/run/1"] = Field(default="kcsp-nlp/run/1", alias="schema")
    state: State
    version: str = Field(description="Of kcsp-nlp.")
    began: str = Field(description="ISO 8601, UTC.")
    ended: str
    seconds: float = Field(ge=0)
    files_per_second: float = Field(ge=0, description="Of those that this run has annotated.")
    counts: Counts
    output: OutputFacts | None = Field(description="Null where no file of records was written.")
    depends_on: Identity | None = Field(
        description="What the records depend on besides the files; null where it was not asked."
    )
    machine: Machine

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, validate_by_name=True
    )


def published(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema (Draft 2020-12) of a `RunReport` or a `FailureLine`, as written."""
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


class Machines(NamedTuple):
    """Who annotated; as the fields of `Machine` of these names."""

    engine: Engine
    workers: int
    nodes: int


def describe_run(
    state: State,
    began: datetime,
    *,
    counts: Counts,
    output: OutputFacts | None,
    identity: Identity | None,
    machines: Machines,
) -> RunReport:
    """Describe a run that ends now.

    Args:
        state: How it ended.
        began: When it began, in UTC.
        counts: How much of what there was.
        output: The file of records.
        identity: What the records depend on.
        machines: Who annotated.
    """
    ended = datetime.now(UTC)
    seconds = max((ended - began).total_seconds(), 0.0)
    new = counts.files_done - counts.files_taken_over
    return RunReport(
        state=state,
        version=version("kcsp-nlp"),
        began=began.isoformat(timespec="milliseconds"),
        ended=ended.isoformat(timespec="milliseconds"),
        seconds=round(seconds, 3),
        files_per_second=round(new / seconds, 3) if seconds else 0.0,
        counts=counts,
        output=output,
        depends_on=identity,
        machine=Machine(
            platform=platform.platform(),
            python=platform.python_version(),
            **machines._asdict(),
        ),
    )
