"""What INPUT stands for on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kcsp_nlp.batch import Outcome, Setup
    from kcsp_nlp.errors import ReadingError
    from kcsp_nlp.reading import Document, Notice, Reader

STDIN = Path("-")


def read_input(path: Path, reader: Reader) -> Iterator[Document | ReadingError | Notice]:
    """Read a file, or standard input (text where its bytes do not say otherwise) for `-`.

    Yields:
        Its documents, why what could not be read could not, and what was left out.
    """
    from kcsp_nlp.reading.unpacking import File

    if path == STDIN:
        data = sys.stdin.buffer.read(reader.limits.bytes + 1)
        return reader.read_file(File(data, "-", ".txt", "-"))
    return reader.read(path)


def annotate_inputs(
    inputs: Sequence[Path],
    *,
    model: Path | None,
    registers: Path | None = None,
    limits: Path | None = None,
    workers: int,
    explain: bool = False,
) -> tuple[int, Iterator[Outcome]]:
    """Annotate what the inputs stand for.

    Args:
        inputs: Files, folders, or `-` alone.
        model: A model folder; None for the shipped model.
        registers: A folder of a user's own registers; None for none.
        limits: A file of bounds of reading; None for the usual ones.
        workers: Number of processes.
        explain: Whether records say what speaks for their topics.

    Returns:
        How many files there are, and what becomes of each document in them, in order.

    Raises:
        BadParameter: `-` stands among files.
        ReadingError: a folder holds no minutes, or the limits do not hold.
        RegisterError: the registers do not hold.
        ModelError: the model cannot be loaded.
    """
    from kcsp_nlp.batch import Setup, annotate_files
    from kcsp_nlp.reading import find_documents
    from kcsp_nlp.reading.limits import load_limits
    from kcsp_nlp.registers.user_tables import load_tables

    # Read here, once, before any document: workers are given what was read.
    tables = load_tables(registers) if registers is not None else None
    setup = Setup(model, tables, load_limits(limits))
    if STDIN in inputs:
        if len(inputs) > 1:
            raise typer.BadParameter(
                "standard input (-) cannot be mixed with files; give one or the other"
            )
        return 1, _annotate_stdin(setup, explain)
    paths = find_documents(inputs)
    return len(paths), annotate_files(paths, setup, workers=workers, explain=explain)


def _annotate_stdin(setup: Setup, explain: bool) -> Iterator[Outcome]:
    from kcsp_nlp.batch import annotate_readings
    from kcsp_nlp.reading import Reader

    annotator = setup.load()
    with Reader(setup.limits) as reader:
        yield from annotate_readings(annotator, STDIN, read_input(STDIN, reader), explain=explain)


def refuse_overwriting(inputs: Sequence[Path], output: Path | None) -> None:
    """Refuse an output that is one of the inputs, which would be gone.

    Raises:
        BadParameter: they are the same file, by whatever path.
    """
    if output is not None and os.path.realpath(output) in map(os.path.realpath, inputs):
        raise typer.BadParameter(f"{output} is to be read; write to another file")
