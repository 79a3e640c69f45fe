"""Lists from A to Z: on one page where they are short, on a page for each letter where not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kcsp_nlp.dashboard.addresses import Kind, address
from kcsp_nlp.dashboard.exploring.folding import words
from kcsp_nlp.dashboard.page import Page
from kcsp_nlp.dashboard.source import Row

OTHER = "other"  # what begins with no letter of the alphabet
_LONG = 400  # entries; more are parted by letter
_MOST = 20  # entries at the head of a list that has many more
_TEMPLATE = "entries.html"
_WORDY = re.compile(r"[^\W_]")
_THE = "the "


class Entry(NamedTuple):
    """One line of a list.

    Attributes:
        name: The whole name.
        before: What stands before the word that it is sorted by; empty where that is the first.
        word: The word that it is sorted by and what follows.
        path: Its page, from the root of the site.
        meetings: Meetings that name it.
        mentions: Places that name it.
        years: From the first to the last, "2019–2021"; empty where not known.
        order: What the list is sorted by.
        more: Another column, where the list has one.
    """

    name: str
    before: str
    word: str
    path: str
    meetings: int
    mentions: int
    years: str
    order: tuple[str, ...]
    more: str = ""

    @property
    def letter(self) -> str:
        """The letter that it stands under: a to z, or `other`."""
        first = self.order[0][:1]
        return first if "a" <= first <= "z" else OTHER


class Letter(NamedTuple):
    """A letter of a list: entries named more than once, those named once, and where they are."""

    letter: str
    path: str
    entries: list[Entry]
    once: list[Entry]


def entry(
    kind: Kind, key: str, name: str, row: Row, *, by_last_word: bool = False, more: str = ""
) -> Entry:
    """Return the line of a person, organisation or law.

    Args:
        kind: What it is.
        key: Its key.
        name: Its name.
        row: Its row of the dimension, for what is counted.
        by_last_word: Whether it is sorted by the last word of its name, as people are.
        more: Another column.
    """
    before, word = _parted(name) if by_last_word else ("", name)
    folded = _fold(name)
    sorted_by = _fold(word) if by_last_word else folded.removeprefix(_THE)
    return Entry(
        name=name,
        before=before,
        word=word,
        path=address(kind, key),
        meetings=row["meetings"],
        mentions=row["mentions"],
        years=_years(row["first_date"], row["last_date"]),
        order=(sorted_by, folded, name, key),
        more=more,
    )


def lists(kind: Kind, entries: Iterable[Entry], said: Mapping[str, object]) -> Iterator[Page]:
    """Yield the page that lists everything of a kind, and a page for each letter where it is long.

    Args:
        kind: What is listed; its page is `<kind>.html`, those of letters are `<kind>/a.html`.
        entries: In any order.
        said: What the template says of this kind.
    """
    order = sorted(entries, key=lambda each: each.order)
    long = len(order) > _LONG
    letters = _letters(order, lambda letter: _place(kind, letter, long=long))
    context = {
        **said,
        "kind": kind,
        "total": len(order),
        "letters": letters,
        "long": long,
        "here": None,
        "shown": [] if long else letters,
        "most": _most(order) if len(order) > 2 * _MOST else [],
    }
    yield Page(f"{kind}.html", _TEMPLATE, context)
    for letter in letters if long else ():
        yield Page(
            letter.path, _TEMPLATE, {**context, "here": letter, "shown": [letter], "most": []}
        )


def _letters(order: Sequence[Entry], place: Callable[[str], str]) -> list[Letter]:
    found: dict[str, Letter] = {}
    for each in order:
        letter = found.setdefault(each.letter, Letter(each.letter, place(each.letter), [], []))
        (letter.entries if each.mentions > 1 else letter.once).append(each)
    return sorted(found.values(), key=lambda letter: (letter.letter == OTHER, letter.letter))


def _place(kind: Kind, letter: str, *, long: bool) -> str:
    return f"{kind}/{letter}.html" if long else f"{kind}.html#letter-{letter}"


def _most(order: Sequence[Entry]) -> list[Entry]:
    return sorted(order, key=lambda each: (-each.meetings, -each.mentions, each.order))[:_MOST]


def _years(first: str | None, last: str | None) -> str:
    years = dict.fromkeys(date[:4] for date in (first, last) if date)
    return "–".join(years)


def _parted(name: str) -> tuple[str, str]:
    """Return a name up to its last word that has a letter or figure, and from there on."""
    start = 0
    for word in re.finditer(r"\S+", name):
        if _WORDY.search(word[0]):
            start = word.start()
    return name[:start], name[start:]


def _fold(text: str) -> str:
    """Return text without accents, signs and case: É and e fall together, O'Brien and OBrien."""
    return " ".join(word.folded for word in words(text))
