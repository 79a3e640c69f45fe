"""Code points that converters write for others: entities, ligatures, escapes, unseen marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kcsp_nlp.minutes.conversion.view import Edit

# Spaces of other widths, one for one; not tabs.
SPACES = dict.fromkeys(
    [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000],
    " ",
)
# Any of them: "\xa0"; not " ".
ODD_SPACE = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# What nobody sees: a zero-width space, a word joiner; a soft hyphen with the line end behind it.
# "Com\xadmittee", "\ufeffPresent"; not "co-opted".
_UNSEEN = re.compile("\xad\n?|[\u200b-\u200f\u2060\ufeff]+")
# "&amp;", "&#8217;", "&#xA3;"; not "R&D", "& co;".
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
# Hard spaces, which beside others set a column: "Ash&nbsp;&nbsp;Clerk"; not "&amp;".
_HARD_SPACES = re.compile(r"(?:&nbsp;|&#160;|&#[xX][aA]0;)+")
# "ﬁ" in "ofﬁce"; not alone.
_LIGATURE = re.compile(r"[ﬀ-ﬄ](?=[a-z])|(?<=[A-Za-z])[ﬀ-ﬄ]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
# A backslash before what needs none in minutes: "1\.", "O\'Dowd", "\[sic\]"; not "\*", "\|", "\_".
_ESCAPE = re.compile(r"\\(?=['\"$@^=~:;,&%{}().\[\]+!/-])")
# A word parted at a line's end: "com-\nmittee"; not "- mittee", "Ash-\nDale".
_PARTED = re.compile(r"(?<=[a-z]{2})-\n(?=[a-z]{2})")
# A name parted at its hyphen: "Ash-\nDale"; not "2019-\n20".
_PARTED_NAME = re.compile(r"(?<=[a-z]-)\n(?=[A-Z][a-z])")
_MARKS = "|<>*_#`"


def find_characters(text: str) -> Iterator[Edit]:
    """Yield what code points stand for others; offsets into `text`."""
    # Most texts hold none of what the patterns begin with, which is sooner told.
    for pattern, sign in ((_ESCAPE, "\\"), (_PARTED, "-\n"), (_PARTED_NAME, "-\n")):
        if sign in text:
            for match in pattern.finditer(text):
                yield Edit(*match.span())
    if not text.isascii():
        for match in _UNSEEN.finditer(text):
            yield Edit(*match.span())
        for match in _LIGATURE.finditer(text):
            yield Edit(*match.span(), _LIGATURES[match[0]])
    if "&" in text:
        yield from _entities(text)


def _entities(text: str) -> Iterator[Edit]:
    for match in _HARD_SPACES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        wide = " " in (before, after) or len(match[0]) > len("&nbsp;")
        edge = before in ("", "\n") or after in ("", "\n")
        yield Edit(*match.span(), "" if edge else "\t" if wide else " ")
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match[0])
        if meant not in _MARKS and meant not in (match[0], "\xa0"):
            yield Edit(*match.span(), meant)
