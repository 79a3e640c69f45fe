"""`kcsp-nlp suggest`: what to label next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.suggesting.suggestion import Suggestion

# Optional[...]: Typer reads the annotations at run time.
Records = Annotated[
    list[Path],
    typer.Argument(metavar="RECORDS...", help="What `annotate` wrote: files, or folders of them."),
]
Wanted = Annotated[int, typer.Option("--number", "-n", min=1, help="At most so many items.")]
Characters = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--characters",
        min=1,
        help="At most so many characters of text in all: what there is to read.",
    ),
]
Aim = Annotated[
    Literal["spans", "topics", "both"], typer.Option("--for", help="What is to get better.")
]
Labelled = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option(
        "--labelled",
        metavar="CORPUS",
        help="Labelled minutes, file or folder; repeatable. What they hold is not suggested, and "
        "what is like them is worth less.",
    ),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="OUT.jsonl", help="File to write; default stdout."),
]
Chosen = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--records",
        metavar="CHOSEN.jsonl",
        help="Also write the suggested records, for `kcsp-nlp labels export`.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No notes and no summary, only failures.")
]


def suggest(
    records: Records,
    *,
    wanted: Wanted = 20,
    characters: Characters = None,
    aim: Aim = "both",
    labelled: Labelled = None,
    output: Output = None,
    chosen: Chosen = None,
    quiet: Quiet = False,
) -> None:
    """Suggest the agenda items most worth labelling, each with its reasons.

    Worth most is what the model is likely to have wrong, per character to be read, and unlike what
    is labelled or suggested before it. On a terminal the list is a table, elsewhere JSON Lines, the
    most worthwhile first. For example:

      kcsp-nlp suggest records.jsonl -n 20

      kcsp-nlp suggest records/ -n 50 --labelled corpus --records chosen.jsonl

      kcsp-nlp labels export chosen.jsonl --to doccano
    """
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import open_output, refuse_unwritable
    from kcsp_nlp.labels.corpus import read_all
    from kcsp_nlp.people.appearances import find_files
    from kcsp_nlp.record_lines import write as write_records
    from kcsp_nlp.suggesting.choosing import choose
    from kcsp_nlp.suggesting.pool import read_pool

    files = find_files(records)
    for place in filter(None, [output, chosen]):
        refuse_overwriting(files, place)
        refuse_unwritable(place)
    if output is not None:
        refuse_overwriting([output], chosen)
    pool = read_pool(files, read_all(labelled or []))
    found = choose(
        pool.candidates,
        aim=aim,
        wanted=wanted,
        characters=characters,
        labelled=pool.labelled,
    )
    if not quiet:
        for note in pool.notes:
            typer.echo(f"note {note}", err=True)
        total = sum(each.characters for each in found)
        typer.echo(
            f"{len(found)} of {len(pool.candidates)} items suggested, {total:,} characters of text",
            err=True,
        )
    if chosen is not None:
        ids = {each.id for each in found}
        with open_output(chosen) as stream:
            write_records((c.record for c in pool.candidates if c.record.id in ids), stream)
    _write(found, output)


def _write(found: Sequence[Suggestion], output: Path | None) -> None:
    """Write the suggestions: a table on a terminal, else JSON Lines."""
    from kcsp_nlp.cli.suggest_table import print_suggestions
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.suggesting.suggestion import write

    with open_output(output) as stream:
        if output is None and sys.stdout.isatty():
            print_suggestions(found, stream)
        else:
            write(found, stream)
