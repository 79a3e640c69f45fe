"""`kcsp-nlp show`: one document as the pages of a site, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

# `Optional`: Typer reads the annotations at run time.
File = Annotated[Path, typer.Argument(metavar="FILE", help="Minutes, or - for stdin.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="DIR", help="Folder of the site; default: a new one."),
]
Model = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--model", metavar="M", help="Model folder; default: the shipped model."),
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Only say where the page lies.")]
Restricted = Annotated[
    bool,
    typer.Option("--include-restricted", help="With items that are not for the public, flagged."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary, only failures.")
]


def show(
    file: File,
    *,
    output: Output = None,
    model: Model = None,
    no_open: NoOpen = False,
    include_restricted: Restricted = False,
    quiet: Quiet = False,
) -> None:
    """Annotate one document and open its page in the browser.

    The page shows the minutes with everything that was found in them, and the words that speak for
    each topic. Of an archive or a pack with several minutes it is the list of them. Where the page
    lies is printed.

    For example:

      kcsp-nlp show minutes.pdf

      kcsp-nlp show minutes.pdf -o site/ --no-open
    """
    from kcsp_nlp.cli.browsing import open_page
    from kcsp_nlp.cli.report import Report
    from kcsp_nlp.cli.showing import annotated_site

    report = Report(quiet=quiet)
    page = annotated_site(file, output, model, report, restricted=include_restricted, quiet=quiet)
    typer.echo(str(page))
    if not no_open:
        open_page(page)
    if report.failures:
        raise typer.Exit(1)
