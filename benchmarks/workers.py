"""How much faster two workers are than one: run by `benchmarks.run`.

python -m benchmarks.workers CORPUS [--rounds N]

`kcsp-nlp annotate` runs over the corpus and over some of it, with one worker and with two, in turn.
The difference between many and few documents is what the others take: starting Python and loading
the models is in both and falls out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.watching import ROOT, annotate
from kcsp_nlp.labels.corpus import read_all

_FEW = 40  # documents: enough that both workers are warm


class Spent(NamedTuple):
    """What a run took, in seconds: by the clock, and of CPU by all its processes."""

    clock: float
    cpu: float


def spend(inputs: Path, workers: int) -> Spent:
    """Annotate a folder."""
    before = os.times()
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "out.jsonl"
        start = time.perf_counter()
        subprocess.run([*annotate(inputs, output, workers), "-q"], check=True, cwd=ROOT)  # noqa: S603
        clock = time.perf_counter() - start
    after = os.times()
    cpu = sum(
        getattr(after, kind) - getattr(before, kind)
        for kind in ("children_user", "children_system")
    )
    return Spent(clock, cpu)


def measure(corpus: Path, rounds: int) -> dict[str, float]:
    """Return the figures: medians over the rounds.

    `speedup` is by the clock. `speedup_on_free_cores` is twice the CPU time of one worker over that
    of two: what the clock would say if nothing else ran, and neither waited for the other.
    """
    documents = read_all([corpus])
    spent: dict[tuple[int, int], list[Spent]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {}
        for count in (_FEW, len(documents)):
            folders[count] = Path(scratch) / str(count)
            folders[count].mkdir()
            for document in documents[:count]:
                path = folders[count] / f"{document.id}.{document.format}"
                path.write_text(document.text, encoding="utf-8", newline="")
        for _ in range(rounds):
            for workers in (1, 2):
                for count, folder in folders.items():
                    spent.setdefault((workers, count), []).append(spend(folder, workers))

    def median(workers: int, count: int) -> Spent:
        runs = spent[workers, count]
        return Spent(*(statistics.median(each) for each in zip(*runs, strict=True)))

    most = len(documents)
    one, two = (
        Spent(*(many - few for many, few in zip(median(n, most), median(n, _FEW), strict=True)))
        for n in (1, 2)
    )
    return {
        "speedup": one.clock / two.clock,
        "speedup_with_start": median(1, most).clock / median(2, most).clock,
        "speedup_on_free_cores": 2 * one.cpu / two.cpu,
        "cores_had": two.cpu / two.clock,
    }


def main() -> None:
    """Measure, and print the figures as one JSON object."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.corpus, options.rounds)) + "\n")


if __name__ == "__main__":
    main()
