"""Records with final identities of people: nothing else of a record is touched, not a space."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kcsp_nlp.errors import CorpusError

# Where a record holds identities of people. A quote inside a string is written \" and so never
# stands before one of these keys. Matches '"id": "person:0f"', '"owner_ids": [null, "person:0f"]';
# not '"text": "person:0f"', '\"id\": \"person:0f\"'.
_PLACE = re.compile(
    r'"(?:id|person)"\s{0,9}:\s{0,9}"person:[^"\\]{1,64}"|"owner_ids"\s{0,9}:[^\]]*'
)
# Matches '"person:0f"' whole.
_IDENTITY = re.compile(r'"(person:[^"\\]{1,64})"')


def relink(files: Sequence[Path], final: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield the lines of records files, in order, with final identities.

    Where one file follows another, what would spoil the lines of both is put right: a last line
    without a line feed gets one, and a byte order mark is left off.

    Args:
        files: Records, as they were read.
        final: By identifier of the meeting and identity in its records the final identity; one
            that is not in it stays.

    Raises:
        CorpusError: a file cannot be read again.
    """
    begun, ended = False, True
    for file in files:
        try:
            with file.open("rb") as stream:
                for line in stream:
                    text = line.decode("utf-8")
                    if not ended:
                        yield "\n"
                    yield _relink_line(text.removeprefix("\ufeff") if begun else text, final)
                    begun, ended = True, text.endswith("\n")
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise CorpusError(
                f"{file}: cannot be read a second time; expected a file that nothing changes "
                "while it is relinked"
            ) from error


def _relink_line(line: str, final: Mapping[tuple[str, str], str]) -> str:
    meeting = json.loads(line.removeprefix("\ufeff"))["meeting"]["id"]

    def identity(found: re.Match[str]) -> str:
        return f'"{final.get((meeting, found[1]), found[1])}"'

    return _PLACE.sub(lambda place: _IDENTITY.sub(identity, place[0]), line)
