"""Actions: who is to do what, from action lines, action tables and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from kcsp_nlp.minutes.statements import owners
from kcsp_nlp.minutes.statements.action_labels import Label, read_label
from kcsp_nlp.minutes.statements.action_tables import Tables
from kcsp_nlp.minutes.statements.antecedents import find_antecedent, is_resolved
from kcsp_nlp.minutes.statements.brackets import cut_sentences, read_last, trim
from kcsp_nlp.minutes.statements.due import find_due, read_date
from kcsp_nlp.minutes.statements.margins import find_margins
from kcsp_nlp.minutes.statements.paragraphs import Page, Paragraph, Section
from kcsp_nlp.minutes.statements.sentences import sentences
from kcsp_nlp.minutes.statements.tasks import find_tasks
from kcsp_nlp.records import Action, Attendee

_LONGEST = 2000
_LOOK_BACK = 8
_REACH = 100
# Over a list of actions: "Actions", "Actions to be taken:", "Next steps"; not "Actions were
# discharged. One".
_HEADING = re.compile(r"(?:ACTIONS?|Actions?|NEXT STEPS|Next [Ss]teps|TO DO|To do)\b[^.]{0,50}:?$")
# Inside a sentence: "the porch Action: Joy", "the porch (Action Joy)"; not "action".
_ANYWHERE = re.compile(
    r"\b(?:ACTIONS?|Actions?)(?:\s+\d[\w/.]*)?\s*[:–—]\s*|(?<=[(\[])(?:ACTIONS?|Actions?)\s+(?=[A-Z])"
)
# "Kasia – letters by Friday", "Sgt Hollis: paper"; not "Kasia to write".
_OWNER_FIRST = re.compile(r"(?P<who>[^.;:–—]{2,70}?)\s*(?:\s[–—-]\s|:\s)\s*(?P<what>\S)")
# "Cy to row"; not "to row".
_OWNER_TO = re.compile(r"(?P<who>[^.;:–—]{2,70}?)\s+to\s+[a-z]")
# "Audit ten cases – Lee Rudge"; not "Audit ten cases by Friday".
_OWNER_LAST = re.compile(
    r"(?:\s[–—-]\s*(?P<who>[^–—;:.]{2,70})|,\s+(?P<initials>[A-Z]{2,4}(?:/[A-Z]{2,4})*))[.\s]*$"
)
# "Draft of terms - GT & TV", "Draft (GT)"; not "Draft by KPMG".
_INITIALS_LAST = re.compile(r"\s[–—-]\s*(?P<who>[A-Z]{2,4}(?:\s?[/,&]\s?[A-Z]{2,4}){0,3})[.\s]*$")
# Between two actions: "draft the report; Bill"; not "&amp; Bill".
_PIECES = re.compile(r"(?<!&amp);\s+(?=[A-Z])")
# "Decision: ", "DECIDED – "; not "Decision makers".
_DECISION = re.compile(r"(?:DECISION|Decision|DECIDED|Outcome)\b\s*[:–—-]\s*")
# Titles of items that look back at earlier actions, by their numbers: "Minutes and action log".
_LOOKS_BACK = re.compile(
    r"\b(?:minutes?|notes|matters\s+arising|action\s+(?:log|tracker|list|points)|previous|last|actions\s+(?:from|arising))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_ARROWS = (">>", "→")


def find_actions(
    page: Page, attendance: Sequence[Attendee] = (), met: str | None = None
) -> tuple[Action, ...]:
    """Find what somebody is to do under each agenda item.

    Args:
        page: The document with its parts and paragraphs.
        attendance: Who was there: names tell people from bodies.
        met: Date of the meeting as ISO 8601, by which dates without a year are read; None where
            it is not known.

    Returns:
        Actions in reading order, not overlapping, none crossing a part's end. Offsets count code
        points of the document's text; an action line that only names owners has the statement
        before it as its text.
    """
    tables = Tables(page.text)
    known = _known(page, attendance)
    found: list[Action] = []
    for section in page.sections:
        rows = tables.read(section.paragraphs)
        if section.part.kind == "front" and len(page.sections) > 1:
            continue
        reader = _Reader(page, section, known, met)
        for row in rows:
            if row.owners is None:
                reader.read_labelled(row.start, row.end)
            else:
                reader.add(row.start, row.end, row.owners, read_date(row.due, met))
        reader.read()
        found.extend(reader.actions())
    return tuple(found)


def _known(page: Page, attendance: Sequence[Attendee]) -> frozenset[str]:
    """Return the words that are names in the front matter and the attendance list."""
    held = [attendee.name for attendee in attendance]
    first = page.sections[0].part if page.sections else None
    if first is not None and first.kind == "front" and len(page.sections) > 1:
        held.append(page.text[first.start : first.end])
    return owners.known_names("\n".join(held), page.text) if held else frozenset()


class _Reader:
    """Reads the paragraphs of one part once, from first to last."""

    def __init__(
        self, page: Page, section: Section, known: frozenset[str], met: str | None
    ) -> None:
        self._page = page
        self._text = page.text
        self._part = section.part
        self._paragraphs = section.paragraphs
        self._known = known
        self._met = met
        self._found: dict[tuple[int, int], tuple[tuple[str, ...], str | None]] = {}
        self._before: list[tuple[int, int]] = []
        self._labelled: set[tuple[int, int]] = set()
        self._promised: set[tuple[int, int]] = set()
        self._looks_back = _LOOKS_BACK.search(section.part.title or "") is not None
        self._notes = False  # whether anything is noted as an action, by a label or in a margin
        self._in_list = False
        self._limb: int | None = None  # where the open list item begins
        self._opened = 0  # where the last paragraph begins that is no action line
        self._is_under_head = False  # whether list items are limbs of a resolution

    def add(
        self,
        start: int,
        end: int,
        who: tuple[str, ...],
        due: str | None = None,
        *,
        is_promise: bool = False,
    ) -> None:
        """Keep an action; one that stands there already gets the owners of the later call."""
        held = self._text[start:end]
        start += len(held) - len(held.lstrip())
        held = held.strip()
        while held != (shorter := held.rstrip(";,:").rstrip()):
            held = shorter
        end = start + len(held)
        if end > start:
            due = due or find_due(self._text[start:end], self._met)
            self._found[start, end] = (who, due)
            if is_promise:
                self._promised.add((start, end))

    def actions(self) -> Iterator[Action]:
        """Return what was found, in order; of two that overlap the first is kept.

        Where a part notes what is to be done, what somebody promised in its account is left out.
        """
        told = self._promised - self._labelled if self._notes else frozenset()
        last = -1
        for (start, end), (who, due) in sorted(self._found.items()):
            if start >= last and (start, end) not in told:
                yield Action(
                    start=start, end=end, text=self._page.raw[start:end], owners=who, due=due
                )
                last = end

    def read(self) -> None:
        """Read all paragraphs outside tables."""
        for paragraph in self._paragraphs:
            if paragraph.row is None:
                self._read_paragraph(paragraph)

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        text = self._text
        if _HEADING.fullmatch(text[paragraph.start : paragraph.end]) and not read_label(
            text, paragraph.start, paragraph.end
        ):
            self._in_list = not self._reviews(paragraph)
            return
        is_listed = self._in_list and (
            bool(paragraph.marker) or self._opens_with_owners(paragraph.start, paragraph.end)
        )
        self._in_list = is_listed
        if paragraph.marker in _ARROWS or is_listed or self._ends_with_owners(paragraph):
            self.read_labelled(paragraph.start, paragraph.end)
            return
        at = paragraph.start
        if not read_label(text, at, paragraph.end):
            self._opened = at
        is_listed = bool(paragraph.marker) and self._is_under_head
        self._limb = at if is_listed or paragraph.marker.endswith(")") else None
        if not paragraph.marker:
            self._is_under_head = self._opens_limbs(paragraph)
        for margin in find_margins(text, paragraph.start, paragraph.end, self._known):
            self._read_sentences(at, margin.begin)
            self._own_before(margin.owners, margin.start, margin.end)
            at = margin.after
        self._read_sentences(at, paragraph.end)

    def _opens_limbs(self, paragraph: Paragraph) -> bool:
        """Say whether list items below a paragraph are what was resolved: "RESOLVED that:"."""
        start, end = paragraph.start, paragraph.end
        is_open = self._text.endswith((":", "–", "—", "-", "that"), start, end)
        return is_open and is_resolved(self._text, max(start, end - 2 * _REACH), end)

    def _reviews(self, heading: Paragraph) -> bool:
        """Say whether a heading is that of an early item, which looks back at earlier actions."""
        part = self._part
        is_first = bool(self._paragraphs) and heading is self._paragraphs[0]
        return part.kind == "item" and is_first and part.start < len(self._text) // 2

    def _ends_with_owners(self, paragraph: Paragraph) -> bool:
        """Say whether a list item ends with the initials of people: "Draft of terms - GT & TV"."""
        if not paragraph.marker or paragraph.end - paragraph.start > _REACH:
            return False
        last = _INITIALS_LAST.search(self._text, paragraph.start, paragraph.end)
        return last is not None and owners.is_personal(last["who"], self._known)

    def _opens_with_owners(self, start: int, end: int) -> bool:
        """Say whether people and a dash open a sentence: "Bo – two locks", "Neil - posters"."""
        first = _OWNER_FIRST.match(self._text, start, end)
        return first is not None and owners.is_personal(first["who"], self._known)

    def _read_sentences(self, begin: int, stop: int) -> None:
        text = self._text
        begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
        is_behind_label = False
        for start, end in cut_sentences(text, begin, stop):
            if end - start > _LONGEST:
                continue
            label = read_label(text, start, end)
            if label and self._is_earlier(label, start, end):
                continue
            if label and label.end < end:
                self._read_label(label, end)
                is_behind_label = True
                continue
            if is_behind_label and self._opens_with_owners(start, end):
                self.read_labelled(start, end)
                continue
            if (start > begin or text[start] != "(") and self._read_bracketed(start, end):
                continue
            if label or _HEADING.fullmatch(text[start:end]):
                self._in_list = True
                continue
            inner = _ANYWHERE.search(text, start, end)
            last = inner.start() if inner else end
            last = start + len(text[start:last].rstrip(" ([\t\n"))
            if last > start:
                self._read_sentence(start, last)
                head = _DECISION.match(text, start, last)
                self._before.append((head.end() if head and head.end() < last else start, last))
            if inner:
                self.read_labelled(inner.end(), end)
                is_behind_label = True

    def _is_earlier(self, label: Label, start: int, end: int) -> bool:
        """Say whether a numbered label recalls an earlier action: "Action 7: outstanding"."""
        if not self._looks_back or not _NUMBER.search(self._text, start, label.end):
            return False
        to_do = _OWNER_TO.match(self._text, label.end, end)
        return to_do is None or not owners.is_personal(to_do["who"], self._known)

    def _read_bracketed(self, start: int, end: int) -> bool:
        """Read "[CBW]" or "[KW to take it]" behind a statement; False for any other sentence."""
        found = read_last(self._text, start, end, self._known)
        if found is None or (self._text[found.begin] == "(" and found.begin > start):
            return False
        last = trim(self._text, start, found.begin)
        if last > start:
            self._read_sentence(start, last)
            self._before.append((start, last))
        if found.has_task:
            self.read_labelled(found.start, found.end)
        else:
            self._own_before(found.owners, found.start, found.end)
        return True

    def _read_sentence(self, start: int, end: int) -> None:
        for task in find_tasks(self._text, start, end, self._known, is_limb=start == self._limb):
            self.add(task.start, task.end, task.owners, is_promise=task.is_promise)

    def _read_label(self, label: Label, end: int) -> None:
        """Read what stands behind a label, which may say itself who is to do it."""
        if not label.owners:
            self.read_labelled(label.end, end)
            return
        self._notes = True
        self.add(label.end, trim(self._text, label.end, end), label.owners)

    def read_labelled(self, start: int, end: int) -> None:
        """Read what an action label opens: owners alone, or what they are to do."""
        if end - start > _LONGEST:
            return
        self._notes = True
        end = trim(self._text, start, end)
        if self._read_owners(start, end):
            return
        at = start
        for cut in [*(piece.end() for piece in _PIECES.finditer(self._text, start, end)), end]:
            for first, last in sentences(self._text, at, cut):
                self._read_piece(first, last)
            at = cut

    def _read_owners(self, start: int, end: int) -> bool:
        """Read "Kay, Bo", "All; replies to Bo" or "hall to be shut (KN)"; False for other text."""
        last = read_last(self._text, start, end, self._known, is_labelled=True)
        if last is not None and not last.has_task and last.begin > start:
            due = find_due(self._text[last.start : last.end], self._met)
            self.add(start, last.begin, last.owners, due)
            return True
        held = self._text[start:end]
        before, _, remark = held.partition(";")
        who = owners.alone(held) or (owners.alone(before) if remark.strip()[:1].islower() else ())
        if who:
            self._own_before(who, start, end)
        return bool(who)

    def _read_piece(self, start: int, end: int) -> None:
        again = read_label(self._text, start, end)
        if again and again.end < end:
            start = again.end
        end = trim(self._text, start, end)
        if start < end and not self._read_owners(start, end):
            self._read_task(start, end)

    def _read_task(self, start: int, end: int) -> None:
        tasks = find_tasks(self._text, start, end, self._known)
        for task in tasks:
            self.add(start if task is tasks[0] else task.start, task.end, task.owners)
        if tasks:
            return
        first = _OWNER_FIRST.match(self._text, start, end)
        last = _OWNER_LAST.search(self._text, max(start, end - _REACH), end)
        to_do = _OWNER_TO.match(self._text, start, end)
        named = [owners.alone(found["who"]) for found in (to_do, first) if found]
        if last:
            named.append(owners.alone(last["who"] or last["initials"]))
        self.add(start, end, next(filter(None, named), ()))

    def _own_before(self, who: tuple[str, ...], start: int, end: int) -> None:
        """Give the statement before an action line its owners; the line itself for none."""
        words = {name.split()[-1] for name in who if name}
        last = self._before[-1][1] if self._before else None
        for bounds, (named, due) in islice(reversed(self._found.items()), _LOOK_BACK):
            same = words & {name.split()[-1] for name in named if name}
            near = bounds[0] >= self._opened and owners.may_be(who, named)
            if bounds in self._labelled and last is None and (same or near):
                return  # a second label for the same: "Action: KN" in the text and in the margin
            if bounds not in self._labelled and (same or near or bounds[1] == last):
                self._found[bounds] = (who, due or find_due(self._text[start:end], self._met))
                break
        else:
            bounds = find_antecedent(self._text, self._before, self._opened, words) or (start, end)
            self.add(*bounds, who, find_due(self._text[start:end], self._met))
        self._labelled.add(bounds)
        self._before.clear()
