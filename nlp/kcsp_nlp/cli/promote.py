"""`kcsp-nlp promote`: the shipped model is replaced by one that is no worse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.versions.promoting import Outcome


def promote(
    new: Annotated[
        Path, typer.Argument(metavar="NEW", help="Model folder, or name of a model package.")
    ],
    *,
    over: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotations at run time
        typer.Option("--over", metavar="DIR", help="Model to replace; default: the shipped model."),
    ] = None,
    on: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            "--on",
            metavar="CORPUS",
            help="Labelled minutes to judge on, which neither model was trained on; repeatable.",
        ),
    ] = None,
    margin: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, metavar="M", help="How much the F1 of a label may fall."),
    ] = 0.02,
    force: Annotated[
        bool, typer.Option("--force", help="Replace it whatever speaks against it.")
    ] = False,
    keep: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many older models are kept.")
    ] = 5,
) -> None:
    """Replace the shipped model where the new one is no worse; else say why not, exit code 1.

    No label and no topic may fall by more than the margin, and no whole (spans micro, topics micro
    and macro) beyond noise. Documents that a model was trained on are left out, and at least five
    others are needed. The older model is kept beside the folder, in FOLDER.history, and
    FOLDER.history.jsonl says what was replaced, when, and by what figures. A kill at any moment
    leaves the old model or the new one, whole.

    For example:

      kcsp-nlp promote models/mine --on held-out.jsonl

      kcsp-nlp promote models/mine --over models/ours --on held-out/ --margin 0.01
    """
    from kcsp_nlp.labels.corpus import read_all
    from kcsp_nlp.shipped import shipped
    from kcsp_nlp.versions.promoting import promote as promote_model

    place = over if over is not None else shipped("models/kcsp")
    outcome = promote_model(
        new,
        place,
        read_all(on) if on else [],
        margin=margin,
        force=force,
        keep=keep,
        log=lambda line: typer.echo(line, err=True),
    )
    _show(outcome, new, place)


def _show(outcome: Outcome, new: Path, place: Path) -> None:
    """Print the comparison and what became of it.

    Raises:
        KcspError: the model was not promoted.
    """
    from kcsp_nlp.cli.comparison_table import comparison_table
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.errors import KcspError

    if outcome.left_out:
        typer.echo(
            f"note {len(outcome.left_out)} documents are left out, a model was trained on them: "
            f"{', '.join(outcome.left_out)}",
            err=True,
        )
    with open_output(None) as stream:
        if outcome.comparison:
            for warning in outcome.comparison.warnings():
                typer.echo(f"note {warning}", err=True)
            against = {(each.table, each.name) for each in outcome.objections}
            stream.write(comparison_table(outcome.comparison, against) + "\n")
        stream.writelines(f"against  {each.says}\n" for each in outcome.objections)
    if outcome.entry is not None:
        forced = ", forced" if outcome.entry.forced else ""
        sha256 = outcome.entry.model.sha256[:16]
        typer.echo(f"{place}: now {outcome.entry.model.version} ({sha256}){forced}", err=True)
    elif outcome.objections:
        raise KcspError(
            f"{new}: not promoted, {place} stays as it is; {len(outcome.objections)} reasons "
            "against it are listed above; --force promotes it all the same"
        )
    else:
        typer.echo(f"{place}: is this model already", err=True)
