"""Characters of symbol fonts, which stand for something else than their codes say."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

_PRIVATE = range(0xF000, 0xF100)  # where Word keeps the 256 characters of such a font
_UNKNOWN = "•"
_FONTS = ("wingdings", "wingdings 2", "webdings", "symbol")


@cache
def _tables() -> dict[str, dict[str, str]]:
    file = resources.files("kcsp_nlp").joinpath("data", "symbol_fonts.json")
    tables: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return tables


def is_symbolic(font: str | None) -> bool:
    """Tell whether a font's letters are symbols."""
    return font is not None and font.lower() in _FONTS


def symbol(code: int, font: str | None) -> str:
    """Return what a character shows, as text: "✓" for 0xFC of Wingdings.

    Args:
        code: Of the character, in the font or in Word's private range.
        font: Its name; None where it is not known.
    """
    own = code - _PRIVATE.start if code in _PRIVATE else code
    if not is_symbolic(font) and code not in _PRIVATE:
        return chr(code)
    table = _tables().get((font or "wingdings").lower(), {})
    if known := table.get(f"{own:02X}"):
        return known
    if (font or "").lower() == "symbol" and 0x20 <= own < 0x7F:  # noqa: PLR2004 -- as in ASCII
        return chr(own)
    return " " if own == ord(" ") else _UNKNOWN


def plain(text: str, font: str | None) -> str:
    """Return text with the characters of symbol fonts as what they show."""
    if is_symbolic(font):
        return "".join(symbol(ord(letter), font) for letter in text)
    if not any(ord(letter) in _PRIVATE for letter in text):
        return text
    return "".join(
        symbol(ord(letter), font) if ord(letter) in _PRIVATE else letter for letter in text
    )
