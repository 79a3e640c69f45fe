"""One run at a time in an object store, whoever is killed, stopped or late."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

pytest.importorskip("upath", reason="needs addresses: pip install 'kcsp-nlp[s3]'")

from upath import UPath

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage import leases
from kcsp_nlp.storage.leases import Lease, leased
from kcsp_nlp.storage.listing import names_in
from kcsp_nlp.storage.objects import create, remove
from kcsp_nlp.storage.places import is_remote, parse_place

pytest_plugins = ["s3_server"]

# Of a holder that is dead: it is waited for to the end.
SHORT = 0.3
# Of one that lives, on a busy machine: watching ends as soon as it shows that.
LONG = 6.0


@pytest.fixture(autouse=True)
def lively(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "_BEATS", 30)


@pytest.fixture(params=["memory", "s3"])
def folder(request: pytest.FixtureRequest) -> UPath:
    if request.param == "memory":
        return at(f"memory://{uuid.uuid4().hex}/out.jsonl.run")
    return at(f"{request.getfixturevalue('s3')}/out.jsonl.run")


def at(address: str) -> UPath:
    place = parse_place(address)
    assert is_remote(place)
    return place


@pytest.fixture
def small() -> UPath:
    """A folder in memory, for what does not depend on the store."""
    return at(f"memory://{uuid.uuid4().hex}/out.jsonl.run")


def lock_of(folder: UPath) -> list[str]:
    return names_in(folder / "lock")


def claims_of(folder: UPath) -> list[str]:
    return [name for name in lock_of(folder) if name.isdecimal()]


def has_beaten(folder: UPath) -> bool:
    return any(name.endswith(".beat") for name in lock_of(folder))


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, folder: UPath) -> Iterator[Lease]:
    """Hold a folder as a process does that shows nothing any more."""
    with ExitStack() as held:
        with monkeypatch.context() as patched:
            patched.setattr(leases._Beating, "start", lambda self: None)
            lease = held.enter_context(leased(folder, seconds=SHORT))
        yield lease


def refused(folder: UPath, seconds: float = LONG) -> bool:
    try:
        with leased(folder, seconds=seconds):
            return False
    except KcspError as error:
        assert "another run is writing it" in str(error)  # noqa: PT017
        return True


def test_a_second_run_is_refused_while_the_first_lives(folder: UPath) -> None:
    with leased(folder, seconds=LONG) as lease:
        assert refused(folder)
        lease.check()
    assert lock_of(folder) == []
    assert not refused(folder)


def test_the_message_names_the_output(small: UPath) -> None:
    output = small.with_name("out.jsonl")
    with (
        leased(small, seconds=LONG),
        pytest.raises(KcspError) as caught,
        leased(small, output=output, seconds=LONG),
    ):
        pass
    assert str(caught.value).startswith(f"{output}: another run is writing it")


def test_it_is_given_back_after_an_error(small: UPath) -> None:
    with pytest.raises(ZeroDivisionError), leased(small, seconds=LONG):
        raise ZeroDivisionError
    assert lock_of(small) == []


def test_who_shows_nothing_for_a_lease_is_replaced(
    folder: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopped(monkeypatch, folder) as first:
        first.check()
        with leased(folder, seconds=SHORT) as second:
            second.check()
            assert claims_of(folder) == ["2"]
            with pytest.raises(KcspError, match="another one has taken over"):
                first.check()
        with pytest.raises(KcspError, match="another one has taken over"):
            first.check()
    assert lock_of(folder) == []


def test_a_late_beat_brings_nothing_back(folder: UPath, monkeypatch: pytest.MonkeyPatch) -> None:
    with stopped(monkeypatch, folder) as first:
        with leased(folder, seconds=SHORT):
            pass
        counter = first._claim.counter
        counter.fs.pipe_file(counter.path, b"9")
        with pytest.raises(KcspError, match="another one has taken over"):
            first.check()
        with leased(folder, seconds=LONG) as third:
            third.check()
            with pytest.raises(KcspError, match="another one has taken over"):
                first.check()


def test_who_ends_late_takes_nothing_from_another(
    small: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as later:
        with stopped(monkeypatch, small):
            with leased(small, seconds=SHORT):
                pass
            third = later.enter_context(leased(small, seconds=LONG))
            assert claims_of(small) == ["1"]  # the number of the first, which ends now
        third.check()
        assert refused(small)


def test_who_ends_while_it_is_watched_is_followed(
    folder: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = threading.Event()
    look = leases._look

    def tell(lock: UPath) -> object:
        seen = look(lock)
        watched.set()
        return seen

    def follow() -> list[str]:
        with leased(folder, seconds=LONG) as lease:
            lease.check()
            return claims_of(folder)

    with ThreadPoolExecutor(1) as thread:
        with stopped(monkeypatch, folder):
            monkeypatch.setattr(leases, "_look", tell)
            followed = thread.submit(follow)
            watched.wait()
        assert followed.result() == ["1"]


@pytest.mark.parametrize("is_free", [True, False], ids=["at first", "after a death"])
def test_of_several_one_holds(
    folder: UPath, monkeypatch: pytest.MonkeyPatch, is_free: bool
) -> None:
    barrier = threading.Barrier(4)
    refusals = threading.Semaphore(0)

    def run() -> bool:
        barrier.wait()
        try:
            with leased(folder, seconds=SHORT if not is_free else LONG) as lease:
                for _ in range(3):  # it holds until all the others were refused
                    refusals.acquire()
                lease.check()
                return True
        except KcspError:
            refusals.release()
            return False

    with ExitStack() as dead, ThreadPoolExecutor(4) as threads:
        if not is_free:
            dead.enter_context(stopped(monkeypatch, folder))
        held = [future.result() for future in [threads.submit(run) for _ in range(4)]]
    assert held.count(True) == 1
    assert lock_of(folder) == []


def test_a_claim_made_too_late_is_given_back(small: UPath, monkeypatch: pytest.MonkeyPatch) -> None:
    # It saw no claim, and before it made its own another came, watched, and claimed a higher one.
    def make_late(place: UPath, data: bytes) -> bool:
        monkeypatch.setattr(leases, "create", create)
        create(small / "lock" / "2", b"another")
        return create(place, data)

    monkeypatch.setattr(leases, "create", make_late)
    assert refused(small)
    assert claims_of(small) == ["2"]


def test_a_claim_whose_answer_was_lost_is_known(
    small: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "create", lambda place, data: create(place, data) and False)
    with leased(small, seconds=LONG) as lease:
        lease.check()


def test_a_store_that_writes_over_is_refused(small: UPath, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_over(place: UPath, data: bytes) -> bool:
        place.fs.pipe_file(place.path, data)
        return True

    monkeypatch.setattr(leases, "create", write_over)
    with pytest.raises(KcspError, match="does not refuse to write over"), leased(small):
        pass
    assert lock_of(small) == []


def test_a_removed_claim_is_noticed(small: UPath) -> None:
    with leased(small, seconds=LONG) as lease:
        remove(small / "lock" / "1")
        with pytest.raises(KcspError, match="another one has taken over"):
            lease.check()


@pytest.mark.parametrize("content", [b"", b"../../x", b"\xff" * 99], ids=["none", "path", "bytes"])
def test_a_claim_of_nobody_is_one_of_a_dead(small: UPath, content: bytes) -> None:
    create(small / "lock" / "7", content)
    create(small / "lock" / "README", b"")
    with leased(small, seconds=SHORT) as lease:
        lease.check()
        assert claims_of(small) == ["8"]
    assert lock_of(small) == ["README"]


def test_a_store_that_fails_now_and_then_costs_nothing(
    small: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = small.fs.pipe_file
    failed = threading.Event()

    def fail_once(path: str, data: bytes, **options: object) -> None:
        if path.endswith(".beat") and not failed.is_set():
            failed.set()
            raise ConnectionResetError
        send(path, data, **options)

    monkeypatch.setattr(small.fs, "pipe_file", fail_once)
    with leased(small, seconds=1.0):
        assert failed.wait(60)
        for _ in range(3000):
            if has_beaten(small):
                break
            time.sleep(0.01)
        assert has_beaten(small)


HOLD = """
import sys, time
from kcsp_nlp.storage.leases import leased
from kcsp_nlp.storage.places import parse_place
with leased(parse_place(sys.argv[1]), seconds=float(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_process_is_followed_and_a_living_one_is_not(s3: str) -> None:
    folder = at(f"{s3}/out.jsonl.run")
    command = [sys.executable, "-c", HOLD, str(folder), str(LONG)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        assert refused(folder)
        process.kill()
    assert claims_of(folder) == ["1"]
    with leased(folder, seconds=SHORT) as lease:
        lease.check()
        assert claims_of(folder) == ["2"]
    assert lock_of(folder) == []


def test_an_answer_that_does_not_come_holds_up_no_beat(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.asyn import sync

    folder = at(f"{s3}/out.jsonl.run")
    monkeypatch.setattr(leases, "_ANSWER", 0.2)
    asked = threading.Semaphore(0)
    ended = threading.Event()

    async def never() -> None:
        while not ended.is_set():
            await asyncio.sleep(0.05)

    def hang(path: str, _: bytes, *, timeout: float) -> None:
        asked.release()
        sync(folder.fs.loop, never, timeout=timeout)

    with leased(folder, seconds=LONG):
        monkeypatch.setattr(folder.fs, "pipe_file", hang)
        for _ in range(3):
            assert asked.acquire(timeout=60)
    ended.set()
