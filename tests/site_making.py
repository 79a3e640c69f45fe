"""Hand-made records, and the pages that a site makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kcsp_nlp.dashboard import site
from kcsp_nlp.dashboard.page import Options, Pages
from kcsp_nlp.records import Record, Span
from kcsp_nlp.warehouse.sqlite import connect, load

TODAY = date(2024, 6, 15)
MODEL = {"name": "kcsp", "version": "1"}


def meeting(name: str, day: str | None, body: str | None = "Ashby Forum") -> dict[str, Any]:
    """Return a meeting; its id is made from `name`."""
    digest = sha256(name.encode()).hexdigest()
    return {"id": digest[:16], "source": f"{name}.md", "sha256": digest, "body": body, "date": day}


def span(label: str, text: str, identifier: str | None = None, nth: int = 0, **more: Any) -> Any:
    """Return a span to be placed: the `nth` time that its text stands in the record."""
    return {"label": label, "text": text, "id": identifier, "nth": nth, **more}


def record(
    of: dict[str, Any],
    index: int,
    text: str,
    *,
    spans: Sequence[dict[str, Any]] = (),
    kind: str = "item",
    number: str | None = None,
    title: str | None = None,
    **more: Any,
) -> Record:
    """Return a record; spans, and other things that say `nth`, are placed in its text."""
    placed = [_placed(text, each) for each in spans]
    rest = {
        name: [_placed(text, each) for each in value] if name in _PLACED else value
        for name, value in more.items()
    }
    return Record.model_validate(
        {
            "id": f"{of['id']}:{index}",
            "meeting": of,
            "item": {"index": index, "kind": kind, "number": number, "title": title},
            "offset": 0,
            "text": text,
            "spans": sorted(placed, key=lambda each: int(each["start"])),
            "model": MODEL,
            **rest,
        }
    )


_PLACED = {"actions", "decisions", "attendance", "affiliations"}


def _placed(text: str, thing: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in thing.items() if key not in {"nth", "at"}}
    words, start = thing.get("at") or thing.get("text") or thing["name"], -1
    for _ in range(thing.get("nth", 0) + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), **found}


def place(of: Record, held: Span) -> str:
    """Return the address of a mention from a page in a folder."""
    return f"../meetings/{_token(of.meeting.id)}.html#m-{of.item.index}-{held.start}"


def _token(identifier: str) -> str:
    return sha256(identifier.encode()).hexdigest()[:16]


class Site:
    """A written site: its files, and pages as trees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))

    def html(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def page(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser(self.html(path))

    def of(self, kind: str, identifier: str) -> LexborHTMLParser:
        """Return the page of something."""
        return self.page(f"{kind}/{_token(identifier)}.html")


def make_site(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kinds: Iterable[Pages],
    records: Iterable[Record],
    *,
    people: bool = True,
) -> Site:
    """Write a site of some kinds of pages."""
    monkeypatch.setattr(site, "KINDS", tuple(kinds))
    with connect(folder / "warehouse.sqlite") as connection:
        load(connection, records)
        site.build(connection, folder / "site", Options("Minutes", TODAY, people=people))
    return Site(folder / "site")


def said(node: LexborNode | LexborHTMLParser | None) -> str:
    """Return the text of a node with single spaces."""
    assert node is not None
    return " ".join((node.text() if isinstance(node, LexborNode) else node.text() or "").split())


def all_said(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """Return the texts of what a selector finds."""
    return [said(node) for node in tree.css(selector)]


def facts(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the facts of a page by what they are called."""
    return dict(zip(all_said(tree, "dl.facts > dt"), all_said(tree, "dl.facts > dd"), strict=True))
