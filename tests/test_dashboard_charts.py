from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.dashboard.charts import labels
from kcsp_nlp.dashboard.charts.bars import bar
from kcsp_nlp.dashboard.charts.columns import Drawing, Series, columns
from kcsp_nlp.dashboard.charts.figures import Shown, panels
from kcsp_nlp.dashboard.charts.markup import element
from kcsp_nlp.dashboard.charts.periods import Periods, choose
from kcsp_nlp.dashboard.charts.ranked import Ranked, named, ranked_rows
from kcsp_nlp.dashboard.charts.scales import scale
from kcsp_nlp.dashboard.charts.sheets import Cell, Sheet, count, pounds, sheet_file, text
from kcsp_nlp.dashboard.charts.spark import spark
from kcsp_nlp.dashboard.charts.words import brief_money, trend
from kcsp_nlp.dashboard.fragments import narrowed
from kcsp_nlp.dashboard.wording import number

ASSETS = Path(__file__).parents[1] / "nlp" / "kcsp_nlp" / "dashboard" / "assets"
HOSTILE = "\"><script>alert(1)</script>' onload=x &amp; ]]>"

PERIODS = st.one_of(
    st.tuples(st.integers(1800, 2190), st.integers(0, 69)).map(
        lambda reach: choose([str(reach[0]), str(min(2199, sum(reach)))])
    ),
    st.lists(
        st.builds("{}-{:02}".format, st.integers(2019, 2021), st.integers(1, 12)), min_size=1
    ).map(choose),
)


@st.composite
def charts(draw: st.DrawFn) -> tuple[Periods, list[Series]]:
    """Periods and up to three stacked series of them, with the same gaps."""
    periods = draw(PERIODS)
    gaps = [draw(st.booleans()) for _ in periods.members]
    value = st.one_of(st.just(0.0), st.floats(0, 1e12), st.integers(0, 500).map(float))
    series = [
        Series(
            draw(st.sampled_from(["items", HOSTILE])),
            f"topic-{place}",
            tuple(None if gap else draw(value) for gap in gaps),
        )
        for place in range(draw(st.integers(1, 3)))
    ]
    return periods, series


def drawn(periods: Periods, series: Sequence[Series]) -> ElementTree.Element:
    sums = [sum(v or 0 for v in values) for values in zip(*(s.values for s in series), strict=True)]
    drawing = Drawing(scale(sums, whole=False), brief_money)
    return parsed(columns(periods, series, drawing, "name", "words"))


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 - we wrote it


def per_cent(node: ElementTree.Element, name: str) -> float:
    assert node.attrib[name].endswith("%")
    return float(node.attrib[name][:-1])


@given(charts())
def test_everything_of_a_chart_lies_inside_it(chart: tuple[Periods, list[Series]]) -> None:
    root = drawn(*chart)
    height = float(root.attrib["height"])
    for node in root.iter():
        for name in {"x", "x1", "x2", "width"} & set(node.attrib):
            value = node.attrib[name]
            if node.get("class") == "chart-label" and name == "x":
                assert value == "-8"  # marks of the axis stand in the gutter on the left
            else:
                assert 0 <= per_cent(node, name) <= 100.001
        for name in {"y", "y1", "y2", "height"} & set(node.attrib):
            assert math.isfinite(float(node.attrib[name]))
            assert 0 <= float(node.attrib[name]) <= height
        if node.tag == "rect":
            assert per_cent(node, "x") + per_cent(node, "width") <= 100.001
            assert float(node.attrib["y"]) + float(node.attrib["height"]) <= height


@given(charts())
def test_places_of_columns_fill_the_width_but_for_gaps(
    chart: tuple[Periods, list[Series]],
) -> None:
    periods, series = chart
    lines = [node for node in drawn(*chart).iter("line") if node.get("class") == "chart-axis"]
    widths = sum(per_cent(line, "x2") - per_cent(line, "x1") for line in lines)
    known = sum(value is not None for value in series[0].values)
    assert len(lines) == known
    assert widths == pytest.approx(100 * known / len(periods.members), abs=0.1)


@given(charts())
def test_parts_of_a_column_stand_on_each_other(chart: tuple[Periods, list[Series]]) -> None:
    for group in drawn(*chart).iter("g"):
        rects = group.findall("rect")
        line = group.find("line")
        assert line is not None
        foot = float(line.attrib["y1"])
        for rect in rects:
            top = float(rect.attrib["y"])
            assert top + float(rect.attrib["height"]) == pytest.approx(foot, abs=0.02)
            foot = top


