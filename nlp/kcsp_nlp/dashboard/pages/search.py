"""The page that searches everything, the index that it reads, and the texts that it quotes."""

from __future__ import annotations

from collections.abc import Iterator

from kcsp_nlp.dashboard.exploring.index import Index
from kcsp_nlp.dashboard.exploring.named import Kind, find_named
from kcsp_nlp.dashboard.exploring.order import NEWEST_FIRST, find_order
from kcsp_nlp.dashboard.exploring.packing import data_file
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.source import Row, Source
from kcsp_nlp.dashboard.wording import day

_TEXTS = 60_000  # characters of a file of texts, about: a hit loads one


def pages(source: Source, options: Options) -> Iterator[Page | File]:
    """Yield the page, the texts of items in their order, and the index."""
    yield Page("search.html", "search.html", {})
    index = Index()
    yield from _texts(source, index)
    order = find_order(source)
    kinds: tuple[Kind, ...] = ("organisations", "laws")
    if options.people:
        kinds = ("people", *kinds)
    bodies = source.rows("SELECT name FROM bodies ORDER BY name, body_id")
    sizes = {
        "items": len(order.places),
        "meetings": index.add_all(_meeting_words(meeting) for meeting in order.meetings),
        "bodies": index.add_all(body["name"] for body in bodies),
    }
    for kind in kinds:
        sizes[kind] = index.add_all(row["name"] for row in find_named(source, kind).rows)
    yield data_file("search/entries", list(sizes.items()))
    yield from index.files()


def _texts(source: Source, index: Index) -> Iterator[File]:
    """Yield `data/text/<number>.js` and last `data/text/texts.js`, the first item of each file."""
    held: list[str] = []
    firsts = [0]
    size = 0
    for item in _items(source):
        title = f"{item['number'] or ''} {item['title'] or ''}"
        index.add(title, item["text"])
        if held and size + len(item["text"]) > _TEXTS:
            yield data_file(f"text/{len(firsts) - 1}", held)
            firsts.append(firsts[-1] + len(held))
            held, size = [], 0
        held.append(item["text"])
        size += len(item["text"])
    yield data_file(f"text/{len(firsts) - 1}", held)
    yield data_file("text/texts", firsts)


def _items(source: Source) -> Iterator[Row]:
    return source.rows(
        "SELECT i.number, i.title, i.text FROM items i "
        "JOIN meetings m ON m.meeting_id = i.meeting_id "
        f"ORDER BY {NEWEST_FIRST}, i.position"
    )


def _meeting_words(meeting: Row) -> str:
    """Return what a meeting is found by: `Medway CSP 9 February 2023 Council Chamber`."""
    date = meeting["date"]
    said = (meeting["body"], day(date) if date else None, date, meeting["venue"])
    return " ".join(each for each in said if each)
