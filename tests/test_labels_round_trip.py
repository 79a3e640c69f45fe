"""Out to each tool and back unchanged: the same spans and topics, whatever stands in the text."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.labels.importing import Reading, choose, read_versions
from kcsp_nlp.labels.joining import join_documents
from kcsp_nlp.labels.tasks import TOOLS, LabelSpan, Tool
from kcsp_nlp.records import LABELS
from labelling import MINUTES, NAMES, Minute, answered, exported, make_records

# What stands in minutes and gets lost on the way: line ends, blanks of all widths, marks on letters
# and beside them, letters outside the basic plane, what formats use for themselves.
WORDS = (
    "Ada £40k café cafe\u0301 🚢 👩\u200d👩\u200d👧 𝔎ent \ufeff \u200b a B 7 ़ ﬁ İ 中文 ’s / | **"
)
MARKS = """# -DOCSTART- \\n " <b> &amp; - _ O B-ORG { ["""
BLANKS = " ,  ,\n,\n\n,\r\n,\r,\t,\u00a0,\u2009,\u2028,\x0b,\x85"
PIECES = (*WORDS.split(" "), *MARKS.split(" "), *BLANKS.split(","), "# kcsp = {}")


@st.composite
def labelled(draw: st.DrawFn) -> tuple[str, list[LabelSpan], list[str]]:
    text = "x" + "".join(draw(st.lists(st.sampled_from(PIECES), max_size=40)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans: list[LabelSpan] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        held = text[start:end]
        if held.strip():
            first = start + len(held) - len(held.lstrip())
            spans.append((first, first + len(held.strip()), draw(st.sampled_from(LABELS))))
    return text, spans, [name for name in NAMES if draw(st.booleans())]


def back(data: bytes, folder: Path) -> Reading:
    path = folder / "export"  # without a suffix: told by its content
    path.write_bytes(data)
    return read_versions([path], NAMES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.mark.parametrize("tool", TOOLS)
def test_the_sample_comes_back(tool: Tool, tmp_path: Path) -> None:
    reading = back(answered(make_records(), tool), tmp_path)
    assert reading.rejections == []
    versions = choose(reading)
    assert [(each.text, list(each.spans), each.topics) for each in versions] == [
        (text, spans, topics) for _, text, spans, topics in MINUTES
    ]
    (document,) = join_documents(versions, reading)
    assert document.text == "".join(text for _, text, _, _ in MINUTES)
    assert document.checked == ("spans", "topics")
    assert [item.topics for item in document.items] == [("funding",), ()]
    assert (document.group, document.format, document.meeting.date) == (
        "quay council",
        "md",
        "2024-05-14",
    )
    assert reading.tools == {tool: 1}


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=50)
@given(item=labelled())
def test_whatever_stands_in_it_comes_back(
    tool: Tool, item: tuple[str, list[LabelSpan], list[str]], folder: Path
) -> None:
    text, spans, topics = item
    records = make_records([("item", text, spans, topics)])
    reading = back(answered(records, tool), folder)
    assert reading.rejections == []
    (version,) = choose(reading)
    assert (version.text, list(version.spans), list(version.topics)) == (text, spans, topics)


@pytest.mark.parametrize("tool", TOOLS)
def test_an_item_of_100_000_characters_comes_back(tool: Tool, tmp_path: Path) -> None:
    line = "The Clerk 🚢 paid £40 to Cafe\u0301 Quay.\n"
    text = line * (100_000 // len(line) + 1)
    spans = []
    for at in range(0, len(text) - len(line), 40 * len(line)):
        spans += [(at + 4, at + 9, "ROLE"), (at + 17, at + 20, "MONEY")]
    reading = back(answered(make_records([("item", text, spans, ["funding"])]), tool), tmp_path)
    (version,) = choose(reading)
    assert len(version.text) > 100_000
    assert (version.text, list(version.spans)) == (text, spans)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("asked", ["spans", "topics"])
def test_what_was_not_asked_is_not_checked(tool: Tool, asked: str, tmp_path: Path) -> None:
    reading = back(answered(make_records(), tool, asked=(asked,)), tmp_path)
    assert reading.rejections == []
    (document,) = join_documents(choose(reading), reading)
    assert document.checked == (asked,)
    assert bool(document.spans) == (asked == "spans")
    assert any(item.topics for item in document.items) == (asked == "topics")


@pytest.mark.parametrize("tool", ["label-studio", "prodigy"])
def test_what_the_model_found_is_nobodys_label(tool: Tool, tmp_path: Path) -> None:
    reading = back(exported(make_records(), tool), tmp_path)
    assert reading.versions == {}
    assert reading.counts["unfinished tasks"] == len(MINUTES)
    assert reading.rejections == []


def test_line_ends_and_marks_that_reading_takes_away_go_and_offsets_follow(tmp_path: Path) -> None:
    minutes = [
        ("front", "\ufeffQuay\r\nAda Quill\r", [(7, 16, "PERSON")], ()),
        ("item", "\n1. Ferry\r\nClerk", [(11, 16, "ROLE")], ("funding",)),
    ]
    reading = back(answered(make_records(minutes), "docbin"), tmp_path)
    (document,) = join_documents(choose(reading), reading)
    assert document.text == "Quay\nAda Quill\n1. Ferry\nClerk"
    assert [document.text[start:end] for start, end, _ in document.spans] == ["Ada Quill", "Clerk"]


def test_a_docbin_is_msgpack_and_runs_nothing(tmp_path: Path) -> None:
    data = answered(make_records(), "docbin")
    assert b"\x80\x04\x95" not in zlib.decompress(data), "no pickle in it"
    damaged = zlib.compress(zlib.decompress(data)[:-200])
    (rejection,) = back(damaged, tmp_path).rejections
    assert "damaged DocBin" in rejection.why


def test_records_without_words_are_no_tasks(tmp_path: Path) -> None:
    minutes: list[Minute] = [("front", "\n\n", [], ()), ("item", "1. Ferry\n", [], ())]
    reading = back(answered(make_records(minutes), "conll"), tmp_path)
    assert len(reading.versions) == 1
    assert not reading.counts["tasks that are in no file"]
