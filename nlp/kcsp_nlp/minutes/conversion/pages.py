"""Page breaks, page numbers and running headers in the middle of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kcsp_nlp.minutes.conversion.halves import is_half_name
from kcsp_nlp.minutes.conversion.view import Edit

# Nothing but the end of a page: "\f", "{3}------", "Page 3 of 9", "Page | 3", "- 3 -"; not "3",
# "Page Green".
_BREAK = re.compile(
    r"\s*(?:\f\s*|\{\d{1,4}\}-{3,100}"
    r"|[*_|\s–—-]{0,9}(?:page|p\.|tudalen)[ \t|*_–—-]{0,5}\d{1,4}(?:[ ]?(?:of|o|/)[ ]?\d{1,4})?"
    r"[*_|\s–—-]{0,9}|[–—-][ ]?\d{1,3}[ ]?[–—-])\s*",
    re.IGNORECASE,
)
# A number alone: "3", "**12**", "3 of 9"; not "3.", "3rd".
_NUMBER = re.compile(r"[\s*_]*(?P<number>\d{1,3})(?:[ ]?(?:of|/)[ ]?\d{1,3})?[\s*_]*")
# A rule: "---", "* * *", "-----"; not "--- a".
_RULE = re.compile(r"\s*(?:-{3,100}|_{3,100}|\*{3}|\* \* \*)\s*")
# Ends a sentence or a label: "noted.", "Present:"; not "Cllr", "Lee,".
_ENDED = re.compile(r"[.!?:;”\"][*_)\]’'”\"]{0,4}\s*\Z|\|\s*\Z")
# Opens something of its own: "# ", "- ", "3. ", "(a) ", "**", "|"; not "Ash (Clerk)".
_OPENS = re.compile(
    r"\s*(?:[#|>•·▪●*]|-\s|\(?\d{1,4}[.)/:]|\d{1,4}\s|\(?[a-zA-Z][.)]\s|\([ivx]{1,4}\)"
    r"|\((?:Agenda )?Item\b|(?:[A-Z][\w’']{0,20}[ ]){0,3}[A-Z][\w’']{0,20}:)"
)
# Says something, even if more than once: "Action: Clerk", "RESOLVED", "3. "; not "Signed: ...".
_STATES = re.compile(
    r"[\W_]*(?:actions?|resolved|agreed|decisions?|decided|noted|approved|proposed|outcome|owner|none"
    r"|carried|\(?[\da-z]{1,4}[.)])\b|\s*[#|>•·▪●-]",
    re.IGNORECASE,
)
# Ends a line that goes on: "of the", "Cllr J", "and", "Lee,", "–"; not "Clerk".
_HANGS = re.compile(
    r"(?:,|[–—&/(-]|\b(?:the|an?|of|for|to|and|or|with|by|in|on|at|from|that|as|is|was|were|be|been|"
    r"had|has|have|will|would|Cllrs?|Councillors?|Mrs?|Ms|Miss|Dr|Sgt|Insp|PC|Inspector|Sir|Rev"
    r"|[A-Z]\.?))[*_]{0,3}\s*\Z"
)
_DIGITS = re.compile(r"\d+")
_LONGEST = 120  # of a running header
_LONG = 60  # a line of text that fills its own; shorter ones may be entries of a list
_LEAST = 2  # times that a thing must cut sentences before it is trusted to end pages
_SHARE = 0.25  # of the rules of a document, which also stand between its items
_COMMAS = 2
_NEARLY_ALL = 0.8
_REACH = 300  # code points around a gap
_WIDE = 130  # no line of a wrapped text is longer


class _Line(NamedTuple):
    start: int
    text: str
    kind: str  # "blank", "break", "number", "rule", "repeated" or "text"

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Gap(NamedTuple):
    """Lines between two lines of text: the first and last of them, as indices."""

    first: int
    last: int


def find_pages(text: str) -> Iterator[Edit]:
    """Yield what ends pages, as the white space that would stand there; offsets into `text`."""
    lines = _lines(text)
    gaps = list(_gaps(lines))
    if not gaps:
        return
    trusted, line_end = _trusted(lines, gaps), _line_end(lines)
    for gap in gaps:
        gap_kinds = _kinds(lines, gap)
        if gap_kinds & trusted or (gap_kinds & {"number", "rule"} and _cuts(lines, gap)):
            start = lines[gap.first - 1].end
            stop = lines[gap.last + 1].start
            between = _between(lines, gap, line_end)
            if text[start:stop] != between:
                yield Edit(start, stop, between)


def _lines(text: str) -> list[_Line]:
    rows = text.split("\n")
    counts = Counter(key for row in rows if (key := _key(row)))
    found: list[_Line] = []
    at = 0
    for row in rows:
        found.append(_Line(at, row, _kind(row, counts)))
        at += len(row) + 1
    return found


def _key(row: str) -> str:
    """Return what the running headers of all pages share; empty for what can be none."""
    held = row.strip() if len(row) <= _LONGEST else ""
    if not held or held[0] == "|":
        return ""
    return _DIGITS.sub("0", held) if "page" in held.lower() else held


def _kind(row: str, counts: Counter[str]) -> str:
    if not row.strip(" \t"):
        return "blank"
    if len(row) <= _LONGEST:
        if _BREAK.fullmatch(row):
            return "break"
        if _NUMBER.fullmatch(row):
            return "number"
        if _RULE.fullmatch(row):
            return "rule"
        if counts[_key(row)] >= _LEAST:
            return "repeated"
    return "text"


def _gaps(lines: Sequence[_Line]) -> Iterator[_Gap]:
    """Yield the runs of lines without text that hold more than blank and repeated ones."""
    texts = [i for i, line in enumerate(lines) if line.kind == "text"]
    for above, below in pairwise(texts):
        marks = [i for i in range(above + 1, below) if lines[i].kind in ("break", "number", "rule")]
        if not marks:
            continue
        first, last = _reach(lines, above, below, marks)
        yield _Gap(first, last)


def _reach(lines: Sequence[_Line], above: int, below: int, marks: Sequence[int]) -> tuple[int, int]:
    """Return the first and last line of a gap: marks, and repeated lines next to page marks."""
    pages = any(lines[i].kind != "rule" for i in marks)
    first, last = marks[0], marks[-1]
    while first - 1 > above and (
        lines[first - 1].kind == "blank" or (pages and _may_run(lines, first - 1))
    ):
        first -= 1
    while last + 1 < below and (
        lines[last + 1].kind == "blank" or (pages and _may_run(lines, last + 1))
    ):
        last += 1
    return first, last


def _may_run(lines: Sequence[_Line], at: int) -> bool:
    """Whether a repeated line may be a running header: what opens an item or entry is none."""
    return lines[at].kind == "repeated" and not _STATES.match(lines[at].text)


def _trusted(lines: Sequence[_Line], gaps: Sequence[_Gap]) -> set[str]:
    """Return the kinds of lines that end pages in this document."""
    trusted = {"break"}
    cut: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for gap in gaps:
        kinds = _kinds(lines, gap)
        cuts = _cuts(lines, gap)
        for kind in kinds & {"number", "rule"}:
            seen[kind] += 1
            cut[kind] += cuts
    numbers = [
        int(match["number"])
        for line in lines
        if line.kind == "number" and (match := _NUMBER.fullmatch(line.text))
    ]
    rising = sum(after == before + 1 for before, after in pairwise(numbers))
    runs = len(numbers) >= _LEAST and rising == len(numbers) - 1
    numbered = [gap for gap in gaps if "number" in _kinds(lines, gap)]
    ruled = all(_kinds(lines, gap) & {"rule", "break"} for gap in numbered)
    ruled = ruled or _share_a_line(lines, numbered)
    if (cut["number"] >= _LEAST and rising >= len(numbers) // 2) or (runs and ruled):
        trusted.add("number")
    if cut["rule"] >= _LEAST and cut["rule"] >= _SHARE * seen["rule"]:
        trusted.add("rule")
    return trusted


def _share_a_line(lines: Sequence[_Line], gaps: Sequence[_Gap]) -> bool:
    """Whether one running header or footer stands in nearly all of some gaps."""
    held: Counter[str] = Counter()
    for gap in gaps:
        inside = lines[gap.first : gap.last + 1]
        held.update({_key(line.text) for line in inside if line.kind == "repeated"})
    return any(count >= max(_LEAST, _NEARLY_ALL * len(gaps)) for count in held.values())


def _kinds(lines: Sequence[_Line], gap: _Gap) -> set[str]:
    return {line.kind for line in lines[gap.first : gap.last + 1]}


def _cuts(lines: Sequence[_Line], gap: _Gap) -> bool:
    """Whether a sentence goes on behind a gap, beyond doubt."""
    above, below = lines[gap.first - 1].text[-_REACH:], lines[gap.last + 1].text[:_REACH]
    return not _ENDED.search(above) and below.lstrip()[:1].islower() and not _OPENS.match(below)


def _line_end(lines: Sequence[_Line]) -> str:
    """Return what stands between two lines of a paragraph: a space where none is wrapped."""
    widths = sorted(len(line.text) for line in lines if line.kind == "text")
    if widths[int(len(widths) * 0.95)] > _WIDE:
        return " "
    tight = sum(line.kind == below.kind == "text" for line, below in pairwise(lines))
    return "\n" if tight > len(widths) // 10 else "\n\n"


def _between(lines: Sequence[_Line], gap: _Gap, line_end: str) -> str:
    """Return the white space that stood where a page ended: a space, or one line end or two."""
    above, below = lines[gap.first - 1], lines[gap.last + 1]
    if _goes_on(above, below):
        fits = len(above.text) + len(below.text) < _WIDE  # one line, cut in two
        return " " if fits else line_end
    if above.text.startswith("|") and below.text.startswith("|"):
        return "\n"
    tight_above = gap.first >= 2 and lines[gap.first - 2].kind == "text"  # noqa: PLR2004
    tight_below = gap.last + 2 < len(lines) and lines[gap.last + 2].kind == "text"
    listed = len(above.text) < _LONG and len(below.text) < _LONG
    return "\n" if (tight_above or tight_below) and listed else "\n\n"


def _goes_on(first: _Line, second: _Line) -> bool:
    """Whether the line above a gap and the one below it were one."""
    if first.text.startswith(("|", "#")):
        return False
    above, below = first.text[-_REACH:], second.text[:_REACH].lstrip()
    if below[:1] in "|#" or _OPENS.match(below):
        return False
    if _HANGS.search(above):
        return True
    is_long = len(first.text) > _LONG
    if _ENDED.search(above):
        return above.rstrip()[-1] == ";" and is_long
    if below[0].islower() or below[0] in "(&£" or is_half_name(first.text, below):
        return True
    return is_long and (above.count(",") >= _COMMAS or above.count(".") > 0)
