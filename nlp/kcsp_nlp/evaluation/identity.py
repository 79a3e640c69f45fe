"""How well mentions of people are resolved: B-cubed figures and false merges on labelled people.

B-cubed: A. Bagga and B. Baldwin, "Entity-based cross-document coreferencing using the vector space
model", 1998: precision and recall of every mention's cluster, averaged over mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.jsonl import read_models

Offsets = tuple[int, int]
_Place = TypeVar("_Place", bound=Hashable)


class LabelledPeople(BaseModel):
    """Who is who in one document, labelled by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(description="Identifier of the labelled document, or its file name.")
    sha256: str = Field(description="Of the document's text in UTF-8.")
    people: dict[str, tuple[Offsets, ...]] = Field(
        description="For each person the half-open offsets of all mentions, in code points."
    )
    unclear: tuple[Offsets, ...] = Field(
        description="Mentions of which a careful reader cannot tell whose they are; not scored."
    )


class IdentityFigures(NamedTuple):
    """B-cubed figures over mentions; 1.0 where there are none.

    Attributes:
        precision: How far those that were put together belong together.
        recall: How far those that belong together were put together.
        f1: Harmonic mean of both.
        false_merges: Pairs of labelled people that share an identifier.
        mentions: How many were scored.
        resolved: How many of them have an identifier.
    """

    precision: float
    recall: float
    f1: float
    false_merges: int
    mentions: int
    resolved: int


def read_people(path: Path) -> Iterator[LabelledPeople]:
    """Read labelled people, one document per line.

    Raises:
        CorpusError: the file cannot be opened or a line does not hold; the message names both.
    """
    expected = 'expected {"document", "sha256", "people", "unclear"}, as corpus/identity has it'
    return read_models(path, LabelledPeople, expected)


def score_identity(
    truth: Mapping[_Place, str], found: Mapping[_Place, str | None]
) -> IdentityFigures:
    """Compare who mentions were resolved to with who they are.

    Args:
        truth: The labelled person of each mention.
        found: The identifier of each mention; missing or None where there is none: such a
            mention stands alone.
    """
    clusters = {at: found.get(at) or ("alone", at) for at in truth}
    in_cluster = Counter(clusters.values())
    of_person = Counter(truth.values())
    both = Counter((clusters[at], person) for at, person in truth.items())
    people: dict[Hashable, set[str]] = defaultdict(set)
    for cluster, person in both:
        people[cluster].add(person)
    total = len(truth)
    precision = recall = 1.0
    if total:
        pairs = [(clusters[at], person) for at, person in truth.items()]
        precision = sum(both[pair] / in_cluster[pair[0]] for pair in pairs) / total
        recall = sum(both[pair] / of_person[pair[1]] for pair in pairs) / total
    return IdentityFigures(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall),
        false_merges=sum(len(held) * (len(held) - 1) // 2 for held in people.values()),
        mentions=total,
        resolved=sum(found.get(at) is not None for at in truth),
    )
