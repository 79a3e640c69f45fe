"""`kcsp-nlp read`: the text that offsets refer to."""

from __future__ import annotations

import sys
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

    document = read_input(file)
    for warning in document.warnings:
        typer.echo(f"kcsp-nlp: {document.source}: {warning}", err=True)
    sys.stdout.buffer.write(document.text.encode("utf-8"))
