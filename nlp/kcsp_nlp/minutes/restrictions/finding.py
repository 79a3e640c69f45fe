"""Say of each part of a document whether and why it is not for the public."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kcsp_nlp.minutes.items.wording import is_log, is_next_meeting
from kcsp_nlp.minutes.lines import Line
from kcsp_nlp.minutes.outline import Marking, Part
from kcsp_nlp.minutes.restrictions.business import holds_business
from kcsp_nlp.minutes.restrictions.markings import (
    Words,
    find_in_text,
    find_in_title,
    gives_ground,
    is_open_section,
    is_over_items,
    is_section,
    kind_of,
)
from kcsp_nlp.minutes.restrictions.resolutions import (
    Exclusion,
    find_exclusions,
    find_readmissions,
    is_about_exclusion,
    says_none,
)
from kcsp_nlp.minutes.restrictions.targets import named_parts
from kcsp_nlp.records import RestrictionKind

_LONGEST_SAID = 300  # code points of a resolution that a marking quotes
_BELOW = 400  # what is looked at below a bare "PART II"
_TITLE_REACH = 300
_LAST = 0.5  # share of items before which a resolution is an early one

# "Close of meeting", "Closure": what ends the minutes is no business.
_CLOSE = re.compile(
    r"\W*(?:clos(?:e|ure|ing)|end|termination)\b(?:\s+of\b.{0,30})?\W*$", re.IGNORECASE
)


@dataclass(frozen=True)
class _Held:
    """An exclusion that holds for the parts that follow.

    Attributes:
        marking: What it says of them.
        left: For how many more items; None for all.
        is_said: Whether it says of itself that it is for what follows.
        level: Of the markdown heading that opened it; 0 for none.
        parent: Number of the last item that was counted: its sub-items are not.
    """

    marking: Marking
    left: int | None = None
    is_said: bool = False
    level: int = 0
    parent: str | None = None

    def covers(self, part: Part) -> bool:
        """Whether it holds for a part."""
        title = part.title or ""
        if part.kind != "item" or _CLOSE.match(title):
            return False
        return self.left != 0 or self._is_below(part)

    def is_shown(self, part: Part) -> bool:
        """Whether a part is more than the date of the next meeting or a list of actions."""
        title = part.title or ""
        return self.is_said or not (is_next_meeting(title) or is_log(title))

    def counted(self, part: Part) -> _Held | None:
        """Return it after a part it covers; None where it ends."""
        if self.left is None or self._is_below(part):
            return self
        return replace(self, left=self.left - 1, parent=part.number)

    def _is_below(self, part: Part) -> bool:
        return bool(self.parent and part.number and part.number.startswith(f"{self.parent}."))


def find_restrictions(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[Marking | None, ...]:
    """Say of each part why it is not for the public.

    Args:
        lines: All lines of the document, in order.
        parts: Its parts, in order.

    Returns:
        For each part its marking, offsets into the document's text; None where nothing says that
        it is exempt, confidential or restricted, and no resolution that still holds does.
    """
    return _Walk(lines, parts).run()


class _Walk:
    """One reading of a document from its first part to its last."""

    def __init__(self, lines: Sequence[Line], parts: Sequence[Part]) -> None:
        self._text = "\n".join(line.text for line in lines)
        self._lines = lines
        self._parts = parts
        self._bodies = [self._body(part) for part in parts]
        self._sections = self._find_sections()
        self._own = [self._marked(index) for index in range(len(parts))]
        self._found: list[Marking | None] = list(self._own)
        self._named: dict[int, Marking] = {}
        self._held: _Held | None = None
        self._opened = -1  # the part in which a heading over restricted items stands last

    def run(self) -> tuple[Marking | None, ...]:
        at = 0
        for index, part in enumerate(self._parts):
            until = at
            while until < len(self._lines) and self._lines[until].start < part.end:
                until += 1
            self._read(index, self._lines[at:until])
            at = until
        return tuple(own or self._named.get(index) for index, own in enumerate(self._found))

    def _read(self, index: int, lines: Sequence[Line]) -> None:
        part, body = self._parts[index], self._bodies[index]
        events = sorted(self._events(index, lines), key=lambda each: each[0])
        opened = [start for start, event in events if event is None]
        if self._held and self._held.covers(part):
            first = opened[0] if opened else part.end
            if holds_business(self._text, body, first) or not opened:
                self._say(index, self._held.marking, is_shown=self._held.is_shown(part))
            self._held = self._held.counted(part)
        own = self._own[index]
        if (
            own
            and is_over_items(part.title or "")
            and not holds_business(self._text, body, part.end)
        ):
            self._held = self._held or self._over(own)
        for place, (start, event) in enumerate(events):
            end = min(
                (later for later, each in events[place + 1 :] if each is None), default=part.end
            )
            if event is None:
                self._held = None
            elif isinstance(event, Line):
                self._section(index, event, end)
            else:
                self._exclusion(index, event, (start, end))

    def _events(
        self, index: int, lines: Sequence[Line]
    ) -> Iterator[tuple[int, Line | Exclusion | None]]:
        """Yield what opens and closes the meeting in a part, with its place; None opens it."""
        part, body = self._parts[index], self._bodies[index]
        title = part.title or ""
        if part.kind == "back":
            return
        if part.kind == "item" and (
            is_open_section(title) or any(find_readmissions(title, 0, len(title)))
        ):
            yield part.start, None
        for line in lines:
            if line.end <= body or not line.stripped:
                continue
            if is_open_section(line.stripped) or self._ends_section(line):
                yield line.start, None
        for line in self._sections[index]:
            yield line.start, line
        for start, _ in find_readmissions(self._text, body, part.end):
            yield start, None
        is_titled = part.kind == "item" and is_about_exclusion(title)
        for found in find_exclusions(self._text, body, part.end, is_titled=is_titled):
            yield found.start, found

    def _ends_section(self, line: Line) -> bool:
        held = self._held
        return bool(held and held.level and 0 < line.heading_level <= held.level)

    def _section(self, index: int, line: Line, end: int) -> None:
        part = self._parts[index]
        is_business = holds_business(self._text, line.end, end)
        is_front = part.kind == "front" and len(self._parts) > 1
        if is_front and (is_business or not is_over_items(line.stripped)):
            return
        words = self._words(line.start, line.end)
        marking = Marking(kind_of(line.stripped), "item", words.start, words.end)
        if is_business:
            self._say(index, marking)
        if not is_business or is_over_items(line.stripped):
            self._held = self._held or replace(self._over(marking), level=line.heading_level)
            self._opened = index

    def _exclusion(self, index: int, found: Exclusion, bounds: tuple[int, int]) -> None:
        part = self._parts[index]
        words = self._words(found.start, min(found.end, found.start + _LONGEST_SAID))
        marking = Marking(
            kind_of(self._text[found.start : found.end]), "resolution", words.start, words.end
        )
        is_titled = is_about_exclusion(part.title or "")
        is_business = holds_business(self._text, found.end, bounds[1])
        if part.kind == "front" and is_business and len(self._parts) > 1:
            return
        if self._held and self._opened == index and not is_business:
            self._held = replace(self._held, marking=marking)  # under its heading: of what follows
            return
        if is_business or (not is_titled and (found.is_done or found.reach == "own")):
            self._say(index, replace(marking, said_by="item"))
        if found.numbers:
            named = named_parts(found, self._parts, index)
            self._named |= dict.fromkeys(named, marking)
        elif self._reaches_on(index, found, is_titled=is_titled, is_business=is_business):
            left = found.count if found.reach == "next" else None
            is_said = found.reach in {"next", "end"}
            self._held = _Held(marking, left, is_said)

    def _reaches_on(
        self, index: int, found: Exclusion, *, is_titled: bool, is_business: bool
    ) -> bool:
        """Whether a resolution that names no numbers holds for the items that follow."""
        if found.reach == "next":
            return True
        items = len(self._parts)
        is_early = index < items * _LAST
        if is_titled and is_early and any(self._own[index + 1 :]):
            return False  # general: the items that it means say so themselves
        if found.reach in {"rest", "end"} or is_titled:
            return True
        return (
            found.reach == "open" and not self._own[index] and not is_business and not found.is_done
        )

    def _kind(self, words: Words, behind: int) -> RestrictionKind:
        """Return the kind that words say, or the ground that is given a little behind them."""
        kind = kind_of(self._text[words.start : words.end])
        return "exempt" if gives_ground(self._text[behind : behind + _BELOW]) else kind

    def _over(self, marking: Marking) -> _Held:
        return _Held(replace(marking, said_by="resolution"))

    def _say(self, index: int, marking: Marking, *, is_shown: bool = True) -> None:
        if self._parts[index].kind != "back" and is_shown:
            self._found[index] = self._found[index] or marking

    def _find_sections(self) -> list[list[Line]]:
        """Return for each part the lines in it that stand over items not for the public."""
        found: list[list[Line]] = [[] for _ in self._parts]
        starts = [part.start for part in self._parts]
        for line in self._lines:
            index = bisect_right(starts, line.start) - 1
            if not line.stripped or index < 0 or line.end <= self._bodies[index]:
                continue
            if is_section(line.stripped, self._text[line.end : line.end + _BELOW]):
                found[index].append(line)
        return found

    def _marked(self, index: int) -> Marking | None:
        """Return what an item's own title or text says of it."""
        part, body = self._parts[index], self._bodies[index]
        if part.kind != "item":
            return None
        title = part.title or ""
        said = find_in_title(title)
        if (
            said
            and is_over_items(title)
            and says_none(self._text[body : min(part.end, body + _BELOW)])
        ):
            return None
        if said and not is_about_exclusion(title):
            words = self._words(*self._printed(title[said.start : said.end], part.start, body))
            return Marking(self._kind(words, body), "item", words.start, words.end)
        sections = [line.start for line in self._sections[index]]
        below = [at for at in sections if not holds_business(self._text, at, part.end)]
        found = find_in_text(self._text, body, min([part.end, *below]))
        if found is None or is_about_exclusion(title):
            return None
        words = self._words(*found)
        return Marking(self._kind(words, words.start), "item", words.start, words.end)

    def _body(self, part: Part) -> int:
        """Return where a part's text begins behind its title."""
        if part.kind != "item" or not part.title:
            return part.start
        return self._printed(part.title, part.start, part.end).end

    def _printed(self, said: str, start: int, end: int) -> Words:
        """Return where words of a title stand in the text, or the first line where they do not."""
        end = min(end, start + len(said) + _TITLE_REACH)
        words = said.split()
        # As most titles stand: at once, letter by letter. A pattern would have to be compiled.
        at = self._text.find(said.strip(), start, end)
        if words and "|" not in said and at == self._text.find(words[0], start, end) >= 0:
            return Words(at, at + len(said.strip()))
        pattern = r"[\s|]+".join(map(re.escape, words))
        match = re.compile(pattern).search(self._text, start, end)
        if match:
            return Words(*match.span())
        stop = self._text.find("\n", start + 1, end)
        return self._words(start, stop if stop > 0 else end)

    def _words(self, start: int, end: int) -> Words:
        """Return bounds without white space, brackets or marks at the ends."""
        held = self._text[start:end]
        left = len(held) - len(held.lstrip(" \t\n|([{.-–—:"))
        bare = held.strip(" \t\n|([{.-–—:")
        bare = bare if "(" in bare or "[" in bare else bare.rstrip(")]")
        return Words(start + left, start + left + len(bare)) if bare else Words(start, end)
