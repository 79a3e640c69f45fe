"""Who of several people of one name is meant: office, honorific, remark, place in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kcsp_nlp.linking.people.fitting import MOST
from kcsp_nlp.linking.people.identities import Identity, has_office
from kcsp_nlp.linking.people.mentions import Mention
from kcsp_nlp.linking.people.remarks import words_of

# What only those do who are there. Matches " asked ", ": ", " said"; not " to ", " will ".
_SPEAKS = re.compile(
    r"\s+(?:then\s+|also\s+)?(?:asked|said|told|reported|replied|explained|proposed|seconded|"
    r"thanked|presented|felt|noted|added|suggested|informed|advised|updated|confirmed|spoke)\b"
)


class Places:
    """Where the parts of a document begin, and who is named in them."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text = text
        self._starts = starts

    def part(self, at: int) -> int:
        """Return the index of the part that an offset lies in."""
        return bisect_right(self._starts, at)

    def is_near(self, mention: Mention, identity: Identity) -> bool:
        """Tell whether the person is named elsewhere in the same part."""
        part = self.part(mention.start)
        return any(self.part(each.start) == part for each in identity.mentions[-MOST:])

    def is_before(self, mention: Mention, identity: Identity) -> bool:
        """Tell whether the person is named before in the same part, its list apart."""
        part = self.part(mention.start)
        return any(
            not each.attendee and each.start < mention.start and self.part(each.start) == part
            for each in identity.mentions[-MOST:]
        )

    def speaks(self, mention: Mention) -> bool:
        """Tell whether who is named does what only those do who are at the meeting."""
        return bool(_SPEAKS.match(self._text, mention.end))


def tell_apart(
    mention: Mention, people: Sequence[Identity], places: Places | None
) -> Identity | None:
    """Return the only one of several people whom a mention may be, None where two may be.

    Args:
        mention: A name that fits all of them.
        people: Two or more.
        places: Where the document's parts are; None for a name in full, which is not told by what
            stands before it.
    """
    left = list(people)
    if mention.classes:
        left = [each for each in left if mention.classes <= each.classes]
    if len(left) > 1 and mention.address.remark:
        said = words_of(mention.address.remark)
        left = [each for each in left if said and said <= each.words] or left
    if len(left) > 1 and mention.address.gender and not mention.classes:
        left = _addressed_alike(mention, left)
    if len(left) == 1 or places is None:
        return left[0] if len(left) == 1 else None
    if len(left) > 1 and places.speaks(mention):
        left = [each for each in left if each.present and not each.apart] or left
    if len(left) > 1 and not mention.classes:
        left = _named_near(mention, left, places)
    if len(left) > 1 and any(each.apart for each in left):
        return None  # who is mourned or born is named beside others of the name
    if len(left) > 1:
        alike = _of_gender(mention, left)
        left = [each for each in left if places.is_before(mention, each)]
        left = [each for each in left if not alike or each in alike]
    return left[0] if len(left) == 1 else None


def _of_gender(mention: Mention, people: Sequence[Identity]) -> list[Identity]:
    """Return who is sure to be of the gender that an honorific says: Ken, not Kelly, is "Mr"."""
    gender = mention.address.gender
    return [each for each in people if gender in each.genders]


def _addressed_alike(mention: Mention, people: Sequence[Identity]) -> list[Identity]:
    """Return whom the honorific fits: "Ms Ely" is she who is Ms in the list, not Sergeant Ely."""
    gender = mention.address.gender
    sure = [each for each in people if gender in each.genders]
    if len(sure) == 1 and all(each.genders for each in people):
        return sure
    plain = [each for each in people if not has_office(each.classes)]
    named = [each for each in plain if gender in each.honorifics or gender in each.genders]
    if len(named) == 1 and len(plain) == 1:
        return named
    if len(plain) == 1 and plain[0].attended:
        return plain
    return list(plain or people)


def _named_near(mention: Mention, people: Sequence[Identity], places: Places) -> list[Identity]:
    """Return who is at the table or near; strangers are meant where they are named only."""
    near = [each for each in people if each.attended or places.is_near(mention, each)]
    return near if len(near) == 1 and near[0].attended else list(people)
