"""Who is who: linked people against people labelled by hand, and the figures that compare them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import CorpusError
from kcsp_nlp.evaluation.identity import (
    IdentityFigures,
    read_people,
    score_identity,
    score_linking,
)
from kcsp_nlp.labels.corpus import read_all
from kcsp_nlp.people.appearances import read_appearances
from kcsp_nlp.people.listing import list_people
from kcsp_nlp.people.relinking import relink
from kcsp_nlp.people.resolving import resolve
from kcsp_nlp.reading import read
from kcsp_nlp.record_lines import read as read_records
from kcsp_nlp.record_lines import write

ROOT = Path(__file__).parents[1]
MINUTES = ROOT.parent / "shared" / "minutes"
LABELLED = ROOT / "corpus" / "identity" / "people.jsonl"

Place = tuple[str, int, int]


def test_the_labelled_people_of_the_corpus_are_told_apart() -> None:
    labelled = list(read_people(LABELLED))
    figures = score_linking(read_all([ROOT / "corpus"]), labelled)
    assert sum(len(each.people) for each in labelled) >= 150
    assert figures.false_merges == 0, figures
    assert figures.f1 >= 0.99, figures


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"document": "nowhere"}], ids=str)
def test_people_of_another_text_are_refused(change: dict[str, str]) -> None:
    labelled = next(read_people(LABELLED)).model_copy(update=change)
    with pytest.raises(CorpusError, match=rf"{labelled.document}: not in the corpus as it was"):
        score_linking(read_all([ROOT / "corpus"]), [labelled])


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
