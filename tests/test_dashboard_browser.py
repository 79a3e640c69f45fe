"""The site as readers use it: opened from its files in Chromium, with mouse, keyboard and axe."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsing import NARROW, WIDE, Visit, running_browser, visit
from invented_minutes import FORMULA, HOSTILE_NAME, PAYLOADS, invented_records
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.dashboard.addresses import address, token
from kcsp_nlp.dashboard.exploring import folding, packing
from kcsp_nlp.dashboard.page import Options
from kcsp_nlp.dashboard.serving import make_server
from kcsp_nlp.dashboard.site import build
from kcsp_nlp.reading import read
from kcsp_nlp.warehouse.formulas import is_formula
from kcsp_nlp.warehouse.sqlite import connect, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASSETS = Path(__file__).parents[1] / "nlp" / "kcsp_nlp" / "dashboard" / "assets"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Style sheets are not fetched a second time, which the policy forbids.
AXE = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}
LISTS = ["meetings", "items", "actions", "money"]
ROOTS = [*LISTS, "index", "people", "organisations", "laws", "topics", "search", "about"]
FOLDERS = ["meetings", "bodies", "people", "organisations", "laws", "topics"]
# The Kent meeting of the samples has items of this topic; the invented ones lie in other years.
TOPIC, BODY_WORDS = "domestic_abuse", "medway"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="module")
def site(
    annotator: Annotator, samples: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("browsed")
    with connect(folder / "warehouse.sqlite") as connection:
        found = (record for path in samples for record in annotator.annotate(read(path)))
        load(connection, [*found, *invented_records()])
        options = Options("Invented minutes", date(2026, 11, 22), restricted=True)
        build(connection, folder / "site", options)
    return folder / "site"


@pytest.fixture
def wide(browser: Browser, site: Path) -> Iterator[Visit]:
    with visit(browser, site) as opened:
        yield opened


@pytest.fixture
def narrow(browser: Browser, site: Path) -> Iterator[Visit]:
    with visit(browser, site, width=NARROW) as opened:
        yield opened


def hostile_meeting() -> str:
    first = next(invented_records())
    return address("meetings", first.meeting.id)


def kinds(site: Path) -> list[str]:
    """One page of every kind, and the meeting that is most hostile."""
    folders = [sorted((site / folder).glob("*.html"))[0] for folder in FOLDERS]
    paths = [path.relative_to(site).as_posix() for path in folders]
    return [*(f"{name}.html" for name in ROOTS), *paths, hostile_meeting()]


def saved(opened: Visit, button: str) -> str:
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes().decode("utf-8")


# Lists and filters


def test_filters_stand_in_the_address_and_come_back_from_it(wide: Visit) -> None:
    wide.open_list("items.html")
    everything = wide.page.locator("#count").inner_text()
    wide.page.get_by_label("Topic", exact=True).select_option(TOPIC)
    body = wide.page.locator("#body option", has_text=BODY_WORDS).first.get_attribute("value")
    wide.page.get_by_label("Body", exact=True).select_option(body)
    wide.page.get_by_label("Meeting from").fill("2023-01-01")
    wide.page.get_by_label("Meeting to").fill("2023-12-31")
    wide.wait_for_fragment("#.*to=2023-12-31")
    assert wide.fragment == f"topic={TOPIC}&body={body}&from=2023-01-01&to=2023-12-31"
    shown = wide.page.locator("#count").inner_text()
    rows = wide.rows(2)
    assert rows
    assert shown != everything
    assert all(BODY_WORDS in name.lower() for name in wide.rows(3))
    assert all("Domestic abuse" in topics for topics in wide.rows(4))

    wide.open_list(f"items.html#{wide.fragment}")
    assert wide.rows(2) == rows
    assert wide.page.get_by_label("Topic", exact=True).input_value() == TOPIC

    wide.page.get_by_label("Topic", exact=True).select_option("")
    wide.wait_for_fragment("#body=.*")
    wide.page.go_back()
    wide.wait_for_fragment("#topic=.*")
    wide.wait_for_value("#topic", TOPIC)
    assert wide.rows(2) == rows


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        pytest.param("from=2024-05-06&to=2024-05-06", len(PAYLOADS), id="one day"),
        pytest.param("from=2023-03-31&to=2023-04-01", 1, id="a month that reaches into the range"),
        pytest.param("q=roof+of", 1, id="words of a title; its meeting has no date"),
        pytest.param("q=roof+of&from=1900-01-01", 0, id="no date lies in no range"),
        pytest.param("q=ROOF&topic=domestic_abuse", 1, id="case does not matter"),
        pytest.param(f"person={token('person:hostile')}", len(PAYLOADS), id="a person by a token"),
        pytest.param(f"law={token('javascript:alert(1)')}", 0, id="a law that is not there"),
        pytest.param("body=0000000000000000", 0, id="a body that is not there"),
        pytest.param("topic=__proto__", 0, id="a topic that objects would have"),
        pytest.param("person=<img src=x onerror=alert(1)>", 0, id="what is no token"),
    ],
)
def test_what_an_address_asks_for_is_shown(wide: Visit, fragment: str, shown: int) -> None:
    wide.open_list(f"items.html#{fragment}")
    wide.wait_for_list(shown)
    assert wide.page.locator("#explore tbody tr").count() == shown


def test_states_of_actions_compare_the_due_date_with_the_day_of_the_site(wide: Visit) -> None:
    wide.open_list("actions.html#state=passed")
    assert wide.page.locator("#explore tbody tr").count() >= len(PAYLOADS)
    assert set(wide.rows(4)) == {"Due date passed"}
    wide.page.get_by_label("State", exact=True).select_option("none")
    wide.wait_for_fragment("#state=none")
    assert set(wide.rows(4)) == {"No due date stated"}


def test_a_combobox_takes_a_person_by_keyboard_and_the_address_has_no_name(wide: Visit) -> None:
    wide.open_list("items.html")
    box = wide.page.get_by_role("combobox", name="Person")
    box.focus()
    box.press_sequentially("oscr mall")
    wide.page.wait_for_selector("#person-list [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert wide.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    box.press("Enter")
    wide.wait_for_list(len(PAYLOADS))
    assert wide.fragment == f"person={token('person:hostile')}"
    assert box.input_value() == HOSTILE_NAME
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Escape")
    wide.wait_for_fragment("")
    assert box.input_value() == ""


def test_a_combobox_takes_back_what_is_no_name(wide: Visit) -> None:
    wide.open_list("items.html")
    box = wide.page.get_by_role("combobox", name="Person")
    box.fill("nobody is called so")
    wide.page.get_by_text("No name fits").wait_for()
    box.press("Tab")
    assert box.input_value() == ""
    assert wide.fragment == ""


def test_columns_are_sorted_by_buttons_that_say_so(wide: Visit) -> None:
    wide.open_list("money.html")
    head = wide.page.get_by_role("columnheader", name="Sum")
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert wide.fragment == "sort=-amount"
    assert wide.page.evaluate("document.activeElement.textContent").strip() == "Sum"
    largest = wide.rows(1)[0]
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert wide.fragment == "sort=amount"
    assert wide.rows(1)[0] != largest


def test_pages_of_a_list_follow_each_other(wide: Visit) -> None:
    wide.open_list("money.html")
    first = wide.rows(4)
    wide.page.get_by_role("button", name="Next").click()
    assert wide.fragment == "page=2"
    assert wide.page.evaluate("document.activeElement.id") == "count"
    assert wide.rows(4) != first
    wide.page.go_back()
    wide.wait_for_fragment("")
    assert wide.rows(4) == first


def test_how_many_there_are_is_announced_once_the_reader_pauses(wide: Visit) -> None:
    wide.open_list("items.html")
    announced = wide.page.locator("#announcement")
    wide.page.get_by_label("Words of the title").press_sequentially("roof")
    assert "1 agenda item found" not in announced.inner_text()
    wide.wait_for_text("#announcement", "1 agenda item found")
    assert announced.get_attribute("role") == "status"
    assert wide.fragment == "q=roof"


# Downloads


def test_a_csv_holds_all_rows_that_match_and_no_formula(wide: Visit) -> None:
    wide.open_list("items.html#from=2024-05-06&to=2024-05-06")
    text = saved(wide, "Download as CSV")
    assert text.startswith("\ufeffdate,".replace("date", '"date"'))
    assert text.count("\r\n") >= len(PAYLOADS)
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert len(rows) == len(PAYLOADS)
    assert {row["date"] for row in rows} == {"2024-05-06"}
    assert rows[0]["item_title"] == f"'{FORMULA}"
    assert [row["item_title"] for row in rows[1:]] == wide.rows(2)[1:]
    assert all(row["page"].startswith(hostile_meeting()) for row in rows)


def test_a_csv_holds_more_than_the_page_that_is_shown(wide: Visit) -> None:
    wide.open_list("money.html#sort=-amount")
    rows = list(csv.DictReader(io.StringIO(saved(wide, "Download as CSV")[1:], newline="")))
    assert f"{len(rows):,} sums named" in wide.page.locator("#count").inner_text()
    assert len(rows) > wide.page.locator("#explore tbody tr").count()
    amounts = [float(row["amount"]) for row in rows if row["amount"]]
    assert amounts == sorted(amounts, reverse=True)


def test_a_json_says_what_was_asked(wide: Visit) -> None:
    wide.open_list("actions.html#state=passed&q=mend")
    held = json.loads(saved(wide, "Download as JSON"))
    assert held["filters"] == {"q": "mend", "state": "passed"}
    assert [row["action"] for row in held["rows"]] == wide.rows(1)
    assert held["rows"][0]["due"] == "2024-06-30"


# Search


def test_a_search_leads_to_the_place(wide: Visit) -> None:
    wide.open("search.html")
    wide.search("leaks refuge")
    assert wide.fragment == "q=leaks+refuge"
    result = wide.page.locator(".result")
    assert result.count() == 1
    assert result.locator("mark").all_inner_texts() == ["refuge’s", "leaks"]
    result.get_by_role("link").first.click()
    target = wide.page.locator(":target")
    target.wait_for()
    assert "Roof of the refuge" in target.inner_text()
    assert wide.page.evaluate(
        "(() => { const box = document.querySelector(':target').getBoundingClientRect();"
        " return box.top < innerHeight && box.bottom > 0 })()"
    )
    wide.page.go_back()
    wide.wait_for_search("leaks refuge")
    assert wide.page.get_by_label("Words to look for").input_value() == "leaks refuge"


@pytest.mark.parametrize(
    ("query", "items"),
    [
        pytest.param("zebrafinch", 1, id="a word"),
        pytest.param("zebraf", 1, id="the beginning of a word"),
        pytest.param("zebraf ", 0, id="a space ends the word"),
        pytest.param("zebrafinches", 1, id="a plural"),
        pytest.param("UBER-ALT", 0, id="case and accents do not count, words do"),
        pytest.param("uber old", 1, id="hyphens part words"),
        pytest.param("refuge's roof", 1, id="an apostrophe of another kind"),
        pytest.param("roof zebrafinch", 0, id="all words must be there"),
        pytest.param('"zebrafinch tender"', 1, id="a phrase"),
        pytest.param('"tender zebrafinch"', 0, id="a phrase in the wrong order"),
        pytest.param('"zebrafinches tender"', 0, id="a phrase is not in the plural"),
        pytest.param("quetzal", len(PAYLOADS), id="many items"),
        pytest.param('"quetzal reported resolved"', len(PAYLOADS), id="a phrase in many items"),
        pytest.param("hasOwnProperty", 1, id="what every object has"),
        pytest.param("proto", 1, id="underscores part words"),
        pytest.param("constructor constructor", 1, id="the same word twice"),
        pytest.param("xyzzyq", 0, id="nothing"),
    ],
)
def test_queries_find_items(wide: Visit, query: str, items: int) -> None:
    wide.open("search.html")
    wide.search(query)
    assert wide.page.locator(".result").count() == items
    assert wide.page.locator("#nothing").is_visible() == (
        wide.page.locator("#results li").count() == 0
    )


def test_a_search_finds_people_organisations_laws_and_meetings(wide: Visit) -> None:
    for query, kind, folder in [
        ("mallory", "people", "people/"),
        ("quetzal", "organisations", "organisations/"),
        ("payload act", "laws", "laws/"),
        ("6 may 2024", "meetings", "meetings/"),
        ("invented safety", "bodies", "bodies/"),
    ]:
        wide.open(f"search.html#q={query}")
        wide.wait_for_search(query)
        link = wide.page.locator(f"section:has(#group-{kind}) li a").first
        assert (link.get_attribute("href") or "").startswith(folder)


def test_a_mention_is_followed_from_the_page_of_a_person_to_its_place(wide: Visit) -> None:
    wide.open(address("people", "person:hostile"))
    link = wide.page.locator(f"main a[href*='{hostile_meeting()}#']").first
    link.click()
    wide.page.wait_for_url("**/meetings/**")
    target = wide.page.locator(":target")
    target.wait_for()
    assert target.evaluate("each => each.getBoundingClientRect().top < innerHeight")


# Hostile text


def test_text_of_minutes_runs_nothing(wide: Visit) -> None:
    for path in [
        hostile_meeting(),
        "items.html",
        "actions.html",
        "money.html",
        "meetings.html",
        "search.html#q=item",
        address("people", "person:hostile"),
        address("laws", "javascript:alert('law')"),
        address("organisations", "body:'\"><x"),
        "index.html",
    ]:
        wide.open(path)
        wide.page.wait_for_timeout(50)
        assert wide.page.evaluate("document.documentElement.dataset.ran") is None
        assert wide.page.locator("main iframe, main [onerror], main script, main base").count() == 0
        assert wide.page.locator("a[href^='javascript:']").count() == 0


# Keyboard


def focused(opened: Visit) -> str:
    return str(
        opened.page.evaluate(
            "(() => { const at = document.activeElement;"
            " return at.id || at.textContent.trim() || at.tagName })()"
        )
    )


def test_the_skip_link_is_first_and_keeps_the_filters(wide: Visit) -> None:
    wide.open_list("items.html#q=item")
    wide.page.keyboard.press("Tab")
    assert focused(wide) == "Skip to main content"
    shown = wide.rows(2)
    wide.page.keyboard.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "main"
    wide.wait_for_fragment("#q=item")
    assert wide.rows(2) == shown
    wide.page.keyboard.press("Tab")
    assert focused(wide) == "q"


def test_the_keyboard_passes_through_a_list_without_a_trap(wide: Visit) -> None:
    wide.open_list("items.html#q=roof")
    seen = []
    for _ in range(60):
        wide.page.keyboard.press("Tab")
        if wide.page.evaluate("document.activeElement === document.body"):
            break
        seen.append(focused(wide))
        outline = wide.page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return [style.outlineStyle, parseFloat(style.outlineWidth)] })()"
        )
        assert outline[0] != "none", seen[-1]
        assert outline[1] >= 2, seen[-1]
    order = [name for name in seen if name in {"q", "topic", "body", "from", "to", "person", "law"}]
    assert list(dict.fromkeys(order)) == ["q", "topic", "body", "from", "to", "person", "law"]
    assert "Download as CSV" in seen
    assert any("Roof of the refuge" in name for name in seen)


# Narrow, printed, axe


def test_no_page_is_wider_than_a_narrow_window(narrow: Visit, site: Path) -> None:
    for path in kinds(site):
        narrow.open(path)
        if path.removesuffix(".html") in LISTS:
            narrow.wait_for_list()
        assert not narrow.overflows(), path
    narrow.open("search.html#q=quetzal")
    narrow.wait_for_search("quetzal")
    assert not narrow.overflows()


def test_pages_print(wide: Visit) -> None:
    wide.open_list("items.html")
    assert wide.page.pdf(format="A4").startswith(b"%PDF")
    wide.open(hostile_meeting())
    assert wide.page.pdf(format="A4").startswith(b"%PDF")


def violations(opened: Visit) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened.page, options=AXE).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]


def test_axe_finds_nothing_on_any_kind_of_page(wide: Visit, site: Path) -> None:
    pytest.importorskip("axe_playwright_python", reason="pip install 'kcsp-nlp[dev]'")
    found: dict[str, list[str]] = {}
    for path in [*kinds(site), "search.html#q=quetzal"]:
        wide.open(path)
        if path.removesuffix(".html") in LISTS:
            wide.wait_for_list()
        if "#q=" in path:
            wide.wait_for_search("quetzal")
        for width in (WIDE, NARROW):
            wide.page.set_viewport_size({"width": width, "height": 900})
            found[f"{path} at {width}"] = violations(wide)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "preference",
    [
        pytest.param({"forced_colors": "active"}, id="colours of the system's"),
        pytest.param({"color_scheme": "dark"}, id="dark"),
    ],
)
def test_axe_finds_nothing_in_other_colours(
    browser: Browser, site: Path, preference: dict[str, Any]
) -> None:
    pytest.importorskip("axe_playwright_python", reason="pip install 'kcsp-nlp[dev]'")
    with visit(browser, site, **preference) as opened:
        opened.open_list("items.html")
        assert violations(opened) == []
        opened.open(hostile_meeting())
        assert violations(opened) == []


def test_an_open_combobox_is_accessible(wide: Visit) -> None:
    pytest.importorskip("axe_playwright_python", reason="pip install 'kcsp-nlp[dev]'")
    wide.open_list("items.html")
    box = wide.page.get_by_role("combobox", name="Organisation")
    box.press_sequentially("qu")
    wide.page.wait_for_selector("#organisation-list [role=option]")
    box.press("ArrowDown")
    assert violations(wide) == []


# Without scripts, and served


def test_without_scripts_a_list_says_where_to_look(browser: Browser, site: Path) -> None:
    with visit(browser, site, java_script_enabled=False) as opened:
        for path in ("items.html", "search.html"):
            opened.open(path)
            assert opened.page.locator("noscript").is_visible()
            assert not opened.page.locator(".needs-script").first.is_visible()


def test_served_the_site_does_the_same(browser: Browser, site: Path) -> None:
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with visit(browser, f"http://127.0.0.1:{server.server_address[1]}/") as opened:
            opened.open_list("items.html#q=roof")
            assert opened.page.locator("#explore tbody tr").count() == 1
            opened.open("search.html")
            opened.search('"zebrafinch tender"')
            opened.page.locator(".result a").first.click()
            opened.page.wait_for_url("**/meetings/**")
            opened.page.locator(":target").wait_for()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# What the scripts do as Python does it

WORDS = [
    "ʼ", "ͺ", "\ufdfa",
    "O’Brien-Crane", "O'Brien", "ÉLAN", "Łódź", "Straße", "STRASSE", "æther", "Œuvre", "naïve",
    "Siân", "ŵythnos", "İstanbul", "ΣΊΣΥΦΟΣ", "ﬁre", "Ⅳ", "x²", "１２", "e\u0301tude", "\u0301x",
    "1,250", "1,2500", "12,50", "£1,250.50", "17A", "030/19", "24/7", "co-op", "re‐use", "a_b",
    "__proto__", "constructor", "don't", "'tis", "rock’n’roll", "’s", "churches", "boxes", "policy",
    "policies", "policie", "addresses", "bus", "glass", "crisis", "ties", "pies", "day", "days",
    "ies", "s", "as", "Ysgol", "日本語", "١٢٣", "ß", "ẞ", "ŀ", "\u02bcokina", "🙂 smile",
    "a\u200bb", "<script>", "&amp;", "x" * 50, "", " ", "\u2028", "İ" * 40,
]  # fmt: skip


def test_words_are_folded_alike_in_python_and_in_the_browser(
    browser: Browser, samples: list[Path]
) -> None:
    texts = [*WORDS, " ".join(WORDS), *(read(path).text for path in samples)]
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "fold.js")
    theirs = page.evaluate(
        "texts => texts.map((text) => kcsp.fold.words(text).map(([word, start, end]) =>"
        " [word, kcsp.fold.key(word), text.slice(start, end)]))",
        texts,
    )
    page.close()
    ours = [
        [[each.folded, folding.key(each.folded), text[each.start : each.end]] for each in found]
        for text in texts
        if (found := list(folding.words(text))) is not None
    ]
    assert theirs == ours


def test_packed_numbers_are_read_as_they_were_written(browser: Browser) -> None:
    numbers = [0, 1, 31, 32, 33, 1023, 1024, 2**31, 2**40 + 7, 0]
    rising = sorted(numbers)
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "data.js")
    read_back = page.evaluate(
        "([a, b]) => [kcsp.data.integers(a), kcsp.data.postings(b)]",
        [packing.integers(numbers), packing.postings(rising)],
    )
    page.close()
    assert read_back == [numbers, rising]


def test_formulas_are_known_alike_in_python_and_in_the_browser(browser: Browser) -> None:
    texts = [
        *(f"{before}{sign}1" for before in ("", " ", "'", "''", "“", "\u200b", "a", "'a", "\x85")
          for sign in "=+-@＝＋－＠﹦x"),
        "\tx", "\r\nx", "\x00x", "x\ny", "", "-", "£5", *PAYLOADS,
    ]  # fmt: skip
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "download.js")
    guarded = page.evaluate("texts => texts.map((text) => kcsp.download.cell(text))", texts)
    page.close()
    expected = ["'" + text if is_formula(text) else text for text in texts]
    assert guarded == ['"' + text.replace('"', '""') + '"' if text else "" for text in expected]
