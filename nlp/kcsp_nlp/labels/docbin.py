"""spaCy's DocBin: entities and categories on the tokens of our own pipeline.

The file is zlib and msgpack; neither runs code that a file holds. The meta is in the user data.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.tasks import META, Answer, Mark, Task, TopicChoice, Unreadable, read_meta

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Bytes that an unpacked file may have; one record of minutes has some thousands.
_LARGEST = 1 << 30
# From this share on a category holds.
_HOLDS = 0.5


def make_files(
    tasks: Sequence[Task], topics: Sequence[TopicChoice], asked: Sequence[Check]
) -> dict[str, bytes]:
    """Return the file of an export."""
    from spacy.tokens import DocBin

    nlp = _blank()
    bin_ = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for task in tasks:
        doc = _doc(nlp, task, asked)
        if "topics" in asked:
            doc.cats = {topic.name: float(topic.name in task.topics) for topic in topics}
        bin_.add(doc)
    return {"tasks.spacy": bin_.to_bytes()}


def is_docbin(data: bytes) -> bool:
    """Tell whether bytes begin as a DocBin does: zlib, and in it a msgpack map with a version."""
    try:
        return b"\xa7version" in zlib.decompressobj().decompress(data[:4096], 32)
    except zlib.error:
        return False


def read_answers(data: bytes) -> Iterator[Answer | Unreadable]:
    """Yield each task as it is labelled."""
    from spacy.tokens import DocBin

    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(data, _LARGEST)
        if not unpacked.eof:
            yield Unreadable("", "a DocBin that is cut off, or larger than 1 GB unpacked")
            return
        bin_ = DocBin(store_user_data=True).from_bytes(data)
        docs = list(bin_.get_docs(_blank().vocab))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, EOFError) as error:
        yield Unreadable("", f"a damaged DocBin ({type(error).__name__}); write it again")
        return
    for number, doc in enumerate(docs, start=1):
        place = f"doc {number}"
        try:
            yield _answer(place, doc)
        except (KeyError, ValueError) as error:
            yield Unreadable(place, f"damaged ({type(error).__name__}); write the DocBin again")


@cache
def _blank() -> Language:
    import spacy

    from kcsp_nlp.pipeline.tokenizer import create_tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    return nlp


def _doc(nlp: Language, task: Task, asked: Sequence[Check]) -> Doc:
    """Return a task as a Doc; a token in which a span begins or ends is cut there."""
    from spacy.tokens import Doc, Span

    cuts = sorted(set(chain.from_iterable(span[:2] for span in task.spans)))
    words: list[str] = []
    spaces: list[bool] = []
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for token in nlp.make_doc(task.text):
        ends = token.idx + len(token)
        inside = cuts[bisect_right(cuts, token.idx) : bisect_left(cuts, ends)]
        for start, end in zip([token.idx, *inside], [*inside, ends], strict=True):
            first[start] = len(words)
            words.append(task.text[start:end])
            last[end] = len(words)
            spaces.append(False)
        spaces[-1] = bool(token.whitespace_)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    if "spans" in asked:
        spans = [Span(doc, first[s], last[e], label=label) for s, e, label in task.spans]
        doc.set_ents(spans, default="outside")
    doc.user_data[META] = json.dumps(task.meta.to_json())
    return doc


def _answer(place: str, doc: Doc) -> Answer:
    marks = tuple(Mark(span.start_char, span.end_char, span.label_, span.text) for span in doc.ents)
    topics = tuple(name for name, share in doc.cats.items() if share >= _HOLDS)
    checked: list[Check] = []
    if doc.has_annotation("ENT_IOB"):
        checked.append("spans")
    if doc.cats:
        checked.append("topics")
    return Answer(
        place,
        read_meta(doc.user_data.get(META)),
        doc.text,
        marks,
        topics,
        state="done" if checked else "unfinished",
        checked=tuple(checked),
    )
