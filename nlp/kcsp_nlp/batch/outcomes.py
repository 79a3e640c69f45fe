"""One document into what became of it: whatever goes wrong with it stays with it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kcsp_nlp.batch.facts import DocumentFacts, Failure, Kind, plain
from kcsp_nlp.errors import KcspError, ReadingError
from kcsp_nlp.reading import Document, Notice
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Record
from kcsp_nlp.storage.places import Place

if TYPE_CHECKING:
    from kcsp_nlp.batch.setup import Annotates


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    Attributes:
        source: The document, as it was named.
        records: Its records; empty where it failed.
        failure: Why there are none, in one line; None where there are.
        kind: Of the failure.
        warnings: What was doubtful in reading it.
        first: Whether it is the first of its file; an archive, message or pack holds several.
    """

    source: str
    records: tuple[Record, ...] = ()
    failure: str | None = None
    kind: Kind = "reading"
    warnings: tuple[str, ...] = ()
    first: bool = True

    @property
    def facts(self) -> DocumentFacts:
        """What is kept of it beside its records."""
        failed = self.failure is not None
        return DocumentFacts(
            source=plain(self.source),
            records=len(self.records),
            failure=Failure(kind=self.kind, reason=plain(self.failure or "")) if failed else None,
            notes=tuple(map(plain, self.warnings)),
            tally=_tally(self.records),
        )

    @property
    def lines(self) -> bytes:
        """Its records as JSON Lines."""
        stream = io.StringIO()
        write(self.records, stream)
        return stream.getvalue().encode()


def _tally(records: Iterable[Record]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for record in records:
        counts["items"] += record.item.kind == "item"
        counts.update(f"label {span.label}" for span in record.spans)
        counts.update(f"topic {topic}" for topic in record.topics)
        counts["decisions"] += len(record.decisions)
        counts["actions"] += len(record.actions)
        counts["attendees"] += len(record.attendance)
    return dict(counts)


def annotate_document(
    annotator: Annotates, where: str, document: Document, *, explain: bool = False
) -> Outcome:
    """Annotate one document; whatever goes wrong with it stays with it.

    Args:
        annotator: A loaded model.
        where: What to call the document in a message.
        document: The document.
        explain: Whether records say what speaks for their topics.
    """
    try:
        records = tuple(annotator.annotate(document, explain=explain))
    except KcspError as error:
        return Outcome(where, failure=str(error), kind="annotating")
    except Exception as error:
        # No message of the error: it may quote the document.
        return Outcome(
            where,
            failure=f"{where}: {type(error).__name__} while annotating, expected minutes as text; "
            "the other documents are not affected; please report it with the file",
            kind="annotating",
        )
    return Outcome(where, records, warnings=document.warnings)


def annotate_reading(
    annotator: Annotates,
    where: Place,
    reading: Document | ReadingError | Notice,
    *,
    explain: bool = False,
) -> Outcome:
    """Annotate one of the things that a file was read into.

    Args:
        annotator: A loaded model.
        where: The file, as it was named.
        reading: A document, why one could not be read, or what was left out.
        explain: Whether records say what speaks for their topics.
    """
    if isinstance(reading, ReadingError):
        return Outcome(str(where), failure=str(reading))
    if isinstance(reading, Notice):
        return Outcome(reading.where, warnings=(reading.text,))
    return annotate_document(annotator, named(where, reading), reading, explain=explain)


def named(where: Place, document: Document) -> str:
    """Return what messages call a document of a file."""
    return str(where.parent / document.source)


def annotate_readings(
    annotator: Annotates,
    where: Place,
    readings: Iterable[Document | ReadingError | Notice],
    *,
    explain: bool = False,
) -> Iterator[Outcome]:
    """Annotate what one file was read into, and yield what became of each document."""
    first = True
    for each in readings:
        yield replace(annotate_reading(annotator, where, each, explain=explain), first=first)
        first = False
