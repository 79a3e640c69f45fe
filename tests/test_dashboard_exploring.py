"""The data that lists and search read: folded words, packed columns, an index that finds all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invented_minutes import HOSTILE_NAME, PAYLOADS, invented_records
from kcsp_nlp.dashboard.addresses import token
from kcsp_nlp.dashboard.exploring.folding import fold, key, words
from kcsp_nlp.dashboard.exploring.index import Index
from kcsp_nlp.dashboard.exploring.packing import Distinct, data_file, integers, postings
from kcsp_nlp.dashboard.page import File, Options, Page
from kcsp_nlp.dashboard.pages import explore, search
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.records import Record
from kcsp_nlp.warehouse.sqlite import connect, load

OPTIONS = Options("Invented", date(2026, 11, 22))
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unpacked(packed: str) -> list[int]:
    found, value, shift = [], 0, 0
    for character in packed:
        code = ALPHABET.index(character)
        value |= (code & 31) << shift
        if code & 32:
            shift += 5
        else:
            found.append(value)
            value, shift = 0, 0
    return found


def value_of(file: File) -> object:
    """What a file of data hands over; it must be one call and nothing else."""
    match = re.fullmatch(r'kcsp\.data\.put\("([a-z0-9/_-]+)",(.*)\);\n', file.text)
    assert match
    assert file.path == f"data/{match[1]}.js"
    return json.loads(match[2])


def made(
    folder: Path, records: Iterable[Record], options: Options = OPTIONS
) -> tuple[dict[str, object], list[Page]]:
    """What the data files of a site hold by their names, and the pages of lists and search."""
    with connect(folder / "warehouse.sqlite") as connection:
        load(connection, records)
        source = Source(connection)
        found = [*explore.pages(source, options), *search.pages(source, options)]
    files = [each for each in found if isinstance(each, File)]
    held = {each.path.removeprefix("data/").removesuffix(".js"): value_of(each) for each in files}
    assert len(held) == len(files)
    return held, [each for each in found if isinstance(each, Page)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Élan ÉLAN", ["elan", "elan"], id="case and accents"),
        pytest.param("e\u0301lan", ["elan"], id="an accent of its own"),
        pytest.param("O’Brien O'Brien", ["obrien", "obrien"], id="apostrophes"),
        pytest.param("ʼ ͺ a", ["a"], id="marks of which nothing is left"),
        pytest.param(
            "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
            ["صلىاللهعليهوسلم"],
            id="a letter that is several words is one",
        ),
        pytest.param("Annan-Veitch", ["annan", "veitch"], id="hyphens part words"),
        pytest.param("‘quoted’ words’", ["quoted", "words"], id="quotes are no apostrophes"),
        pytest.param("£1,250.50", ["1250", "50"], id="commas of numbers"),
        pytest.param("1,2500 12,50", ["1", "2500", "12", "50"], id="commas that are no thousands"),
        pytest.param("Straße Łódź Ærø", ["strasse", "lodz", "aero"], id="letters without accents"),
        pytest.param("a_b __proto__", ["a", "b", "proto"], id="underscores part words"),
        pytest.param("ΣΊΣΥΦΟΣ", ["σισυφοσ"], id="no other letter at the end of a word"),
        pytest.param("ﬁre x²", ["fire", "x2"], id="forms of letters"),
        pytest.param("x" * 99, ["x" * 32], id="what is very long is cut"),
        pytest.param("<b>&amp;</b>", ["b", "amp", "b"], id="markup is text"),
        pytest.param(" \u2028…–🙂", [], id="no words"),
    ],
)
def test_words_are_folded(text: str, folded: list[str]) -> None:
    assert [word.folded for word in words(text)] == folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("policy", "policies", True, id="y and ies"),
        pytest.param("church", "churches", True, id="ch and ches"),
        pytest.param("address", "addresses", True, id="ss and sses"),
        pytest.param("offence", "offences", True, id="e and es"),
        pytest.param("bus", "bu", False, id="us is no plural"),
        pytest.param("crisis", "crisi", False, id="is is no plural"),
        pytest.param("glass", "glas", False, id="ss is no plural"),
        pytest.param("gas", "ga", False, id="three letters stay"),
        pytest.param("2020s", "2020", False, id="numbers stay"),
    ],
)
def test_a_word_and_its_plural_have_one_key(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) == same


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert fold(text[word.start : word.end]) == word.folded


@given(st.lists(st.integers(0, 2**50)))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert unpacked(integers(numbers)) == numbers
    total, rising = 0, sorted(numbers)
    read = []
    for step in unpacked(postings(rising)):
        total += step
        read.append(total)
    assert read == rising


@given(st.text())
def test_a_data_file_is_safe_and_holds_what_was_given(text: str) -> None:
    file = data_file("x", [text])
    assert value_of(file) == [text]
    assert not set("<\u2028\u2029") & set(file.text)


def test_what_is_distinct_is_numbered_from_one() -> None:
    said: Distinct[str] = Distinct()
    assert [said.place(each) for each in ("b", None, "a", "b")] == [1, 0, 2, 1]
    assert said.members() == ["b", "a"]


# The index


def lookup(held: dict[str, object], word: str) -> list[tuple[int, int]]:
    """The entries of a word and its weight there, as the browser finds them."""
    contents: Any = held["search/words"]
    firsts, names = contents[:2]
    at = max((i for i, first in enumerate(firsts) if first <= word), default=0)
    shard: Any = held[f"search/{names[at]}"]
    places = dict(zip(shard[0].split(), shard[1].split(), strict=True))
    found, total = [], 0
    for step in unpacked(places.get(word, "")):
        total += step
        found.append(divmod(total, 4))
    return found


def index_of(entries: Sequence[tuple[str, str]]) -> dict[str, object]:
    index = Index()
    for title, text in entries:
        index.add(title, text)
    return {file.path[len("data/") : -len(".js")]: value_of(file) for file in index.files()}


def test_the_index_says_where_a_word_stands_and_how_much_it_says() -> None:
    held = index_of([("Roof", "tile tile"), ("", "roof roofs roof roof"), ("", "tile"), ("", "x")])
    assert lookup(held, "roof") == [(0, 3), (1, 2)]
    assert lookup(held, "tile") == [(0, 1), (2, 0)]
    assert lookup(held, "nothing") == []


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=8))
@example([("", "ʼ")])
def test_every_word_is_found_where_it_stands(entries: list[tuple[str, str]]) -> None:
    held = index_of(entries)
    for entry, (title, text) in enumerate(entries):
        for word in words(f"{title}\n{text}"):
            assert entry in [place for place, _ in lookup(held, key(word.folded))]


def test_many_words_are_parted_into_files_whose_names_say_two_letters() -> None:
    entries = [("", f"word{i} other{i} {i}name ünïcode{i} 日本{i}") for i in range(6000)]
    held = index_of(entries)
    names = set(held) - {"search/words"}
    assert len(names) > 3
    assert all(re.fullmatch(r"search/[a-z0-9_]{1,2}(-\d+)?", name) for name in names)
    assert all(len(json.dumps(held[name], ensure_ascii=False)) < 150_000 for name in names)
    for i in (0, 17, 5999):
        for word in (f"word{i}", f"other{i}", f"{i}name", f"unicode{i}", f"日本{i}"):
            assert lookup(held, word) == [(i, 0)]


def test_nothing_at_all_is_a_site_too(tmp_path: Path) -> None:
    held, pages = made(tmp_path, [])
    assert held["search/words"] == [[], [], 0]
    assert len(pages) == 5


# Tables


def test_the_same_records_give_the_same_files(tmp_path: Path) -> None:
    records = list(invented_records())
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    meetings = [list(group) for group in (records[:12], records[12:14], records[14:])]
    again = [record for group in reversed(meetings) for record in group]
    assert made(tmp_path / "a", records)[0] == made(tmp_path / "b", again)[0]


def test_meetings_are_newest_first_and_those_without_a_date_last(tmp_path: Path) -> None:
    held, _ = made(tmp_path, invented_records())
    meetings, items = held["meetings"], held["items"]
    assert isinstance(meetings, dict)
    assert isinstance(items, dict)
    assert meetings["dates"] == ["2024-05-06", "2023-03", ""]
    assert unpacked(meetings["body"])[-1] == 0
    assert unpacked(items["sizes"]) == [len(PAYLOADS), 1, 2]
    assert items["restrictions"] == [[len(PAYLOADS), "exempt"]]
    assert items["kind"] == "i" * len(PAYLOADS) + "ifi"


def test_names_of_people_are_in_no_name_of_a_file_and_tokens_stand_for_them(
    tmp_path: Path,
) -> None:
    held, pages = made(tmp_path, invented_records())
    people = held["people"]
    assert isinstance(people, dict)
    assert people["names"] == [HOSTILE_NAME]
    assert people["tokens"] == token("person:hostile")
    assert not any("mallory" in name.lower() for name in held)
    assert not any("mallory" in page.path.lower() for page in pages)


def test_without_people_nothing_lists_them(tmp_path: Path) -> None:
    held, pages = made(tmp_path, invented_records(), OPTIONS._replace(people=False))
    assert not any(name.startswith("people") for name in held)
    assert not any("person" in (page.context.get("filters") or ()) for page in pages)  # type: ignore[operator]
    entries = held["search/entries"]
    assert isinstance(entries, list)
    assert [kind for kind, _ in entries] == [
        "items",
        "meetings",
        "bodies",
        "organisations",
        "laws",
    ]
    actions = held["actions"]
    assert isinstance(actions, dict)
    assert not any(actions["people"])


def test_texts_are_kept_whole_and_found_by_the_place_of_their_item(tmp_path: Path) -> None:
    records = list(invented_records())
    held, _ = made(tmp_path, records)
    firsts = held["text/texts"]
    assert firsts == [0]
    texts = held["text/0"]
    assert isinstance(texts, list)
    assert sorted(texts) == sorted(record.text for record in records)
