"""The register of Acts is built from a folder of facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.registers.build_legislation import build

HEADER = "title,year,number,type,uri\n"
ID = "https://www.legislation.gov.uk/id/"
ROWS = [
    (f"Widgets Act 2031,2031,4,ukpga,{ID}ukpga/2031/4", "Widgets Act\t2031\tukpga/2031/4"),
    (f"Sprockets Act 1876.,1876,1,ukpga,{ID}ukpga/1876/1", "Sprockets Act\t1876\tukpga/1876/1"),
    (
        f"Cogs Act 1901 ( repealed 5.11.1993),1901,2,ukpga,{ID}ukpga/1901/2",
        "Cogs Act\t1901\tukpga/1901/2",
    ),
    (
        f"PEALS OF BELLS MEASURE 1972 (No. 3),1972,3,ukcm,{ID}ukcm/1972/3",
        "Peals of Bells Measure\t1972\tukcm/1972/3",
    ),
    (f"Letters about Cogs,1579,1,aosp,{ID}aosp/1579/1", None),
    ("Foreign Act 1999,1999,1,x,https://example.org/1", None),
]


def test_builds_a_sorted_register(tmp_path: Path) -> None:
    lines = [row for row, _ in ROWS]
    (tmp_path / "uk_acts.csv").write_text(HEADER + "\n".join(lines), encoding="utf-8")
    target = tmp_path / "acts.tsv"
    wanted = sorted(line for _, line in ROWS if line)
    assert build(tmp_path, target) == len(wanted)
    assert target.read_text(encoding="utf-8").splitlines() == wanted


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "no file"), ("name,link\nx,y\n", "other columns")]
)
def test_says_what_it_expects(tmp_path: Path, content: str | None, reason: str) -> None:
    if content:
        (tmp_path / "uk_acts.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match="columns title, year and uri"):
        build(tmp_path, tmp_path / "acts.tsv")
