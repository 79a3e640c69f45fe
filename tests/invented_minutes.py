"""Records of invented minutes that a site must bear: hostile text, no date, what is not public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from kcsp_nlp.records import (
    Action,
    Decision,
    Item,
    LegislationSpan,
    Meeting,
    Model,
    MoneySpan,
    OrgSpan,
    PersonSpan,
    Record,
    Restriction,
    Span,
)

PAYLOADS = (
    "<script>document.documentElement.dataset.ran = 'script'</script>",
    "<img src=x onerror=\"document.documentElement.dataset.ran = 'image'\">",
    "\"><svg onload=alert('svg')>",
    "</title></script><script>alert('closed')</script>",
    "<a href=\"javascript:alert('link')\">press</a>",
    "[press](javascript:alert('markdown'))",
    "<iframe srcdoc=\"<script>alert('frame')</script>\"></iframe>",
    "<style>body { display: none }</style><base href='https://example.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "{{ 7 * 7 }} {% raw %} ${alert('template')} <!-- <script>",
    "__proto__ constructor hasOwnProperty toString \u2028 \u2029 \\u003cscript\\u003e",
    "<form action=https://example.invalid/><input name=id autofocus onfocus=alert('focus')>",
)
HOSTILE_NAME = "Mallory <b onmouseover=alert('name')>O’Script</b>"
FORMULA = '=HYPERLINK("https://example.invalid/","press")'


def record(meeting: Meeting, index: int, title: str | None, text: str, **more: Any) -> Record:
    """Return a record of an item; `more` are its other fields."""
    return Record(
        id=f"{meeting.id}:{index}",
        meeting=meeting,
        item=Item(index=index, kind="item" if title else "front", number=None, title=title),
        offset=0,
        text=text,
        model=Model(name="invented", version="1"),
        **more,
    )


def meeting(name: str, body: str | None, date: str | None, venue: str | None = None) -> Meeting:
    """Return a meeting whose identity is made from a name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Meeting(
        id=digest[:16], source=f"{name}.txt", sha256=digest, body=body, date=date, venue=venue
    )


def placed(kind: Any, text: str, words: str, **more: Any) -> Any:
    """Return something that stands where some words of a text first stand."""
    start = text.index(words)
    return kind(start=start, end=start + len(words), text=words, **more)


def invented_records() -> Iterator[Record]:
    """Yield records of three meetings; those of a meeting follow each other."""
    yield from _hostile()
    yield from _undated()
    yield from _restricted()


def _hostile() -> Iterator[Record]:
    held = meeting("hostile", f"Board of {PAYLOADS[1]}", "2024-05-06", f"Room {PAYLOADS[0]}")
    for index, payload in enumerate(PAYLOADS):
        text = (
            f"Item {payload}\n\n{HOSTILE_NAME} asked for £1,250 for {FORMULA} under the Payload "
            f"Act 1999. {payload} Quetzal reported. RESOLVED to note {payload}\n"
            f"ACTION: {HOSTILE_NAME} to mend {payload}\n"
        )
        spans: list[Span] = [
            placed(PersonSpan, text, HOSTILE_NAME, canonical=HOSTILE_NAME, id="person:hostile"),
            placed(MoneySpan, text, "£1,250", amount=1250, currency="GBP"),
            placed(
                LegislationSpan,
                text,
                "Payload Act 1999",
                canonical=f"Payload Act 1999 {PAYLOADS[1]}",
                id="javascript:alert('law')",
            ),
            placed(OrgSpan, text, "Quetzal", canonical=f"Quetzal {PAYLOADS[2]}", id="body:'\"><x"),
        ]
        yield record(
            held,
            index,
            FORMULA if index == 0 else f"Item {payload}",
            text,
            spans=tuple(sorted(spans, key=lambda span: span.start)),
            topics=("funding",),
            scores={"funding": 0.9, "mental_health": 0.2},
            decisions=(placed(Decision, text, f"RESOLVED to note {payload}"),),
            actions=(
                placed(
                    Action,
                    text,
                    f"{HOSTILE_NAME} to mend {payload}",
                    owners=(HOSTILE_NAME,),
                    owner_ids=("person:hostile",),
                    due="2024-06-30",
                ),
            ),
        )


def _undated() -> Iterator[Record]:
    held = meeting("undated", None, None)
    text = "Nobody wrote down when or who. The refuge’s roof – über-old – leaks.\n"
    yield record(held, 0, None, "Minutes of a meeting\n")
    yield record(held, 1, "Roof of the refuge", text, topics=("domestic_abuse",), scores={})


def _restricted() -> Iterator[Record]:
    held = meeting("restricted", "Invented Safety Board", "2023-03")
    text = "EXEMPT under paragraph 3 of Schedule 12A. The zebrafinch tender was let for £9,000.\n"
    yield record(
        held,
        0,
        "Tender",
        text,
        spans=(placed(MoneySpan, text, "£9,000", amount=9000, currency="GBP"),),
        restriction=Restriction(kind="exempt", said_by="item", text="EXEMPT"),
    )
