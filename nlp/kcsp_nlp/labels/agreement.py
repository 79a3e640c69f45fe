"""How far annotators of the same tasks agree, and where they do not.

Spans: F1 of exact start, end and label, one annotator against the other; it is the same whichever
way round. Topics: F1 as well, and Cohen's kappa over the tasks that both have labelled. With more
than two annotators every pair counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kcsp_nlp.labels.tasks import LabelSpan, Meta


@dataclass(frozen=True)
class Version:
    """One annotator's version of one task, verified.

    Attributes:
        file: The export.
        place: Where in the file.
        meta: Whose text it is.
        text: The text.
        spans: In order.
        topics: In order of the taxonomy.
        annotator: Who; where the export does not say, the name of the file.
        checked: What was vouched for.
    """

    file: str
    place: str
    meta: Meta
    text: str
    spans: tuple[LabelSpan, ...]
    topics: tuple[str, ...]
    annotator: str
    checked: tuple[str, ...]

    def says(self) -> tuple[object, ...]:
        """Return what is compared: two versions that say the same are one."""
        return self.text, self.spans, self.topics, self.checked


@dataclass
class Shared:
    """Counts over pairs of versions: what both have, and what only one has.

    Attributes:
        both: Marked by both.
        one: Marked by the first of the pair alone.
        other: Marked by the second alone.
        neither: Tasks that neither gave the topic; 0 for labels.
    """

    both: int = 0
    one: int = 0
    other: int = 0
    neither: int = 0

    @property
    def f1(self) -> float | None:
        """Share of agreement in what was marked; None where nothing was."""
        marked = 2 * self.both + self.one + self.other
        return 2 * self.both / marked if marked else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, for topics; None where chance alone would agree always."""
        total = self.both + self.one + self.other + self.neither
        if not total:
            return None
        yes = (self.both + self.one) * (self.both + self.other)
        no = (self.neither + self.one) * (self.neither + self.other)
        chance = (yes + no) / total**2
        seen = (self.both + self.neither) / total
        return (seen - chance) / (1 - chance) if chance < 1 else None


@dataclass
class Agreement:
    """Agreement over all tasks that were labelled more than once.

    Attributes:
        tasks: How many there are.
        annotators: Who labelled them, by name.
        labels: Per label.
        topics: Per topic.
        disagreements: What only one of a pair has, as JSON objects without words of the text.
    """

    tasks: int = 0
    annotators: tuple[str, ...] = ()
    labels: dict[str, Shared] = field(default_factory=lambda: defaultdict(Shared))
    topics: dict[str, Shared] = field(default_factory=lambda: defaultdict(Shared))
    disagreements: list[dict[str, Any]] = field(default_factory=list)


def measure_agreement(
    versions: Mapping[str, Sequence[Version]], topics: Iterable[str]
) -> Agreement:
    """Compare the versions of tasks that were labelled more than once.

    Args:
        versions: Per task, in the order in which they were read; of one annotator's versions of a
            task the last is compared.
        topics: Those of the taxonomy.
    """
    held = tuple(topics)
    result = Agreement()
    names: set[str] = set()
    for found in versions.values():
        latest = {version.annotator: version for version in found}
        if len(latest) < 2:  # noqa: PLR2004 -- it takes two to agree
            continue
        result.tasks += 1
        names |= latest.keys()
        for one, other in combinations([latest[name] for name in sorted(latest)], 2):
            _compare(result, one, other, held)
    result.annotators = tuple(sorted(names))
    return result


def _compare(result: Agreement, one: Version, other: Version, topics: Sequence[str]) -> None:
    between = {"task": one.meta.id, "annotators": [one.annotator, other.annotator]}
    if one.text != other.text:
        result.disagreements.append({**between, "kind": "text"})
        return
    if "spans" in one.checked and "spans" in other.checked:
        _compare_spans(result, one, other, between)
    if "topics" in one.checked and "topics" in other.checked:
        for topic in topics:
            _compare_topic(result, topic, (one, other), between)


def _compare_spans(
    result: Agreement, one: Version, other: Version, between: Mapping[str, object]
) -> None:
    mine, yours = set(one.spans), set(other.spans)
    for _, _, label in mine & yours:
        result.labels[label].both += 1
    for span in sorted(mine ^ yours):
        start, end, label = span
        shared, only = result.labels[label], one if span in mine else other
        shared.one += span in mine
        shared.other += span in yours
        result.disagreements.append(
            {
                **between,
                "kind": "span",
                "label": label,
                "start": start,
                "end": end,
                "only": only.annotator,
            }
        )


def _compare_topic(
    result: Agreement, topic: str, pair: tuple[Version, Version], between: Mapping[str, object]
) -> None:
    mine, yours = topic in pair[0].topics, topic in pair[1].topics
    shared = result.topics[topic]
    shared.both += mine and yours
    shared.one += mine and not yours
    shared.other += yours and not mine
    shared.neither += not mine and not yours
    if mine != yours:
        only = pair[0] if mine else pair[1]
        result.disagreements.append(
            {**between, "kind": "topic", "topic": topic, "only": only.annotator}
        )
