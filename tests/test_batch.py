"""Many documents: in order, each on its own, whatever becomes of a process."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.facts import FileFacts
from kcsp_nlp.batch.messages import Ask, Begun
from kcsp_nlp.batch.outcomes import Outcome, annotate_document, annotate_readings
from kcsp_nlp.batch.planning import plan
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.task import Task
from kcsp_nlp.errors import KcspError, ReadingError
from kcsp_nlp.reading import Document, Limits, read_bytes
from kcsp_nlp.records import Record
from trying_annotator import TryingSetup

pytestmark = pytest.mark.alone  # limits of time and memory: not beside other tests

LIMITS = Limits(seconds=1.5, memory_megabytes=150)


def write_files(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def annotated(
    paths: list[Path], workers: int = 2, setup: TryingSetup | None = None
) -> list[tuple[FileFacts, bytes]]:
    results = []
    with Crew(setup or TryingSetup(LIMITS), workers=workers) as crew:
        for task in annotate_in_order(map(Ask, paths), crew):
            results.append((task.facts, b"".join(task.lines())))
            task.close()
    return results


def kinds(results: list[tuple[FileFacts, bytes]]) -> dict[str, str]:
    """Return what failed, and why."""
    return {
        Path(document.source).name: document.failure.kind
        for facts, _ in results
        for document in facts.documents
        if document.failure
    }


def test_what_happens_to_one_document_happens_to_no_other(tmp_path: Path) -> None:
    texts = {f"{letter}.md": f"Item {letter}\n" * 3 for letter in "abcdefghijklmnop"}
    bad = {"b.md": "abort", "c.md": "hang", "d.md": "eat", "k.md": "leave", "p.md": "raise"}
    results = annotated(write_files(tmp_path, texts | bad))
    assert [Path(facts.name).name for facts, _ in results] == list(texts)
    assert kinds(results) == {
        "b.md": "crash",
        "c.md": "time",
        "d.md": "memory",
        "k.md": "crash",
        "p.md": "annotating",
    }
    for facts, lines in results:
        assert lines.count(b"\n") == (0 if facts.has_failed else 3)
        for document in facts.documents:
            if document.failure:
                assert document.failure.reason.startswith(f"{facts.name}: ")
                assert "expected" in document.failure.reason
                assert "the text of" not in document.failure.reason.partition("expected")[0]


def test_one_process_and_several_give_the_same(tmp_path: Path) -> None:
    paths = write_files(tmp_path, {f"{number}.md": f"rest 0.0{number}\nx\n" for number in range(9)})
    alone = annotated(paths, workers=0)
    assert annotated(paths, workers=1) == annotated(paths, workers=3) == alone


def test_what_fails_once_is_tried_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    paths = write_files(tmp_path, {"a.md": "Item\n", "b.md": f"once {mark}\n", "c.md": "Item\n"})
    results = annotated(paths)
    assert mark.exists()
    assert kinds(results) == {}
    assert all(lines for _, lines in results)


def test_a_member_that_kills_fails_alone_in_its_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    said = tmp_path / "said"
    members = {"1.txt": f"say {said}", "2.txt": "abort", "3.txt": "Item", "4.txt": "abort"}
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    [(facts, lines)] = annotated([path])
    assert [Path(each.source).name for each in facts.documents] == list(members)
    assert kinds([(facts, lines)]) == {"2.txt": "crash", "4.txt": "crash"}
    assert lines.count(b"\n") == 2
    assert said.read_text(encoding="utf-8").count("\n") == 1, "what is answered is not done again"


def test_an_archive_of_killers_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    task = Task(path)
    stops = 0
    while not task.is_done:
        task.take(Begun(f"{path}/{stops}", 5))
        task.stop("crash", "found a killer")
        stops += 1
    assert stops == 20
    task.close()
    assert len(task.facts.documents) == 11
    last = task.facts.documents[-1].failure
    assert last is not None
    assert "those behind them were not annotated" in last.reason


def test_what_stands_between_files_is_passed_on_in_its_place(tmp_path: Path) -> None:
    first, last = write_files(tmp_path, {"a.md": "rest 0.3\n", "z.md": "Item\n"})
    items: Iterator[Ask | int] = iter([1, Ask(first), 2, Ask(last), 3])
    with Crew(TryingSetup(), workers=2) as crew:
        found = list(annotate_in_order(items, crew))
    tasks = [each for each in found if isinstance(each, Task)]
    for task in tasks:
        task.close()
    assert [each.place if isinstance(each, Task) else each for each in found] == [
        *(1, first, 2, last, 3)
    ]


def test_processes_that_cannot_start_are_an_error(tmp_path: Path) -> None:
    paths = write_files(tmp_path, {"a.md": "Item\n"})
    with pytest.raises(KcspError, match="ended before the model was loaded"):
        annotated(paths, setup=TryingSetup(start="die"))


def test_a_worn_process_gives_way_to_a_new_one(tmp_path: Path) -> None:
    said = tmp_path / "said"
    texts = {"a.md": f"say {said}\n", "b.md": f"say {said}\n", "c.md": "wear\n"}
    results = annotated(write_files(tmp_path, texts | {"d.md": f"say {said}\n"}), workers=1)
    assert [lines.count(b"\n") for _, lines in results] == [1, 1, 1, 1]
    first, second, third = said.read_text(encoding="utf-8").split()
    assert first == second != third


def test_nothing_to_do_starts_nothing() -> None:
    assert annotated([], setup=TryingSetup(start="die")) == []


def test_processes_end_with_whoever_asked(tmp_path: Path) -> None:
    said = tmp_path / "said"
    paths = write_files(tmp_path, {"a.md": f"say {said}\n", "b.md": "hang\n", "c.md": "Item\n"})
    with Crew(TryingSetup(), workers=1) as crew:
        results = annotate_in_order(map(Ask, paths), crew)
        next(results).close()
        results.close()  # over the second file
        with pytest.raises(ProcessLookupError):
            os.kill(int(said.read_text(encoding="utf-8")), 0)


def test_processes_stay_for_the_next_files(tmp_path: Path) -> None:
    said = tmp_path / "said"
    paths = write_files(tmp_path, {f"{letter}.md": f"say {said}\n" for letter in "abc"})
    with Crew(TryingSetup(), workers=1) as crew:
        for path in paths:
            for task in annotate_in_order(iter([Ask(path)]), crew):
                task.close()
        [process] = set(said.read_text(encoding="utf-8").split())
        os.kill(int(process), 0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


@pytest.mark.parametrize("workers", [0, 1])
def test_processes_keep_to_one_thread(tmp_path: Path, workers: int) -> None:
    said = tmp_path / "said"
    paths = write_files(tmp_path, {"a.md": f"threads {said}\n"})
    annotated(paths, workers, TryingSetup(start="numpy"))
    assert said.read_text(encoding="utf-8") == "1"


# Planning.


def test_shards_hold_every_file_once_in_order() -> None:
    paths = [Path(f"minutes/{number}.md") for number in range(3_000)]
    shards = list(plan(paths))
    assert [path for shard in shards for path in shard.places] == paths
    assert all(1 <= len(shard.places) <= 128 for shard in shards)
    assert len({shard.key for shard in shards}) == len(shards)
    assert 50 < len(shards) < 200
    assert list(plan([])) == []


@pytest.mark.parametrize("at", [0, 700, 1_499])
def test_a_file_that_comes_changes_few_shards(at: int) -> None:
    paths = [Path(f"minutes/{number}.md") for number in range(1_500)]
    before = {shard.key for shard in plan(paths)}
    after = {shard.key for shard in plan([*paths[:at], Path("minutes/new.md"), *paths[at:]])}
    assert len(after - before) <= 3


# One document.


def test_outcomes_hold_records_or_a_failure(annotator: Annotator) -> None:
    document = read_bytes(b"Caf\xe9: \x8150 \xd5paid\xd5", "a.txt", ".txt")
    readings: list[Document | ReadingError] = [
        document,
        ReadingError("in/a.zip/b.txt: found nothing"),
    ]
    good, bad = annotate_readings(annotator, Path("in/a.zip"), readings)
    assert (bool(good.records), good.failure, good.warnings) == (True, None, document.warnings)
    assert (good.source, good.first) == (str(Path("in/a.txt")), True)
    assert good.lines.count(b"\n") == len(good.records) == good.facts.records
    failure = "in/a.zip/b.txt: found nothing"
    assert bad == Outcome(str(Path("in/a.zip")), failure=failure, first=False)
    assert bad.facts.failure is not None
    assert (bad.facts.failure.kind, bad.lines) == ("reading", b"")


def test_a_bug_is_told_without_the_document(annotator: Annotator) -> None:
    class Broken(Annotator):
        def annotate(self, document: Document, *, explain: bool = False) -> list[Record]:
            raise ValueError("Mrs Wick asked for £40")

    broken = Broken(annotator.nlp, annotator.topics)
    outcome = annotate_document(broken, "a.txt", read_bytes(b"Item 1", "a.txt", ".txt"))
    assert outcome.failure is not None
    assert outcome.failure.startswith("a.txt: ValueError while annotating")
    assert "Wick" not in outcome.failure
