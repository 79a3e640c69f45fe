"""`kcsp-nlp compare`: two models on the same labelled minutes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.versions.changes import Changed


def compare(
    old: Annotated[
        Path, typer.Argument(metavar="OLD", help="Model folder, or name of a model package.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The other one.")],
    *,
    on: Annotated[
        list[Path],
        typer.Option("--on", metavar="CORPUS", help="Labelled minutes to judge on; repeatable."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
    output: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotation at run time
        typer.Option(
            "--output", "-o", metavar="OUT.jsonl", help="Write every record that changed, by what."
        ),
    ] = None,
) -> None:
    """Compare two models: every label and topic, how sure a difference is, and what changed.

    Differences are those of F1, new minus old, with the 95 % interval that a paired bootstrap over
    documents gives, and the probability of such a difference were the models equally good. Records
    that changed are listed by their ids. Scores on documents that a model was trained on say
    little: a note names them.

    For example:

      kcsp-nlp compare models/kcsp models/mine --on held-out.jsonl

      kcsp-nlp compare models/kcsp models/mine --on held-out/ -o changes.jsonl
    """
    from kcsp_nlp.cli.comparison_table import comparison_table
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import open_output, refuse_unwritable
    from kcsp_nlp.labels.corpus import read_all
    from kcsp_nlp.versions.comparing import compare as compare_models
    from kcsp_nlp.versions.comparing import load_judged

    if output is not None:
        refuse_overwriting([file for path in on for file in (path, *path.glob("*.jsonl"))], output)
        refuse_unwritable(output)
    documents = read_all(on)
    comparison, changes = compare_models(load_judged(old), load_judged(new), documents)
    for warning in comparison.warnings():
        typer.echo(f"note {warning}", err=True)
    if output is not None:
        _write(changes, output)
    with open_output(None) as stream:
        text = (
            comparison.model_dump_json(by_alias=True, indent=2)
            if as_json
            else comparison_table(comparison)
        )
        stream.write(f"{text}\n")


def _write(changes: Sequence[Changed], output: Path) -> None:
    from kcsp_nlp.cli.writing import open_output

    with open_output(output) as stream:
        stream.writelines(f"{each.model_dump_json()}\n" for each in changes)
