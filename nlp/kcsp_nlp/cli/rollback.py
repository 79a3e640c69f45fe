"""`kcsp-nlp rollback`: an older model is the shipped one again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def rollback(
    *,
    to: Annotated[
        Optional[str],  # noqa: UP045 -- Typer reads the annotations at run time
        typer.Option(
            "--to",
            metavar="SHA",
            help="First digits of its sha256; default: the one that the present model replaced.",
        ),
    ] = None,
    over: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--over", metavar="DIR", help="Model to replace; default: the shipped model."),
    ] = None,
    keep: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many older models are kept.")
    ] = 5,
) -> None:
    """Bring an older model back; the present one is kept, so that this can be undone with --to.

    For example:

      kcsp-nlp rollback

      kcsp-nlp rollback --to 3f9c2a1b
    """
    from kcsp_nlp.shipped import shipped
    from kcsp_nlp.versions.promoting import roll_back

    place = over if over is not None else shipped("models/kcsp")
    entry = roll_back(place, to, keep=keep)
    was = f", was {entry.replaced.sha256[:16]}" if entry.replaced else ""
    typer.echo(f"{place}: now {entry.model.version} ({entry.model.sha256[:16]}){was}", err=True)
