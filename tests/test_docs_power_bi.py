"""`docs/power-bi.md` names tables and columns that there are, and every relationship."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kcsp_nlp.warehouse.schema import BY_NAME, TABLES

PAGE = (Path(__file__).parents[1] / "docs" / "power-bi.md").read_text(encoding="utf-8")
COLUMN = r"(\w+)\[(\w+)\]"
RELATIONSHIPS = re.findall(rf"^\| `{COLUMN}` \| `{COLUMN}` \| (\W*\w+)", PAGE, re.MULTILINE)
MEASURES = re.findall(r"^(\w[^=\n(\[]*?) =", PAGE.split("```dax")[1].split("```")[0], re.MULTILINE)


@pytest.mark.parametrize(("table", "column"), sorted(set(re.findall(COLUMN, PAGE))))
def test_columns_exist(table: str, column: str) -> None:
    assert column in BY_NAME[table].names


def test_relationships_are_those_of_the_schema() -> None:
    assert RELATIONSHIPS
    for table, column, other, key, _ in RELATIONSHIPS:
        (said,) = [each for each in BY_NAME[table].columns if each.name == column]
        assert (said.references, (key,)) == (other, BY_NAME[other].key)
    related = {relationship[:2] for relationship in RELATIONSHIPS}
    left_out = {
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if column.references and table.name != "evidence"
    } - related
    # There already by way of the items, as the page says, or of the actions.
    assert {column for _, column in left_out} == {"meeting_id", "mention_id", "item_id"}
    assert ("action_owners", "item_id") in left_out


def test_filters_reach_a_table_by_one_way_only() -> None:
    active = [each for each in RELATIONSHIPS if "inactive" not in each[4]]

    def ways(table: str) -> list[str]:
        found = [each[2] for each in active if each[0] == table]
        return found + [further for one in found for further in ways(one)]

    for table in BY_NAME:
        assert len(ways(table)) == len(set(ways(table))), table


def test_measures_are_made_of_measures_that_there_are() -> None:
    used = set(re.findall(r"(?<!\w)\[([A-Z][\w ]+)\]", PAGE))
    assert used
    assert used <= set(MEASURES)


def test_columns_that_are_not_text_are_all_named() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.split("| tables |")[1].split("\n\n")[0]))
    typed = {column.name for table in TABLES for column in table.columns if column.type != "text"}
    assert typed <= named
