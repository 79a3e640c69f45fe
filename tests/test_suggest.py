"""What to label next: much in doubt, little to read, and not the same again."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.cli.suggest_table import print_suggestions
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledMeeting, LabelledMinutes
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.record_lines import read, write
from kcsp_nlp.records import SPANS, Item, Label, Meeting, Model, Record
from kcsp_nlp.suggesting.choosing import Aim, choose, find_candidates
from kcsp_nlp.suggesting.doubts import MISSED, Thresholds, doubt, untagged
from kcsp_nlp.suggesting.likeness import Looks
from kcsp_nlp.suggesting.suggestion import Suggestion

FILL = "the hedge by the lane was cut and nobody had anything to add about it at all on the night. "


def record(
    text: str,
    spans: Sequence[tuple[str, Label, float | None]] = (),
    *,
    document: str = "a",
    index: int = 0,
    **held: Any,
) -> Record:
    """A record with spans where their texts stand first."""
    return Record(
        id=f"{document}:{index}",
        meeting=Meeting(
            id=document, source=f"{document}.txt", sha256="", body=held.pop("body", None)
        ),
        item=Item(index=index, kind="item", number=str(index), title=None),
        offset=0,
        text=text,
        spans=tuple(
            SPANS[label](
                start=text.index(name),
                end=text.index(name) + len(name),
                text=name,
                score=score,
                source="model",
            )
            for name, label, score in spans
        ),
        model=Model(name="m", version="1"),
        **held,
    )


def ids(records: Sequence[Record], aim: Aim = "both", wanted: int = 9, **more: Any) -> list[str]:
    return [each.id for each in choose(find_candidates(records), aim=aim, wanted=wanted, **more)]


def test_doubts_are_expected_corrections() -> None:
    held = record(
        "Then Kent Police and Ada Ford met the Harbour Trust.",
        [("Kent Police", "ORG", 0.9), ("Ada Ford", "PERSON", 0.6)],
        scores={"funding": 0.4, "health": 0.9},
        topics=("health",),
    )
    found = doubt(held, {"funding": 0.45})
    assert found.spans == 2
    assert found.wrong == pytest.approx(0.5)
    assert found.weakest == (("PERSON", "Ada Ford", 0.6),)
    assert found.untagged == ("Harbour Trust",)
    assert found.in_spans == pytest.approx(0.5 + MISSED)
    assert found.topics == pytest.approx(0.4 + 0.1)
    assert found.close == (("funding", 0.4, 0.45),)


@pytest.mark.parametrize(
    ("text", "runs", "why"),
    [
        ("It went to Harbour Trust.", ["Harbour Trust"], "two words in a sentence"),
        ("It went to Friends of Ash Lane.", ["Friends of Ash Lane"], "joined by of"),
        ("They saw Mildred.", ["Mildred"], "one word in a sentence"),
        ("Money was short. Nobody came.", [], "starts of sentences"),
        ("**Apologies**\n- Noted", [], "starts of lines behind marks"),
        ("| Noted | Agreed |", [], "starts of cells"),
        ("in March on a Monday with Mrs Bird", ["Mrs Bird"], "months, days; not a name with Mrs"),
        ("at the AGM", [], "capitals alone: a common abbreviation more often than a name"),
        ("to Bird and to Bird", ["Bird"], "each spelling once"),
    ],
)
def test_untagged_runs(text: str, runs: list[str], why: str) -> None:
    assert list(untagged(record(text))) == runs, why


def test_thresholds_are_found_between_what_is_given_and_what_is_not() -> None:
    seen = Thresholds()
    for probability, topics in ((0.7, ("a",)), (0.5, ("a",)), (0.4, ()), (0.1, ())):
        seen.see(record(FILL, scores={"a": probability, "b": 0.1, "c": probability}, topics=topics))
    seen.see(record(FILL, scores={"c": 0.95}, topics=("c",)))
    assert seen.found() == {"a": pytest.approx(0.45)}, "b is never given, c leaves too much open"


def test_the_most_doubtful_for_its_length_comes_first() -> None:
    sure = record(f"Kent Police met. {FILL}", [("Kent Police", "ORG", 0.99)], document="sure")
    weak = record(f"Ash Forum sat. {FILL}", [("Ash Forum", "ORG", 0.4)], document="weak")
    long = record(f"Deal Forum sat. {FILL * 40}", [("Deal Forum", "ORG", 0.4)], document="long")
    assert ids([sure, long, weak], "spans", 1) == ["weak:0"]
    assert ids([sure, long, weak], "spans")[0] == "weak:0"


def test_topics_near_their_thresholds_come_first() -> None:
    plain = [
        record(f"{name} {FILL}", document=name, scores={"a": p}, topics=topics)
        for name, p, topics in (("sure", 0.99, ("a",)), ("near", 0.45, ()), ("none", 0.01, ()))
    ]
    assert ids(plain, "topics", 1) == ["near:0"]
    (first, *_) = choose(find_candidates(plain), aim="topics", wanted=1)
    assert "a at 0.45, given from about 0.50" in first.reasons


def test_what_is_like_what_was_chosen_or_labelled_is_worth_less() -> None:
    one = record(f"Ash Forum. {FILL}", [("Ash Forum", "ORG", 0.30)], document="one")
    same = record(f"Ash Forum! {FILL}", [("Ash Forum", "ORG", 0.31)], document="same")
    words = "a cheque from the lottery paid for paint, brushes and a ladder kept in some shed. "
    other = record(f"Deal Forum. {words}", [("Deal Forum", "ORG", 0.5)], document="other")
    assert ids([one, same, other], "spans", 2) == ["one:0", "other:0"]
    assert ids([one, other], "spans", 1, labelled=[Looks(FILL, None)]) == ["other:0"]


def test_one_document_does_not_dominate() -> None:
    words = ["cheque", "paint", "brush", "shed", "otter", "canal", "bridge", "meadow", "violin"]

    def held(document: str, word: str, score: float) -> Record:
        text = f"Ash Forum {word} {word} {word} and no more of it was said or heard on that night."
        return record(text, [("Ash Forum", "ORG", score)], document=document)

    doubtful = [held("one", word, 0.45) for word in words]
    others = [held(word, f"{word}s", 0.5) for word in words]
    taken = ids([*doubtful, *others], "spans", 6)
    assert taken[0] == "one:0"
    assert len(set(taken)) >= 5


def test_no_more_characters_than_asked_for_and_no_empty_items() -> None:
    records = [record(f"Ash Forum {FILL * at}", document=str(at)) for at in range(1, 9)]
    chosen = choose(find_candidates(records), aim="spans", wanted=9, characters=700)
    assert 0 < sum(each.characters for each in chosen) <= 700
    assert ids([record("5. Nothing")]) == []
    assert ids([]) == []


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(1, 6), st.integers(0, 3)),
        max_size=12,
    ),
    st.sampled_from(["spans", "topics", "both"]),
    st.integers(1, 15),
)
def test_suggestions_hold(held: list[tuple[float, float, int, int]], aim: Aim, wanted: int) -> None:
    records = [
        record(
            f"Ash Forum {FILL * times}",
            [("Ash Forum", "ORG", score)],
            document=str(document),
            index=at,
            scores={"a": probability},
        )
        for at, (score, probability, times, document) in enumerate(held)
    ]
    chosen = choose(find_candidates(records), aim=aim, wanted=wanted)
    assert len(chosen) == min(wanted, len(records)) == len({each.id for each in chosen})
    for each in chosen:
        assert each.reasons
        assert Suggestion.model_validate_json(each.model_dump_json(by_alias=True)) == each
    assert choose(find_candidates(records), aim=aim, wanted=wanted) == chosen


@pytest.fixture(scope="module")
def annotated(annotator: Annotator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of two invented meetings."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for name in ("Ash", "Deal"):
            text = (
                f"{name} Parish Council\nMinutes of 4 May 2021\n\n1. Apologies\nThe Clerk, Ada "
                f"Ford, had none from {name} Harbour Trust, and Cllr Moss sent his to the Chair."
                f"\n2. Grants\nThe {name} Players asked for £400 towards new lights for the hall "
                "and were told to come back with accounts. Nobody from Lantern Works was there.\n"
            )
            write(annotator.annotate(read_bytes(text.encode(), f"{name}.txt", ".txt")), stream)
    return path


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["suggest", *map(str, arguments)])


def test_the_command_writes_lines_and_the_records_unchanged(
    annotated: Path, tmp_path: Path
) -> None:
    chosen = tmp_path / "chosen.jsonl"
    done = run(annotated, "-n", 2, "--records", chosen)
    assert done.exit_code == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 2
    assert "2 of " in done.stderr
    whole = annotated.read_text(encoding="utf-8").splitlines()
    kept = chosen.read_text(encoding="utf-8").splitlines()
    assert [line for line in whole if line in kept] == kept, "as they stand, in their order"
    assert {each.id for each in read(chosen)} == {line["id"] for line in lines}
    assert all(line["reasons"] for line in lines)


def test_the_same_records_give_the_same_suggestions(annotated: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for output in outputs:
        assert run(annotated, "-q", "-o", output).exit_code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_labelled_items_are_not_suggested(annotated: Path, tmp_path: Path) -> None:
    first = list(read(annotated))[1]
    labelled = LabelledMinutes(
        id="l",
        group="Ash",
        format="txt",
        text=first.text,
        spans=(),
        meeting=LabelledMeeting(),
        items=(),
    )
    corpus.write([labelled], tmp_path / "l.jsonl")
    done = run(annotated, annotated, "--labelled", tmp_path / "l.jsonl")
    assert first.id not in done.stdout
    assert "labelled already" in done.stderr
    assert "stand twice" in done.stderr


@pytest.mark.parametrize("option", ["-o", "--records"])
def test_what_is_read_is_not_overwritten(annotated: Path, option: str) -> None:
    before = annotated.read_bytes()
    assert run(annotated, option, annotated).exit_code == 2
    assert annotated.read_bytes() == before


def test_what_is_no_record_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    done = run(path, "-o", tmp_path / "out.jsonl")
    assert done.exit_code == 1
    assert "r.jsonl, line 1" in str(done.exception)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_terminal_gets_a_table(annotated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    chosen = choose(find_candidates(list(read(annotated))), aim="both", wanted=2)
    monkeypatch.setenv("COLUMNS", "120")
    print_suggestions(chosen, stream)
    assert "why" in stream.getvalue()
    assert chosen[0].id in stream.getvalue()
