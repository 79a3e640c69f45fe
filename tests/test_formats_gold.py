"""Real minutes as they were published against gold: no worse than their text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.reading import read
from kcsp_nlp.records import Record

SHARED = Path(__file__).parents[2] / "shared"
MARGIN = 0.02

Found = dict[str, Counter[tuple[str, ...]]]


def plain(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", text or ""))


def wanted(gold: dict[str, Any], text: str) -> Found:
    """Return what gold says, whatever its place."""
    return {
        "spans": Counter(
            (span["label"], plain(text[span["start"] : span["end"]])) for span in gold["spans"]
        ),
        "items": Counter((plain(item["title"]),) for item in gold["items"]),
        "attendance": Counter(
            (plain(each["name"]), each["status"]) for each in gold["meeting"]["attendance"]
        ),
        "decisions": Counter(
            (plain(text[start:end]),) for item in gold["items"] for start, end in item["decisions"]
        ),
    }


def found(records: Sequence[Record]) -> Found:
    """Return what stands in records, whatever its place."""
    items = [record for record in records if record.item.kind == "item"]
    return {
        "spans": Counter((s.label, plain(s.text)) for record in records for s in record.spans),
        "items": Counter((plain(record.item.title),) for record in items),
        "attendance": Counter((plain(a.name), a.status) for a in records[0].attendance),
        "decisions": Counter((plain(d.text),) for record in records for d in record.decisions),
    }


def f1(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents lie outside the project")
@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("kent_corporate-parenting-panel_2024-10-29.pdf", "kent-cpp_2024-10-29.txt"),
        ("govan-cc_2024-07-08.docx", "govan-cc_2024-07-08.txt"),
    ],
)
def test_a_document_gives_what_its_text_gives(
    annotator: Annotator, document: str, text: str
) -> None:
    path = SHARED / "minutes" / text
    gold = json.loads((SHARED / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    right = wanted(gold, path.read_text(encoding="utf-8"))
    published = found(annotator.annotate(read(SHARED / "documents" / document)))
    as_text = found(annotator.annotate(read(path)))
    for kind, held in right.items():
        assert f1(held, published[kind]) >= f1(held, as_text[kind]) - MARGIN, kind
