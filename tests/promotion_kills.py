"""Replace a model folder again and again, to be killed meanwhile; run as a program by tests.

The models are small folders of files that all say which model they are of.

    python promotion_kills.py loop OVER ONE OTHER      replaces OVER by each in turn, for ever
    python promotion_kills.py moments OVER ONE OTHER   dies at every file operation in turn (fork)
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kcsp_nlp.pipeline.loading import model_folder, read_whole
from kcsp_nlp.versions.facts import read_facts
from kcsp_nlp.versions.history import Entry, read_history
from kcsp_nlp.versions.placing import Place

FILES = ("config.cfg", "ner/model", "topics/model.skops", "vocab/strings.json")
# What Python tells its audit hooks before it does it.
MOMENTS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir", "os.truncate"}


def make_model(folder: Path, name: str) -> Path:
    """Write a small model folder of which every file names it."""
    for file in FILES:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name * 50, encoding="utf-8")
    meta = {"name": name, "version": "1.0"}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (folder / "topics" / "card.json").write_text(
        json.dumps({"topics": [], "of": name}), encoding="utf-8"
    )
    return folder


def read_model(folder: Path) -> str:
    """Return the name that a model's files say, all of them joined where they do not agree."""
    texts = [json.loads((folder / "meta.json").read_text(encoding="utf-8"))["name"] * 50]
    texts += [(folder / file).read_text(encoding="utf-8") for file in FILES]
    names = {text[: len(text) // 50] for text in texts if text} | {"" for text in texts if not text}
    return " and ".join(sorted(names))


def entry_for(place: Place, source: Path) -> Entry:
    """Return the line of the history for a replacement of what is there now."""
    replaced = read_facts(place.folder) if place.folder.exists() else None
    return Entry(
        at=datetime.now(UTC).isoformat(),
        action="promote",
        by="0",
        model=read_facts(source),
        replaced=replaced,
        forced=False,
        against=(),
        margin=None,
        comparison=None,
    )


def replace(over: Path, source: Path) -> None:
    """Put one model in the place."""
    place = Place(over)
    with place.hold():
        place.replace(source, entry_for(place, source), keep=1)


def loop(over: Path, one: Path, other: Path) -> None:
    """Replace for ever."""
    _say(ready=True)
    for source in itertools.cycle((one, other)):
        if Place(over).sha256() != read_facts(source).sha256:
            replace(over, source)


def moments(over: Path, one: Path, other: Path) -> None:
    """Die at each operation on files in turn; say what is there afterwards, as JSON Lines."""
    for number in itertools.count(1):
        now = read_whole(over, read_model)
        source = other if now == "one" else one
        ended = _killed(number, partial(replace, over, source))
        seen = read_whole(over, read_model)
        place = Place(over)
        # Whoever puts things right may be killed as well.
        _killed(1 + number % 17, partial(_start, place))
        _start(place)
        _say(
            ended=ended,
            before=now,
            seen=seen,
            after=read_model(model_folder(over)),
            beside=sorted(path.name for path in (over.parent / "m.history").iterdir()),
            parts=[path.name for path in over.parent.rglob("*.part")],
            last=read_history(place.history)[-1].model.name,
            lines=len(read_history(place.history)),
        )
        if ended == 0:
            return


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _start(place: Place) -> None:
    with place.hold():
        pass


def _killed(number: int, work: Callable[[], None]) -> int:
    """Do the work in a process that dies at the operation of that number; return how it ended."""
    pid = os.fork()
    if pid == 0:
        _die_at(number)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _die_at(number: int) -> None:
    left = itertools.count(1)

    def hook(event: str, _: object) -> None:
        if event in MOMENTS and next(left) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    mode, *places = sys.argv[1:]
    {"loop": loop, "moments": moments}[mode](*map(Path, places))
