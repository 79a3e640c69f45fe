"""Line ends into spaces, and divided words into one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# "coun-", "co-", "re-elec-"; not "-", "2019-", "A–".
_DIVIDED = re.compile(r"(?:.*[^\w-])?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)-\Z", re.DOTALL)
_REST = re.compile(r"\W?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
# What keeps its hyphen in front of another word.
_PREFIXES = frozenset(
    [
        "co",
        "non",
        "self",
        "ex",
        "vice",
        "pre",
        "post",
        "semi",
        "sub",
        "well",
        "anti",
        "multi",
        "cross",
        "part",
        "half",
    ]
)
_SHORT = 3
_REACH = 80
_USUAL = 0.02  # share of lines that end in a hyphen where the program divides words


class Vocabulary:
    """The words that stand whole in a document, by which divided ones are judged."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        divided = count = 0
        is_rest = False
        for line in lines:
            words = _WORDS.findall(line)
            count += 1
            # Parts of divided words are no words.
            if is_rest:
                words = words[1:]
            is_rest = _DIVIDED.match(line[-_REACH:]) is not None
            if is_rest:
                divided += 1
                words = words[:-1]
            self._counts.update(word.lower() for word in words)
        self._divides = divided > _USUAL * count

    def join(self, above: str, below: str) -> str:
        """Join two lines of a paragraph: with a space, or at a hyphen without."""
        divided = _DIVIDED.match(above[-_REACH:])
        rest = _REST.match(below)
        if not divided or not rest:
            return above + (
                below if above.endswith("-") and _is_code(above, below) else f" {below}"
            )
        one, other = divided["word"], rest["word"]
        if self._keeps_hyphen(one, other):
            return above + below
        return above[:-1] + below

    def _keeps_hyphen(self, one: str, other: str) -> bool:
        if not other[0].islower():
            return True  # "Smith-/Jones", "Anglo-/Irish"
        last, first = (
            one.rsplit("-", maxsplit=1)[-1].lower(),
            other.split("-", maxsplit=1)[0].lower(),
        )
        whole = self._counts[f"{one}{other}".lower()] + self._counts[f"{last}{first}"]
        divided = self._counts[f"{one}-{other}".lower()] + self._counts[f"{last}-{first}"]
        if whole != divided:
            return divided > whole
        if last in _PREFIXES or "-" in one:
            return True
        known = self._counts[last] > 0, self._counts[first] > 0
        if self._divides:
            # Both parts are words of this document: "working-/class", not "coun-/cillor".
            return all(known) and len(last) > _SHORT
        return any(known)


def _is_code(above: str, below: str) -> bool:
    """Tell whether a line ends within a number or reference: "2019-/2020"."""
    return above[-2:-1].isdigit() and below[:1].isdigit()
