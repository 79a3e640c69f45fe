"""Where sentences end in text that is full of titles and initials."""

from __future__ import annotations

import re

from kcsp_nlp.minutes.people.words import plain, words

# ". The", ".  24" end a sentence; "p.m." does not.
_STOP = re.compile(r"[.!?](?=\s+[^\W_a-z])")
# "Mr" at the end of "for Mr", and nothing behind "for ".
_LAST_WORD = re.compile(r"[^\s(]*\Z")
_NEAR = 20
_INITIALS = 2


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return where the sentence that begins at `start` ends, its full stop left out."""
    for match in _STOP.finditer(text, start, min(limit, len(text))):
        if ends_sentence(text, start, match.start()):
            return match.start()
    return min(limit, len(text))


def ends_sentence(text: str, start: int, stop: int) -> bool:
    """Tell whether the full stop at `stop` ends more than a title or an initial."""
    before = _LAST_WORD.search(text[max(start, stop - _NEAR) : stop])
    token = before[0] if before else ""
    lists = words()
    word = plain(token).rsplit("/", 1)[-1]  # "A/Insp."
    if word in lists.honorifics or word in lists.councillors:
        return False
    if word in lists.ranks or word in lists.rank_prefixes:
        return False
    if len(token) == _INITIALS:
        return token.isupper()  # "Fell CC." but not "St." or "Wm."
    return len(token) > _INITIALS and not (len(token) == _INITIALS + 1 and "." in token)
