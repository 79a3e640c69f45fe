"""`kcsp-nlp export`: records into tables that other programs take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.warehouse.exporting import Name

# Optional[...]: Typer reads the annotations at run time.
Records = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS...",
        help="What `annotate` wrote: files, folders of them, - for stdin; or a warehouse "
        "(.sqlite, .duckdb) that this command wrote.",
    ),
]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="File (sqlite, duckdb, xlsx), folder (csv, parquet) or address (postgresql://...).",
    ),
]
To = Annotated[
    Optional[Literal["sqlite", "duckdb", "parquet", "csv", "xlsx", "postgresql"]],  # noqa: UP045
    typer.Option("--to", help="What to write; default: what the name of OUT says."),
]


def export(
    records: Records,
    *,
    output: Output,
    to: To = None,
    no_people: Annotated[
        bool, typer.Option("--no-people", help="Leave people out of tables and texts.")
    ] = False,
    no_restricted: Annotated[
        bool, typer.Option("--no-restricted", help="Leave exempt and restricted items out.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary, only failures.")
    ] = False,
) -> None:
    """Turn records into tables: a star schema, and one flat sheet each for people who want one.

    What the tables mean: kcsp-nlp schema warehouse. In SQLite, DuckDB and PostgreSQL a document
    replaces its own rows and leaves others; CSV, Parquet and Excel hold what this run was given. A
    place is left as it was where anything fails.

    For example:

      kcsp-nlp export records.jsonl -o minutes.sqlite

      kcsp-nlp export records/ --to csv -o tables/ --no-people

      kcsp-nlp export minutes.sqlite -o minutes.xlsx --no-restricted
    """
    from kcsp_nlp.cli.export_report import ExportReport
    from kcsp_nlp.warehouse.exporting import export as write
    from kcsp_nlp.warehouse.sources import find_sources

    target = to or _target(output)
    _check(records, target, output)
    with ExportReport(quiet=quiet) as report:
        done = write(
            find_sources(records),
            target,
            output,
            people=not no_people,
            restricted=not no_restricted,
            watch=report.follow,
        )
    report.finish(done, "PostgreSQL" if target == "postgresql" else output)


def _target(output: str) -> Name:
    """Return the target that OUT speaks for.

    Raises:
        BadParameter: it speaks for none.
    """
    from kcsp_nlp.warehouse.exporting import target_of

    target = target_of(output)
    if target is None:
        raise typer.BadParameter(
            "the name of OUT does not say what to write (.sqlite, .duckdb, .xlsx or "
            "postgresql://...); say it with --to"
        )
    return target


def _check(records: list[Path], target: Name, output: str) -> None:
    """Refuse what cannot be meant; addresses are never shown, they may hold a password.

    Raises:
        BadParameter: an address stands where files are expected, `-` stands among files, or the
            output would replace what is to be read.
    """
    from kcsp_nlp.cli.inputs import STDIN, refuse_overwriting
    from kcsp_nlp.warehouse.exporting import is_address

    if any(is_address(str(path)) for path in records):
        raise typer.BadParameter("RECORDS are files or folders, not addresses")
    if target == "postgresql":
        return
    if is_address(output):
        raise typer.BadParameter(f"--to {target} wants a file or folder, not an address")
    if STDIN in records and len(records) > 1:
        raise typer.BadParameter(
            "standard input (-) cannot be mixed with files; give one or the other"
        )
    refuse_overwriting(records, Path(output))
