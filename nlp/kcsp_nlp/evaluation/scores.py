"""Records against labelled minutes: what was found against what was labelled.

Everything is counted per document, added up, and then divided as precision, recall and F1:

- spans: exact start, end and label; a final full stop is nobody's error;
- items: the heading begins within `NEAR` code points of the labelled one, and the number is equal;
- attendance: name and status equal; `attendance_full` wants role and organisation as well;
- decisions, actions: in the same item, half of their words shared (Jaccard); an action labelled
  without its words is found where an owner's last name is;
- topics: per item and topic.

Only what the labelled document says was checked (`LabelledMinutes.checked`) is scored.

Names, numbers and titles are compared without case, punctuation and accents of compatibility.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kcsp_nlp.labels.corpus import LabelledItem, LabelledMinutes
from kcsp_nlp.records import LABELS, Record

# How far a heading's start may lie from the labelled one: markup before a number.
NEAR = 12
# Share of words that two decisions or actions must have in common to be the same one.
SAME = 0.5

LabelSpan = tuple[int, int, str]
# A labelled document and the records of its text, in order.
Pair = tuple[LabelledMinutes, Sequence[Record]]

STRUCTURE = ("items", "attendance", "attendance_full", "decisions", "actions")

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass
class Score:
    """Counts of one kind of thing: found and right, found and wrong, not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count further things."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what was labelled that was found; 0 where nothing was labelled."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def support(self) -> int:
        """Number of labelled things."""
        return self.right + self.missed


@dataclass
class Evaluation:
    """Scores of a model on labelled minutes.

    Attributes:
        documents: Number of documents.
        spans: Per label.
        topics: Per topic.
        structure: Items, attendance, attendance_full, decisions, actions.
        per_document: The same of each document alone, in order; empty for a single document.
    """

    documents: int = 0
    spans: dict[str, Score] = field(default_factory=lambda: {label: Score() for label in LABELS})
    topics: dict[str, Score] = field(default_factory=dict)
    structure: dict[str, Score] = field(
        default_factory=lambda: {name: Score() for name in STRUCTURE}
    )
    per_document: list[Evaluation] = field(default_factory=list)

    @classmethod
    def of(cls, documents: Iterable[Evaluation], topics: Iterable[str]) -> Evaluation:
        """Sum up evaluations of single documents.

        Args:
            documents: One evaluation per document.
            topics: Every topic that any of them knows.
        """
        total = cls(topics={topic: Score() for topic in topics})
        for document in documents:
            total.documents += 1
            total.per_document.append(document)
            for name, table in total.tables().items():
                for each, counted in document.tables()[name].items():
                    table[each].add(counted.right, counted.wrong, counted.missed)
        return total

    def tables(self) -> dict[str, dict[str, Score]]:
        """Return the scores by table: spans, structure, topics."""
        return {"spans": self.spans, "structure": self.structure, "topics": self.topics}

    @staticmethod
    def micro(scores: Mapping[str, Score]) -> Score:
        """Sum up scores over labels or topics."""
        total = Score()
        for score in scores.values():
            total.add(score.right, score.wrong, score.missed)
        return total

    @staticmethod
    def macro(scores: Mapping[str, Score]) -> float:
        """Return the mean F1 over labels or topics; 0 where there are none."""
        return sum(score.f1 for score in scores.values()) / max(1, len(scores))


def evaluate(pairs: Iterable[Pair], topics: Sequence[str]) -> Evaluation:
    """Score records against the labelled minutes that they were made from.

    Args:
        pairs: Each labelled document with the records of its text, in order.
        topics: The topics that the model knows.
    """
    return Evaluation.of((score_document(gold, records, topics) for gold, records in pairs), topics)


def score_document(
    gold: LabelledMinutes, records: Sequence[Record], topics: Sequence[str]
) -> Evaluation:
    """Score the records of one document."""
    result = Evaluation(documents=1, topics={topic: Score() for topic in topics})
    if "spans" in gold.checked:
        _score_spans(result, gold, records)
    if "structure" in gold.checked:
        _score_attendance(result, gold, records)
    _score_items(result, gold, records)
    return result


def gold_spans(gold: LabelledMinutes) -> set[LabelSpan]:
    """Return the labelled spans, without final full stops."""
    return {shaved(gold.text, *span) for span in gold.spans}


def found_spans(gold: LabelledMinutes, records: Sequence[Record]) -> set[LabelSpan]:
    """Return the spans of the records, offsets into the document, without final full stops."""
    return {
        shaved(gold.text, record.offset + span.start, record.offset + span.end, span.label)
        for record in records
        for span in record.spans
    }


