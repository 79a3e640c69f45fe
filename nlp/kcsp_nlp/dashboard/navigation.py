"""What can be reached from every page."""

from __future__ import annotations

from typing import NamedTuple

from kcsp_nlp.dashboard.page import Options


class Entry(NamedTuple):
    """One entry.

    Attributes:
        title: What it says.
        path: The page.
        folder: How the paths of the pages below it begin; None where there are none.
    """

    title: str
    path: str
    folder: str | None = None


_ENTRIES = (
    Entry("Overview", "index.html", "bodies"),
    Entry("Meetings", "meetings.html", "meetings/"),
    Entry("Items", "items.html"),
    Entry("Actions", "actions.html"),
    Entry("Money", "money.html"),
    Entry("People", "people.html", "people/"),
    Entry("Organisations", "organisations.html", "organisations/"),
    Entry("Laws", "laws.html", "laws/"),
    Entry("Topics", "topics.html", "topics/"),
    Entry("Search", "search.html"),
    Entry("About", "about.html"),
)


def navigation(options: Options) -> tuple[Entry, ...]:
    """Return the entries of a site; those of people are missing where it names none."""
    return tuple(entry for entry in _ENTRIES if options.people or entry.folder != "people/")
