"""The target XLSX: what openpyxl and LibreOffice find is what the warehouse holds."""

from __future__ import annotations

import csv
import importlib
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from hostile_rows import HostileRows, held, warehouse
from kcsp_nlp.errors import KcspError
from kcsp_nlp.warehouse.rows import Value
from kcsp_nlp.warehouse.sheets import SHEETS, TABLE_SHEETS, VIEWS, Sheet
from kcsp_nlp.warehouse.table import Column
from kcsp_nlp.warehouse.targets import workbook
from kcsp_nlp.warehouse.targets.cells import CUT, LONGEST
from rendering import convert

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DATES = {"date", "due", "first_date", "last_date"}
SMALL = HostileRows(texts=("x",), numbers=(1.0,), meetings=("00000000000000a1",), items=3)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Path]]:
    folder = tmp_path_factory.mktemp("xlsx")
    with warehouse(folder) as connection:
        workbook.write(connection, folder / "out.xlsx")
        yield connection, folder / "out.xlsx"


def calc() -> bool:
    """Return whether LibreOffice has its spreadsheet program here."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").exists()


def number(value: float) -> float:
    """Return a number as XlsxWriter writes it: 16 digits."""
    return float(f"{value:.16G}")


def expected(value: Value, column: Column) -> object:
    """Return what a cell should hold."""
    if value is None:
        return None
    if column.type == "boolean":
        return bool(value)
    if column.type == "date" or (column.name in DATES and len(str(value)) == 10):
        day = date.fromisoformat(str(value))
        return datetime(day.year, day.month, day.day) if day >= date(1900, 3, 1) else value
    if isinstance(value, float):
        return number(value)
    return value.replace("\0", "\u2400") if isinstance(value, str) else value


def found(cell: Cell, column: Column) -> object:
    value = cell.value
    assert cell.data_type != "f"
    if isinstance(value, str):
        # XML knows no carriage returns and no control characters; openpyxl leaves this to us.
        return ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, int) and column.type == "real":
        return float(value)
    return value


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_openpyxl_reads_what_the_warehouse_holds(
    sheet: Sheet, written: tuple[sqlite3.Connection, Path]
) -> None:
    connection, path = written
    header, *rows = load_workbook(path, rich_text=False)[sheet.name].iter_rows()
    assert tuple(cell.value for cell in header) == sheet.names
    cells = [tuple(map(found, row, sheet.columns)) for row in rows]
    wanted = [tuple(map(expected, row, sheet.columns)) for row in held(connection, sheet)]
    assert sorted(map(normal, cells)) == sorted(map(normal, wanted))


def normal(row: tuple[object, ...]) -> str:
    # openpyxl reads -0 as an integer.
    return repr([v or 0.0 if isinstance(v, float) else v for v in row])


def test_nothing_is_a_formula_a_link_or_markup(
    written: tuple[sqlite3.Connection, Path],
) -> None:
    _, path = written
    with zipfile.ZipFile(path) as file:
        names = [name for name in file.namelist() if name.startswith("xl/worksheets/")]
        assert len(names) == len(SHEETS) + 1
        for name in names:
            page = ET.fromstring(file.read(name))  # noqa: S314
            assert page.find(f".//{MAIN}f") is None
            assert page.find(f".//{MAIN}hyperlink") is None
            assert page.find(f".//{MAIN}b") is None
            kinds = {cell.get("t", "n") for cell in page.iter(f"{MAIN}c")}
            assert kinds <= {"n", "b", "inlineStr"}
        assert not [name for name in file.namelist() if "external" in name or "_rels/sheet" in name]


def test_a_text_like_a_formula_stays_one_when_it_is_edited(
    written: tuple[sqlite3.Connection, Path],
) -> None:
    _, path = written
    page = load_workbook(path)["items"]
    texts = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value == "=1+1"]
    assert texts
    assert all(cell.quotePrefix and cell.data_type == "s" for cell in texts)


@pytest.mark.skipif(not calc(), reason="needs LibreOffice Calc: apt-get install libreoffice-calc")
def test_libreoffice_shows_the_texts_themselves(
    written: tuple[sqlite3.Connection, Path], tmp_path: Path
) -> None:
    connection, path = written
    utf8 = "csv:Text - txt - csv (StarCalc):44,34,76"
    with convert(path, utf8, tmp_path).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    place = header.index("text")
    shown = {row[place] for row in rows}
    texts = {
        str(row[place]) for row in held(connection, VIEWS[0]) if re.match("\\W*=", str(row[place]))
    }
    assert texts
    assert texts - {text for text in texts if "\r" in text} <= shown


def test_sheets_can_be_read(written: tuple[sqlite3.Connection, Path]) -> None:
    _, path = written
    book = load_workbook(path)
    assert book.sheetnames == [*(sheet.name for sheet in SHEETS), workbook.README]
    assert book.sheetnames[:4] == ["v_items", "v_mentions", "v_actions", "v_money"]
    for sheet in SHEETS:
        page = book[sheet.name]
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.column_dimensions["A"].width >= 12
    day = next(cell for (cell,) in book["dates"].iter_rows(min_row=2, max_col=1))
    assert (day.number_format, day.is_date) == ("yyyy-mm-dd", True)


def test_the_read_me_says_what_columns_mean(written: tuple[sqlite3.Connection, Path]) -> None:
    _, path = written
    lines = list(load_workbook(path)[workbook.README].iter_rows(values_only=True))
    said = {(line[0], line[1]): line[3] for line in lines if line[1]}
    for sheet in SHEETS:
        for column in sheet.columns:
            assert said[sheet.name, column.name] == column.description


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("x" * LONGEST, "x" * LONGEST, id="as long as a cell"),
        pytest.param("x" * (LONGEST + 1), "x" * (LONGEST - len(CUT)) + CUT, id="one too long"),
        pytest.param(
            "😀" * 20_000, "😀" * ((LONGEST - len(CUT)) // 2) + CUT, id="two units of UTF-16 each"
        ),
    ],
)
def test_long_texts_are_cut_and_counted(text: str, kept: str, tmp_path: Path) -> None:
    with warehouse(tmp_path, SMALL) as connection:
        connection.execute("UPDATE decisions SET text = ? WHERE decision_id LIKE '%:1'", (text,))
        done = workbook.write(connection, tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    texts = {row[-1] for row in book["decisions"].iter_rows(min_row=2, values_only=True)}
    assert texts == {"x", kept}
    cut = "texts that were cut to the 32,767 characters of a cell: 1"
    assert done.notes == ((cut,) if text != kept else ())
    readme = [row[0] for row in book[workbook.README].iter_rows(values_only=True)]
    assert (f"Note: {cut}." in readme) == (text != kept)


def test_characters_that_no_workbook_holds_are_replaced_and_counted(tmp_path: Path) -> None:
    with warehouse(tmp_path, SMALL) as connection:
        connection.execute("UPDATE decisions SET text = 'a' || char(0) || char(65535)")
        done = workbook.write(connection, tmp_path / "out.xlsx")
    page = load_workbook(tmp_path / "out.xlsx")["decisions"]
    assert {row[-1] for row in page.iter_rows(min_row=2, values_only=True)} == {"a\u2400\ufffd"}
    assert done.notes == ("texts with characters that no workbook can hold: 3",)


@pytest.mark.parametrize(
    ("rows", "sheets"),
    [
        pytest.param(3, ["mentions"], id="full sheet"),
        pytest.param(2, ["mentions", "mentions (2)"], id="one row too many"),
        pytest.param(1, ["mentions", "mentions (2)", "mentions (3)"], id="three sheets"),
    ],
)
def test_long_tables_go_on_in_other_sheets(rows: int, sheets: list[str], tmp_path: Path) -> None:
    with warehouse(tmp_path, SMALL) as connection:
        done = workbook.write(connection, tmp_path / "out.xlsx", rows_per_sheet=rows)
        ids = [row[0] for row in connection.execute("SELECT mention_id FROM mentions ORDER BY 1")]
    book = load_workbook(tmp_path / "out.xlsx")
    assert [name for name in book.sheetnames if name.startswith("mentions")] == sheets
    pages = [list(book[name].iter_rows(values_only=True)) for name in sheets]
    assert all(page[0][0] == "mention_id" for page in pages)
    assert [row[0] for page in pages for row in page[1:]] == ids
    assert done.rows["mentions"] == 3
    goes_on = [f"mentions goes on in the sheet {name}" for name in sheets[1:]]
    assert [note for note in done.notes if note.startswith("mentions ")] == goes_on


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    with warehouse(tmp_path, SMALL) as connection:
        first = workbook.write(connection, tmp_path / "one.xlsx")
        workbook.write(connection, tmp_path / "other.xlsx")
        assert first.rows == {sheet.name: len(held(connection, sheet)) for sheet in TABLE_SHEETS}
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    facts = load_workbook(tmp_path / "one.xlsx").properties
    assert (facts.created, facts.modified) == (datetime(2000, 1, 1), datetime(2000, 1, 1))


def test_a_workbook_of_ours_is_replaced_and_any_other_refused(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    with warehouse(tmp_path, SMALL) as connection:
        workbook.write(connection, place)
        workbook.write(connection, place)
        for number, data in enumerate((b"", b"PK\x05\x06" + bytes(18), b"accounts")):
            other = tmp_path / f"{number}.xlsx"
            other.write_bytes(data)
            with pytest.raises(KcspError, match="holds something that is no workbook"):
                workbook.write(connection, other)
            assert other.read_bytes() == data
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    with warehouse(tmp_path, SMALL) as connection:
        workbook.write(connection, place)
        before = place.read_bytes()
        connection.execute("DROP TABLE affiliations")
        with pytest.raises(sqlite3.OperationalError):
            workbook.write(connection, place)
    assert place.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_missing_library_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "kcsp_nlp.warehouse.targets.workbook")
    with pytest.raises(KcspError, match=re.escape("pip install 'kcsp-nlp[xlsx]'")):
        importlib.import_module("kcsp_nlp.warehouse.targets.workbook")