@given(charts(), st.sampled_from(sorted(labels.LEVELS)))
def test_labels_never_lie_on_each_other(chart: tuple[Periods, list[Series]], level: str) -> None:
    periods, _ = chart
    rows: dict[str, list[tuple[float, float]]] = {}
    for node in drawn(*chart).iter("text"):
        if f"at-{level}" in node.attrib["class"].split():
            middle = per_cent(node, "x") / 100 * labels.LEVELS[level]
            half = labels.width(node.text or "") / 2
            look = node.attrib["class"].split()[0]
            # Values over columns may not touch at any height; the two rows under them are apart.
            row = look if look == "chart-value" else node.attrib["y"]
            rows.setdefault(row, []).append((middle - half, middle + half))
    for held in rows.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(held)):
            assert end <= start
    assert periods.members


@given(charts())
def test_a_chart_says_who_it_is_and_runs_nothing(chart: tuple[Periods, list[Series]]) -> None:
    root = drawn(*chart)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "name"
    assert root.attrib["aria-describedby"] == "words"
    assert not {"script", "style", "a"} & {node.tag for node in root.iter()}
    names = {name for node in root.iter() for name in node.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_the_style_sheet_knows_every_height_gutter_and_level() -> None:
    css = (ASSETS / "charts.css").read_text(encoding="utf-8")
    for dates in (["2001", "2040"], ["2020-01", "2020-12"]):
        periods = choose(dates)
        one = Shown((Series("a", "", (1.0,) * len(periods.members)),))
        for shown in ([one], [one, one]):
            for panel in panels("f", periods, shown, write=number, tell=number):
                looks = parsed(panel.svg).attrib["class"].split()
                for look in looks:
                    assert f".{look} " in css or f".{look} {{" in css
    for level in labels.LEVELS:
        assert f".at-{level}" in css


def test_a_single_value_is_a_thin_column_with_its_value() -> None:
    root = drawn(choose(["2021"]), [Series("items", "", (7.0,))])
    (rect,) = root.iter("rect")
    assert per_cent(rect, "width") <= 7
    assert "few-3" in root.attrib["class"]
    assert [node.text for node in root.iter("text") if "chart-value" in node.attrib["class"]] == [
        "£7"
    ]


def test_zero_has_a_label_and_no_column_and_a_gap_has_neither() -> None:
    root = drawn(choose(["2020", "2022"]), [Series("items", "", (0.0, None, 4.0))])
    assert len(list(root.iter("rect"))) == 1
    shown = [node.text for node in root.iter("text") if "chart-value" in node.attrib["class"]]
    assert shown == ["£0", "£4"]
    titles = [node.text for node in root.iter("title")]
    assert titles == ["2020: £0", "2022: £4"]


def test_sixty_years_show_round_years_and_the_largest() -> None:
    periods = choose(["1960", "2019"])
    values = tuple(float(place % 7 if place != 30 else 99) for place in range(60))
    root = drawn(periods, [Series("items", "", values)])
    narrow = [
        node.text
        for node in root.iter("text")
        if {"chart-label", "at-narrow"} <= set(node.attrib["class"].split())
    ]
    assert narrow == ["1960", "1980", "2000"]
    assert "£99" in [node.text for node in root.iter("text")]


@pytest.mark.parametrize(
    ("dates", "unit", "first", "last", "many"),
    [
        pytest.param([], "year", None, None, 0, id="no dates"),
        pytest.param([None, "soon", "2021-13", "0999"], "year", None, None, 0, id="none is known"),
        pytest.param(["2021-05-04"], "quarter", "April to June 2021", None, 1, id="one day"),
        pytest.param(
            ["2019-12", "2022-09-30"],
            "quarter",
            "October to December 2019",
            "July to September 2022",
            12,
            id="three years",
        ),
        pytest.param(["2019-12", "2022-10"], "year", "2019", "2022", 4, id="a quarter more"),
        pytest.param(["2021", "2021-03"], "year", "2021", "2021", 1, id="a month is not said"),
        pytest.param(["1954", "2023"], "year", "1954", "2023", 70, id="seventy years"),
        pytest.param(["1953", "2023"], "decade", "1950s", "2020s", 8, id="a year more"),
    ],
)
def test_periods_follow_the_reach_of_dates(
    dates: list[str | None], unit: str, first: str | None, last: str | None, many: int
) -> None:
    periods = choose(dates)
    assert (periods.unit, len(periods.members)) == (unit, many)
    if first:
        assert periods.members[0].label == first
        assert periods.members[-1].label == (last or first)


def test_dates_fall_into_their_period() -> None:
    periods = choose(["2021-02-28", "2021-11"])
    counted = [("2021-02-28", 2), ("2021-03-31", 1), ("2021-11", 4), ("2021", 8), (None, 16)]
    assert periods.fold(counted) == [3, 0, 0, 4]
    assert [(each.first, each.last) for each in periods.members][1] == ("2021-04-01", "2021-06-30")
    assert [each.tick for each in periods.members] == ["Q1", "Q2", "Q3", "Q4"]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e15)), max_size=60), st.integers(2, 6))