def pair_items(
    gold: LabelledMinutes, records: Sequence[Record]
) -> tuple[list[tuple[LabelledItem, Record | None, bool]], int]:
    """Pair labelled items with records.

    Returns:
        Each labelled item with the record that it is judged by and whether its heading was found
        there: else the record is the one in which it lies, None before the first. And how many
        records are nobody's.
    """
    items = [record for record in records if record.item.kind == "item"]
    used: set[int] = set()
    pairs: list[tuple[LabelledItem, Record | None, bool]] = []
    for labelled in gold.items:
        index = _nearest(items, labelled.start)
        found = index is not None and index not in used
        if index is not None and found:
            used.add(index)
        else:
            before = [i for i, record in enumerate(items) if record.offset <= labelled.start]
            index = before[-1] if before else None
        pairs.append((labelled, None if index is None else items[index], found))
    return pairs, len(items) - len(used)


def shaved(text: str, start: int, end: int, label: str) -> LabelSpan:
    """Return a span as it is compared: a final full stop is nobody's error."""
    return start, start + len(text[start:end].rstrip(".")), label


def _score_spans(result: Evaluation, gold: LabelledMinutes, records: Sequence[Record]) -> None:
    wanted, found = gold_spans(gold), found_spans(gold, records)
    for label, score in result.spans.items():
        want = {span for span in wanted if span[2] == label}
        have = {span for span in found if span[2] == label}
        score.add(len(want & have), len(have - want), len(want - have))


def _score_attendance(result: Evaluation, gold: LabelledMinutes, records: Sequence[Record]) -> None:
    want = {
        (key(each.name), each.status): (key(each.role), key(each.organisation))
        for each in gold.meeting.attendance
    }
    have = {
        (key(each.name), each.status): (key(each.role), key(each.organisation))
        for record in records
        for each in record.attendance
    }
    both = want.keys() & have.keys()
    full = sum(want[each] == have[each] for each in both)
    result.structure["attendance"].add(len(both), len(have) - len(both), len(want) - len(both))
    result.structure["attendance_full"].add(full, len(have) - full, len(want) - full)


def _score_items(result: Evaluation, gold: LabelledMinutes, records: Sequence[Record]) -> None:
    score = result.structure["items"]
    pairs, left = pair_items(gold, records)
    for labelled, record, found in pairs:
        for topic, counted in result.topics.items() if "topics" in gold.checked else ():
            have, want = bool(record and topic in record.topics), topic in labelled.topics
            counted.add(have and want, have and not want, want and not have)
        if "structure" in gold.checked:
            same = found and record is not None and key(record.item.number) == key(labelled.number)
            score.add(int(same), 0, int(not same))
            _score_statements(result, gold.text, labelled, record)
    if "structure" in gold.checked:
        score.add(0, left, 0)


def _nearest(items: Sequence[Record], start: int) -> int | None:
    near = [i for i, record in enumerate(items) if abs(record.offset - start) <= NEAR]
    return min(near, key=lambda i: abs(items[i].offset - start), default=None)


def _score_statements(
    result: Evaluation, text: str, labelled: LabelledItem, record: Record | None
) -> None:
    decisions = [(_words(each.text), _NOBODY) for each in record.decisions] if record else []
    wanted = [(_words(text[start:end]), _NOBODY) for start, end in labelled.decisions]
    _match(result.structure["decisions"], wanted, decisions)
    actions = [(_words(each.text), _last(each.owners)) for each in record.actions] if record else []
    wanted = [
        (_words(text[slice(*each.span)]) if each.span else frozenset(), _last(each.owners))
        for each in labelled.actions
    ]
    _match(result.structure["actions"], wanted, actions)


# Words, and the last names of owners.
_Statement = tuple[frozenset[str], frozenset[str]]
_NOBODY: frozenset[str] = frozenset()


def _match(score: Score, wanted: Sequence[_Statement], found: Sequence[_Statement]) -> None:
    """Pair statements greedily, each used once: by words, or by owner where no words are given."""
    free = list(found)
    for words, owners in wanted:
        if words:
            best = max(free, key=lambda each: _jaccard(words, each[0]), default=None)
            if best is not None and _jaccard(words, best[0]) < SAME:
                best = None
        else:
            best = next((each for each in free if owners & each[1]), None)
        score.add(best is not None, 0, best is None)
        if best is not None:
            free.remove(best)
    score.add(0, len(free), 0)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _words(text: str) -> frozenset[str]:
    return frozenset(key(text).split())


def _last(names: Iterable[str]) -> frozenset[str]:
    return frozenset(key(name).split()[-1] for name in names if key(name))


def key(text: str | None) -> str:
    """Return what is compared: lower case, letters and digits, single spaces; empty for None."""
    folded = unicodedata.normalize("NFKC", text or "").lower()
    return _NOT_WORD.sub(" ", folded).strip()
