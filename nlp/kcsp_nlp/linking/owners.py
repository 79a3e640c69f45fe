"""Who is to do something: the identity of each owner of an action."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kcsp_nlp.linking.bodies.identifying import Organisations
from kcsp_nlp.linking.people.honorifics import split_titles
from kcsp_nlp.linking.people.identifying import People
from kcsp_nlp.records import Action, Attendee, Span

Offsets = tuple[int, int]

# How far before a name its titles may begin, in code points.
_REACH = 80
# How far behind an action its owner's line may end: "Action: Mr Hill".
_BEHIND = 60
# Markdown that may stand among titles and is no part of an owner's name.
_MARKS = str.maketrans({"*": " ", "_": " ", "\\": " "})


class Owners:
    """Finds the person or body that an owner's name, or office, stands for.

    Args:
        spans: The document's mentions, sorted; offsets into its text.
        attendance: Its attendance list.
        people: Who its people are.
        organisations: What its bodies are.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        attendance: Sequence[Attendee],
        people: People,
        organisations: Organisations,
    ) -> None:
        ids = {place: person.id for place, person in people.by_place.items()}
        ids |= {place: body.id for place, body in organisations.items()}
        self._ids = ids
        self._named: dict[str, set[str | None]] = defaultdict(set)
        self._at: dict[str, list[Offsets]] = defaultdict(list)
        for span in spans:
            if span.label in {"PERSON", "ORG"}:
                place = (span.start, span.end)
                key = _key(span.text)
                self._named[key].add(ids.get(place))
                self._at[key].append(place)
        # Who holds an office, as the list gives it: an owner may be "the Clerk".
        self._holding: dict[str, set[str | None]] = defaultdict(set)
        for attendee in attendance:
            identity = ids.get((attendee.start, attendee.end))
            self._named[_key(attendee.name)].add(identity)
            if attendee.role:
                self._holding[_key(attendee.role)].add(identity)

    def identify(self, action: Action) -> tuple[str | None, ...]:
        """Return the identity of each owner of an action; None where it is not certain."""
        return tuple(self._identify(owner, action) for owner in action.owners)

    def _identify(self, owner: str, action: Action) -> str | None:
        places = list(self._within(_key(owner), action.start, action.end))
        if not places:
            titles, name = split_titles(owner)
            places = list(self._titled(titles, _key(name), action)) if titles else []
        named = (
            {self._ids.get(place) for place in places}
            or self._named.get(_key(owner))
            or self._holding.get(_key(owner).removeprefix("the "), set())
        )
        return next(iter(named)) if len(named) == 1 else None

    def _titled(self, titles: str, key: str, action: Action) -> Iterator[Offsets]:
        """Yield where a name stands with its titles: in an action, else on the line behind it."""
        behind = True
        for start, end in self._within(key, action.start, action.end):
            behind = False
            if _ends_with(action.text[: start - action.start], titles):
                yield start, end
        if behind:
            yield from self._within(key, action.end, action.end + _BEHIND)

    def _within(self, key: str, start: int, end: int) -> Iterator[Offsets]:
        """Yield where a name stands between two offsets."""
        places = self._at.get(key, [])
        for at in range(bisect_left(places, (start, start)), len(places)):
            if places[at][1] > end:
                return
            yield places[at]


def _ends_with(text: str, titles: str) -> bool:
    """Whether what stands before a name are these titles: "Mrs Hill" is not Mr Hill."""
    return _key(text[-_REACH:].translate(_MARKS)).endswith(_key(titles))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
