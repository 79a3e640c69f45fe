"""Which nation's law a document lives under, told by the bodies and laws that it names."""

from __future__ import annotations

# What stands in the documents of one nation and seldom in another's.
_MARKS = {
    "ireland": (
        "Garda",
        "Oireachtas",
        "Cathaoirleach",
        "Chathaoirleach",
        "Comhairle",
        "Dáil",
        "Seanad",
        "Bord Pleanála",
        "Gardaí",
        "TDs",
        "Municipal District",
        "Taoiseach",
    ),
    "scotland": (
        "Scotland",
        "Scottish",
        "Procurator Fiscal",
        "Sheriff Court",
        "COSLA",
    ),
    "northern-ireland": (
        "Northern Ireland",
        "PSNI",
        "PCSP",
        "Stormont",
        "(NI)",
        "HSC Trust",
        "MLA",
    ),
    "wales": ("Cymru", "Wales", "Welsh", "Cyngor", "Heddlu", "Senedd", "Powys", "Gwent", "Dyfed"),
}
# One passing word does not tell.
_FEWEST = 2


def nation_of(text: str) -> str:
    """Return `ireland`, `scotland`, `northern-ireland`, `wales` or, told by nothing, `england`.

    The nation whose marks are many and most; so a document that names them all is England's.
    """
    counts = {nation: sum(map(text.count, marks)) for nation, marks in _MARKS.items()}
    nation = max(counts, key=lambda each: counts[each])
    others = sum(counts.values()) - counts[nation]
    return nation if counts[nation] >= _FEWEST and counts[nation] > others else "england"
