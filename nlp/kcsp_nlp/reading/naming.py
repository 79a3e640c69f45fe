"""What the members of archives and messages are called: printable, short, each once.

Nothing is ever written under these names. They stand in records, messages and logs.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

# Code points of a name: longer than any path of minutes, shorter than any terminal's patience.
_LONGEST = 240
_UNKNOWN = "unnamed"
# The drive that a path of Windows begins with: "C:" of "C:\minutes.doc"; not "a:b" of "aa:b".
_DRIVE = re.compile(r"[A-Za-z]:(?=[\\/]|$)")
# What divides folders, in archives of Windows too.
_DIVIDER = re.compile(r"[\\/]+")


class Namer:
    """Names the members of one archive or message."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def name(self, raw: str) -> str:
        """Return what a member is called.

        Args:
            raw: As the container has it: perhaps empty, absolute, with control characters, too
                long, or the name of an earlier member.

        Returns:
            Folders divided by "/", neither "." nor ".." nor a drive among them, what cannot be
            printed replaced by U+FFFD; behind the name of an earlier member a number.
        """
        name = clean(raw) or _UNKNOWN
        path = PurePosixPath(name)
        stem = name.removesuffix(path.suffix)
        while name in self._given:
            # Counted on from the last time: a thousand equal names do not cost a million steps.
            self._counts[stem] = count = self._counts.get(stem, 1) + 1
            name = f"{stem} ({count}){path.suffix}"
        self._given.add(name)
        return name


def clean(raw: str) -> str:
    """Return a name as `Namer.name` does, but for an earlier member's; "" where nothing is left."""
    # Cut before and after: a name of megabytes costs no time, one of separators leaves its end.
    parts = _DIVIDER.split(_DRIVE.sub("", raw[: 1 << 16], count=1))
    printable = ("".join(map(_printable, part)).strip() for part in parts)
    name = "/".join(part for part in printable if part not in {"", ".", ".."})
    if len(name) <= _LONGEST:
        return name
    suffix = PurePosixPath(name).suffix[:10]
    return f"{name[: _LONGEST - len(suffix) - 1]}…{suffix}"


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return " " if unicodedata.category(character) == "Zs" else "\ufffd"
