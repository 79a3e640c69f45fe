"""`kcsp-nlp dashboard`: records into a static site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

# `Optional`: Typer reads the annotations at run time.
Records = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS|DB...",
        help="Records as `annotate` writes them: files, folders of them, or - for stdin; or a "
        "warehouse of `export`.",
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the site.")]
Title = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--title", metavar="T", help="Of every page; default: the body's name."),
]
Today = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option(
        "--today",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d"],
        help="The day on which actions are due or overdue; default: today.",
    ),
]
NoPeople = Annotated[bool, typer.Option("--no-people", help="Leave people out.")]
Restricted = Annotated[
    bool,
    typer.Option("--include-restricted", help="With items that are not for the public, flagged."),
]
Serve = Annotated[
    bool, typer.Option("--serve", help="Show the site on this machine alone, until Ctrl-C.")
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, metavar="N", help="For --serve; 0 for any.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary, only failures.")
]


def dashboard(
    records: Records,
    *,
    output: Output = Path("site"),
    title: Title = None,
    today: Today = None,
    no_people: NoPeople = False,
    include_restricted: Restricted = False,
    serve: Serve = False,
    port: Port = 8000,
    quiet: Quiet = False,
) -> None:
    """Write a static site of records: meetings, items, actions, money, people, laws, topics.

    It needs no server: open DIR/index.html, or copy DIR to any web server. An older site in DIR is
    replaced once the new one is whole; any other folder is left alone.

    For example:

      kcsp-nlp dashboard records.jsonl -o site/ --title "Kent Community Safety Partnership"

      kcsp-nlp dashboard records/ -o site/ --serve
    """
    from kcsp_nlp.cli.site_report import SiteReport
    from kcsp_nlp.cli.site_writing import Wanted, write_site
    from kcsp_nlp.warehouse.sources import find_sources

    wanted = Wanted(
        output=output,
        title=title,
        today=(today or datetime.now()).date(),
        people=not no_people,
        restricted=include_restricted,
    )
    write_site(find_sources(records), wanted, SiteReport(quiet=quiet))
    if serve:
        from kcsp_nlp.dashboard.serving import serve as serve_site

        serve_site(output, port, lambda address: typer.echo(f"{address} (Ctrl-C ends)", err=True))
