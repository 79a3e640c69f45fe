"""A process that annotates: one file after the other, as it is asked; what asks is in `worker`."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path

from kcsp_nlp.batch.messages import Answered, Ask, Begun, Ended, Message, Opened, Ready
from kcsp_nlp.batch.outcomes import annotate_reading, named
from kcsp_nlp.batch.setup import Annotates, Loads, keep_to_one_thread
from kcsp_nlp.errors import KcspError, ReadingError
from kcsp_nlp.reading import Document, Notice, Reader
from kcsp_nlp.reading.unpacking import File
from kcsp_nlp.storage.places import Place, read_bytes


def serve(connection: Connection, setup: Loads, explain: bool) -> None:
    """Load the model once, and annotate what is asked for until nothing more is.

    Args:
        connection: To the process that asks.
        setup: What the annotator is made of.
        explain: Whether records say what speaks for their topics.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks decides when to end
    _end_with_parent()
    try:
        annotator = setup.load()
    except KcspError as error:
        connection.send(error)  # raised here it would reach nobody
        return
    with keep_to_one_thread(), Reader(setup.limits) as reader:
        try:
            connection.send(Ready())
            while (asked := connection.recv()) is not None:
                for message in work_on(annotator, reader, asked, explain=explain):
                    connection.send(message)
        except (EOFError, OSError):
            return  # nobody asks any more


def work_on(
    annotator: Annotates, reader: Reader, asked: Ask, *, explain: bool = False
) -> Iterator[Message]:
    """Read and annotate one file.

    Args:
        annotator: A loaded model.
        reader: Reads the file.
        asked: Which file, and where in it to begin.
        explain: Whether records say what speaks for their topics.

    Yields:
        That it is open; for each document where it begins and what became of it; the end.
    """
    place = asked.place
    readings: Iterable[Document | ReadingError | Notice]
    try:
        data = read_bytes(place, reader.limits.bytes + 1)
    except OSError as error:
        yield Opened(None)
        readings = reader.read(place) if isinstance(place, Path) else [_unread(place, error)]
    else:
        # The digest is that of the very bytes that are annotated.
        yield Opened(hashlib.sha256(data).hexdigest())
        source = os.fsencode(place.name).decode("utf-8", errors="replace")
        readings = reader.read_file(File(data, source, place.suffix, str(place)))
    for number, reading in enumerate(readings):
        if number < asked.skip:
            continue
        if isinstance(reading, Document):
            yield Begun(named(place, reading), len(reading.text))
        outcome = annotate_reading(annotator, place, reading, explain=explain)
        yield Answered(outcome.facts, outcome.lines)
    yield Ended(annotator.is_worn)


def _unread(place: Place, error: OSError) -> ReadingError:
    return ReadingError(
        f"{place}: cannot be read ({error.strerror or type(error).__name__}), expected a document "
        "that may be read; check its address and permissions"
    )


def _end_with_parent() -> None:
    """End when the process that asks does, however that came about and whatever this one does."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
