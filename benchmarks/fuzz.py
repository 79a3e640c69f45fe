"""Fuzzing of the readers: changed files, none of which may do harm. Not part of CI.

    python -m benchmarks.fuzz --seconds 600 --format pdf --keep out/fuzz

With atheris (`pip install kcsp-nlp[fuzz]`) it follows which code a file reaches, else it changes
files at random. A reader has failed where anything but documents and `ReadingError`s comes of a
file, where a document is not sound, where it takes long, and where its process ends.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from benchmarks.mutations import ROOT, mutate, seeds
from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Document, Extracted
from kcsp_nlp.reading.formats import find_format
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.unpacking import File, unpack

_LIMITS = Limits(megabytes=8, characters=2_000_000, pages=100, seconds=10, unpacked_megabytes=32)
# Seconds from which on an input is slow, and from which on it hangs.
_SLOW = 2.0
_HANGS = 20
# Read by way of LibreOffice; of the others no program is fuzzed, such as the recognition of scans.
_BY_OFFICE = {".doc", ".rtf", ".odt"}
_FORM = re.compile(r"fuzzed[^\n]*?: found [^\n]+, expected [^\n]+")


def examine(data: bytes, suffix: str) -> str | None:
    """Read a file and tell what is wrong with how it was read; None where nothing is."""
    start = time.process_time()  # not that of other programs, on a busy machine
    wrong = _examine(data, suffix)
    seconds = time.process_time() - start
    return wrong or (f"slow: {seconds:.0f} seconds" if seconds > _SLOW else None)


def _examine(data: bytes, suffix: str) -> str | None:
    name = f"fuzzed{suffix}"
    try:
        form, _ = find_format(suffix, data, name)
        if form.is_container:
            list(form.members(data, name, _LIMITS))
            events = unpack(File(data, name, suffix, name), _LIMITS)
            results = [each for each in events if isinstance(each, Document | ReadingError)]
            return next(filter(None, map(_wrong, results)), None)
        return next(filter(None, map(_wrong, form.extract(data, name, _LIMITS))), None)
    except ReadingError as error:
        return _wrong(error)
    except Exception as error:
        return f"{type(error).__name__} at {_origin(error)}"


def _origin(error: Exception) -> str:
    """Return the last lines of the package that an exception came through, the last one first."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "kcsp_nlp" in frame.filename]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(ours[-3:]))


def _wrong(result: Document | Extracted | ReadingError) -> str | None:
    if isinstance(result, ReadingError):
        if "found something that cannot be read" in str(result):
            return "an exception inside a container"
        wanting = re.sub(r"\d+", "0", str(result).partition(": ")[2])[:80]
        return None if _FORM.match(str(result)) else f"a message of another form: {wanting!r}"
    starts = [page.start for page in result.pages]
    numbers = [page.number for page in result.pages]
    sound = {
        "text that is not UTF-8": not re.search(r"[\ud800-\udfff]", result.text),
        "NUL": "\0" not in result.text,
        "page starts": starts == sorted(starts) and all(0 <= s <= len(result.text) for s in starts),
        "page numbers": numbers == sorted(set(numbers)),
        "doubts": all(0 <= d.start < d.end <= len(result.text) for d in result.doubts),
        "white space alone": bool(result.text.strip()) or bool(result.aside),
    }
    return next(
        (f"a document with wrong {name}" for name, holds in sound.items() if not holds), None
    )


