"""What a character costs in a long document against a short one: run by `benchmarks.run`.

python -m benchmarks.length CORPUS

Both are minute books: what stands before the items of one meeting, then items of many, numbered
through, each with names, words and sums of its own (`benchmarks.inventing`). Only their length
differs. Half of the short ones are annotated before the long one and half behind it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import kcsp_nlp
from benchmarks.inventing import Inventing
from benchmarks.memory import peak_mb
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.reading import read_bytes

SHORT, LONG = 50_000, 5_000_000
# Short documents on either side of the long one; some before them warm what is cached.
_EITHER = 20
_WARM = 4


def compose(documents: Sequence[LabelledMinutes], characters: int, number: int) -> str:
    """Return a minute book of at least so many characters; each number gives another one."""
    random = Random(number)  # noqa: S311 -- no secret
    told = Inventing(documents, number)
    items = [
        (document, item.number or "", start, end)
        for document in documents
        for item, (start, end) in zip(document.items, document.item_ranges(), strict=True)
    ]
    first = random.choice([each for each in documents if each.items and each.format == "txt"])
    parts = [told.retell(first, 0, first.items[0].start, 0)]
    length, count = len(parts[0]), 0
    while length < characters:
        document, printed, start, end = random.choice(items)
        count += 1
        text = told.retell(document, start, end, count).strip("\n")
        if printed:
            text = text.replace(printed, str(count), 1)
        parts.append(f"{text}\n\n")
        length += len(parts[-1])
    return "".join(parts)


def seconds(annotator: Annotator, text: str) -> tuple[float, int]:
    """Return the CPU seconds that annotating a text takes, and how many records it gives."""
    document = read_bytes(text.encode(), "book.txt", ".txt")
    start = time.process_time()
    records = annotator.annotate(document)
    return time.process_time() - start, len(records)


def main() -> None:
    """Measure, and print the figures as one JSON object."""
    documents = read_all([Path(sys.argv[1])])
    annotator = kcsp_nlp.load()
    for number in range(_WARM):
        seconds(annotator, compose(documents, SHORT, -number - 1))
    spent = 0.0
    characters = held = 0

    def run_short(numbers: range) -> None:
        nonlocal spent, characters, held
        for number in numbers:
            text = compose(documents, SHORT, number)
            each, records = seconds(annotator, text)
            spent, characters, held = spent + each, characters + len(text), held + records

    run_short(range(_EITHER))
    text = compose(documents, LONG, 2 * _EITHER)
    long, records = seconds(annotator, text)
    run_short(range(_EITHER, 2 * _EITHER))
    figures = {
        "short_microseconds": 1e6 * spent / characters,
        "long_microseconds": 1e6 * long / len(text),
        "ratio": long / len(text) / (spent / characters),
        "short_records_per_megabyte": 1e6 * held / characters,
        "long_records_per_megabyte": 1e6 * records / len(text),
        "peak_mb": peak_mb(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
