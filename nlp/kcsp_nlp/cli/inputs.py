"""What INPUT stands for on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kcsp_nlp.batch import Outcome
    from kcsp_nlp.reading import Document

STDIN = Path("-")


def read_input(path: Path) -> Document:
    """Read a document, standard input (as text) where the path is `-`.

    Raises:
        ReadingError: it cannot be read as minutes.
    """
    from kcsp_nlp.reading import read, read_bytes
    from kcsp_nlp.reading.files import LIMIT

    if path == STDIN:
        return read_bytes(sys.stdin.buffer.read(LIMIT + 1), "-", ".txt")
    return read(path)


def annotate_inputs(
    inputs: Sequence[Path],
    *,
    model: Path | None,
    registers: Path | None = None,
    workers: int,
    explain: bool = False,
) -> tuple[int, Iterator[Outcome]]:
    """Annotate what the inputs stand for.

    Args:
        inputs: Files, folders, or `-` alone.
        model: A model folder; None for the shipped model.
        registers: A folder of a user's own registers; None for none.
        workers: Number of processes.
        explain: Whether records say what speaks for their topics.

    Returns:
        How many documents there are, and what becomes of each, in order.

    Raises:
        BadParameter: `-` stands among files.
        ReadingError: a folder holds no minutes.
        RegisterError: the registers do not hold.
        ModelError: the model cannot be loaded.
    """
    from kcsp_nlp.batch import Setup, annotate_document, annotate_files
    from kcsp_nlp.reading import find_documents
    from kcsp_nlp.registers.user_tables import load_tables

    # Read here, once, before any document: workers are given what was read.
    setup = Setup(model, load_tables(registers) if registers is not None else None)

    if STDIN in inputs:
        if len(inputs) > 1:
            raise typer.BadParameter(
                "standard input (-) cannot be mixed with files; give one or the other"
            )
        annotator = setup.load()
        reading = partial(read_input, STDIN)
        return 1, iter([annotate_document(annotator, "-", reading, explain=explain)])
    paths = find_documents(inputs)
    return len(paths), annotate_files(
        paths, model=model, tables=setup.tables, workers=workers, explain=explain
    )


def refuse_overwriting(inputs: Sequence[Path], output: Path | None) -> None:
    """Refuse an output that is one of the inputs, which would be gone.

    Raises:
        BadParameter: they are the same file, by whatever path.
    """
    if output is not None and os.path.realpath(output) in map(os.path.realpath, inputs):
        raise typer.BadParameter(f"{output} is to be read; write to another file")
