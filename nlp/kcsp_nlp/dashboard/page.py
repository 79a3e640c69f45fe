"""One page of the site, before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from kcsp_nlp.dashboard.source import Source


class Options(NamedTuple):
    """What a site is to be.

    Attributes:
        title: What stands at the head of every page.
        today: The day that open actions are compared with; stated on the page.
        people: Whether the warehouse names people; False leaves out every page of them.
        restricted: Whether items that are not for the public were asked for.
        left_out: How many such items are not in the warehouse; None where that is not known.
    """

    title: str
    today: date
    people: bool = True
    restricted: bool = False
    left_out: int | None = None


class Page(NamedTuple):
    """A page.

    Attributes:
        path: Where it lies in the site, with `/`: `meetings/0f3a….html`.
        template: The template that makes it, which extends `base.html`.
        context: What the template is given besides what every page has.
    """

    path: str
    template: str
    context: Mapping[str, object]


class File(NamedTuple):
    """A file that is no page: data that scripts load, something to download.

    Attributes:
        path: Where it lies in the site, with `/`.
        text: What it holds; written as UTF-8.
    """

    path: str
    text: str


class Pages(Protocol):
    """What makes the pages of one kind; they are written one by one, never held together."""

    def __call__(self, source: Source, options: Options) -> Iterator[Page | File]:
        """Yield the pages.

        Args:
            source: The warehouse, which holds only what may be shown.
            options: What the site is to be.
        """
        ...
