"""Labelled tasks of one document into one labelled document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, count, pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kcsp_nlp.labels.agreement import Version
from kcsp_nlp.labels.corpus import SCHEMA, LabelledMinutes
from kcsp_nlp.labels.importing import Reading, Rejection
from kcsp_nlp.labels.json_lines import read_lines
from kcsp_nlp.labels.tasks import Unreadable, explain


def join_documents(
    versions: Iterable[Version], reading: Reading, taken: Collection[str] = ()
) -> list[LabelledMinutes]:
    """Put the chosen versions of each document's tasks together, in the order of the document.

    Tasks that were checked for different things make documents of their own, for a document says
    of all of it what was checked.

    Args:
        versions: One per task.
        reading: Is told what does not hold after all.
        taken: Ids that the corpus has already; a document of that id gets a suffix.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Version]] = defaultdict(list)
    for version in versions:
        groups[version.meta.document, version.checked].append(version)
    used = set(taken)
    documents = []
    for (document, checked), held in groups.items():
        name = _free(document, used)
        held.sort(key=lambda each: (each.meta.index, each.meta.id))
        try:
            documents.append(_join(name, held, checked))
        except ValidationError as error:
            first = held[0]
            reading.rejections.append(
                Rejection(first.file, "", document, f"does not hold together: {explain(error)}")
            )
        else:
            used.add(name)
    return documents


def find_ids(output: Path) -> dict[str, Path]:
    """Return the ids of the labelled documents that lie beside a file to be written.

    Other JSON Lines, and lines that hold nothing, are passed over: reading the corpus names them.
    """
    found: dict[str, Path] = {}
    for path in sorted(output.parent.glob("*.jsonl")):
        if path == output:
            continue
        for read in read_lines(path.read_text(encoding="utf-8", errors="replace")):
            if not isinstance(read, Unreadable) and read[1].get("schema") == SCHEMA:
                found[str(read[1].get("id"))] = path
    return found


def _free(document: str, used: Collection[str]) -> str:
    names = (document if number == 1 else f"{document}-{number}" for number in count(1))
    return next(name for name in names if name not in used)


def _join(name: str, held: Sequence[Version], checked: Sequence[str]) -> LabelledMinutes:
    """Join the tasks of a document.

    Raises:
        ValidationError: they make no document that holds.
    """
    text = ""
    spans: list[tuple[int, int, str]] = []
    items: list[dict[str, Any]] = []
    ends = -1
    for version in held:
        meta = version.meta
        if text and ends != meta.offset and not text.endswith("\n"):
            text += "\n"  # a record is missing between the two, or a tool has cut the last line end
        ends = meta.offset + len(version.text)
        at = len(text)
        text += version.text
        spans += [(at + start, at + end, label) for start, end, label in version.spans]
        if meta.kind == "item":
            items.append(
                {
                    "start": at,
                    "number": meta.number,
                    "code": meta.code,
                    "title": meta.title,
                    "topics": version.topics,
                }
            )
    first = held[0].meta
    text, places = _as_read(text)
    return LabelledMinutes.model_validate(
        {
            "id": name,
            "group": first.group,
            "format": first.format,
            "text": text,
            "spans": [(places[start], places[end], label) for start, end, label in spans],
            "meeting": {"body": first.body, "date": first.date, "venue": first.venue},
            "items": [{**item, "start": places[item["start"]]} for item in items],
            "checked": checked,
        }
    )


def _as_read(text: str) -> tuple[str, list[int]]:
    r"""Return a text as reading would, without \r of \r\n and a byte order mark, and its offsets.

    Returns:
        The text, and for each old offset the new one.
    """
    gone = [one == "\r" and other == "\n" for one, other in pairwise(text + " ")]
    if text.startswith("\ufeff"):
        gone[0] = True
    places = [0, *accumulate(not each for each in gone)]
    kept = "".join(each for each, out in zip(text, gone, strict=True) if not out)
    return kept, places
