"""Two samples and what is found in them, in a form that is read by eye before it is committed.

    python tests/test_golden.py     # writes tests/golden anew; read the difference

A difference here is no error by itself: another model finds other things. It is there to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import kcsp_nlp
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.records import Record

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
NAMES = ("medway-csp_2023-02-09.md", "hadlow-pc_2019-05-13.txt")


def one_line(text: str) -> str:
    return " ".join(text.split())


def render(records: Sequence[Record]) -> Iterator[str]:
    meeting = records[0].meeting
    yield f"body   {meeting.body}\ndate   {meeting.date}\nvenue  {meeting.venue}"
    for each in records[0].attendance:
        known = ", ".join(filter(None, (each.role, each.organisation)))
        yield f"  {each.status:14}{each.name}" + (f" ({known})" if known else "")
    for record in records:
        item = record.item
        yield f"\n{item.kind} {item.number or '-'} {item.code or '-'} {item.title or '-'}"
        yield f"  topics    {', '.join(record.topics) or '-'}"
        for span in record.spans:
            canonical = f" = {span.canonical}" if span.canonical else ""
            yield f"  {span.label:12}{one_line(span.text)}{canonical}"
        for decision in record.decisions:
            yield f"  decision    {one_line(decision.text)}"
        for action in record.actions:
            yield f"  action      {one_line(action.text)} [{'; '.join(action.owners)}]"


def rendered(name: str, annotator: Annotator) -> str:
    return "\n".join(render(kcsp_nlp.annotate(SAMPLES / name, annotator))) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_found_as_they_were(annotator: Annotator, name: str) -> None:
    expected = (GOLDEN / f"{name}.golden").read_text(encoding="utf-8")
    assert rendered(name, annotator) == expected


if __name__ == "__main__":
    shipped = kcsp_nlp.load()
    for sample in NAMES:
        (GOLDEN / f"{sample}.golden").write_text(rendered(sample, shipped), encoding="utf-8")
