"""One document, annotated and written as a site."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kcsp_nlp.cli.inputs import annotate_inputs
from kcsp_nlp.cli.site_report import SiteReport
from kcsp_nlp.cli.site_writing import Wanted, write_warehouse
from kcsp_nlp.errors import KcspError

if TYPE_CHECKING:
    from kcsp_nlp.cli.report import Report


def annotated_site(
    file: Path,
    output: Path | None,
    model: Path | None,
    report: Report,
    *,
    restricted: bool,
    quiet: bool,
) -> Path:
    """Annotate the documents of a file and write their site.

    Args:
        file: The file; `-` for standard input.
        output: Where the site is to be; None for a new folder that stays, which nobody else of
            this machine may read.
        model: A model folder; None for the shipped model.
        report: Told what becomes of the documents.
        restricted: Whether items that are not for the public are shown.
        quiet: Whether to say nothing of what went well.

    Returns:
        The page of the meeting, or the list of meetings where there are several.

    Raises:
        KcspError: no document could be annotated, or the site cannot be written.
    """
    from kcsp_nlp.warehouse.sqlite import load, scratch

    found = report.follow(*annotate_inputs([file], model=model, explain=True))
    with scratch() as connection:
        records = (record for outcome in found for record in outcome.records)
        loaded = load(connection, records, restricted=restricted)
        report.finish(None)
        if not report.documents:
            raise KcspError(f"{file}: not shown, no document could be annotated")
        with _place(output) as site:
            wanted = Wanted(site, None, date.today(), people=True, restricted=restricted)
            pages = write_warehouse(
                connection, wanted, SiteReport(quiet=quiet), withheld=loaded.withheld
            )
    return site / (pages[0] if len(pages) == 1 else "meetings.html")


@contextmanager
def _place(output: Path | None) -> Iterator[Path]:
    """Give the folder of the site; one that was made for it goes where nothing came of it."""
    if output is not None:
        yield output
        return
    made = Path(tempfile.mkdtemp(prefix="kcsp-nlp-"))
    try:
        yield made / "site"
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