def test_a_scale_holds_its_values_with_round_marks(values: list[float | None], about: int) -> None:
    for whole in (True, False):
        found = scale(values, about, whole)
        assert found.marks[0] == 0
        assert found.marks[-1] == found.top
        assert 2 <= len(found.marks) <= about + 1
        assert all(0 <= found.place(value) <= 1 for value in values if value is not None)
        assert found.top >= max((value or 0 for value in values), default=0) * (1 - 1e-6)
        if whole:
            assert all(mark == int(mark) for mark in found.marks)


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        pytest.param(0, [0, 1], id="nothing at all"),
        pytest.param(1, [0, 1], id="one"),
        pytest.param(4, [0, 1, 2, 3, 4], id="no halves"),
        pytest.param(92, [0, 50, 100], id="tens"),
        pytest.param(200, [0, 50, 100, 150, 200], id="the largest on a mark"),
    ],
)
def test_marks_of_counts(most: int, marks: list[int]) -> None:
    assert list(scale([most]).marks) == marks


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        pytest.param(0, "£0", id="nothing"),
        pytest.param(950, "£950", id="below a thousand"),
        pytest.param(999.6, "£1k", id="rounds to a thousand"),
        pytest.param(1_500, "£1.5k", id="a decimal below ten"),
        pytest.param(12_400, "£12k", id="none above"),
        pytest.param(999_950, "£1m", id="never £1000k"),
        pytest.param(9_960_000, "£10m", id="never £10.0m"),
        pytest.param(20_000_000_000, "£20bn", id="billions"),
    ],
)
def test_brief_money(amount: float, said: str) -> None:
    assert brief_money(amount) == said


def items(value: float) -> str:
    return f"{number(value)} items"


@pytest.mark.parametrize(
    ("dates", "values", "said"),
    [
        pytest.param([], (), "There is nothing to show: no date is known.", id="nothing"),
        pytest.param(
            ["2021"], (3,), "2021: 3 items. There is no other calendar year.", id="one value"
        ),
        pytest.param(["2020", "2021"], (0, 0), "0 items from 2020 to 2021.", id="only zeros"),
        pytest.param(
            ["2018", "2022"],
            (2, None, 1200, None, 1),
            "Most in 2020: 1,200 items. First, 2018: 2; last, 2022: 1. No dated meetings in 2019 "
            "and 2021.",
            id="gaps",
        ),
        pytest.param(
            ["2018", "2022"],
            (5, None, None, 5, 5),
            "Most in 2018 and 2 others: 5 items. First, 2018: 5; last, 2022: 5. No dated meetings "
            "in 2019 to 2020.",
            id="several largest",
        ),
        pytest.param(
            ["2020", "2021"],
            (5, 5),
            "Most in 2020 and 2021: 5 items. First, 2020: 5; last, 2021: 5.",
            id="two largest",
        ),
    ],
)
def test_charts_in_words(
    dates: list[str | None], values: tuple[float | None, ...], said: str
) -> None:
    assert trend(choose(dates), values, items, number) == said


@given(st.text(), st.text())
def test_text_in_a_chart_is_escaped(content: str, value: str) -> None:
    made = element("text", content, class_=value)
    assert made.count("<") == 2
    assert made.count('"') == 2


def test_hostile_labels_are_escaped() -> None:
    series = [Series(HOSTILE, "topic-1", (1.0,)), Series("b", "topic-2", (2.0,))]
    root = drawn(choose(["2021"]), series)
    assert [node.text for node in root.iter("title")] == [f"2021: {HOSTILE} £1, b £2"]
    assert "<script" not in spark([1], HOSTILE)
    assert "<script" not in element("title", HOSTILE)


