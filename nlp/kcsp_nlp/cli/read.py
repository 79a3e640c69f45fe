"""`kcsp-nlp read`: the text that offsets refer to, and what reading set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kcsp_nlp.cli.annotate import LimitsFile


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document, or - for stdin.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Also pages, what was set aside and why, warnings.")
    ] = False,
    limits: LimitsFile = None,
) -> None:
    """Print the text of a document, exactly as the offsets of its records count it.

    Of an archive, a message or an agenda pack the documents follow each other. With --json each is
    one line: source, format, text, pages (number and first offset), what was set aside (kind,
    page, reason, text), words that character recognition doubted, warnings.

    For example:

      kcsp-nlp read minutes.pdf | head

      kcsp-nlp read minutes.pdf --json | jq .aside
    """
    from kcsp_nlp.cli.inputs import read_input
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.errors import ReadingError
    from kcsp_nlp.reading import Document, Reader
    from kcsp_nlp.reading.limits import load_limits

    failed = False
    with Reader(load_limits(limits)) as reader, open_output(None) as stream:
        for document in read_input(file, reader):
            if not isinstance(document, Document):
                failed |= isinstance(document, ReadingError)
                typer.echo(f"kcsp-nlp: {document}", err=True)
                continue
            for warning in document.warnings:
                typer.echo(f"kcsp-nlp: {document.source}: {warning}", err=True)
            stream.write(f"{document.model_dump_json()}\n" if as_json else document.text)
    if failed:
        raise typer.Exit(1)
