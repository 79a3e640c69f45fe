"""A model folder is replaced as a whole: killed at any moment, read at any moment, two at once."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from operator import ne
from pathlib import Path

import pytest

from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.locking import LockHeldError, locked
from kcsp_nlp.pipeline.loading import model_folder, read_whole
from kcsp_nlp.versions.facts import model_sha256, read_facts
from kcsp_nlp.versions.history import append, read_history
from kcsp_nlp.versions.placing import Place, find_kept
from promotion_kills import entry_for, make_model, read_model, replace

SCRIPT = Path(__file__).with_name("promotion_kills.py")


@pytest.fixture
def models(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A place that holds model one, and models one and other."""
    one = make_model(tmp_path / "one", "one")
    other = make_model(tmp_path / "other", "other")
    over = tmp_path / "place" / "m"
    replace(over, one)
    return over, one, other


@contextmanager
def looping(*places: Path) -> Iterator[None]:
    """Have another process replace the model again and again; it is killed at the end."""
    arguments = [sys.executable, str(SCRIPT), "loop", *map(str, places)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert b"ready" in process.stdout.readline()
            yield
        finally:
            process.kill()


def test_the_old_model_is_kept_and_the_history_says_so(models: tuple[Path, Path, Path]) -> None:
    over, one, other = models
    replace(over, other)
    assert read_model(over) == "other"
    assert other.exists(), "the new one is copied"
    (kept,) = Place(over).kept()
    assert model_sha256(kept) == model_sha256(one)
    history = read_history(Place(over).history)
    assert [(entry.model.name, entry.replaced and entry.replaced.name) for entry in history] == [
        ("one", None),
        ("other", "one"),
    ]
    assert sorted(path.name for path in over.parent.iterdir()) == [
        "m",
        "m.history",
        "m.history.jsonl",
    ]
    assert (over.parent / "m.history" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_as_many_are_kept_as_are_asked_for(tmp_path: Path) -> None:
    over = tmp_path / "m"
    for number in range(5):
        source = make_model(tmp_path / f"model {number}", f"model {number}")
        place = Place(over)
        with place.hold():
            place.replace(source, entry_for(place, source), keep=2)
    assert [read_model(path) for path in Place(over).kept()] == ["model 3", "model 2"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here; the random kills run anywhere")
def test_a_kill_at_any_operation_leaves_one_of_both(models: tuple[Path, Path, Path]) -> None:
    arguments = [sys.executable, str(SCRIPT), "moments", *map(str, models)]
    done = subprocess.run(arguments, stdout=subprocess.PIPE, timeout=300, check=True)
    states = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(states) > 50, "every operation on files was a moment to die"
    for state in states:
        assert state["seen"] in {"one", "other"}
        assert state["after"] == state["seen"], "the next start changes nobody's mind"
        assert state["last"] == state["after"], "the history is right"
        assert state["parts"] == [], "nothing half-written is left"
        assert [name for name in state["beside"] if len(name) != 16] == [".gitignore", "lock"]
    changed = sum(state["before"] != state["after"] for state in states)
    assert 0 < changed < len(states), "some kills came before the change and some after"
    assert states[-1]["lines"] == 1 + changed, "each change has one line"


def test_random_kills_leave_one_of_both(models: tuple[Path, Path, Path]) -> None:
    over, one, other = models
    chance = random.Random(0)
    for _ in range(12):
        with looping(over, one, other):
            time.sleep(chance.uniform(0, 0.15))
        assert read_whole(over, read_model) in {"one", "other"}
    replace(over, one if read_whole(over, read_model) == "other" else other)


def test_readers_get_one_of_both(models: tuple[Path, Path, Path]) -> None:
    over, one, other = models
    seen: list[str] = []
    with looping(over, one, other):
        while sum(map(ne, seen, seen[1:])) < 8 and len(seen) < 100_000:
            seen.append(read_whole(over, read_model))
    assert set(seen) == {"one", "other"}


def test_two_at_once_replace_in_turn(models: tuple[Path, Path, Path]) -> None:
    """Each refuses where the other was quicker; nothing else goes wrong."""
    over, one, other = models
    failures: list[str] = []

    def work(source: Path) -> None:
        for _ in range(15):
            place = Place(over)
            with place.hold():
                entry = entry_for(place, source)
            try:
                with place.hold():
                    place.replace(source, entry, keep=1)
            except ModelError as error:
                failures.append(str(error))

    # A lock is held by an open file, so that threads exclude each other as processes do.
    third = make_model(over.parents[1] / "third", "third")
    threads = [threading.Thread(target=work, args=(source,)) for source in (other, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = read_history(Place(over).history)
    assert len(history) == 1 + 30 - len(failures)
    for before, after in pairwise(history):
        assert after.replaced == before.model, "nobody replaced what it had not seen"
    assert all("replaced meanwhile" in failure for failure in failures)
    assert read_model(over) == history[-1].model.name
    assert one.exists()


def test_a_model_that_changes_while_it_is_moved_in_is_refused(
    models: tuple[Path, Path, Path],
) -> None:
    over, _, other = models
    place = Place(over)
    entry = entry_for(place, other)
    (other / "ner" / "model").write_text("trained again", encoding="utf-8")
    with pytest.raises(ModelError, match="changed meanwhile"), place.hold():
        place.replace(other, entry, keep=1)
    assert read_model(over) == "one"
    assert len(read_history(place.history)) == 1


def test_a_dead_holder_gives_the_lock_back(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from kcsp_nlp.locking import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(600)"
    )
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            with pytest.raises(KcspError, match="held by another"), locked(lock, patience=0.1):
                pass
        finally:
            process.kill()
    with locked(lock, patience=5):
        assert lock.exists()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        pytest.param(errno.EWOULDBLOCK, LockHeldError, id="held"),
        pytest.param(errno.EACCES, LockHeldError, id="held, as Windows says it"),
        pytest.param(errno.ENOSYS, KcspError, id="no such call"),
        pytest.param(errno.ENOTSUP, KcspError, id="not of this file system"),
        pytest.param(errno.ENOLCK, KcspError, id="a server without locks"),
    ],
)
def test_a_file_system_without_locks_is_not_a_lock_that_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[KcspError]
) -> None:
    def refuse(_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("kcsp_nlp.locking._take", refuse)
    patience = 0 if kind is LockHeldError else 600
    with pytest.raises(KcspError) as raised, locked(tmp_path / "lock", patience=patience):
        pass
    assert raised.type is kind
    assert ("without locks" in str(raised.value)) is (kind is KcspError)


@pytest.fixture
def unwritable(models: tuple[Path, Path, Path]) -> Path:
    """A place that nothing can be written to."""
    over = models[0]
    held = over.parent / "m.history"
    held.rename(over.parent / "elsewhere")
    held.write_text("in the way", encoding="utf-8")
    return over


def test_a_place_that_cannot_be_written_to_is_an_error(unwritable: Path) -> None:
    with pytest.raises(KcspError, match="cannot be replaced"), Place(unwritable).hold():
        pass


def test_a_folder_between_two_models_is_found(models: tuple[Path, Path, Path]) -> None:
    over, _, other = models
    gone = over.parent / "m.history"
    over.rename(gone / "0123456789abcdef")
    other.rename(gone / "next")
    assert read_model(model_folder(over)) == "other"
    with Place(over).hold():
        pass
    assert read_model(over) == "other", "even where the line for the history is lost"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("aaaa", "aaaa000000000000"),
        ("AAAA0000", "aaaa000000000000"),  # as some tools print digests
        ("aaaa000000000000ffffffff", "aaaa000000000000"),  # the whole digest
        ("bbbb", None),  # two begin so
        ("aaa", None),  # too short to be meant
        ("cccc", None),
    ],
)
def test_older_models_are_found_by_first_digits(given: str, found: str | None) -> None:
    names = ("aaaa000000000000", "bbbb000000000000", "bbbb111111111111")
    kept = [Path("h") / name for name in names]
    if found:
        assert find_kept(kept, given) == Path("h") / found
    else:
        with pytest.raises(ModelError, match="expected one; kept here: aaaa000000000000"):
            find_kept(kept, given)


def test_lines_of_a_history_are_never_changed(models: tuple[Path, Path, Path]) -> None:
    over, _, other = models
    history = Place(over).history
    mine = history.read_bytes().replace(b'"by":"0"', b'"by": "0"').rstrip(b"\n")
    history.write_bytes(mine)
    entry = entry_for(Place(over), other)
    append(history, entry)
    assert history.read_bytes() == mine + b"\n" + entry.to_line()
    append(history, entry)
    assert history.read_bytes() == mine + b"\n" + entry.to_line(), "not twice"
    history.write_bytes(mine + b"\nnot json\n")
    with pytest.raises(KcspError, match=r"m\.history\.jsonl, line 2"):
        read_history(history)


def test_digests_are_of_names_and_contents(tmp_path: Path) -> None:
    one, other = make_model(tmp_path / "a", "one"), make_model(tmp_path / "b", "one")
    assert model_sha256(one) == model_sha256(other)
    (other / "topics" / "model.skops").rename(other / "topics" / "x")
    assert model_sha256(one) != model_sha256(other)
    (other / "meta.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="not a whole model"):
        read_facts(other)
