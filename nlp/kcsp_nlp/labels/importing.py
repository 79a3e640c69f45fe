"""Exports of labelling tools into labelled minutes: verified, compared, chosen, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.agreement import Version
from kcsp_nlp.labels.anchoring import anchor
from kcsp_nlp.labels.corpus import CHECKED
from kcsp_nlp.labels.detecting import Export, read_export
from kcsp_nlp.labels.tasks import Answer, Mark, Meta, Unreadable, digest, digest_words
from kcsp_nlp.records import LABELS

Prefer = Literal["first", "last", "agreed"]


class Rejection(NamedTuple):
    """What is not imported, and why; nothing of it is words of a document.

    Attributes:
        file: The export.
        place: Where in it; empty for all of it.
        task: Id of the record; None where it is not known.
        why: What was found, and what was expected.
    """

    file: str
    place: str
    task: str | None
    why: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.file, self.place, self.task)))
        return f"{where}: {self.why}"

    def to_json(self) -> dict[str, Any]:
        """Return the rejection as a JSON object."""
        return self._asdict()


@dataclass
class Reading:
    """What a number of exports hold.

    Attributes:
        versions: Per task, every version of it that holds, in the order read.
        rejections: What does not hold.
        counts: How often what was met, in words, in the order in which it is told.
        tools: Files per tool.
        seen: Per document, the tasks met in any state.
        exported: Per document, how many tasks were exported.
    """

    versions: dict[str, list[Version]] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    tools: Counter[str] = field(default_factory=Counter)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    exported: dict[str, int] = field(default_factory=dict)


def read_versions(
    paths: Sequence[Path], topics: Sequence[str], left_out: Collection[str] = ()
) -> Reading:
    """Read exports of any tools and verify every task in them.

    Args:
        paths: The files; ZIP archives of them too.
        topics: Names of the taxonomy.
        left_out: Labels and topics of the annotators' own that are not to be imported.
    """
    reading = Reading()
    for path in paths:
        for export in read_export(path):
            if export.tool:
                reading.tools[export.tool] += 1
            _read(reading, export, topics, left_out)
    for document, found in reading.seen.items():
        missing = reading.exported[document] - len(found)
        reading.counts["tasks that are in no file"] += max(0, missing)
    return reading


def choose(
    reading: Reading, *, annotator: str | None = None, prefer: Prefer | None = None
) -> list[Version]:
    """Choose one version of every task; what cannot be chosen becomes a rejection.

    Args:
        reading: What was read; its rejections and counts are added to.
        annotator: Whose version; None for anybody's.
        prefer: Which one where there are several that differ; None refuses them.
    """
    chosen = []
    for task, found in reading.versions.items():
        held = [each for each in found if annotator in {None, each.annotator}]
        if not held:
            reading.counts[f"tasks not labelled by {annotator}"] += 1
            continue
        differ = len({version.says() for version in held}) > 1
        if differ and prefer in {None, "agreed"}:
            names = ", ".join(sorted({version.annotator for version in held}))
            way_out = (
                "only what all agree on was asked for"
                if prefer
                else "choose with --annotator NAME or --prefer first, last or agreed"
            )
            first = held[0]
            reading.rejections.append(
                Rejection(
                    first.file,
                    first.place,
                    task,
                    f"labelled {len(held)} times and not alike (by {names}); {way_out}",
                )
            )
            continue
        reading.counts["further versions of a task"] += len(held) - 1
        chosen.append(held[-1] if prefer == "last" else held[0])
    return chosen


def _read(
    reading: Reading, export: Export, topics: Sequence[str], left_out: Collection[str]
) -> None:
    for answer in export.read:
        if isinstance(answer, Unreadable):
            reading.rejections.append(Rejection(export.name, answer.place, None, answer.why))
            continue
        task = answer.meta.id if answer.meta else None
        if answer.meta:
            reading.seen[answer.meta.document].add(answer.meta.id)
            reading.exported[answer.meta.document] = answer.meta.records
        if answer.state != "done":
            reading.counts[f"{answer.state} tasks"] += 1
            continue
        try:
            version = _verify(reading, export, answer, topics, left_out)
        except CorpusError as error:
            reading.rejections.append(Rejection(export.name, answer.place, task, str(error)))
        else:
            reading.versions.setdefault(version.meta.id, []).append(version)


def _verify(
    reading: Reading,
    export: Export,
    answer: Answer,
    topics: Sequence[str],
    left_out: Collection[str],
) -> Version:
    """Return an answer whose every mark holds.

    Raises:
        CorpusError: something in it does not.
    """
    if answer.problem:
        raise CorpusError(answer.problem)
    meta = _known(answer)
    intact = digest(answer.text) == meta.sha256
    if not intact and digest_words(answer.text) != meta.words:
        raise CorpusError("the text is not the one that was exported; label it as it was")
    asked = answer.checked or meta.asked
    marks, chosen = _ours(reading, answer, left_out)
    _refuse_unknown(marks, chosen, topics)
    anchored = anchor(answer.text, marks if "spans" in asked else (), intact=intact)
    counts = reading.counts
    counts["tasks labelled"] += 1
    counts["texts changed in white space or form alone"] += not intact
    counts["spans moved to where their words stand"] += anchored.moved
    counts["spans freed of white space at their ends"] += anchored.trimmed
    counts["spans marked twice"] += anchored.repeated
    counts["spans of nothing but white space"] += anchored.blank
    counts["results that are neither spans nor topics"] += answer.aside
    if meta.kind != "item" and chosen:
        counts["topics of what is no agenda item"] += len(set(chosen))
    return Version(
        export.name,
        answer.place,
        meta,
        answer.text,
        anchored.spans,
        tuple(each for each in topics if each in chosen and "topics" in asked),
        answer.annotator or Path(export.name).stem,
        tuple(each for each in CHECKED if each in asked),
    )


def _known(answer: Answer) -> Meta:
    if answer.meta is None:
        raise CorpusError(
            "does not say which record it is (the field `kcsp` is gone or damaged); expected a "
            "task that `kcsp-nlp labels export` wrote"
        )
    return answer.meta


def _ours(
    reading: Reading, answer: Answer, left_out: Collection[str]
) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """Return marks and topics without those of the annotators' own."""
    marks = tuple(mark for mark in answer.marks if mark.label not in left_out)
    chosen = tuple(topic for topic in answer.topics if topic not in left_out)
    gone = len(answer.marks) - len(marks) + len(answer.topics) - len(chosen)
    reading.counts["labels and topics left out, as asked"] += gone
    return marks, chosen


def _refuse_unknown(marks: Iterable[Mark], chosen: Iterable[str], topics: Sequence[str]) -> None:
    strange = sorted({mark.label for mark in marks} - set(LABELS))
    if strange:
        raise CorpusError(
            f"label {_shown(strange[0])} is not in the guideline ({', '.join(LABELS)}); correct "
            "it, or leave it out with --leave-out"
        )
    unknown = sorted(set(chosen) - set(topics))
    if unknown:
        raise CorpusError(
            f"topic {_shown(unknown[0])} is not in the taxonomy ({', '.join(topics)}); correct "
            "it, leave it out with --leave-out, or give another taxonomy with --topics"
        )


def _shown(name: str) -> str:
    """Return a name as messages may show it; what is long may be words of a document."""
    return repr(name) if len(name) <= 40 else f"of {len(name)} characters"  # noqa: PLR2004
