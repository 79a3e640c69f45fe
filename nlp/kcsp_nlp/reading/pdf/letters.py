"""Characters of a PDF as ordinary ones: ligatures, symbols of private use, hyphens."""

from __future__ import annotations

import re
import unicodedata

HYPHEN = "-"
BULLET = "•"

# What needs mapping at all: most words are plain.
_ODD = re.compile("[^\x21-\x7e\u00a3\u2013\u2014\u2018\u2019\u201c\u201d\u2022]")
_LIGATURE = re.compile("[\ufb00-\ufb06\u0132\u0133]")
# Never seen: soft hyphens, zero-width spaces and joiners, marks of direction and byte order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]")
_PRIVATE = range(0xF000, 0xF100)
# Bullets of Symbol and Wingdings, and the ticks and crosses of attendance lists, by their code.
_BY_CODE = {
    0xB7: BULLET,
    0xA7: BULLET,
    0xA8: BULLET,
    0xFC: "✓",
    0xFE: "✓",
    0xFB: "✗",
    0xFD: "✗",
    0xD8: BULLET,
    0x76: BULLET,
    0x6C: BULLET,
    0x6E: BULLET,
    0x71: BULLET,
    0x2D: "–",
    0x20: "",
}


def clean(text: str, *, symbols: bool) -> str:
    """Return a word with ordinary characters; empty where nothing of it is seen.

    Args:
        text: Characters as the file's fonts name them.
        symbols: Whether the font is one of symbols, whose letters are none.
    """
    if not symbols and not _ODD.search(text):
        return text
    if symbols and len(text) == 1 and ord(text) % 0x100 in _BY_CODE and ord(text) < _PRIVATE.stop:
        if not text.isalnum() or ord(text) >= _PRIVATE.start:
            return _BY_CODE[ord(text) % 0x100]
        return BULLET if text in "lnqv" else text
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _UNSEEN.sub("", text)
    text = text.replace("\u2010", HYPHEN).replace("\u2011", HYPHEN)
    text = unicodedata.normalize("NFC", text)
    return "".join(map(_public, text))


def _public(character: str) -> str:
    """Return a character of private use as what it most likely shows."""
    code = ord(character)
    if code in _PRIVATE:
        code -= _PRIVATE.start
        return _BY_CODE.get(code) or (chr(code) if 0x20 < code < 0x7F else BULLET)  # noqa: PLR2004
    if 0xE000 <= code <= 0xF8FF:  # noqa: PLR2004
        return BULLET
    return character
