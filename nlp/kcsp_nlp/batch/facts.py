"""What became of files and their documents, as the state of a run keeps it; no text of theirs."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["reading", "annotating", "crash", "time", "memory"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Failure(_Frozen):
    """Why a document gave no records."""

    kind: Kind = Field(
        description="reading: it cannot be read; annotating: an error of the program; crash: its "
        "process died, twice; time, memory: it took more than the limits allow, twice."
    )
    reason: str = Field(description="In one line, with what to do about it.")


class DocumentFacts(_Frozen):
    """What became of one document, or of a member of an archive."""

    source: str = Field(description="The document, as it was named.")
    records: int = Field(default=0, ge=0)
    failure: Failure | None = None
    notes: tuple[str, ...] = Field(default=(), description="What was doubtful in reading it.")
    tally: dict[str, int] = Field(
        default_factory=dict, description="How much of each kind its records hold."
    )


class FileFacts(_Frozen):
    """What became of one file."""

    name: str = Field(description="As it was given; bytes that are no UTF-8 are escaped.")
    sha256: str | None = Field(description="Of its bytes; null where it cannot be opened.")
    size: int = Field(ge=0, description="Bytes of its records.")
    digest: str = Field(description="SHA-256 of its records.")
    documents: tuple[DocumentFacts, ...]

    @property
    def has_failed(self) -> bool:
        """Whether any document in it gave no records for a reason that may pass."""
        return any(document.failure is not None for document in self.documents)


class FailureLine(_Frozen):
    """One line of the file of failures."""

    schema_: Literal["kcsp-nlp/failure/1"] = Field(default="kcsp-nlp/failure/1", alias="schema")
    source: str = Field(description="The document, as it was named.")
    file: str = Field(description="The file it lies in.")
    sha256: str | None = Field(description="Of the file; null where it cannot be opened.")
    kind: Kind
    reason: str

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)


def plain(text: str) -> str:
    """Return a text that UTF-8 can hold: a name's bytes that are none are escaped."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
