"""`kcsp-nlp card`: results into a model card."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Optional

import typer


def card(
    results: Annotated[
        list[Path],
        typer.Argument(metavar="RESULTS.json...", help="What `evaluate -o` wrote, a column each."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="CARD.md", help="Card to write; pictures go to figures/."
        ),
    ],
    model: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotation at run time
        typer.Option("--model", metavar="M", help="Model folder; default: the shipped model."),
    ] = None,
    development: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--development", metavar="SCORES.json", help="What `make development` wrote."),
    ] = None,
) -> None:
    """Write a model card, its tables and pictures, from results: no figure by hand.

    Example: kcsp-nlp card models/results/cross-validation.json -o models/README.md
    """
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import open_output, refuse_unwritable
    from kcsp_nlp.evaluation.card import Development, main_results, render_card
    from kcsp_nlp.evaluation.figures import draw_figures
    from kcsp_nlp.evaluation.model_facts import model_facts
    from kcsp_nlp.evaluation.results import read_results
    from kcsp_nlp.shipped import shipped

    refuse_overwriting([*results, *([development] if development else [])], output)
    held = [read_results(path) for path in results]
    text = render_card(
        held,
        model_facts(model or shipped("models/kcsp")),
        Development.read(development) if development else None,
    )
    pictures = output.parent / "figures"
    with contextlib.suppress(OSError):  # what follows says what is wrong with the place
        pictures.mkdir(parents=True, exist_ok=True)
    refuse_unwritable(output)
    for name, picture in draw_figures(main_results(held)).items():
        with open_output(pictures / name) as stream:
            stream.write(picture)
    with open_output(output) as stream:
        stream.write(text)
