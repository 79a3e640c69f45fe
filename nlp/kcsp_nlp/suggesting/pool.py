"""What can be suggested: the records of files, less what is labelled or stands twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.record_lines import read
from kcsp_nlp.records import Record
from kcsp_nlp.suggesting.choosing import Candidate, find_candidates
from kcsp_nlp.suggesting.likeness import Looks


class Pool(NamedTuple):
    """What can be suggested.

    Attributes:
        candidates: Records with their doubts, in the order of the files.
        labelled: The items that are labelled already.
        notes: What an analyst should know, one line each.
    """

    candidates: list[Candidate]
    labelled: list[Looks]
    notes: list[str]


def read_pool(files: Sequence[Path], labelled: Sequence[LabelledMinutes]) -> Pool:
    """Read records and leave out those that have been labelled, and copies.

    Args:
        files: Records files.
        labelled: Labelled minutes; whose text they hold, white space aside, is left out.

    Raises:
        CorpusError: a file cannot be opened or a line is no record; the message names both.
    """
    looks = [
        Looks(document.text[start:end], document.meeting.body)
        for document in labelled
        for start, end in _parts(document)
    ]
    known = {_digest(each.text) for each in looks}
    seen: set[str] = set()
    records: list[Record] = []
    held = copies = 0
    for record in (record for path in files for record in read(path)):
        digest = _digest(record.text)
        if digest in known:
            held += 1
        elif digest in seen:
            copies += 1
        else:
            seen.add(digest)
            records.append(record)
    candidates = find_candidates(records)
    notes = list(_notes(candidates, held, copies, len(records)))
    return Pool(candidates, looks, notes)


def _parts(document: LabelledMinutes) -> Iterator[tuple[int, int]]:
    first = document.items[0].start if document.items else len(document.text)
    if first:
        yield 0, first
    yield from document.item_ranges()


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _notes(candidates: Iterable[Candidate], held: int, copies: int, records: int) -> Iterator[str]:
    candidates = list(candidates)
    if held:
        yield f"{held} records are labelled already, left out"
    if copies:
        yield f"{copies} records stand twice, counted once"
    if short := records - len(candidates):
        yield f"{short} records hold hardly any text, left out"
    spans = [span for each in candidates for span in each.record.spans]
    if unmeasured := sum(span.score is None for span in spans):
        yield (
            f"{unmeasured} of {len(spans)} spans carry no score: they count as right as often as "
            "their kind usually is; train with --confidence"
        )
