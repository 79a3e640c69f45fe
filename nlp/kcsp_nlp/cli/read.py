"""`kcsp-nlp read`: the text that offsets refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document, or - for stdin.")],
) -> None:
    """Print the text of a document, exactly as the offsets of its records count it.

    Example: kcsp-nlp read minutes.txt | head
    """
    from kcsp_nlp.cli.inputs import read_input
    from kcsp_nlp.cli.writing import open_output

    document = read_input(file)
    for warning in document.warnings:
        typer.echo(f"kcsp-nlp: {document.source}: {warning}", err=True)
    with open_output(None) as stream:
        stream.write(document.text)
