"""Records without people: names and ways to reach them taken out of every text.

Names that neither the tagger nor the attendance list knows stay where they stand: what is left
is less than the minutes say, and no proof that nobody can be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kcsp_nlp.minutes.people.words import words as person_words
from kcsp_nlp.records import Action, Evidence, Item, Meeting, Record, Restriction
from kcsp_nlp.redaction.finding import NAME, Region, find_regions, replaced
from kcsp_nlp.redaction.known import WORD, KnownNames, fold, folded_words, know_names
from kcsp_nlp.redaction.moving import Moved

_BODY = ("gss:", "body:")
_HEADING = 120  # code points behind a title's length in which its heading stands

# Letters that may be initials: "(AQ)", "| AQ |"; not "AQA-".
_LETTERS_BEHIND = re.compile(r"(?<![\w-])([A-Z]{2,4})(?![\w-])")
_LINE = 120  # code points behind a name in which its initials stand


def without_people(records: Sequence[Record]) -> list[Record]:
    """Return the records of one document without the people that they name.

    Mentions of people, the attendance list, and every other place where a known name stands
    (in full; a surname behind an honorific or office, or by itself where it is no common word and
    no part of another name; initials that the document uses for somebody) become `[name]`, in
    texts, titles, the meeting's facts and whatever was resolved from them. E-mail addresses and
    telephone numbers become `[contact]`, but for lines that anybody may call (0800, 0808, 03).
    Mentions of people, attendance and affiliations are dropped. Owners of actions that are people
    become `[name]` without identity; bodies and offices stay, an office without the identity of
    whoever held it.

    Names that were not found stay, and so do honorifics, offices, and what else tells a person to
    who knows them: an address, a date, what was done.

    Args:
        records: Of one document, in order; some may be missing. They are not changed.

    Returns:
        As many records. Every offset is one of the new texts, and `offset` says where a record
        begins in the new texts joined (with gaps of the old length where records are missing).
        `meeting.id` and `sha256` stay those of the text as it was read.
    """
    known = know_names(records)
    _learn_letters(records, known)
    listed = _listed(records)
    redacted: list[Record] = []
    before = after = 0
    for record in records:
        regions = _regions(record, known, listed)
        moved = Moved(record.text, regions)
        offset = after + record.offset - before
        redacted.append(_redacted(record, moved, offset, known))
        before = record.offset + len(record.text)
        after = offset + len(moved.text)
    return redacted


def _learn_letters(records: Sequence[Record], known: KnownNames) -> None:
    """Add initials that stand behind a name of which they are, and those that own actions."""
    for record in records:
        others = [(span.start, span.end) for span in record.spans if span.label != "PERSON"]
        for span in record.spans:
            if span.label == "PERSON":
                known.initials.update(_letters_behind(record.text, span.end, span.text, others))
        for action in record.actions:
            for owner, identity in _owners(action):
                letters = owner.replace(".", "")
                if _is_person(identity) and letters.isupper() and len(letters) <= 4:  # noqa: PLR2004
                    known.initials.add(letters)


def _letters_behind(
    text: str, at: int, name: str, others: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Yield the initials of a name that stand behind it on its line."""
    initials = [word[0] for word in folded_words(name)]
    for match in _LETTERS_BEHIND.finditer(text, at, _line_end(text, at)):
        letters = match[1].casefold()
        own = (
            letters[0] == initials[0]
            and letters[-1] == initials[-1]
            and 1 < len(initials) >= len(letters) - 1
        )
        if own and not any(start <= match.start(1) < end for start, end in others):
            yield match[1]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + _LINE)
    return end if end >= 0 else min(len(text), at + _LINE)


