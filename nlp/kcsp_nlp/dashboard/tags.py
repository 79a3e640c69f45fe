"""What was found in the text of an item, as marks with links to the pages of what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from kcsp_nlp.dashboard.addresses import (
    Kind,
    action_anchor,
    address,
    decision_anchor,
    mention_anchor,
)
from kcsp_nlp.dashboard.source import Row
from kcsp_nlp.dashboard.text.marks import Mark
from kcsp_nlp.dashboard.wording import provision

# Label: what it is called, and the column and the pages of what it stands for.
_KINDS: dict[str, tuple[str, str | None, Kind | None]] = {
    "PERSON": ("Person", "person_id", "people"),
    "ROLE": ("Role", None, None),
    "ORG": ("Organisation", "organisation_id", "organisations"),
    "MONEY": ("Money", None, None),
    "LEGISLATION": ("Law", "legislation_id", "laws"),
}


def mention_marks(position: int, mentions: Iterable[Row], root: str, people: bool) -> list[Mark]:
    """Return the marks of the mentions of an item.

    Args:
        position: The item's place in the minutes.
        mentions: Rows of `mentions`.
        root: The way from the page to the root of the site.
        people: Whether the site has pages of people.
    """
    marks = []
    for row in mentions:
        called, column, pages = _KINDS[row["label"]]
        known = row[column] if column and (people or pages != "people") else None
        said = f' class="tag tag-{row["label"].lower()}" title="{escape(_title(called, row))}"'
        link = f' href="{root}{address(pages, known)}"' if known and pages else ""
        anchor = mention_anchor(position, row["start_offset"])
        place = row["start_offset"], row["end_offset"]
        attributes = Markup(said + link)  # noqa: S704 - what is said is escaped, the rest is ours
        marks.append(Mark(*place, "a" if link else "span", attributes, anchor))
    return marks


def decision_marks(position: int, decisions: Iterable[Row]) -> list[Mark]:
    """Return the marks of the decisions of an item."""
    return _ranges("decision", decisions, lambda start: decision_anchor(position, start))


def action_marks(position: int, actions: Iterable[Row]) -> list[Mark]:
    """Return the marks of the actions of an item."""
    return _ranges("action", actions, lambda start: action_anchor(position, start))


def _ranges(name: str, rows: Iterable[Row], anchor: Callable[[int], str]) -> list[Mark]:
    attributes = Markup(' class="{}"').format(name)
    places = ((row["start_offset"], row["end_offset"]) for row in rows)
    return [Mark(start, end, "span", attributes, anchor(start)) for start, end in places]


def _title(called: str, row: Row) -> str:
    """Return what is said of a mention besides its words: its kind, and what it stands for."""
    said = f"{called}: {row['canonical']}" if row["canonical"] else called
    return f"{said}, {provision(row['provision'])}" if row["provision"] else said
