"""An annotator that does what its document says, and needs no model. For tests of many documents.

As a program it runs `annotate` with it, to be killed meanwhile:

    python trying_annotator.py INPUT... -o OUT.jsonl [options of annotate]
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

from threadpoolctl import threadpool_info

from kcsp_nlp.batch.identity import Identity
from kcsp_nlp.reading import Document, Limits
from kcsp_nlp.records import Item, Meeting, Model, Record

# Environment variable that says what its model is.
MODEL = "TRYING_MODEL"

_held: list[bytes] = []


class TryingAnnotator:
    """Gives a record for each line, or does what the first word of the document says."""

    is_worn = False

    def annotate(self, document: Document, *, explain: bool = False) -> list[Record]:
        """Annotate one document."""
        words = document.text.split()
        getattr(self, f"do_{words[0]}", lambda *_: None)(*words[1:2])
        lines = document.text.splitlines(keepends=True)
        meeting = Meeting(id=document.sha256[:16], source=document.source, sha256=document.sha256)
        return [
            Record(
                id=f"{meeting.id}:{index}",
                meeting=meeting,
                item=Item(index=index, kind="item", number=str(index + 1)),
                offset=sum(map(len, lines[:index])),
                text=line,
                model=Model(name="trying", version="1"),
            )
            for index, line in enumerate(lines)
        ]

    def do_hang(self, *_: str) -> None:
        time.sleep(3_600)

    def do_rest(self, seconds: str) -> None:
        time.sleep(float(seconds))

    def do_eat(self, *_: str) -> None:
        while True:
            _held.append(b"x" * (1 << 24))
            time.sleep(0.01)

    def do_abort(self, *_: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def do_once(self, mark: str) -> None:
        """End the process the first time, not the second."""
        if not Path(mark).exists():
            Path(mark).touch()
            os._exit(7)

    def do_leave(self, *_: str) -> None:
        sys.exit(0)

    def do_raise(self, *_: str) -> None:
        raise IndexError("the text of the document")

    def do_wear(self, *_: str) -> None:
        self.is_worn = True

    def do_threads(self, mark: str) -> None:
        """Say how many threads the libraries of numpy may use."""
        used = {str(library["num_threads"]) for library in threadpool_info()}
        Path(mark).write_text(" ".join(sorted(used)), encoding="utf-8")

    def do_say(self, mark: str) -> None:
        """Count how often a document is annotated."""
        with Path(mark).open("a", encoding="utf-8") as stream:
            stream.write(f"{os.getpid()}\n")


class TryingSetup(NamedTuple):
    """What it is made of."""

    limits: Limits = Limits()
    start: str = ""

    def load(self) -> TryingAnnotator:
        """Load it, or fail as a test wants it to."""
        if self.start == "die":
            os._exit(3)
        if self.start == "numpy":
            import numpy  # noqa: F401
        return TryingAnnotator()


def identity_of(setup: TryingSetup, *, explain: bool) -> Identity:
    """Return what its records depend on."""
    return Identity(
        version="0",
        record="kcsp-nlp/record/1",
        model_sha256=hashlib.sha256(os.environ.get(MODEL, "trying").encode()).hexdigest(),
        registers=None,
        limits=setup.limits,
        explain=explain,
        libraries={},
    )


def install() -> None:
    """Have `annotate` use it."""
    from kcsp_nlp.cli import annotating
    from kcsp_nlp.reading.limits import load_limits

    def load_setup(model: object, registers: object, limits: Path | None) -> TryingSetup:
        return TryingSetup(load_limits(limits))

    for name, ours in {"load_setup": load_setup, "identify": identity_of}.items():
        setattr(annotating, name, ours)


if __name__ == "__main__":
    from kcsp_nlp.cli.main import run

    install()
    sys.argv[1:1] = ["annotate"]
    run()
