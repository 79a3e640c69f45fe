"""Find provisions (`Section 136`, `paragraph 3 of Part 1`) in plain text, and write their paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_KINDS = {
    "s": "section",
    "sec": "section",
    "adran": "section",
    "sch": "schedule",
    "sched": "schedule",
    "pt": "part",
    "para": "paragraph",
    "reg": "regulation",
    "art": "article",
    "class": "class",
}
#: From the outside in: the order in which a path names them.
_NESTING = ("schedule", "part", "chapter", "section", "article", "regulation", "rule", "paragraph")

# matches: 17  100A(4)  1 (2)  A1  VII  12A    does not match: 4.2  2019/20
_NUMBER = (
    r"(?:\d{1,4}[A-Z]{0,3}(?![A-Za-z])|[A-Z]\d{1,2}(?!\d)|[IVXL]{1,6}(?![A-Za-z])|[A-Z](?![\w'’]))"
    r"(?:[ ]?\(\s?(?:\d{1,3}[A-Z]?|[a-z]{1,4}|[A-Z])\)){0,5}"
)
# matches: ", "  " and "  "–"  " to "    does not match: "; "
_AND = r"(?:,\s(?:and\s)?|\s?[-–—]\s?|/|\s(?:and|or|to|&)\s)"
# What follows 17(1): further subsections of the same section.
# matches: " and (2)"  ", (2) and (3)"    does not match: " and 18"  ", (b) that"
_SUBSECTION = r"\((?:\d{1,3}[A-Z]?|[a-z]{1,4})\)"
_ALSO = rf"(?:(?:,\s{_SUBSECTION}){{0,4}},?\s(?:and|or|to|&)\s{_SUBSECTION})"
# matches: Section 136  ss 76 and 80  s.17  Sch 1    does not match: sections of  S4C  parts
_PROVISION = re.compile(
    r"(?P<kind>[Ss](?<![\w'’.&-].)(?:ections?|ch(?:edules?|ed\.?|\.)?|ec\.?|[sS]?\.?)"
    r"|S(?<![\w'’.&/-].)(?:ECTIONS?|CHEDULES?)"
    r"|[Pp](?<![\w'’.&/-].)(?:art|t\.|ara(?:graph)?)s?\.?|P(?<![\w'’.&/-].)ARTS?"
    r"|[Rr](?<![\w'’.&/-].)(?:eg(?:ulation)?s?\.?|ules?)|A(?<![\w'’.&/-].)dran"
    r"|[Aa](?<![\w'’.&/-].)rt(?:icle)?s?\.?|[Cc](?<![\w'’.&/-].)(?:hapters?|lauses?|lass)"
    r"|[Gg](?<![\w'’.&/-].)rounds?)"
    r"(?P<gap>[ \xa0]?(?:\n[ \t]{0,20})?)"
    rf"(?P<first>{_NUMBER})(?P<also>(?<=\)){_ALSO})?(?P<more>(?:{_AND}{_NUMBER}){{0,6}})(?![\w]|[./]\d)"
)
# matches: 17  1    does not match: (
_INNER = re.compile(r"[0-9A-Za-z]+")
# matches: the 2 of "(2)"    does not match: and
_BRACKETED = re.compile(r"\(\s?([0-9A-Za-z]+)")
# matches: the 80 of " and 80"    does not match: and
_LISTED = re.compile(rf"(?<![\w(]){_NUMBER}")
# Between the ends of a range.
# matches: "–"  " to "    does not match: ", "  " and "
_RANGE = re.compile(r"\s?[-–—]\s?|\sto\s")
# A wider one is a slip, or says no more than its ends.
_WIDEST = 50


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision as it stands: half-open offsets, what it is, and its number (`17`, `1`).

    `others` are the numbers of those side by side with it (`and (2)`, the rest of a range).
    """

    start: int
    end: int
    kind: str
    numbers: tuple[str, ...]
    written: str
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def path(self) -> str:
        """The provision as legislation.gov.uk writes it: `section/17/1`."""
        return "/".join((self.kind, *self.numbers))

    def each(self) -> Iterator[Provision]:
        """Yield it and those side by side with it, as one provision each."""
        yield self
        for numbers in self.others:
            yield replace(self, numbers=numbers, others=())


