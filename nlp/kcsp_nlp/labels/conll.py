r"""CoNLL: a word a line, its label last, as taggers have read since 2003.

    -DOCSTART- -X- _ O

    # kcsp = {"schema": "kcsp-nlp/task/1", ...}
    # topics = funding
    # before = \n
    Kent    _    _    B-ORG
    Police  \n   _    I-ORG

Columns are parted by tabs: word, the white space behind it (`_` one blank, `-` none, else as
escapes), nothing, label. So the text comes back character for character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.tasks import (
    META,
    Answer,
    Mark,
    Task,
    TopicChoice,
    Unreadable,
    read_meta,
)
from kcsp_nlp.labels.words import divide

_START = "-DOCSTART-"
# Matches "# topics = funding", not "#<tab>_": a mark of the text.
_COMMENT = re.compile(r"# ?(\w+) ?= ?(.*)")
_COLUMNS = 4
_GAPS = {"-": "", "_": " "}
_ESCAPE = re.compile(r"\\n|\\t|\\u([0-9a-f]{4})")
# Tags of one word alone, and of a last word, in BIOES and BILOU.
_SINGLE, _LAST = frozenset("SU"), frozenset("EL")


@dataclass
class _Block:
    """The lines of one task: where it begins, its comments, its rows."""

    line: int
    comments: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def make_files(
    tasks: Sequence[Task], topics: Sequence[TopicChoice], asked: Sequence[Check]
) -> dict[str, bytes]:
    """Return the file of an export."""
    return {"tasks.conll": "".join(_lines(task, asked) for task in tasks).encode()}


def read_answers(text: str) -> Iterator[Answer | Unreadable]:
    """Yield each task as it is labelled."""
    for block in _blocks(text):
        place = f"line {block.line}"
        if META not in block.comments:
            yield Unreadable(
                place, f"a document without its comment `# {META} = ...`; keep the comments"
            )
            continue
        meta = read_meta(block.comments[META])
        topics = tuple(block.comments.get("topics", "").replace(",", " ").split())
        annotator = block.comments.get("annotator")
        try:
            held, marks = _read(block)
        except CorpusError as error:
            yield Answer(place, meta, "", annotator=annotator, problem=str(error))
            continue
        yield Answer(place, meta, held, marks, topics, annotator)


def _lines(task: Task, asked: Sequence[Check]) -> str:
    words = divide(task.text, task.spans)
    lead = task.text[: words[0].start] if words else task.text
    lines = [
        f"{_START} -X- _ O",
        "",
        f"# {META} = {json.dumps(task.meta.to_json())}",
        *([f"# topics = {', '.join(task.topics)}"] if "topics" in asked else ()),
        f"# before = {_escape(lead)}",
    ]
    tags = _tags(task) if "spans" in asked else {}
    for start, end, gap in words:
        lines.append(f"{task.text[start:end]}\t{_escape(gap)}\t_\t{tags.get(start, 'O')}")
        if "\n" in gap:
            lines.append("")
    return "\n".join([*lines, "", ""])


def _tags(task: Task) -> dict[int, str]:
    """Return the tag of every place in a span at which a word may begin."""
    tags = {}
    for start, end, label in task.spans:
        tags.update(dict.fromkeys(range(start, end), f"I-{label}"))
        tags[start] = f"B-{label}"
    return tags


def _escape(gap: str) -> str:
    if gap in {"", " "}:
        return "-" if not gap else "_"
    short = {"\n": r"\n", "\t": r"\t"}
    return "".join(short.get(each) or f"\\u{ord(each):04x}" for each in gap)


def _unescape(gap: str) -> str | None:
    """Return the white space that a column stands for; None where it stands for none."""
    if gap in _GAPS:
        return _GAPS[gap]
    if _ESCAPE.sub("", gap):
        return None
    return _ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else {"n": "\n", "t": "\t"}[match[0][1]],
        gap,
    )


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, whole in enumerate(text.split("\n"), start=1):
        line = whole.removesuffix("\r")
        comment = None if "\t" in line else _COMMENT.fullmatch(line)
        fresh = line.startswith(_START)
        if fresh or (comment and comment[1] == META and block and META in block.comments):
            if block:
                yield block
            block = _Block(number)
        if fresh or not line.strip():
            continue
        block = block or _Block(number)
        if comment:
            block.comments[comment[1]] = comment[2]
        else:
            block.rows.append((number, line.split("\t") if "\t" in line else line.split(" ")))
    if block:
        yield block


def _read(block: _Block) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of a block and what is marked in it.

    Raises:
        CorpusError: a row has not the form of ours; the message names the line.
    """
    parts = [_unescape(block.comments.get("before", "-")) or ""]
    at = len(parts[0])
    tagged: list[tuple[int, int, str]] = []
    for number, row in block.rows:
        gap = _unescape(row[1]) if len(row) == _COLUMNS else None
        if gap is None or not row[0]:
            raise CorpusError(
                f"line {number}: expected word, spacing, _ and label, parted by tabs; the spacing "
                "tells where words stand"
            )
        tagged.append((at, at + len(row[0]), row[-1].strip()))
        parts += row[0], gap
        at += len(row[0]) + len(gap)
    text = "".join(parts)
    return text, tuple(
        Mark(start, end, label, text[start:end]) for start, end, label in _marks(tagged)
    )


def _marks(tagged: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield spans from tags of BIO, BIOES or BILOU; a tag of another kind is a label of its own."""
    begun: tuple[int, int, str] | None = None
    for start, end, tag in tagged:
        kind, _, label = tag.partition("-")
        goes_on = begun is not None and label == begun[2] and kind in {"I", *_LAST}
        if begun is not None and not goes_on:
            yield begun
            begun = None
        if tag == "O":
            continue
        begun = (begun[0] if begun else start, end, label if kind in set("BISUEL") else tag)
        if kind in _SINGLE | _LAST:
            yield begun
            begun = None
    if begun is not None:
        yield begun
