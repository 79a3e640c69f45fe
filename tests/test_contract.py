"""The four laws of the record contract, on documents that nobody would call minutes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import ReadingError
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.reading import Document, read, read_bytes
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import Record, json_schema

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
VALIDATOR = Draft202012Validator(json_schema())

# What no span may hold. "**Kent", "a | b", "_Chair_", "\[" -> held; "snake_case", "B&M" -> not
MARKUP = re.compile(r"\*|#|\||\\|(?<!\w)_|_(?!\w)|\n[^\S\n]*\n")
# What a name in the attendance list leaves out. "Jo*\nTrewin", "Ada&nbsp;Lisle<br>" -> markup
NO_LETTER = re.compile(r"</?\w+\s*/?>|&nbsp;|[\W_]")
# Strings of a record that are text of the page, and may therefore be anything.
PAGE = {"text"}

# Pieces of minutes, each with what makes it hard.
PIECES = [
    "# Minutes of the Harbour Safety Board\n\n",
    "## **4. Budget 2024/25**\n\n",
    "##### **_12\\. Any other business_**\n\n",
    "\n3.1\tReport of the Chief Constable\n",
    "Item 7: Policing\n",
    "Held on Tuesday 14th May 2024 at 7.30pm in the Old Library\n",
    "**Present:** Cllr J. Osgood (Chairman), Mrs P O’Neill-Day OBE, D.C.I. Farr\n",
    "Present\n\n- Jo\nTrewin\n- Sgt **Ade** Bakare\n\nApologies: P. Lund, Ravi Nair (NHS)\n",
    "|Name|Organisation|Present|\n|---|---|---|\n|Ann\\_Marie Cole|Kent Police|✓|\n|||A|\n",
    "| Action | Owner | By |\n|:--|--:|:-:|\n| Send the **plan** | PL | 3 June |\n",
    "Mr Osgood (Chair, Kent County Council) said that £1.2m, £50-60k or 50p would do. ",
    "RESOLVED: that the Board **AGREED** to note the update.\n",
    "**ACTION:** Mrs O’Neill-Day to write to the Home\n\nOffice by 1 July.\n",
    "Section 17 of the **Crime and Disorder Act** 1998, s.\\ 9(1)(a) and Sched 12A\n",
    "the Police and Crime\n> Commissioner’s Office of _Kent Police_, KCC/NHS/CCG ",
    "Collins (B), Dame Ada Lisle [sic], “Bobby” Ng & Co., Jim/Jane Parris–Swan ",
    "<br>&nbsp;<b>Chair</b>: Cllr&nbsp;Ward<br/>",
    "Signed ______________ (Chairman) ....................... Date ____/____/____\n",
    "The meeting closed at 9.05 pm.\n",
    "\f", "\n\n\n", "\r", "\t", "   ", "**", "_", "|", "\\", "(", ")", "[", "]", "’s", ".", "`",
    "~~", "£", "£9" * 3, "€.5bn", "👩\u200d⚖️", "Zoe\u0308 Mu\u0308ller", "\u202eדוד\u202c", "محمد",
    "\ufeff", "\u2028", "\u0085", "\xa0", "\u200b", "İLK ŞOK ſ ﬁ ß", "\x01", "\x1b[31m", "𝐊ent",
]  # fmt: skip

# Words that the rules look for, to be put together without sense.
VOCABULARY = """
Present Apologies Attendance In-attendance Absent Cllr Cllrs Mr Mrs Dr J. P M Osgood O’Dowd van Ng
Chair Clerk Officer ( ) [ ] : ; , . - – — / & and of the for to by OBE MP Kent Police Council NHS
Board CCG Minutes meeting held on Monday 14th May 2024 at 7.30pm in Hall # ## ** * _ | |-| \\ > 1. 2
3.1 4) (a) (i) iv. 12/17 Item B1 Matters Arising Date next Any business Action ACTION: RESOLVED
AGREED that noted It was agreed will write asked proposed seconded carried closed Signed £ € 50 k m
p bn million 1.2 per Section s.17 Schedule 12A Act 1998 Regulations Bill Order (1)(a) ’s Clare’s Law
Domestic Abuse Housing due ✓ A Apols Name Organisation Role Owner None null 31/02/2024 <br> &nbsp;
"""
SEPARATORS = [" ", " ", " ", "\n", "\n\n", "", "\t", "\n\n\n", "  "]

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def spliced(text: str, cut: tuple[int, int], pieces: list[str]) -> str:
    """Return a stretch of a sample with hard pieces put into it at even distances."""
    start, length = cut
    held = text[start % len(text) :][:length]
    step = len(held) // (len(pieces) + 1) + 1
    parts = [held[at : at + step] for at in range(0, len(held), step)] or [""]
    return "".join(part + piece for part, piece in zip_longest(parts, pieces, fillvalue=""))


SAMPLE_TEXTS = [read(path).text for path in sorted(SAMPLES.glob("*_*"))]
HOSTILE = st.one_of(
    st.text(CHARACTERS, max_size=300),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(CHARACTERS, max_size=12)), max_size=40).map(
        "".join
    ),
    st.builds(
        spliced,
        st.sampled_from(SAMPLE_TEXTS),
        st.tuples(st.integers(0, 6000), st.integers(0, 1500)),
        st.lists(st.sampled_from(PIECES), max_size=12),
    ),
    st.lists(
        st.tuples(st.sampled_from(VOCABULARY.split()), st.sampled_from(SEPARATORS)), max_size=150
    ).map(lambda pairs: "".join(word + separator for word, separator in pairs)),
    # One very long word, among others.
    st.builds(
        lambda piece, count, after: (piece * count)[:400] + after,
        st.text(CHARACTERS, min_size=1, max_size=5),
        st.integers(1, 400),
        st.sampled_from(PIECES),
    ),
)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def as_document(data: bytes, suffix: str = ".md") -> Document:
    """Read bytes as minutes; a file that is refused is no example."""
    try:
        return read_bytes(data, f"hostile{suffix}", suffix)
    except ReadingError:
        assume(False)
        raise


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each string of a JSON value with the name of the field that it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from strings(held, key)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held, name)


def check_nothing_lost(document: Document, records: list[Record]) -> None:
    assert "".join(record.text for record in records) == document.text
    at = 0
    for index, record in enumerate(records):
        assert (record.offset, record.item.index) == (at, index)
        at += len(record.text)
    kinds = [record.item.kind for record in records]
    assert "front" not in kinds[1:]
    assert "back" not in kinds[:-1]


def check_offsets(document: Document, records: list[Record]) -> None:
    for record in records:
        held = (*record.spans, *record.decisions, *record.actions)
        for found in held:
            assert 0 <= found.start < found.end <= len(record.text)
            assert record.text[found.start : found.end] == found.text
            start = record.offset + found.start
            assert document.text.startswith(found.text, start)
        for sequence in (record.spans, record.decisions, record.actions):
            for before, after in pairwise(sequence):
                assert before.end <= after.start
        for span in record.spans:
            assert not MARKUP.search(span.text), span.text
            assert span.text == span.text.strip()
        for attendee in record.attendance:
            assert record.offset == 0
            name = document.text[attendee.start : attendee.end]
            # Printed on one line, without markup: the letters are the page's.
            assert NO_LETTER.sub("", name) == NO_LETTER.sub("", attendee.name)


def check_unknown_is_null(document: Document, records: list[Record]) -> None:
    for record in records:
        for name, value in strings(record.to_json()):
            if name not in PAGE:
                assert value, name
                assert value == value.strip()
                # A page may say so itself: "None" can be a title.
                assert value not in {"None", "null", "nan"} or value in document.text


def check_schema(records: list[Record]) -> None:
    for record in records:
        line = json.dumps(record.to_json(), ensure_ascii=False, allow_nan=False)
        VALIDATOR.validate(json.loads(line))
        assert Record.model_validate_json(line) == record


def check(annotator: Annotator, document: Document) -> list[Record]:
    """Annotate a document and see that all laws hold; return the records."""
    records = annotator.annotate(document)
    check_nothing_lost(document, records)
    check_offsets(document, records)
    check_unknown_is_null(document, records)
    check_schema(records)
    return records


@given(
    text=HOSTILE, line_end=LINE_ENDS, mark=st.booleans(), suffix=st.sampled_from([".md", ".txt"])
)
@settings(max_examples=250)
def test_laws_hold_for_any_text(
    annotator: Annotator, text: str, line_end: str, mark: bool, suffix: str
) -> None:
    written = re.sub(r"\r\n|\r|\n", line_end, text)
    data = written.encode("utf-8-sig" if mark else "utf-8")
    document = as_document(data, suffix)
    # Nothing but a byte order mark and the \r of \r\n is read away.
    assert document.text == written.removeprefix("\ufeff" * (not mark)).replace("\r\n", "\n")
    check(annotator, document)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "**Present:** Cllr J. Osgood (Chairman), Mrs P O’Neill-Day OBE, D.C.I. Farr\r",
            id="a lone carriage return behind a name",
        ),
        pytest.param(
            "1. Budget\nRESOLVED to note.\n", id="no front: the first item opens the text"
        ),
        pytest.param("x", id="one character"),
        pytest.param("İ. İLK of Kent Police", id="a letter that is two in lower case"),
        pytest.param("Mr Straßer ﬁned Ms ǅ £5", id="letters that are others in upper case"),
        pytest.param("\u0301\u0301", id="combining marks alone"),
        pytest.param("£" + "9" * 400 + "\n", id="more money than a float holds"),
        pytest.param("£1" + ",000" * 200, id="as much, with commas"),
        pytest.param("(" * 300 + ")" * 300, id="brackets without words"),
        pytest.param("Section " + "1(a)" * 200 + " of the Act", id="a provision without end"),
        pytest.param("| Present |\n" * 300, id="a table of nothing but its head"),
        pytest.param("1. \n2. \n3. \n4. \n", id="numbers without headings"),
        pytest.param("Present: " + "A B, " * 500, id="a list of people that does not end"),
    ],
)
def test_laws_hold_where_rules_meet_nonsense(annotator: Annotator, text: str) -> None:
    check(annotator, as_document(text.encode()))


def test_laws_hold_for_the_samples(annotator: Annotator, samples: list[Path]) -> None:
    for path in samples:
        document = read(path)
        records = check(annotator, document)
        assert records[0].meeting.sha256 == document.sha256
        assert {record.meeting.source for record in records} == {path.name}
        assert len({record.id for record in records}) == len(records)


@given(text=HOSTILE)
@settings(max_examples=300)
def test_structure_crosses_no_part(text: str) -> None:
    # `annotate` could not put such a decision into any record: it would be lost without a word.
    outline = parse(as_document(text.encode()).text)
    for found in (*outline.decisions, *outline.actions):
        assert any(part.start <= found.start and found.end <= part.end for part in outline.parts)


def as_bytes(records: list[Record]) -> str:
    stream = io.StringIO()
    write(records, stream)
    return stream.getvalue()


@given(text=HOSTILE, before=st.sampled_from(SAMPLE_TEXTS))
@settings(max_examples=20)
def test_same_in_same_out(annotator: Annotator, text: str, before: str) -> None:
    document = as_document(text.encode())
    first = as_bytes(annotator.annotate(document))
    # What the model has seen in between leaves no trace.
    annotator.annotate(as_document(before.encode()))
    assert as_bytes(annotator.annotate(document)) == first


def test_same_in_same_out_in_any_order(annotator: Annotator, samples: list[Path]) -> None:
    documents = [read(path) for path in samples]
    forwards = [as_bytes(annotator.annotate(document)) for document in documents]
    backwards = [as_bytes(annotator.annotate(document)) for document in reversed(documents)]
    assert forwards == backwards[::-1]


MEGABYTE = 1_000_000
# Words of a hundred letters, all different: a line with spaces that is not all tokens.
LONG_WORDS = " ".join(
    f"{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) * 20
    for number in range(10**5, 2 * 10**5)
)


def repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: repeated("Kent", 5 * MEGABYTE), id="5 MB, one word"),
        pytest.param(lambda: repeated(LONG_WORDS, 5 * MEGABYTE), id="5 MB, one line of words"),
        pytest.param(lambda: repeated("|", MEGABYTE), id="one row of empty cells"),
        pytest.param(lambda: repeated("*", MEGABYTE), id="nothing but emphasis"),
        pytest.param(lambda: "x" + repeated("\n", MEGABYTE), id="blank lines"),
        pytest.param(lambda: repeated("(", MEGABYTE), id="one run of marks"),
        pytest.param(lambda: repeated("To note.\n\nMr Day\n", 160_000), id="20,000 short lines"),
        pytest.param(
            lambda: "".join(f"{n}. Item\n" for n in range(1, 20_001)), id="20,000 numbered lines"
        ),
    ],
)
def test_size_breaks_no_law(annotator: Annotator, make: Callable[[], str]) -> None:
    document = as_document(make().encode())
    records = annotator.annotate(document)
    check_nothing_lost(document, records)
    check_offsets(document, records)


def test_structure_takes_five_megabytes_of_sentences() -> None:
    # The rules alone: a tagger's time would be that of its million tokens.
    text = repeated(" ".join(SAMPLE_TEXTS[0].split()) + " ", 5 * MEGABYTE)
    outline = parse(text)
    assert [part.start for part in outline.parts[1:]] == [part.end for part in outline.parts[:-1]]
    assert (outline.parts[0].start, outline.parts[-1].end) == (0, len(text))
