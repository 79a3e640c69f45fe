"""Items without number or mark whose titles open a line: the last resort.

"Apologies: two had come", "- Finance", "| Finance | The accounts … |". Such lines look like any
others, so they count only where nothing else in the document makes items and several of one form
are titles that agendas have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kcsp_nlp.minutes.items.headings import Heading
from kcsp_nlp.minutes.items.looks import spread
from kcsp_nlp.minutes.items.numbering import Label
from kcsp_nlp.minutes.items.wording import (
    has_verb,
    is_attendance,
    is_capitals,
    is_closing,
    is_not_title,
    is_usual,
)
from kcsp_nlp.minutes.lines import Line

_LEAST_USUAL = 3  # titles of one form that agendas have, at least
_LEAST_SHARE = 0.25  # of all titles of that form
_LEAST_SPREAD = 0.5

# A title and what parts it from its text: "Apologies: Two", "- Finance – The", ">> Roads",
# "| Finance | The", "APOLOGIES Two", "{3} Roads. The"; not "The Chair said".
_OPENING = re.compile(
    r"(?P<mark>[ \t]*(?:[*•◦▪·>→|–-]+[ \t]+)?)(?P<number>(?:[^\s\w]{0,3}[\w/.-]{0,9}\d\S{0,6}"
    r"|(?i:(?:item[ ]|minute[ ])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))[.:,)]?)"
    r"[ \t]+(?:[–—-][ \t]+)?)?"
    r"(?P<title>[^\W\d_][^.:;!?|\t–—]{2,58}?)(?P<sep>[:;]|\.?[ \t]*[–—]|[ \t]+-(?=[ \t])|\."
    r"|[ ]*\t|[ ]{2,}|[ \t]*\||[ \t]*$|(?<=[A-Z]{4})(?=[ ][A-Z]['’]?[a-z ]))"
    r"(?=[ \t]|$|(?<=[\t –—])\S)"
)


def find_openings(lines: Sequence[Line], body: range) -> list[Heading]:
    """Find the lines of one form that open with titles that agendas have.

    Args:
        lines: All lines of the document.
        body: Lines between the head of the minutes and their closing lines.

    Returns:
        Headings in reading order; empty where no form has several usual titles.
    """
    forms: dict[tuple[str, str, int], list[Heading]] = defaultdict(list)
    for index in body:
        form, heading = _read(lines, index)
        if heading is not None:
            forms[form].append(heading)
    best: list[Heading] = []
    for members in forms.values():
        usual = sum(heading.is_usual for heading in members)
        if (
            usual >= max(_LEAST_USUAL, _LEAST_SHARE * len(members))
            and spread(members, body) >= _LEAST_SPREAD * (0.5 if members[0].has_text else 1.0)
            and usual > sum(heading.is_usual for heading in best)
        ):
            best = members
    return best


def _read(lines: Sequence[Line], index: int) -> tuple[tuple[str, str, int], Heading | None]:
    line = lines[index]
    opening = _OPENING.match(line.text[:90])
    form = ("", "", 0)
    if opening is None:
        return form, None
    title = " ".join(opening["title"].split())
    sep, number = opening["sep"].strip() or opening["sep"][:2], opening["number"]
    case = title[0].isupper() + is_capitals(title)
    form = (opening["mark"].strip() + "0" * bool(number), sep, case)
    if has_verb(title) or is_attendance(title) or is_not_title(title) or is_closing(line.text):
        return form, None
    is_spaced = index == 0 or not lines[index - 1].stripped.strip("-=_*")
    if not (is_spaced or form[0] or is_usual(title)):
        return form, None
    return form, Heading(
        line=index,
        last=index,
        start=line.start,
        label=_label(number.strip(), opening.end("number")) if number else None,
        title=title,
        is_row=line.is_table_row,
        is_bulleted=bool(form[0]),
        is_spaced=is_spaced,
        has_text=opening.end() < len(line.text.rstrip()),
    )


def _label(printed: str, end: int) -> Label:
    """Keep a number of a form that no scheme knows as it is printed."""
    number = printed.strip(".,:;()[]{}<>=*–—-")
    return Label("int", number, "odd", end - len(printed), end, has_word=False, is_closed=True)