@given(st.lists(st.floats(0, 1e15), min_size=1, max_size=30))
def test_bars_are_as_long_as_their_share_of_the_largest(values: list[float]) -> None:
    rows = ranked_rows(named(str(value), None, (count(int(value)),)) for value in values)
    most = max(int(value) for value in values)
    for row in rows:
        rect = parsed(row.bar).find("rect")
        value = float(row.numbers[0].value)
        assert (rect is not None) == (value > 0 and most > 0)
        if rect is not None:
            assert per_cent(rect, "width") == pytest.approx(100 * value / most, abs=0.001)


def test_a_bar_of_nothing_is_empty_and_hidden_from_screen_readers() -> None:
    root = parsed(bar(0, 0))
    assert (len(root), root.attrib["aria-hidden"]) == (0, "true")


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=70), st.floats(0, 1e9))
def test_a_trend_lies_inside_its_room(values: list[float | None], most: float) -> None:
    root = parsed(spark(values, "told", most=most))
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("img", "told")
    rects = list(root.iter("rect"))
    assert len(rects) == sum(bool(value) for value in values)
    for rect in rects:
        assert per_cent(rect, "x") + per_cent(rect, "width") <= 100.001
        top = float(rect.attrib["y"])
        assert top >= 0
        assert top + float(rect.attrib["height"]) == pytest.approx(24, abs=0.02)


TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\0"))


@given(st.lists(st.tuples(TEXTS, st.integers(), st.floats(0, 1e9)), max_size=8))
def test_a_file_holds_what_the_table_does(rows: list[tuple[str, int, float]]) -> None:
    sheet = Sheet(
        ("Name", "Count", "Sum"),
        tuple((text(name), count(many), pounds(sum_)) for name, many, sum_ in rows),
    )
    made = sheet_file("data/x.csv", sheet)
    assert made.text.startswith("\ufeff")
    assert made.text.count("\r\n") >= len(rows) + 1
    found = list(csv.reader(io.StringIO(made.text[1:], newline="")))
    assert found[0] == ["Name", "Count", "Sum"]
    for (name, many, sum_), cells in zip(rows, found[1:], strict=True):
        assert cells[0] in {name, f"'{name}"}
        assert (cells[1], float(cells[2])) == (str(many), round(sum_, 2))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param(text("=1+1"), "'=1+1", id="a formula"),
        pytest.param(text("@SUM(A1)"), "'@SUM(A1)", id="an old formula"),
        pytest.param(text('a "b", c'), '"a ""b"", c"', id="quotes and a comma"),
        pytest.param(Cell("-5", -5), "-5", id="a number below nought is a number"),
        pytest.param(count(None), "", id="not counted"),
        pytest.param(pounds(None), "", id="no sum"),
        pytest.param(pounds(1234.567), "1234.57", id="pence"),
    ],
)
def test_cells_are_safe_to_open(cell: Cell, written: str) -> None:
    made = sheet_file("data/x.csv", Sheet(("a",), ((cell, text("end")),)))
    assert made.text == f"\ufeffa\r\n{written},end\r\n"


def test_a_count_leads_somewhere_only_where_there_is_something() -> None:
    assert count(3, "items.html").href == "items.html"
    assert count(0, "items.html").href is None
    assert (count(1200).shown, count(None).shown, pounds(1234.5).shown) == ("1,200", "–", "£1,234")


def test_a_ranked_table_as_a_file() -> None:
    rows = ranked_rows([named("=A", None, (count(2), count(1)))])
    ranked = Ranked("a", "Title", ("Name", "Items", "Meetings"), rows, "data/a.csv")
    assert ranked.file.text == "\ufeffName,Items,Meetings\r\n'=A,2,1\r\n"


@pytest.mark.parametrize(
    ("make", "address"),
    [
        pytest.param(lambda: narrowed("items"), "items.html", id="nothing set"),
        pytest.param(
            lambda: narrowed("items", topic="a b&c=d#e", from_="2021-01-01", body=None),
            "items.html#topic=a%20b%26c%3Dd%23e&from=2021-01-01",
            id="hostile values are quoted",
        ),
    ],
)
def test_addresses_of_narrowed_lists(make: Callable[[], str], address: str) -> None:
    assert make() == address
    assert not re.search(r"[\s<>\"']", make())
