"""Build the councils of the register of bodies: `python -m kcsp_nlp.registers.build_bodies DIR`.

DIR holds `uk_councils.csv` with the columns name, gss_code, nation, start, end and
alternative_names. Lines of the register that are no UK council are kept by hand and stay as they
are; a council's line gains the forms that its name has by rule and its years, and keeps the forms
that were added or doubted by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kcsp_nlp.errors import CorpusError
from kcsp_nlp.registers.body_lines import Body, Years, format_body, parse_body

REGISTER = Path(__file__).parents[1] / "data" / "bodies.tsv"
KIND = "council"

# matches: "Kent County Council"  "Bolton Metropolitan Borough Council"    does not match: "Kent"
_COUNCIL = re.compile(
    r"(?P<place>.+?) (?P<tier>(?:Metropolitan |County )?Borough |(?:Metropolitan )?District |"
    r"City and District |City |County )?Council"
)
# matches: "London Borough of Brent"    does not match: "Borough Council of Kings Lynn"
_BOROUGH = re.compile(r"(?P<tier>London Borough|Royal Borough|Borough) of (?P<place>.+)")
# matches: "City of York Council"    does not match: "York City Council"
_CITY = re.compile(
    r"(?:City and County|City) of (?P<place>.+?)(?: Metropolitan District)?(?: Council)?"
)
# How a tier is shortened behind the place: "Swale BC". "Metropolitan " may be left off altogether.
_SHORT = {
    "Borough ": ("BC",),
    "Metropolitan Borough ": ("MBC", "BC"),
    "County Borough ": ("CBC",),
    "District ": ("DC",),
    "Metropolitan District ": ("MDC", "DC"),
    "City and District ": ("DC", "CDC"),
    "City ": ("CC",),
    "County ": ("CC",),
}
# matches: the K, C and C of "Kent County Council"    does not match: the s of "Isle of Wight"
_INITIAL = re.compile(r"\b[A-Z]")
# Initials that mean something else in minutes: "to be confirmed", an Assistant Chief Constable.
_TAKEN = {"ACDC", "TBC", "BBC", "ACC", "ABC", "DCC", "EDC", "MBC"}
# The fact sheet's starts are right from the councils of this day on.
_SURE_START = "2009-04-01"
# So many initials may be a person's, in an action log; fewer stand for no council.
_DOUBTED = 3
# The fact sheet names these by their place: what bodies they are.
_RENAMED = {
    "Liverpool City Region": "Liverpool City Region Combined Authority",
    "City of Westminster": "Westminster City Council",
    "Borough of Poole": "Borough of Poole Council",
    "Borough Council of Kings Lynn and West Norfolk": (
        "King's Lynn and West Norfolk Borough Council"
    ),
    "Newcastle City Council": "Newcastle upon Tyne City Council",
}


def councils(facts: Iterable[Mapping[str, str]]) -> Iterator[Body]:
    """Yield a body for each council, with the forms that follow from its name."""
    for fact in facts:
        official = " ".join(fact["name"].split()).removeprefix("The ")
        name = _RENAMED.get(official, official)
        aliases = dict.fromkeys(_forms(name))
        if name != official and official.endswith("Council"):
            aliases[official] = None
        if fact["nation"] == "Wales":
            aliases.update(dict.fromkeys(_welsh(fact["alternative_names"].split(","))))
        aliases.pop(name, None)
        initials = "".join(_INITIAL.findall(name.replace("'s", "")))
        if len(initials) > _DOUBTED and initials not in _TAKEN:
            aliases[initials] = None
        doubted = len(initials) == _DOUBTED and initials not in _TAKEN
        yield Body(
            name,
            KIND,
            fact["gss_code"] or None,
            tuple(aliases),
            (initials,) if doubted else (),
            _years(fact["start"], fact["end"]),
        )


def _years(start: str, end: str) -> tuple[Years, ...]:
    """Return when a council was one; earlier starts are those of the fact sheet, not of councils.

    Args:
        start: ISO 8601, or nothing.
        end: ISO 8601, or nothing.
    """
    since = int(start[:4]) if start >= _SURE_START else None
    until = int(end[:4]) if end else None
    return (Years(since, until),) if since or until else ()


def _forms(name: str) -> Iterator[str]:
    """Yield other ways to write a council's name; never the place alone."""
    if match := _BOROUGH.fullmatch(name):
        place = match["place"].removesuffix(" Council")
        yield f"{place} Council"
        yield f"{place} Borough Council"
        if match["tier"] == "London Borough":
            yield from (f"LB {place}", f"LB of {place}", f"{place} London Borough Council")
    elif match := _CITY.fullmatch(name):
        if name.endswith("Council"):
            yield from (f"{match['place']} Council", f"{match['place']} City Council")
    elif match := _COUNCIL.fullmatch(name):
        place, tier = match["place"], match["tier"] or ""
        yield from (f"{place} {short}" for short in _SHORT.get(tier, ()))
        if tier:
            yield f"{place} Council"
        if "Metropolitan" in tier:
            yield f"{place} {tier.removeprefix('Metropolitan ')}Council"


def _welsh(names: Iterable[str]) -> Iterator[str]:
    """Yield a Welsh council's Welsh name: `Sir Fynwy` gives `Cyngor Sir Fynwy`."""
    for name in names:
        if name.startswith("Sir ") and name.isprintable() and "�" not in name and "¿" not in name:
            yield f"Cyngor {name}"


def merge(kept: Iterable[Body], built: Iterable[Body]) -> list[Body]:
    """Join the hand-kept register with the councils; what stands in it already wins.

    Returns:
        Bodies sorted by name.
    """
    bodies = {body.name: body for body in kept}
    for council in built:
        held = bodies.get(council.name)
        if held is not None:
            doubted = dict.fromkeys((*held.ambiguous, *council.ambiguous))
            forms = dict.fromkeys((*held.aliases, *council.aliases))
            for form in held.aliases:
                doubted.pop(form, None)
            sure = tuple(form for form in forms if form not in doubted)
            years = council.years or held.years
            council = Body(*council[:3], sure, tuple(doubted), years)  # noqa: PLW2901
        bodies[council.name] = council
    return [bodies[name] for name in sorted(bodies)]


def build(folder: Path, target: Path = REGISTER) -> int:
    """Write the register with the councils of `folder` and return how many bodies it holds.

    Raises:
        CorpusError: `uk_councils.csv` is not there or lacks a column, or the register is damaged.
    """
    source = folder / "uk_councils.csv"
    try:
        with source.open(encoding="utf-8", newline="") as stream:
            built = list(councils(csv.DictReader(stream)))
    except (OSError, KeyError) as error:
        raise CorpusError(
            f"{source}: not a table of councils ({error}); expected the columns name, gss_code, "
            "nation, start, end and alternative_names"
        ) from error
    try:
        lines = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
        bodies = merge(map(parse_body, lines), built)
    except ValueError as error:
        raise CorpusError(f"{target}: damaged ({error})") from error
    lines = [format_body(body) + "\n" for body in bodies]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(bodies)


def main() -> None:
    """Build the register that the package ships."""
    parser = argparse.ArgumentParser(description="Build the register of bodies.")
    parser.add_argument("folder", type=Path, help="folder that holds uk_councils.csv")
    build(parser.parse_args().folder)


if __name__ == "__main__":
    main()
