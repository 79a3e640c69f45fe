"""Who is who: linked people against people labelled by hand, and the figures that compare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import CorpusError
from kcsp_nlp.evaluation.identity import (
    IdentityFigures,
    LabelledPeople,
    read_people,
    score_identity,
)
from kcsp_nlp.labels.corpus import read_all
from kcsp_nlp.linking.people.identifying import identify_people
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.people.appearances import read_appearances
from kcsp_nlp.people.listing import list_people
from kcsp_nlp.people.relinking import relink
from kcsp_nlp.people.resolving import resolve
from kcsp_nlp.reading import read
from kcsp_nlp.records import OrgSpan, PersonSpan, RoleSpan, Span, write
from kcsp_nlp.records import read as read_records

ROOT = Path(__file__).parents[1]
MINUTES = ROOT.parent / "shared" / "minutes"
LABELLED = ROOT / "corpus" / "identity" / "people.jsonl"
SPANS: dict[str, type[Span]] = {"PERSON": PersonSpan, "ROLE": RoleSpan, "ORG": OrgSpan}

Place = tuple[str, int, int]


def mentions(labelled: LabelledPeople) -> Iterator[tuple[Place, str]]:
    """Yield each labelled mention with its person, unique over documents."""
    for person, places in labelled.people.items():
        for start, end in places:
            yield (labelled.document, start, end), f"{labelled.document} {person}"


def linked(document: str, text: str, held: Mapping[tuple[int, int], str]) -> dict[Place, str]:
    """Return the identifier of every place of a document that has one."""
    spans = [
        SPANS[label](start=start, end=end, text=text[start:end])
        for (start, end), label in sorted(held.items())
        if label in SPANS
    ]
    people = identify_people(text, parse(text), spans, scope=document)
    return {(document, *place): person.id for place, person in people.by_place.items()}


def test_the_labelled_people_of_the_corpus_are_told_apart() -> None:
    documents = {each.id: each for each in read_all([ROOT / "corpus"])}
    truth: dict[Place, str] = {}
    found: dict[Place, str | None] = {}
    for labelled in read_people(LABELLED):
        document = documents[labelled.document]
        assert sha256(document.text.encode()).hexdigest() == labelled.sha256, labelled.document
        held = {(start, end): label for start, end, label in document.spans}
        truth.update(mentions(labelled))
        found.update(linked(labelled.document, document.text, held))
    figures = score_identity(truth, found)
    assert len(set(truth.values())) >= 150
    assert figures.false_merges == 0, figures
    assert figures.f1 >= 0.99, figures


@pytest.mark.skipif(
    not MINUTES.is_dir(),
    reason=f"{MINUTES} is not here: the real minutes are no part of this project",
)
def test_the_people_of_two_real_meetings_are_told_apart(
    annotator: Annotator, tmp_path: Path
) -> None:
    path = tmp_path / "records.jsonl"
    truth: dict[Place, str] = {}
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for labelled in read_people(LABELLED.with_name("kent.jsonl")):
            write(annotator.annotate(read(MINUTES / labelled.document)), stream)
            for person, places in labelled.people.items():
                truth.update({(labelled.document, *place): person for place in places})
    reading = read_appearances([path])
    final = list_people(resolve(reading.appearances), {}, []).final
    relinked = tmp_path / "linked.jsonl"
    relinked.write_text("".join(relink([path], final)), encoding="utf-8", newline="\n")
    found: dict[Place, str | None] = {}
    for record in read_records(relinked):
        for span in record.spans:
            if span.label == "PERSON":
                place = (record.offset + span.start, record.offset + span.end)
                found[record.meeting.source, *place] = span.id
    tagged = {place: person for place, person in truth.items() if place in found}
    assert len(tagged) >= 0.9 * len(truth)
    figures = score_identity(tagged, found)
    assert figures.false_merges == 0, figures
    assert figures.f1 >= 0.99, figures


@pytest.mark.parametrize(
    ("truth", "found", "precision", "recall", "merges"),
    [
        ("aab", "xxy", 1, 1, 0),
        ("aab", "xxx", 5 / 9, 1, 1),
        ("aab", "xyz", 1, 2 / 3, 0),
        ("aab", "x-y", 1, 2 / 3, 0),
        ("ab", "--", 1, 1, 0),
        ("abc", "xxx", 1 / 3, 1, 3),
        ("", "", 1, 1, 0),
    ],
    ids=["right", "all one", "nothing joined", "one without identifier", "nobody resolved",
         "three taken for one", "no mentions"],
)  # fmt: skip
def test_b_cubed(truth: str, found: str, precision: float, recall: float, merges: int) -> None:
    figures = score_identity(
        dict(enumerate(truth)),
        {at: None if each == "-" else each for at, each in enumerate(found)},
    )
    assert isinstance(figures, IdentityFigures)
    assert figures.precision == pytest.approx(precision)
    assert figures.recall == pytest.approx(recall)
    assert figures.false_merges == merges
    assert figures.mentions == len(truth)


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"document": "a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"people\.jsonl, line 1: .*expected"):
        list(read_people(path))
