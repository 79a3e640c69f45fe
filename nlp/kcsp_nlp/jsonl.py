"""JSON Lines in which every line is one and the same model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, TypeVar

import jsonlines
from pydantic import BaseModel, ValidationError

from kcsp_nlp.errors import CorpusError

_Model = TypeVar("_Model", bound=BaseModel)


def read_models(path: Path, model: type[_Model], expected: str) -> Iterator[_Model]:
    """Read a JSON Lines file in which every line is one and the same model.

    Args:
        path: The file.
        model: What each line must be.
        expected: How messages say what a line must be.

    Raises:
        CorpusError: the file cannot be opened or a line does not hold; the message names file and
            line and never quotes the line.
    """
    return _all_hold(path, read_lines(path, model, expected), expected)


def read_stream(
    stream: IO[bytes], name: str, model: type[_Model], expected: str
) -> Iterator[_Model]:
    """Read an open stream as `read_models` reads a file.

    Args:
        stream: It is left open.
        name: What messages call it.
        model: What each line must be.
        expected: How messages say what a line must be.

    Raises:
        CorpusError: a line does not hold.
    """
    return _all_hold(name, _parse(stream, model), expected)


def _all_hold(
    name: object, lines: Iterator[tuple[int, _Model | str]], expected: str
) -> Iterator[_Model]:
    for number, each in lines:
        if isinstance(each, str):
            raise CorpusError(f"{name}, line {number}: {each}; {expected}")
        yield each


def read_lines(
    path: Path, model: type[_Model], expected: str
) -> Iterator[tuple[int, _Model | str]]:
    """Read such a file to its end, whatever its lines hold.

    Yields:
        The number of each line, from 1, and its model, or what is wrong with it.

    Raises:
        CorpusError: the file cannot be opened.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise CorpusError(f"{path}: cannot be opened ({error.strerror}); {expected}") from error
    with stream:
        yield from _parse(stream, model)


def _parse(stream: IO[bytes], model: type[_Model]) -> Iterator[tuple[int, _Model | str]]:
    reader = jsonlines.Reader(stream)
    for number in count(1):
        try:
            yield number, model.model_validate(reader.read(type=dict))
        except EOFError:
            return
        except (jsonlines.InvalidLineError, ValidationError) as error:
            yield number, _reason(error)


def _reason(error: jsonlines.InvalidLineError | ValidationError) -> str:
    """Say what is wrong without quoting the document."""
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        return ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
    if isinstance(error.__cause__, UnicodeDecodeError):
        return "not UTF-8"
    return "not a JSON object"
