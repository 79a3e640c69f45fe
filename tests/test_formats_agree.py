"""The same minutes in every format give the same records: items, attendance, decisions, spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.reading import Document, Reader, read
from kcsp_nlp.records import Record

ROOT = Path(__file__).parents[1] / "corpus"
SAMPLES = sorted((ROOT / "samples").glob("*_*"))
FORMATS = ROOT / "formats"
# How far a format may stay behind the text that it was made of, in F1.
MARGIN = 0.02


def plain(text: str | None) -> str:
    """Return text as words: marks and line ends differ between formats."""
    return " ".join(re.findall(r"\w+", text or ""))


def found(records: Sequence[Record]) -> dict[str, Counter[tuple[str, ...]]]:
    """Return what stands in records, whatever its place."""
    return {
        "items": Counter(
            (plain(record.item.number), plain(record.item.title))
            for record in records
            if record.item.kind == "item"
        ),
        "attendance": Counter(
            (plain(each.name), each.status) for record in records for each in record.attendance
        ),
        "decisions": Counter(
            (plain(each.text),) for record in records for each in record.decisions
        ),
        "spans": Counter(
            (span.label, plain(span.text)) for record in records for span in record.spans
        ),
    }


def f1(pairs: Iterable[tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]]) -> float:
    """Return how far two sides agree, over several documents."""
    both = sides = 0
    for one, other in pairs:
        both += (one & other).total()
        sides += one.total() + other.total()
    return 2 * both / sides


@pytest.fixture(scope="module")
def texts(annotator: Annotator) -> list[dict[str, Counter[tuple[str, ...]]]]:
    """What the samples hold as text."""
    return [found(annotator.annotate(read(path))) for path in SAMPLES]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_every_format_gives_what_the_text_gives(
    suffix: str, annotator: Annotator, texts: list[dict[str, Counter[tuple[str, ...]]]]
) -> None:
    with Reader() as reader:
        others = []
        for path in SAMPLES:
            (document,) = reader.read(FORMATS / f"{path.stem}{suffix}")
            assert isinstance(document, Document)
            others.append(found(annotator.annotate(document)))
    for kind in texts[0]:
        agreed = f1((one[kind], other[kind]) for one, other in zip(texts, others, strict=True))
        assert agreed >= 1 - MARGIN, kind
