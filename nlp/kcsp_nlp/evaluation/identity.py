"""How well mentions of people are resolved: B-cubed figures and false merges on labelled people.

    python -m kcsp_nlp.evaluation.identity CORPUS PEOPLE.jsonl

B-cubed: A. Bagga and B. Baldwin, "Entity-based cross-document coreferencing using the vector space
model", 1998: precision and recall of every mention's cluster, averaged over mentions.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.evaluation.provenance import text_sha256
from kcsp_nlp.jsonl import read_models
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.linking.people.identifying import identify_people
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.records import SPANS

Offsets = tuple[int, int]
_Mention = tuple[str, int, int]
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


def score_linking(
    documents: Iterable[LabelledMinutes], labelled: Iterable[LabelledPeople]
) -> IdentityFigures:
    """Resolve the labelled mentions of documents and score that.

    Args:
        documents: The corpus.
        labelled: Who is who in some of its documents.

    Raises:
        CorpusError: a document is not in the corpus, or is another text than was labelled.
    """
    known = {document.id: document for document in documents}
    truth: dict[_Mention, str] = {}
    found: dict[_Mention, str | None] = {}
    for people in labelled:
        document = known.get(people.document)
        if document is None or text_sha256(document.text) != people.sha256:
            raise CorpusError(
                f"{people.document}: not in the corpus as it was labelled; expected a document of "
                f"that id whose text has the sha256 {people.sha256}"
            )
        for person, places in people.people.items():
            truth.update({(people.document, *at): f"{people.document} {person}" for at in places})
        found.update(_linked(document))
    return score_identity(truth, found)


def _linked(document: LabelledMinutes) -> Iterator[tuple[_Mention, str]]:
    """Yield the identity of every labelled mention of a document that gets one."""
    spans = [
        SPANS[label](start=start, end=end, text=document.text[start:end])
        for start, end, label in document.spans
    ]
    people = identify_people(document.text, parse(document.text), spans, scope=document.id)
    for (start, end), person in people.by_place.items():
        yield (document.id, start, end), person.id


def main() -> None:
    """Print the figures of the linker."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path, help="labelled minutes")
    parser.add_argument("people", type=Path, help="who is who in some of them")
    given = parser.parse_args()
    try:
        figures = score_linking(read_all([given.corpus]), read_people(given.people))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    for name, value in figures._asdict().items():
        sys.stdout.write(f"{name:14}{round(value, 4):>8}\n")


if __name__ == "__main__":
    main()
