"""Many documents: in order, each on its own, whatever becomes of a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Self

import pytest

from kcsp_nlp import batch
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.batch import Outcome, Setup, annotate_document, annotate_files, annotate_readings
from kcsp_nlp.errors import ModelError, ReadingError
from kcsp_nlp.reading import Document, read_bytes
from kcsp_nlp.records import Record


class FakeWorkers:
    """A pool that works where it is asked, and is broken by a poisonous document."""

    started = 0

    def __init__(self, number: int, poison: Sequence[str]) -> None:
        type(self).started += 1
        self.number = number
        self._poison = poison
        self._broken = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def shutdown(self, *, cancel_futures: bool) -> None:
        assert cancel_futures

    def submit(self, _: Callable[[Path], list[Outcome]], path: Path) -> Future[list[Outcome]]:
        future: Future[list[Outcome]] = Future()
        self._broken = self._broken or path.name in self._poison
        if self._broken:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result([Outcome(str(path))])
        return future


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of documents that kill the worker that annotates them."""
    names: list[str] = []
    monkeypatch.setattr(FakeWorkers, "started", 0)
    monkeypatch.setattr(batch, "_start_workers", lambda number, _: FakeWorkers(number, names))
    return names


PATHS = [Path(f"{name}.md") for name in "abcdefghijklmnopqrstuvwxyz"]


@pytest.mark.parametrize("killers", [[], ["a.md"], ["m.md"], ["z.md"], ["a.md", "b.md", "y.md"]])
def test_a_document_that_kills_its_worker_fails_alone(
    poison: list[str], killers: list[str]
) -> None:
    poison.extend(killers)
    outcomes = list(annotate_files(PATHS, Setup(), workers=2))
    assert [outcome.source for outcome in outcomes] == [str(path) for path in PATHS]
    assert [outcome.source for outcome in outcomes if outcome.failure] == killers
    for outcome in outcomes:
        if outcome.failure:
            assert outcome.failure.startswith(f"{outcome.source}: the process")


def test_workers_live_as_long_as_all_goes_well(poison: list[str]) -> None:
    assert poison == []
    assert len(list(annotate_files(PATHS, Setup(), workers=3))) == len(PATHS)
    assert FakeWorkers.started == 1


def test_a_missing_model_is_known_before_any_worker_starts(
    poison: list[str], tmp_path: Path
) -> None:
    assert poison == []
    with pytest.raises(ModelError, match="no model here"):
        list(annotate_files(PATHS, Setup(tmp_path), workers=2))
    assert FakeWorkers.started == 0


def test_no_documents_give_no_outcomes(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Annotator, "load", lambda _: annotator)
    assert list(annotate_files([], Setup())) == []


def test_outcomes_hold_records_or_a_failure(annotator: Annotator) -> None:
    document = read_bytes(b"Caf\xe9: \x8150 \xd5paid\xd5", "a.txt", ".txt")
    readings: list[Document | ReadingError] = [
        document,
        ReadingError("in/a.zip/b.txt: found nothing"),
    ]
    good, bad = annotate_readings(annotator, Path("in/a.zip"), readings)
    assert (bool(good.records), good.failure, good.warnings) == (True, None, document.warnings)
    assert (good.source, good.first) == (str(Path("in/a.txt")), True)
    failure = "in/a.zip/b.txt: found nothing"
    assert bad == Outcome(str(Path("in/a.zip")), failure=failure, first=False)


def test_a_bug_is_told_without_the_document(annotator: Annotator) -> None:
    class Broken(Annotator):
        def annotate(self, document: Document, *, explain: bool = False) -> list[Record]:
            raise ValueError("Mrs Wick asked for £40")

    broken = Broken(annotator.nlp, annotator.topics)
    outcome = annotate_document(broken, "a.txt", read_bytes(b"Item 1", "a.txt", ".txt"))
    assert outcome.failure is not None
    assert outcome.failure.startswith("a.txt: ValueError while annotating")
    assert "Wick" not in outcome.failure
