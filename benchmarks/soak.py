"""Memory over a long run: documents invented from the corpus, annotated by two workers, watched.

    python -m benchmarks.soak --documents 20000 -o FOLDER [--to docs]

Every document brings names and words that stood in none before (`benchmarks.inventing`). What each
process holds towards the end is compared with what it held when a tenth of the documents was done.
Then the last folder is annotated once more, in a run that is killed (SIGKILL) when half of it is
done and resumed: its bytes must be the last of the long run's. Writes `soak.json` and `soak.svg`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.inventing import Inventing
from benchmarks.soak_picture import draw
from benchmarks.watching import ROOT, Watched, annotate, watch
from kcsp_nlp.labels.corpus import read_all

CORPUS = ROOT / "corpus"
WORKERS = 2
_SEED = 20
_PER_FOLDER = 500
# Windows of the documents in which memory is a median: round a tenth of them, and the last ones but
# for those at which workers have nothing to do any more.
_EARLY = (0.09, 0.11)
_LATE = (0.95, 0.99)
_POINTS = 100  # of the picture
# How long a killed run's processes may take to be gone, in seconds.
_GONE = 20.0

Lines = dict[str, list[tuple[float, float]]]


def invent(folder: Path, documents: int) -> dict[str, int]:
    """Write the documents into folders, and say how much is new in them."""
    inventing = Inventing(read_all([CORPUS]), _SEED)
    words: set[str] = set()
    characters = at_a_tenth = 0
    for number in range(documents):
        place = folder / f"{number // _PER_FOLDER:04}"
        place.mkdir(parents=True, exist_ok=True)
        text = inventing.document(number)
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
        characters += len(text)
        words.update(text.split())
        if number + 1 == documents // 10:
            at_a_tenth = len(words)
    return {
        "documents": documents,
        "characters": characters,
        "distinct_words": len(words),
        "distinct_words_at_a_tenth": at_a_tenth,
    }


def lines_of(watched: Watched) -> Lines:
    """Return what each process and all together held, by documents done."""
    lines: Lines = {"all": []}
    for sample in watched.samples:
        done = watched.done(sample.at)
        if done <= 0:
            continue
        for name, held in sample.megabytes.items():
            lines.setdefault(name, []).append((done, held))
        lines["all"].append((done, sum(sample.megabytes.values())))
    return lines


def compare(lines: Lines, documents: int) -> dict[str, dict[str, float]]:
    """Return what each process held early and late, in MB, and how many times as much late.

    One that was not there at both times has no ratio.
    """
    compared = {}
    for name, line in lines.items():
        early, late = (_median(line, documents, window) for window in (_EARLY, _LATE))
        compared[name] = {
            key: round(value, 3 if key == "ratio" else 1)
            for key, value in (
                ("early_mb", early),
                ("late_mb", late),
                ("ratio", late / early if early and late else None),
                ("most_mb", max(held for _, held in line)),
            )
            if value is not None
        }
    return compared


def run(folder: Path, documents: int) -> tuple[dict[str, Any], Lines]:
    """Annotate the documents of a folder, and return what was found and what was held."""
    output = folder / "out.jsonl"
    report = folder / "run.json"
    command = annotate(folder / "in", output, WORKERS, "--fresh", "--report", str(report))
    watched = watch(command, documents, folder / "run.log")
    if watched.code:
        raise SystemExit(f"the run ended with exit code {watched.code}: see {folder / 'run.log'}")
    lines = lines_of(watched)
    told = json.loads(report.read_text(encoding="utf-8"))
    most = max(held for name, line in lines.items() if "worker" in name for _, held in line)
    return {
        "workers": WORKERS,
        "seconds": round(watched.seconds),
        "documents_per_second": round(documents / watched.seconds, 1),
        "records": told["counts"]["records"],
        "failures": sum(told["counts"]["failures"].values()),
        "worker_most_mb": round(most, 1),
        "workers_started": watched.workers,
        "compared": compare(lines, documents),
    }, lines


def kill_and_resume(folder: Path) -> dict[str, Any]:
    """Annotate the last folder anew, killed in the middle, and compare with the long run.

    Returns:
        How many documents there were, how many the second run took over, and whether the bytes are
        those at the end of the long run.
    """
    inputs = max((folder / "in").iterdir())
    whole, output, report = (folder / n for n in ("out.jsonl", "killed.jsonl", "killed.json"))
    # Records of about half the documents.
    half = 0.5 * whole.stat().st_size * _size(inputs) / _size(folder / "in")
    kept = Path(f"{output}.run")
    shutil.rmtree(kept, ignore_errors=True)
    command = annotate(inputs, output, WORKERS, "--resume", "--report", str(report), "-q")
    first = subprocess.Popen(command, cwd=ROOT)  # noqa: S603
    while first.poll() is None and _size(kept) < half:
        time.sleep(0.2)
    below = psutil.Process(first.pid).children(recursive=True) if first.poll() is None else []
    first.kill()
    first.wait()
    psutil.wait_procs(below, timeout=_GONE)
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    told = json.loads(report.read_text(encoding="utf-8"))
    part = output.read_bytes()
    with whole.open("rb") as stream:
        stream.seek(max(0, whole.stat().st_size - len(part)))
        last = stream.read()
    return {
        "documents": told["counts"]["files"],
        "taken_over": told["counts"]["files_taken_over"],
        "sha256": hashlib.sha256(part).hexdigest(),
        "same_bytes": last == part,
    }


def _size(folder: Path) -> int:
    """Return the bytes of texts and records below a folder; 0 where there is none."""
    files = (path for path in folder.rglob("*") if path.suffix in (".txt", ".jsonl"))
    return sum(path.stat().st_size for path in files)


def _median(
    line: Sequence[tuple[float, float]], documents: int, window: tuple[float, float]
) -> float | None:
    first, last = (share * documents for share in window)
    held = [memory for done, memory in line if first <= done <= last]
    return statistics.median(held) if held else None


def _thinned(lines: Lines, documents: int) -> dict[str, list[float | None]]:
    """Return a median for each hundredth of the documents; None where a process was not there."""
    thinned = {}
    for name, line in lines.items():
        points = [
            _median(line, documents, (at / _POINTS, (at + 1) / _POINTS)) for at in range(_POINTS)
        ]
        thinned[name] = [None if held is None else round(held, 1) for held in points]
    return thinned


def main() -> None:
    """Run, write the files and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("-o", "--output", type=Path, required=True, help="scratch folder")
    parser.add_argument("--to", type=Path, help="folder for soak.json and soak.svg")
    parser.add_argument("--no-kill", action="store_true", help="leave out the run that is killed")
    options = parser.parse_args()
    folder = options.output.resolve()
    shutil.rmtree(folder / "in", ignore_errors=True)
    invented = invent(folder / "in", options.documents)
    found, lines = run(folder, options.documents)
    killed = {} if options.no_kill else {"killed_and_resumed": kill_and_resume(folder)}
    machine = {"platform": platform.platform(), "python": platform.python_version()}
    figures: Mapping[str, Any] = {**invented, **found, **killed, "machine": machine}
    held = _thinned(lines, options.documents)
    text = json.dumps({**figures, "held_mb": held}, indent=None) + "\n"
    for place in {folder, options.to or folder}:
        (place / "soak.json").write_text(text, encoding="utf-8", newline="\n")
        picture = draw(held, options.documents)
        (place / "soak.svg").write_text(picture, encoding="utf-8", newline="\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
