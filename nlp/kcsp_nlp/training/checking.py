"""What is wrong with labelled minutes before anything is learnt from them, by file and line.

Errors would make training fail, or teach it something that the guideline does not have: a line
that does not hold (offsets, overlaps, labels), an unknown topic, an id twice, one text labelled in
two ways. Warnings are what an annotator may want to look at: training goes on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import spacy

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.jsonl import read_lines
from kcsp_nlp.labels.corpus import LabelledMinutes

Kind = Literal["error", "warning"]

_EXPECTED = "expected labelled minutes (corpus/README.md describes the form)"
_NOT_WORD = re.compile(r"[^\w\s]")
_ARTICLE = re.compile(r"\bthe\b")


class Problem(NamedTuple):
    """Something wrong at a line of a file; `str` is `FILE:LINE: kind: message`.

    Messages never quote a document: they name offsets, labels, ids and bodies.
    """

    path: Path
    line: int
    kind: Kind
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.message}"


class Placed(NamedTuple):
    """A document and the file and line it stands in."""

    path: Path
    line: int
    document: LabelledMinutes


def check_corpus(
    corpus: Sequence[Path],
    topics: Sequence[str],
    log: Callable[[str], None],
    *,
    listed: int | None = None,
) -> list[LabelledMinutes]:
    """Check a corpus, report what is wrong, and return its documents.

    Args:
        corpus: Corpus files and folders.
        topics: Names of the topics that the taxonomy has.
        log: Receives a line for each problem, and a count of warnings.
        listed: At most so many warnings are listed, the others counted; None lists all.

    Raises:
        CorpusError: there are errors, or nothing to learn from; the message has the first and
            their number.
    """
    placed, problems = read_placed(corpus)
    problems += find_problems(placed, topics)
    errors = [each for each in problems if each.kind == "error"]
    warnings = [each for each in problems if each.kind == "warning"]
    for problem in (*errors, *warnings[:listed]):
        log(str(problem))
    if listed is not None and len(warnings) > listed:
        log(f"and {len(warnings) - listed} further warnings; `kcsp-nlp train --check` lists all")
    if errors:
        raise CorpusError(
            f"{errors[0].path}, line {errors[0].line}: {errors[0].message}; "
            f"{len(errors)} error(s) and {len(warnings)} warning(s) in all, nothing was trained; "
            "correct the labels and run `kcsp-nlp train --check`"
        )
    if not placed:
        raise CorpusError(f"{corpus[0]}: no labelled minutes; expected at least one document")
    log(f"checked: {len(placed)} documents, no errors, {len(warnings)} warning(s)")
    return [each.document for each in placed]


def read_placed(corpus: Sequence[Path]) -> tuple[list[Placed], list[Problem]]:
    """Read every document with its place, and what is wrong with lines that hold none.

    Raises:
        CorpusError: a file cannot be opened, or a folder holds none.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    for path in corpus:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(f"{path}: no *.jsonl in this folder; {_EXPECTED}")
        for file in files:
            for line, each in read_lines(file, LabelledMinutes, _EXPECTED):
                if isinstance(each, str):
                    problems.append(Problem(file, line, "error", each))
                else:
                    placed.append(Placed(file, line, each))
    return placed, problems


def find_problems(placed: Sequence[Placed], topics: Sequence[str]) -> list[Problem]:
    """Return what is wrong with documents that hold, each alone and among the others."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})
    problems: list[Problem] = []
    for each in placed:
        document = each.document
        tokens = nlp.make_doc(document.text)
        starts = {token.idx for token in tokens}
        ends = {token.idx + len(token) for token in tokens}
        found = (
            *_topics(document, topics),
            *_misaligned(document, starts, ends),
            *_borders(document),
            *_emptiness(document),
        )
        problems += [Problem(each.path, each.line, kind, message) for kind, message in found]
    problems += [*_ids(placed), *_copies(placed), *_spellings(placed)]
    return problems


def _topics(document: LabelledMinutes, topics: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    known = ", ".join(topics)
    for at, item in enumerate(document.items):
        for topic in item.topics:
            if topic not in topics:
                yield "error", f"item {at}: topic {topic!r} is not in the taxonomy ({known})"
        if len(set(item.topics)) < len(item.topics):
            yield "warning", f"item {at}: a topic stands twice"


def _misaligned(
    document: LabelledMinutes, starts: set[int], ends: set[int]
) -> Iterator[tuple[Kind, str]]:
    cut = [span for span in document.spans if span[0] not in starts or span[1] not in ends]
    if cut:
        start, end, label = cut[0]
        yield (
            "warning",
            f"{len(cut)} span(s) begin or end inside a word as the tokenizer cuts it and are not "
            f"learnt from, the first of them {label} {start}-{end}",
        )


def _borders(document: LabelledMinutes) -> Iterator[tuple[Kind, str]]:
    text = document.text
    for at, item in enumerate(document.items):
        if item.start and (text[item.start - 1] + text[item.start]).isalnum():
            yield "warning", f"item {at} begins at {item.start}, in the middle of a word"
        for start, end, label in document.spans:
            if start < item.start < end:
                yield "warning", f"{label} {start}-{end} crosses the border of item {at}"


def _emptiness(document: LabelledMinutes) -> Iterator[tuple[Kind, str]]:
    if not document.spans and "spans" in document.checked:
        yield "warning", "no span at all: if nobody has labelled them, leave the document out"
    if not document.text.strip():
        yield "warning", "the text is empty"


def _ids(placed: Iterable[Placed]) -> Iterator[Problem]:
    seen: dict[str, Placed] = {}
    for each in placed:
        first = seen.setdefault(each.document.id, each)
        if first is not each:
            message = f"id {each.document.id!r} stands in {first.path}:{first.line} already"
            yield Problem(each.path, each.line, "error", message)


def _copies(placed: Iterable[Placed]) -> Iterator[Problem]:
    """Find texts that stand twice, white space, case and figures apart."""
    seen: dict[str, Placed] = {}
    for each in placed:
        folded = re.sub(r"\d+", "0", " ".join(each.document.text.lower().split()))
        first = seen.setdefault(folded, each)
        if first is each or not folded:
            continue
        where = f"{first.path}:{first.line}"
        same = first.document.text == each.document.text
        apart = first.document.group != each.document.group
        if same and _labels(first.document) != _labels(each.document):
            yield Problem(
                each.path, each.line, "error", f"the text of {where}, labelled in another way"
            )
            continue
        message = f"{'the' if same else 'nearly the'} text of {where}"
        if apart:
            message += ", which is of another body: what is held out would be learnt from"
        yield Problem(each.path, each.line, "warning", message)


def _labels(document: LabelledMinutes) -> object:
    return document.spans, [(item.start, item.topics) for item in document.items]


def _spellings(placed: Iterable[Placed]) -> Iterator[Problem]:
    """Find bodies that are spelt in two ways: they would be taken for two."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Placed] = {}
    for each in placed:
        group = each.document.group
        first.setdefault(group, each)
        plain = _ARTICLE.sub(" ", _NOT_WORD.sub(" ", group.lower().replace("&", " and ")))
        spelt[" ".join(plain.split())][group] += 1
    for groups in spelt.values():
        usual, *others = [group for group, _ in groups.most_common()]
        for group in others:
            place = first[group]
            message = f"group {group!r} is spelt {usual!r} elsewhere: bodies are kept apart by it"
            yield Problem(place.path, place.line, "warning", message)
