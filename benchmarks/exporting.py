"""Time and peak memory of `kcsp-nlp export`, per target, each in a process of its own.

python -m benchmarks.exporting [--mentions 1000000] [--to sqlite ...] [RECORDS.jsonl]

Records are those of the sample minutes, or of RECORDS.jsonl, over and over as other meetings of
other people, until they hold so many mentions. PostgreSQL is measured where EXPORT_POSTGRESQL holds
the address of a database.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.memory import peak_mb

ROOT = Path(__file__).parents[1]
TARGETS = ("sqlite", "duckdb", "parquet", "csv", "xlsx")
_DAYS = 28  # of every month
_TURNS = 12  # in which people stay the same


def annotate(place: Path) -> None:
    """Annotate the sample minutes."""
    minutes = [ROOT / "corpus" / "samples"]
    command = [sys.executable, "-m", "kcsp_nlp", "annotate", *minutes, "-q", "-o", place]
    subprocess.run(list(map(str, command)), check=True)  # noqa: S603


def multiply(records: Path, mentions: int) -> Iterator[str]:
    """Yield lines of records, over and over, each time as other meetings at other dates."""
    held = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    found = turn = 0
    while found < mentions:
        for record in held:
            line = json.dumps(_as_another(record, turn), ensure_ascii=False)
            yield line.replace('"person:', f'"person:{turn // _TURNS}') + "\n"
            found += len(record["spans"])
        turn += 1


def _as_another(record: dict[str, Any], turn: int) -> dict[str, Any]:
    meeting = record["meeting"]
    digest = hashlib.sha256(f"{meeting['sha256']} {turn}".encode()).hexdigest()
    when = f"{1990 + turn // 12 % 35}-{turn % 12 + 1:02}-{turn % _DAYS + 1:02}"
    other = {**meeting, "id": digest[:16], "sha256": digest, "date": when}
    index = record["item"]["index"]
    return {**record, "id": f"{digest[:16]}:{index}", "meeting": other}


def measure(records: Path, target: str, place: str) -> dict[str, float]:
    """Run one export in a process of its own, and return its time and peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.exporting", "--one", target, place, str(records)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)  # noqa: S603
    return dict(json.loads(done.stdout))


def one(target: Any, place: str, records: Path) -> None:
    """Export in this process, and print its time and peak memory."""
    from kcsp_nlp.warehouse.exporting import export
    from kcsp_nlp.warehouse.sources import find_sources

    begun, busy = time.perf_counter(), time.process_time()
    exported = export(find_sources([records]), target, place)
    seconds = time.perf_counter() - begun
    figures = {
        "seconds": seconds,
        "cpu": time.process_time() - busy,
        "mb": peak_mb(),
        "rows": sum(exported.written.rows.values()),
    }
    sys.stdout.write(json.dumps(figures))


def size(place: Path) -> float:
    """Return the size of a file or folder in MB."""
    files = [place] if place.is_file() else [each for each in place.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files) / 1e6


def main() -> None:
    """Make the records, and print a row per target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("records", nargs="?", type=Path)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--to", action="append", choices=(*TARGETS, "postgresql"))
    parser.add_argument("--one", nargs=2, metavar=("TARGET", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], given.one[1], given.records)
        return
    address = os.environ.get("EXPORT_POSTGRESQL")
    with tempfile.TemporaryDirectory(prefix="kcsp-nlp-export-") as folder:
        base = given.records or Path(folder) / "base.jsonl"
        if given.records is None:
            annotate(base)
        records = Path(folder) / "records.jsonl"
        with records.open("w", encoding="utf-8") as stream:
            stream.writelines(multiply(base, given.mentions))
        sys.stdout.write(
            f"{given.mentions:,} mentions, {size(records):,.0f} MB of records\n"
            f"{'target':12}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}{'rows':>12}{'size MB':>9}\n"
        )
        for target in given.to or [*TARGETS, *(["postgresql"] if address else [])]:
            place = Path(folder) / f"out.{target}"
            to = address if target == "postgresql" and address else str(place)
            figures = measure(records, target, to)
            held = f"{size(place):9,.0f}" if place.exists() else f"{'':9}"
            sys.stdout.write(
                f"{target:12}{figures['seconds']:9.1f}{figures['cpu']:9.1f}{figures['mb']:9.0f}"
                f"{figures['rows']:12,}{held}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
