"""Build the register of Acts: `python -m kcsp_nlp.registers.build_legislation FOLDER`.

The folder holds `uk_acts.csv` with the columns title, year, number, type, uri. What is written is
a form of our own: one line per Act with its title (year left off), its year and the path of its
legislation.gov.uk id, sorted. Titles are tidied (notes of repeal, stray full stops, capitals).
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kcsp_nlp.errors import CorpusError

REGISTER = Path(__file__).parents[1] / "data" / "legislation" / "acts.tsv"
_ID = "https://www.legislation.gov.uk/id/"
# matches: Theft Act 1968    does not match: Criminal Letters 1579
_TITLE = re.compile(
    r"(?P<title>.*\b(?:Act|Measure|Order|Regulations|Rules|Statute|Deddf)\b.*?),? (?P<year>\d{4})",
    re.I,
)
# matches: " ( repealed 5.11.1993)"  " (No. 2)" after a year    does not match: " (Scotland)"
_NOTE = re.compile(r"\s*\(\s*repealed[^)]*\)|(?<=\d{4})\s*\((?:No\. |Session )?\d+\)|\.$", re.I)
# matches: the Of of "Court Of Chancery Act"    does not match: the For of "For Sale Act", "By-laws"
_LOUD = re.compile(r"(?<=[a-z),] )(?:And|Of|The|To|In|For|By|On|With)(?= )")
_SMALL = {"and", "of", "the", "to", "in", "for", "by", "or", "on", "with", "etc"}


def rows(facts: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield title, year and id path of each Act; a title that is no citation is left out."""
    for fact in facts:
        match = _TITLE.fullmatch(_NOTE.sub("", fact["title"].strip()))
        if match and fact["uri"].startswith(_ID):
            title = match["title"].replace("’", "'")
            yield (_calm(title), match["year"], fact["uri"].removeprefix(_ID))


def build(folder: Path, target: Path = REGISTER) -> int:
    """Write the register from the facts in `folder` and return how many Acts it holds.

    Raises:
        CorpusError: `uk_acts.csv` is not there, or lacks a column.
    """
    source = folder / "uk_acts.csv"
    try:
        with source.open(encoding="utf-8", newline="") as stream:
            acts = sorted(set(rows(csv.DictReader(stream))))
    except (OSError, KeyError) as error:
        raise CorpusError(
            f"{source}: not a table of Acts ({error}); expected the columns title, year and uri"
        ) from error
    lines = ("\t".join(act) for act in acts)
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return len(acts)


def _calm(title: str) -> str:
    """Put a title that is all capitals into the usual case."""
    if not title.isupper():
        return _LOUD.sub(lambda match: match[0].lower(), title)
    words = (
        w if w in _SMALL else re.sub(r"[a-z]", lambda m: m[0].upper(), w, count=1)
        for w in title.lower().split()
    )
    return " ".join(words)


def main() -> None:
    """Build the register that the package ships."""
    parser = argparse.ArgumentParser(description="Build the register of Acts.")
    parser.add_argument("folder", type=Path, help="folder that holds uk_acts.csv")
    build(parser.parse_args().folder)


if __name__ == "__main__":
    main()
