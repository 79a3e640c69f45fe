"""From records to a site, with what is said about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kcsp_nlp.errors import KcspError

if TYPE_CHECKING:
    from kcsp_nlp.cli.site_report import SiteReport
    from kcsp_nlp.warehouse.sources import Source


class Wanted(NamedTuple):
    """The site that is asked for.

    Attributes:
        output: Its folder.
        title: Of every page; None for the name of the body, if there is one only.
        today: The day that open actions are compared with.
        people: Whether people are named.
        restricted: Whether it holds what is not for the public.
    """

    output: Path
    title: str | None
    today: date
    people: bool
    restricted: bool


def write_site(sources: Sequence[Source], wanted: Wanted, report: SiteReport) -> list[str]:
    """Write the site of what sources hold.

    Returns:
        The paths of the pages of its meetings, below the site.

    Raises:
        KcspError: sources cannot be read, the site cannot be written, or nothing is to be shown.
    """
    from kcsp_nlp.warehouse.selecting import selected

    with (
        report,
        selected(
            sources, people=wanted.people, restricted=wanted.restricted, watch=report.reading
        ) as (connection, loaded),
    ):
        return write_warehouse(connection, wanted, report, withheld=loaded.withheld)


def write_warehouse(
    connection: sqlite3.Connection, wanted: Wanted, report: SiteReport, *, withheld: int
) -> list[str]:
    """Write the site of a warehouse that holds only what may be shown.

    Args:
        connection: The warehouse.
        wanted: The site.
        report: Told how far it is.
        withheld: How many items are not in the warehouse because they are not for the public.

    Returns:
        The paths of the pages of its meetings, below the site.

    Raises:
        KcspError: the site cannot be written, or nothing is to be shown.
    """
    from kcsp_nlp.dashboard.addresses import address
    from kcsp_nlp.dashboard.page import Options
    from kcsp_nlp.dashboard.site import build
    from kcsp_nlp.dashboard.source import Source

    source = Source(connection)
    meetings = [row["meeting_id"] for row in source.rows("SELECT meeting_id FROM meetings")]
    if not meetings:
        raise KcspError(
            f"{wanted.output}: not written, there is no meeting to show ({withheld} restricted "
            "items are left out); expected at least one; --include-restricted brings those in"
        )
    options = Options(
        title=wanted.title or source.only_body() or "Minutes",
        today=wanted.today,
        people=wanted.people,
        restricted=wanted.restricted,
        left_out=withheld,
    )
    built = build(connection, wanted.output, options, report.writing)
    report.finish(built, wanted.output, withheld)
    return [address("meetings", meeting) for meeting in meetings]
