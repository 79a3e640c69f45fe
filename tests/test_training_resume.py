"""A training that is killed goes on where it was, and one that may stop early keeps its best."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.training import loop
from kcsp_nlp.training.checkpoint import FILE, Checkpoint
from kcsp_nlp.training.models import train_pipeline
from kcsp_nlp.training.pace import FULL, Pace, held_out

ROOT = Path(__file__).parents[1]
DOCUMENTS = list(corpus.read(ROOT / "corpus" / "p1-kent-and-south-east.jsonl"))


class Killed(BaseException):
    """What a test ends a training with: nothing catches it."""


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few labelled minutes."""
    path = tmp_path_factory.mktemp("corpus") / "own.jsonl"
    corpus.write(DOCUMENTS[:3], path)
    return path


def train(
    minutes: Path,
    folder: Path,
    log: Callable[[str], None],
    *,
    pace: Pace = FULL,
    interrupted: Path | None = None,
) -> None:
    train_pipeline(
        [minutes],
        folder,
        config=ROOT / "configs" / "pipeline.cfg",
        version="1",
        sha256="x",
        log=log,
        pace=pace,
        interrupted=interrupted,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def killed_at(step: int, said: list[str]) -> Callable[[str], None]:
    def log(line: str) -> None:
        said.append(line)
        if line.startswith(f"step {step} "):
            raise Killed

    return log


@pytest.mark.parametrize("patience", [0, 50], ids=["to the last step", "stopping early"])
def test_a_killed_training_gives_the_same_bytes(
    minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: int
) -> None:
    monkeypatch.setattr(loop, "run", partial(loop.run, every=2))
    # More steps than an epoch has: the reader's chance goes on too.
    pace = Pace(steps=5, every=3, patience=patience)
    train(minutes, tmp_path / "whole", lambda _: None, pace=pace)
    said: list[str] = []
    interrupted = tmp_path / ".model.training"
    killed = killed_at(3, said)
    with pytest.raises(Killed):
        train(minutes, tmp_path / "model", killed, pace=pace, interrupted=interrupted)
    assert not (tmp_path / "model").exists()
    train(minutes, tmp_path / "model", said.append, pace=pace, interrupted=interrupted)
    assert [line for line in said if "goes on" in line] == [
        "goes on from step 2 of a training that was interrupted"
    ]
    assert files(tmp_path / "model") == files(tmp_path / "whole")


def test_a_checkpoint_of_something_else_is_not_gone_on_from(minutes: Path, tmp_path: Path) -> None:
    said: list[str] = []
    kept = tmp_path / "kept"
    train(minutes, tmp_path / "one", said.append, pace=Pace(1, 1), interrupted=kept)
    assert Checkpoint.load(kept, "another training") is None
    train(minutes, tmp_path / "two", said.append, pace=Pace(2, 1), interrupted=kept)
    assert not any("goes on" in line for line in said)


@pytest.mark.parametrize("held", [b"", b"PK\x03\x04 cut", b"no archive", None])
def test_a_damaged_checkpoint_is_none(tmp_path: Path, held: bytes | None) -> None:
    if held is not None:
        (tmp_path / FILE).write_bytes(held)
    assert Checkpoint.load(tmp_path, "key") is None


def test_stopping_early_judges_by_bodies_that_are_not_learnt_from(
    minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.5, 0.7, 0.6, 0.6, 0.6, 0.9])
    monkeypatch.setattr(
        loop,
        "create_evaluation_callback",
        lambda *_: lambda: (next(scores), {"ents_f": 0.5}),
    )
    said: list[str] = []
    train(minutes, tmp_path / "model", said.append, pace=Pace(steps=9, every=1, patience=2))
    steps = [line.partition(" of")[0] for line in said if line.startswith("step")]
    assert steps == ["step 0", "step 1", "step 2", "step 3"]
    assert "what is held out" in said[0]
    assert said[-1] == "the state of step 1 did best on what is held out"


def body(name: str) -> LabelledMinutes:
    return DOCUMENTS[0].model_copy(update={"group": name})


def test_bodies_held_out_stay_so_when_others_are_added() -> None:
    bodies = [body(f"Parish {at}") for at in range(400)]
    some, more = held_out(bodies[:200]), held_out(bodies)
    assert some <= more
    assert 5 <= len(some) <= 25
    assert not more & {each.group for each in bodies[:200]} - some


def test_one_body_is_held_out_of_few_and_none_of_one() -> None:
    assert len(held_out([body("Ash"), body("Deal")])) == 1
    with pytest.raises(CorpusError, match="of one body"):
        held_out([body("Ash"), body("Ash")])
