"""Speed, memory and start of `annotate` against spaCy's en_core_web_sm, in one run.

Both sides get the same texts, one thread and a process of their own, in turn and several times;
the figures are medians. Tokens are en_core_web_sm's on both sides, so that neither gains by
counting finer. Last a site of a thousand meetings: `benchmarks.dashboard`.

    python -m benchmarks.run [--rounds N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "corpus"
FORMATS = ROOT / "corpus" / "formats"
SUFFIXES = (".pdf", ".docx", ".html")
SAMPLE = ROOT / "corpus" / "samples" / "hadlow-pc_2019-05-13.txt"

# One thread for either side: a worker of a batch has one.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def _child(*arguments: str) -> str:
    """Run Python in a process of its own and return what it prints."""
    return subprocess.run(  # noqa: S603 -- our own modules, no shell
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **_ONE_THREAD},
        cwd=ROOT,
    ).stdout


def _seconds(*arguments: str) -> float:
    start = time.perf_counter()
    _child(*arguments)
    return time.perf_counter() - start


def measure(rounds: int) -> dict[str, float]:
    """Return the figures: tokens per second, ratios, MB and seconds; medians over the rounds."""
    sides: dict[str, list[dict[str, float]]] = {"annotate": [], "en_core_web_sm": []}
    for _ in range(rounds):
        for name, runs in sides.items():
            runs.append(json.loads(_child("-m", "benchmarks.side", name, str(TEXTS))))
    first = [
        _seconds("-m", "kcsp_nlp", "annotate", str(SAMPLE), "-q", "-o", os.devnull)
        for _ in range(rounds)
    ]
    reading = {
        suffix: [
            json.loads(_child("-m", "benchmarks.formats", suffix, str(FORMATS)))
            for _ in range(rounds)
        ]
        for suffix in SUFFIXES
    }
    imports = [_seconds("-c", "import spacy, sklearn") for _ in range(rounds)]

    def median(name: str, key: str) -> float:
        return statistics.median(run[key] for run in sides[name])

    # The yardstick's tokens for both: the texts are the same.
    tokens = median("en_core_web_sm", "tokens")
    linking, whole = median("annotate", "linking_seconds"), median("annotate", "seconds")
    ours, theirs = (tokens / median(name, "seconds") for name in sides)
    return {
        "rounds": rounds,
        "tokens": tokens,
        "annotate_tokens_per_second": round(ours),
        "en_core_web_sm_tokens_per_second": round(theirs),
        "ratio": round(ours / theirs, 2),
        "linking_adds_percent": round(100 * linking / (whole - linking), 1),
        "annotate_peak_mb": round(median("annotate", "peak_mb")),
        "en_core_web_sm_peak_mb": round(median("en_core_web_sm", "peak_mb")),
        **{
            f"{suffix[1:]}_{key}": round(statistics.median(run[key] for run in runs))
            for suffix, runs in reading.items()
            for key in ("pages_per_second", "peak_mb")
        },
        "start_to_first_record_seconds": round(statistics.median(first), 2),
        "import_spacy_sklearn_seconds": round(statistics.median(imports), 2),
        "start_ratio": round(statistics.median(first) / statistics.median(imports), 2),
        **json.loads(_child("-m", "benchmarks.dashboard")),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = measure(options.rounds)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name:36}{value:>12}\n")


if __name__ == "__main__":
    main()
