"""The application: which commands there are, and what happens to a user's mistake."""

from __future__ import annotations

import sys
from importlib.metadata import version as distribution_version
from typing import Annotated

import typer

from kcsp_nlp.cli.annotate import annotate
from kcsp_nlp.cli.card import card
from kcsp_nlp.cli.compare import compare
from kcsp_nlp.cli.dashboard import dashboard
from kcsp_nlp.cli.evaluate import evaluate
from kcsp_nlp.cli.export import export
from kcsp_nlp.cli.labels import labels
from kcsp_nlp.cli.package import package
from kcsp_nlp.cli.people import people
from kcsp_nlp.cli.promote import promote
from kcsp_nlp.cli.read import read
from kcsp_nlp.cli.rollback import rollback
from kcsp_nlp.cli.schema import schema
from kcsp_nlp.cli.show import show
from kcsp_nlp.cli.suggest import suggest
from kcsp_nlp.cli.train import train
from kcsp_nlp.errors import KcspError

app = typer.Typer(
    name="kcsp-nlp",
    help="Turn minutes of public bodies into linked, dashboard-ready data.\n\n"
    "Start with: kcsp-nlp annotate minutes.md -o records.jsonl",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 all went well, 1 some document or the command failed, 2 wrong usage, "
    "130 stopped by Ctrl-C, 143 by SIGTERM.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kcsp-nlp {distribution_version('kcsp-nlp')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


for command in (
    annotate,
    export,
    people,
    dashboard,
    show,
    read,
    schema,
    suggest,
    train,
    evaluate,
    card,
    compare,
    promote,
    rollback,
    package,
):
    app.command()(command)

app.add_typer(labels)


def run() -> None:
    """Run the command; an error that a user can act on is shown in one line, with exit code 1."""
    try:
        app()
    except KcspError as error:
        typer.echo(f"kcsp-nlp: {error}", err=True)
        sys.exit(1)
