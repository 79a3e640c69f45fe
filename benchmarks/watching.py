"""A run of `kcsp-nlp annotate`, watched: the memory of its processes against documents done."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).parents[1]
# How often memory is looked at, in seconds.
_EVERY = 0.5
_MB = 1 << 20


class Sample(NamedTuple):
    """What the processes of a run held at one time.

    Attributes:
        at: Seconds since 1970.
        megabytes: Resident memory by name: `parent`, `worker 1`, `reader 1` (the process that reads
            for worker 1). A worker that takes the place of another has its name. What processes
            share is counted in each.
    """

    at: float
    megabytes: dict[str, float]


class Watched(NamedTuple):
    """A run that has ended.

    Attributes:
        code: Its exit code.
        samples: In order.
        progress: Seconds since 1970 and documents done by then, in order.
        seconds: From start to end.
        workers: How many were started.
    """

    code: int
    samples: list[Sample]
    progress: list[tuple[float, int]]
    seconds: float
    workers: int

    def done(self, at: float) -> float:
        """Return how many documents were done at a time, on a line between what the run said."""
        index = bisect_left(self.progress, (at, 0))
        if index == 0:
            return 0.0  # the models are being loaded
        if index == len(self.progress):
            return float(self.progress[-1][1])
        (before, some), (after, more) = self.progress[index - 1 : index + 1]
        return some + (more - some) * (at - before) / (after - before)


def annotate(inputs: Path, output: Path, workers: int, *options: str) -> list[str]:
    """Return the command that annotates a folder."""
    return [
        *(sys.executable, "-m", "kcsp_nlp", "annotate", str(inputs), "-o", str(output)),
        *("--workers", str(workers), *options),
    ]


def watch(command: Sequence[str], documents: int, log: Path) -> Watched:
    """Run a command of `annotate` (without `--log-format`) to its end and watch its processes.

    Args:
        command: The command.
        documents: How many it is given.
        log: Where its standard error goes, as JSON Lines.
    """
    samples: list[Sample] = []
    names = _Names()
    begun = time.time()
    with log.open("wb") as stream:
        run = subprocess.Popen([*command, "--log-format", "json"], stderr=stream, cwd=ROOT)  # noqa: S603
        try:
            while run.poll() is None:
                if held := names.held(run.pid):
                    samples.append(Sample(time.time(), held))
                time.sleep(_EVERY)
        finally:
            run.kill()
            run.wait()
    ended = time.time()
    progress = list(_progress(log))
    if run.returncode == 0:
        progress.append((ended, documents))
    return Watched(
        run.returncode,
        samples,
        [*_beginning(progress, begun), *progress],
        ended - begun,
        names.workers,
    )


class _Names:
    """What each process of a run is called.

    Attributes:
        workers: How many there were.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.workers = 0

    def held(self, pid: int) -> dict[str, float]:
        """Return what each process holds, in MB; nothing where the run has ended."""
        held: dict[str, float] = {}
        try:
            parent = psutil.Process(pid)
            held["parent"] = parent.memory_info().rss / _MB
            children = parent.children()
        except psutil.Error:
            return held
        alive = {child.pid for child in children}
        self._numbers = {pid: n for pid, n in self._numbers.items() if pid in alive}
        for child in children:
            with suppress(psutil.Error):  # it has ended meanwhile
                self._take(child, held)
        return held

    def _take(self, child: psutil.Process, held: dict[str, float]) -> None:
        if child.pid not in self._numbers:
            if not any("spawn_main" in part for part in child.cmdline()):
                return  # Python's own, which looks after semaphores
            self.workers += 1
            taken = set(self._numbers.values())
            self._numbers[child.pid] = next(n for n in count(1) if n not in taken)
        number = self._numbers[child.pid]
        held[f"worker {number}"] = child.memory_info().rss / _MB
        below = [each.memory_info().rss / _MB for each in child.children(recursive=True)]
        if below:
            held[f"reader {number}"] = sum(below)


def _beginning(progress: Sequence[tuple[float, int]], begun: float) -> Iterator[tuple[float, int]]:
    """Yield when the first document was begun: where the line through what was said first ends."""
    if len(progress) > 1:
        (at, some), (later, more) = progress[:2]
        if more > some:
            yield max(begun, at - some * (later - at) / (more - some)), 0


def _progress(log: Path) -> Iterator[tuple[float, int]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["event"] == "progress":
            yield datetime.fromisoformat(event["time"]).timestamp(), event["files_done"]
