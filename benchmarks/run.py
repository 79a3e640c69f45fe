"""Speed, memory and start of `annotate` against spaCy's en_core_web_sm, in one run.

Both sides get the same texts, one thread and a process of their own, in turn and several times;
the figures are medians. Tokens are en_core_web_sm's on both sides, so that neither gains by
counting finer. spaCy is measured with batches as it takes them by itself, by which the goals are
judged, and with those that were fastest for it in a trial. Then two workers against one, memory
over 2,000 documents, a long document against short ones, and last a site of a thousand meetings:
`benchmarks.workers`, `.soak`, `.length` and `.dashboard`.

    python -m benchmarks.run [--rounds N] [--every N] [--goals] [--json]
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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import goals

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "corpus"
FORMATS = ROOT / "corpus" / "formats"
SUFFIXES = (".pdf", ".docx", ".html")
SAMPLE = ROOT / "corpus" / "samples" / "hadlow-pc_2019-05-13.txt"

SOAK = ROOT / "docs" / "soak.json"

# One thread for either side: a worker of a batch has one.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Documents in a batch that both were fastest with, of 1, 2, 4, 8, 16 and 64.
_BEST_BATCH = ("--batch", "4")
_SIDES = {
    "annotate": ("annotate",),
    "en_core_web_sm": ("en_core_web_sm",),
    "en_core_web_sm_best_batch": ("en_core_web_sm", *_BEST_BATCH),
    "ner": ("ner",),
    "ner_best_batch": ("ner", *_BEST_BATCH),
}
_SOAKED = 2_000  # documents of the short soak


def _child(*arguments: str, threads: Mapping[str, str] = _ONE_THREAD) -> str:
    """Run Python in a process of its own and return what it prints."""
    return subprocess.run(  # noqa: S603 -- our own modules, no shell
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **threads},
        cwd=ROOT,
    ).stdout


def _module(name: str, *arguments: str, threads: Mapping[str, str] = _ONE_THREAD) -> dict[str, Any]:
    """Run a module of the benchmarks and return the figures that it prints."""
    printed = _child("-m", f"benchmarks.{name}", *arguments, threads=threads)
    figures: dict[str, Any] = json.loads(printed)
    return figures


def _seconds(*arguments: str) -> float:
    start = time.perf_counter()
    _child(*arguments)
    return time.perf_counter() - start


def measure_sides(rounds: int, every: int) -> dict[str, float]:
    """Return tokens per second, ratios and MB of `annotate` and of spaCy.

    Args:
        rounds: How often each side runs.
        every: Each so-manieth document of the corpus is taken.
    """
    sides: dict[str, list[dict[str, float]]] = {name: [] for name in _SIDES}
    for _ in range(rounds):
        for name, runs in sides.items():
            runs.append(_module("side", *_SIDES[name], str(TEXTS), "--every", str(every)))

    def median(name: str, key: str) -> float:
        return statistics.median(run[key] for run in sides[name])

    # The yardstick's tokens for all: the texts are the same.
    tokens = median("en_core_web_sm", "tokens")
    speed = {name: tokens / median(name, "seconds") for name in sides}
    linking, whole = median("annotate", "linking_seconds"), median("annotate", "seconds")
    ratios = {
        "ratio": "en_core_web_sm",
        "ratio_best_batch": "en_core_web_sm_best_batch",
        "ner_ratio": "ner",
        "ner_ratio_best_batch": "ner_best_batch",
    }
    return {
        "rounds": rounds,
        "tokens": tokens,
        **{f"{name}_tokens_per_second": round(each) for name, each in speed.items()},
        **{key: round(speed["annotate"] / speed[name], 2) for key, name in ratios.items()},
        "linking_adds_percent": round(100 * linking / (whole - linking), 1),
        **{f"{name}_peak_mb": round(median(name, "peak_mb")) for name in sides},
    }


def measure_many(rounds: int) -> dict[str, float | None]:
    """Return what goes for many and for long documents: workers, memory over time, length."""
    # As a user runs it: nothing is said of threads.
    workers = _module("workers", str(TEXTS), "--rounds", str(rounds), threads={})
    with tempfile.TemporaryDirectory() as scratch:
        number = str(_SOAKED)
        soaked = _module("soak", "--documents", number, "-o", scratch, "--no-kill", threads={})
    length = _module("length", str(TEXTS))
    last = json.loads(SOAK.read_text(encoding="utf-8")) if SOAK.is_file() else None
    return {
        **{name: round(value, 2) for name, value in workers.items()},
        "worker_most_mb": soaked["worker_most_mb"],
        "short_soak_ratio": soaked["compared"]["all"]["ratio"],
        "soak_ratio": last["compared"]["all"]["ratio"] if last else None,
        "short_microseconds_per_character": round(length["short_microseconds"], 2),
        "long_microseconds_per_character": round(length["long_microseconds"], 2),
        "long_ratio": round(length["ratio"], 2),
        "long_peak_mb": round(length["peak_mb"]),
    }


def measure_others(rounds: int) -> dict[str, float]:
    """Return how fast formats are read, how long the first record takes, and what a site does."""
    first = [
        _seconds("-m", "kcsp_nlp", "annotate", str(SAMPLE), "-q", "-o", os.devnull)
        for _ in range(rounds)
    ]
    reading = {
        suffix: [_module("formats", suffix, str(FORMATS)) for _ in range(rounds)]
        for suffix in SUFFIXES
    }
    imports = [_seconds("-c", "import spacy, sklearn") for _ in range(rounds)]
    return {
        **{
            f"{suffix[1:]}_{key}": round(statistics.median(run[key] for run in runs))
            for suffix, runs in reading.items()
            for key in ("pages_per_second", "peak_mb")
        },
        "start_to_first_record_seconds": round(statistics.median(first), 2),
        "import_spacy_sklearn_seconds": round(statistics.median(imports), 2),
        "start_ratio": round(statistics.median(first) / statistics.median(imports), 2),
        **_module("dashboard"),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--every", type=int, default=1, help="of the texts, take each Nth")
    parser.add_argument("--goals", action="store_true", help="only what the goals are about")
    options = parser.parse_args()
    figures: dict[str, Any] = {
        **measure_sides(options.rounds, options.every),
        **measure_many(options.rounds),
        **({} if options.goals else measure_others(options.rounds)),
    }
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name:44}{'-' if value is None else value:>12}\n")
    sys.stdout.write("\n" + "\n".join(goals.lines(figures)) + "\n")


if __name__ == "__main__":
    main()