def provision_path(parts: Iterable[Provision]) -> str | None:
    """Return the path of nested provisions, outermost first: `schedule/12A/part/1/paragraph/2`.

    Of provisions side by side (`Sections 24 to 26`) the first counts; None where there is none.
    """
    order = sorted(parts, key=depth)
    if any(part.kind == "section" for part in order):
        order = [part for part in order if part.kind == "section"]  # sections number through
    return "/".join(part.path for part in order) or None


def provision_paths(groups: Iterable[Iterable[Provision]]) -> tuple[str, ...]:
    """Return the paths of every provision that a mention names, without doubles, in order.

    Args:
        groups: The provisions side by side, each with those around it. One without what is around
            the next (`paragraph 1 and paragraph 2 of Schedule 3`) shares it.
    """
    wholes: list[list[Provision]] = []
    for group in reversed([list(group) for group in groups]):
        after = wholes[-1] if wholes else []
        shared = any(depth(part) == max(map(depth, group)) for part in after)
        around = [part for part in after if depth(part) < min(map(depth, group))]
        wholes.append([*group, *around] if shared else group)
    return tuple(dict.fromkeys(path for whole in reversed(wholes) for path in _each_path(whole)))


def _each_path(parts: list[Provision]) -> list[str]:
    """Return the paths where each part in turn is each of those side by side with it."""
    found = [provision_path(parts)]
    for at, part in enumerate(parts):
        others = list(part.each())[1:]
        found += [provision_path([*parts[:at], other, *parts[at + 1 :]]) for other in others]
    return list(dict.fromkeys(path for path in found if path))


def depth(part: Provision) -> int:
    """Return how deep a provision of this kind lies: a schedule is outermost."""
    return _NESTING.index(part.kind) if part.kind in _NESTING else len(_NESTING)


def find_provisions(text: str) -> list[Provision]:
    """Return every provision-like phrase of `text` in order; whether it is law is not settled."""
    return [found for match in _PROVISION.finditer(text) if (found := _provision(text, match))]


def _provision(text: str, match: re.Match[str]) -> Provision | None:
    written, first = match["kind"], match["first"]
    letters = written.lower().rstrip(".")
    stem = letters if letters in _KINDS else letters.rstrip("s") or "s"
    kind = _KINDS.get(stem, stem)
    if not match["gap"] and letters not in ("s", "ss") and not written.endswith("."):
        return None
    if not first[0].isdigit() and kind in ("section", "article", "regulation", "paragraph", "rule"):
        return None
    listed = _is_list(text, match, letters)
    alone = match.end("also") if match["also"] else match.end("first")
    end = match.end() if listed else alone
    if re.match(r"\w|[./]\d", text[end : end + 2]):
        return None
    numbers = _numbers(first)
    others = [(*numbers[:-1], each) for each in _BRACKETED.findall(match["also"] or "")]
    if listed:
        others += _listed(numbers, match["more"])
    return Provision(match.start(), end, kind, numbers, written, tuple(others))


def _listed(first: tuple[str, ...], more: str) -> Iterator[tuple[str, ...]]:
    """Yield the numbers that follow the first, those inside a range of whole numbers among them."""
    before, end = first, 0
    for match in _LISTED.finditer(more):
        numbers = _numbers(match[0])
        if _RANGE.fullmatch(more, end, match.start()):
            yield from _between(before, numbers)
        yield numbers
        before, end = numbers, match.end()


def _between(first: tuple[str, ...], last: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return what lies inside a range: the 25 of `24 to 26`, nothing of `24A to 26`."""
    if not (len(first) == len(last) == 1 and first[0].isdigit() and last[0].isdigit()):
        return []
    inside = range(int(first[0]) + 1, int(last[0]))
    return [(str(number),) for number in inside] if len(inside) <= _WIDEST else []


def _numbers(written: str) -> tuple[str, ...]:
    return tuple(_INNER.findall(written))


def _is_list(text: str, match: re.Match[str], letters: str) -> bool:
    """Tell a list (`Section 135 and 136`) from a sentence that goes on (`Section 17 and 3`)."""
    more = match["more"]
    if not more or letters == "ss" or (letters not in ("s", "class") and letters.endswith("s")):
        return True
    if re.match(r"\s(?:of|to)\s(?:the\s)?[A-Z]", text[match.end() : match.end() + 9]):
        return True
    first, last = re.match(r"\d*", match["first"]), re.findall(r"\d+", more)
    if not first or not last or not re.fullmatch(rf"(?:\s(?:and|or|&)\s|/|[-–]){_NUMBER}", more):
        return False
    return len(first[0]) == len(last[-1]) >= 2  # noqa: PLR2004 - two figures, as 135 and 136