class _Worker:
    """Runs inputs and keeps those that fail; in a process of its own, which may die of them."""

    def __init__(self, suffix: str, keep: Path, seed: int) -> None:
        self._suffix = suffix
        self._keep = keep
        self._seed = seed
        self._current = keep / f"current-{os.getpid()}{suffix}"
        self._runs = 0

    def run(self, data: bytes) -> None:
        """Run one input."""
        self._current.write_bytes(data)
        self._runs += 1
        if wrong := examine(data, self._suffix):
            digest = hashlib.sha256(data).hexdigest()[:12]
            (self._keep / f"{digest}{self._suffix}").write_bytes(data)
            sys.stdout.write(json.dumps({"wrong": wrong, "input": digest}) + "\n")
        if self._runs % 50 == 0 or wrong:
            sys.stdout.write(json.dumps({"runs": self._runs}) + "\n")
            sys.stdout.flush()

    def fuzz(self, seconds: float, *, guided: bool) -> None:
        """Run inputs for so many seconds."""
        files = seeds(self._suffix)
        if guided:
            self._guide(files, seconds)
        end = time.monotonic() + seconds
        chance = random.Random(self._seed)  # noqa: S311
        while time.monotonic() < end:
            self.run(mutate(chance.choice(files), chance.choice(files), chance))

    def _guide(self, files: list[bytes], seconds: float) -> None:
        import atheris

        # A format's module is imported with its first file; where a file leads in it is followed.
        with atheris.instrument_imports(include=["kcsp_nlp", "docx", "olefile"]):
            self.run(files[0])
        folder = self._keep / f"seeds{self._suffix}"
        folder.mkdir(exist_ok=True)
        for data in files:
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)

        def change(data: bytes, most: int, seed: int) -> bytes:
            chance = random.Random(seed)  # noqa: S311
            if not data or chance.random() < 0.3:  # noqa: PLR2004
                return bytes(atheris.Mutate(data, most))
            return mutate(data, chance.choice(files), chance)[:most]

        atheris.Setup(
            [
                "fuzz",
                str(folder),
                f"-max_total_time={int(seconds)}",
                f"-seed={self._seed}",
                f"-max_len={1 << 20}",
                f"-timeout={_HANGS}",
                "-rss_limit_mb=2048",
                "-verbosity=0",
                f"-artifact_prefix={self._keep}/",
            ],
            self.run,
            custom_mutator=change,
        )
        atheris.Fuzz()


def _start(suffix: str, seconds: float, keep: Path, seed: int, *, guided: bool) -> list[str]:
    mode = "--guided" if guided else "--random"
    return [
        sys.executable, "-m", "benchmarks.fuzz", "--worker", mode, "--format", suffix[1:],
        "--seconds", str(seconds), "--keep", str(keep), "--seed", str(seed),
    ]  # fmt: skip


def fuzz(suffix: str, seconds: float, keep: Path, seed: int, *, guided: bool) -> dict[str, object]:
    """Fuzz one format in processes that follow each other, and return what was found."""
    runs, deaths = 0, 0
    wrongs: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 1:
        command = _start(suffix, left, keep, seed + deaths, guided=guided)
        done = ""
        died = None
        with subprocess.Popen(  # noqa: S603 -- our own module
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            cwd=ROOT,
            env=os.environ if suffix in _BY_OFFICE else {**os.environ, "PATH": ""},
        ) as worker:
            try:
                done, _ = worker.communicate(timeout=left + _HANGS)
            except subprocess.TimeoutExpired:
                worker.kill()
                done, _ = worker.communicate()
                died = "a hang"
        last = 0
        for line in done.splitlines():
            try:
                told = json.loads(line)
            except ValueError:  # a parser printed, or the line was cut off
                continue
            last = told.get("runs", last)
            if "wrong" in told:
                wrongs[re.sub(r"\d+ seconds", "seconds", told["wrong"])] += 1
        runs += last
        current = keep / f"current-{worker.pid}{suffix}"
        if worker.returncode != 0:
            died = died or f"a process that ended with {worker.returncode}"
            deaths += 1
            wrongs[died] += 1
            if current.exists():
                current.rename(keep / f"death-{seed + deaths}{suffix}")
        current.unlink(missing_ok=True)
    return {"format": suffix[1:], "seconds": round(seconds), "runs": runs, "wrong": dict(wrongs)}


def main() -> None:
    """Fuzz the formats asked for, one after the other, and print a JSON object for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", nargs="+", default=["pdf", "docx", "html", "zip", "eml", "msg"])
    parser.add_argument("--seconds", type=float, default=60, help="for each format")
    parser.add_argument("--keep", type=Path, default=ROOT / "out" / "fuzz", help="failing inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random", action="store_true", help="do not use atheris")
    parser.add_argument("--guided", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    keep: Path = options.keep.resolve()
    keep.mkdir(parents=True, exist_ok=True)
    guided = not options.random and importlib.util.find_spec("atheris") is not None
    for name in options.format:
        if options.worker:
            worker = _Worker(f".{name}", keep, options.seed)
            worker.fuzz(options.seconds, guided=options.guided)
        else:
            found = fuzz(f".{name}", options.seconds, keep, options.seed, guided=guided)
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
