"""`kcsp-nlp package`: a model as a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def package(
    model: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotation at run time
        typer.Argument(metavar="[MODEL]", help="Model folder; default: the shipped model."),
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the wheel.")
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Of the package, en_ and what you call it.")
    ] = "en_kcsp_minutes",
) -> None:
    """Build an installable wheel of a model, pipeline and topics, and print where it lies.

    Once installed, the model is known by its name: to `spacy.load`, to `kcsp_nlp.load`, and to
    every command that takes --model. The same model gives the same file.

    For example:

      kcsp-nlp package -o dist

      kcsp-nlp package models/mine -o dist --name en_our_minutes
    """
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.versions.packaging import package as package_model

    wheel = package_model(model, output, name=name)
    with open_output(None) as stream:
        stream.write(f"{wheel}\n")
