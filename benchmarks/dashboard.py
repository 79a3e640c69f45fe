"""A site of a thousand meetings: how long it takes to make, how large it is, how soon it answers.

A few documents of the corpus are annotated once and repeated with other identifiers and dates, else
annotating would be most of the time. Run by `benchmarks.run`; alone it prints its figures as JSON:

    python -m benchmarks.dashboard [--meetings N] [-o FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.memory import peak_mb
from kcsp_nlp.dashboard.page import Options
from kcsp_nlp.dashboard.site import build
from kcsp_nlp.labels.corpus import read_all
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.sqlite import connect, load

ROOT = Path(__file__).parents[1]
MEETINGS = 1000
_DOCUMENTS = 100  # of some 3,000 people and bodies together
_ROUNDS = 5
_FIRST_YEAR, _YEARS = 2002, 24
_MEGABYTE = 1_000_000
# A page, what stands in its address, and what is there once it can be used.
_PAGES = {
    "overview": ("index.html", "main h1"),
    "items": ("items.html", "#explore[data-ready]"),
    "items_of_a_topic": ("items.html#topic=funding", "#explore[data-ready]"),
    "search": ("search.html#q=refuge", '#search[data-ready="refuge"]'),
}


def annotated() -> list[list[Record]]:
    """Return the records of documents that are spread evenly over the corpus."""
    import kcsp_nlp
    from kcsp_nlp.reading import read_bytes

    annotator = kcsp_nlp.load()
    documents = read_all([ROOT / "corpus"])
    chosen = documents[:: max(1, len(documents) // _DOCUMENTS)][:_DOCUMENTS]
    return [
        annotator.annotate(read_bytes(each.text.encode(), each.id, f".{each.format}"))
        for each in chosen
    ]


def repeated(documents: list[list[Record]], meetings: int) -> Iterator[Record]:
    """Yield the records of so many meetings: the same documents again and again, in other years."""
    for number in range(meetings):
        records = documents[number % len(documents)]
        first = records[0].meeting
        digest = hashlib.sha256(f"{first.id}:{number}".encode()).hexdigest()
        year = _FIRST_YEAR + number * 7 % _YEARS
        day = f"{year}{first.date[4:]}" if first.date and first.date[5:] != "02-29" else first.date
        meeting = first.model_copy(update={"id": digest[:16], "sha256": digest, "date": day})
        for record in records:
            identifier = f"{digest[:16]}:{record.item.index}"
            yield record.model_copy(update={"id": identifier, "meeting": meeting})


def measure(meetings: int, output: Path) -> dict[str, float]:
    """Make the site and return the figures.

    Args:
        meetings: How many.
        output: Where the warehouse and the site are to lie; a folder that is there.
    """
    documents = annotated()
    figures: dict[str, float] = {"site_meetings": meetings}
    with connect(output / "warehouse.sqlite") as connection:
        begun = time.perf_counter()
        load(connection, repeated(documents, meetings))
        figures["warehouse_seconds"] = round(time.perf_counter() - begun, 1)
        begun = time.perf_counter()
        built = build(connection, output / "site", Options("Invented minutes", date(2026, 1, 1)))
        figures["site_seconds"] = round(time.perf_counter() - begun, 1)
    figures["site_files"] = built.files
    figures["site_mb"] = round(built.size / _MEGABYTE, 1)
    data = output / "site" / "data"
    for name in ("search", "text"):
        size = sum(path.stat().st_size for path in (data / name).iterdir())
        figures[f"site_{name}_mb"] = round(size / _MEGABYTE, 1)
    size = sum(path.stat().st_size for path in data.glob("*.js"))
    figures["site_lists_mb"] = round(size / _MEGABYTE, 1)
    figures["site_peak_mb"] = round(peak_mb())
    return {**figures, **_interactive(output / "site")}


def _interactive(site: Path) -> dict[str, float]:
    """Return the seconds from opening a page until it can be used; nothing without Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return {}
    from playwright.sync_api import sync_playwright

    figures = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (path, ready) in _PAGES.items():
            seconds = []
            for _ in range(_ROUNDS):
                page = browser.new_page()
                place, mark, fragment = path.partition("#")
                begun = time.perf_counter()
                page.goto((site / place).as_uri() + mark + fragment, wait_until="commit")
                page.wait_for_selector(ready, state="attached")
                seconds.append(time.perf_counter() - begun)
                page.close()
            figures[f"{name}_interactive_seconds"] = round(statistics.median(seconds), 2)
        browser.close()
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--meetings", type=int, default=MEETINGS)
    parser.add_argument("-o", "--output", type=Path, help="keep the warehouse and the site here")
    options = parser.parse_args()
    if options.output:
        options.output.mkdir(parents=True)
        figures = measure(options.meetings, options.output)
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(options.meetings, Path(folder))
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