def _listed(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Return where the names of the attendance list stand in the document."""
    return sorted(
        (record.offset + each.start, record.offset + each.end)
        for record in records
        for each in record.attendance
    )


def _regions(record: Record, known: KnownNames, listed: Sequence[tuple[int, int]]) -> list[Region]:
    people = [(span.start, span.end) for span in record.spans if span.label == "PERSON"]
    people += [(each.start, each.end) for each in record.affiliations]
    length = len(record.text)
    people += [
        (max(start - record.offset, 0), min(end - record.offset, length))
        for start, end in listed
        if start < record.offset + length and end > record.offset
    ]
    kept = [(span.start, span.end) for span in record.spans if span.label != "PERSON"]
    return find_regions(record.text, known, given=people, kept=kept)


def _redacted(record: Record, moved: Moved, offset: int, known: KnownNames) -> Record:
    def clean(text: str, always: frozenset[str] = frozenset()) -> str:
        return replaced(text, find_regions(text, known, always=always))

    changed: dict[str, Any] = {
        "meeting": _meeting(record.meeting, clean, known),
        "item": _item(record, clean),
        "offset": offset,
        "restriction": _restriction(record.restriction, known, clean),
        "text": moved.text,
        "spans": tuple(moved.spans(record.spans, clean)),
        "evidence": _evidence(record, moved),
        "attendance": (),
        "affiliations": (),
        "decisions": tuple(moved.said(record.decisions)),
        "actions": tuple(
            _unowned(new, action, record, known)
            for new, action in zip(moved.said(record.actions), record.actions, strict=True)
        ),
    }
    # Through the model: its validators prove that every text is what stands at its place.
    return Record.model_validate({**dict(record.model_copy(update=changed))})


def _meeting(meeting: Meeting, clean: Callable[[str], str], known: KnownNames) -> Meeting:
    body, venue = (text and clean(text) for text in (meeting.body, meeting.venue))
    source = _file_name(meeting.source, KnownNames(sequences=known.sequences))
    return meeting.model_copy(update={"body": body, "venue": venue, "source": source})


def _file_name(name: str, known: KnownNames) -> str:
    """Return a file's name without names in full, which stand there in any letters and signs."""
    for signs in ("", "-+,"):
        spaced = name.title().translate(str.maketrans(signs, " " * len(signs)))
        if len(spaced) == len(name):
            name = replaced(name, find_regions(spaced, known))
    return name


def _item(record: Record, clean: Callable[[str, frozenset[str]], str]) -> Item:
    """Return the item with the names taken out of its title that are taken out of its heading."""
    title = record.item.title
    if not title:
        return record.item
    until = len(title) + _HEADING
    held = frozenset(
        word
        for span in record.spans
        if span.label == "PERSON" and span.start < until
        for word in folded_words(span.text)[-1:]
    )
    return record.item.model_copy(update={"title": clean(title, held)})


def _restriction(
    restriction: Restriction | None,
    known: KnownNames,
    clean: Callable[[str, frozenset[str]], str],
) -> Restriction | None:
    if restriction is None:
        return None
    names = frozenset(known.singles - known.lower)
    return restriction.model_copy(update={"text": clean(restriction.text, names)})


def _evidence(record: Record, moved: Moved) -> dict[str, tuple[Evidence, ...]] | None:
    if record.evidence is None:
        return None
    kept = {
        topic: tuple(moved.said(each for each in found if not moved.is_cut(each)))
        for topic, found in record.evidence.items()
    }
    return {topic: found for topic, found in kept.items() if found}


def _unowned(new: Action, action: Action, record: Record, known: KnownNames) -> Action:
    """Return an action whose owners are no people."""
    offices = {fold(span.text) for span in record.spans if span.label == "ROLE"}
    owners = [_owner(owner, identity, known, offices) for owner, identity in _owners(action)]
    ids = tuple(identity for _, identity in owners) if action.owner_ids else ()
    return new.model_copy(update={"owners": tuple(owner for owner, _ in owners), "owner_ids": ids})


def _owner(
    owner: str, identity: str | None, known: KnownNames, offices: set[str]
) -> tuple[str, str | None]:
    clean = replaced(owner, find_regions(owner, known, always=known.singles))
    if identity is not None and identity.startswith(_BODY):
        return clean, identity if clean == owner else None
    first = WORD.search(owner)
    lists = person_words()
    if clean != owner or (first and fold(first[0]) in lists.honorifics):
        return NAME, None
    words = folded_words(owner)
    is_office = fold(owner) in offices or bool(words and words[-1] in lists.roles | lists.ranks)
    return (NAME, None) if _is_person(identity) and not is_office else (owner, None)


def _owners(action: Action) -> Iterator[tuple[str, str | None]]:
    ids = [*action.owner_ids, *[None] * len(action.owners)]
    yield from zip(action.owners, ids, strict=False)


def _is_person(identity: str | None) -> bool:
    return identity is not None and not identity.startswith(_BODY)
