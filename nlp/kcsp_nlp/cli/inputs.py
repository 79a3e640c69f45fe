"""What INPUT stands for on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from kcsp_nlp.storage.files import real
from kcsp_nlp.storage.places import Place

if TYPE_CHECKING:
    from kcsp_nlp.batch.outcomes import Outcome
    from kcsp_nlp.batch.setup import Setup
    from kcsp_nlp.errors import ReadingError
    from kcsp_nlp.reading import Document, Notice, Reader

Found = TypeVar("Found", bound=Place)

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


def load_setup(model: Path | None, registers: Path | None, limits: Path | None) -> Setup:
    """Read what an annotator is made of, once, before any document.

    Args:
        model: A model folder; None for the shipped model.
        registers: A folder of a user's own registers; None for none.
        limits: A file of bounds of reading; None for the usual ones.

    Raises:
        ReadingError: the limits do not hold.
        RegisterError: the registers do not hold.
    """
    from kcsp_nlp.batch.setup import Setup
    from kcsp_nlp.reading.limits import load_limits
    from kcsp_nlp.registers.user_tables import load_tables

    tables = load_tables(registers) if registers is not None else None
    return Setup(model, tables, load_limits(limits))


def find_inputs(inputs: Sequence[Found]) -> list[Found]:
    """Find the files that the inputs stand for; standard input stands for itself.

    Raises:
        BadParameter: `-` stands among files.
        ReadingError: a folder holds no minutes.
    """
    from kcsp_nlp.reading import find_documents

    if STDIN not in inputs:
        return find_documents(inputs)
    if len(inputs) > 1:
        raise typer.BadParameter(
            "standard input (-) cannot be mixed with files; give one or the other"
        )
    return [*inputs]


def annotate_inputs(
    inputs: Sequence[Path], *, model: Path | None, explain: bool = False
) -> tuple[int, Iterator[Outcome]]:
    """Annotate what the inputs stand for, in this process.

    Args:
        inputs: Files, folders, or `-` alone.
        model: A model folder; None for the shipped model.
        explain: Whether records say what speaks for their topics.

    Returns:
        How many files there are, and what becomes of each document in them, in order.

    Raises:
        BadParameter: `-` stands among files.
        ReadingError: a folder holds no minutes.
        ModelError: the model cannot be loaded.
    """
    paths = find_inputs(inputs)
    return len(paths), annotate_here(paths, load_setup(model, None, None), explain=explain)


def annotate_here(paths: Sequence[Path], setup: Setup, *, explain: bool) -> Iterator[Outcome]:
    """Annotate files, or standard input, in this process.

    Raises:
        ModelError: the model cannot be loaded.
    """
    from kcsp_nlp.batch.outcomes import annotate_readings
    from kcsp_nlp.batch.setup import keep_to_one_thread
    from kcsp_nlp.reading import Reader

    annotator = setup.load()
    with keep_to_one_thread(), Reader(setup.limits) as reader:
        for path in paths:
            yield from annotate_readings(annotator, path, read_input(path, reader), explain=explain)


def refuse_overwriting(inputs: Sequence[Place], *outputs: Place | None) -> None:
    """Refuse an output that is one of the inputs, which would be gone.

    Raises:
        BadParameter: they are the same file, by whatever path.
    """
    read = set(map(real, inputs))
    for output in outputs:
        if output is not None and real(output) in read:
            raise typer.BadParameter(f"{output} is to be read; write to another file")
