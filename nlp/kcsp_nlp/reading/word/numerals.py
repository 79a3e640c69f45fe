"""Numbers as lists show them: "3", "c", "iv", "4th", "Twenty-first"."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)
_CHICAGO = "*†‡§"
_ALPHABET = 26
_MOST_ROMAN = 4_000  # numerals of larger numbers are as long as the number
_MOST_LETTERS = 26 * 30
_ENCLOSED = range(1, 21)


def numeral(count: int, form: str) -> str:
    """Write a number.

    Args:
        count: The number.
        form: As Word calls it: "decimal", "lowerLetter", "upperRoman", "ordinalText"; a picture
            such as "001, 002, ..." for as many digits; any other is written in digits.
    """
    if form in _FORMS:
        return _FORMS[form](count)
    first = form.partition(",")[0].strip()
    return str(count).zfill(len(first)) if first.isdigit() else str(count)


def _roman(count: int) -> str:
    if not 0 < count < _MOST_ROMAN:
        return str(count)
    written = ""
    for size, letters in _ROMAN:
        written += letters * (count // size)
        count %= size
    return written


def _letters(count: int) -> str:
    """Write "a" to "z", then "aa", "bb"."""
    if not 0 < count <= _MOST_LETTERS:
        return str(count)
    times, letter = divmod(count - 1, _ALPHABET)
    return chr(ord("a") + letter) * (times + 1)


def _ordinal(count: int) -> str:
    teens = count % 100 in _TEENS
    return f"{count}{'th' if teens else _SUFFIXES.get(count % 10, 'th')}"


def _cardinal_text(count: int) -> str:
    return _words(count).capitalize()


def _ordinal_text(count: int) -> str:
    head, dash, last = _words(count).rpartition("-")
    front, blank, last = last.rpartition(" ")
    last = _ORDINALS.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{dash}{front}{blank}{last}".capitalize()


def _words(count: int) -> str:
    if not 0 <= count < 1_000:  # noqa: PLR2004
        return str(count)
    hundreds, rest = divmod(count, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest < len(_ONES):
        words += [_ONES[rest]] if rest or not hundreds else []
    else:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens] + (f"-{_ONES[ones]}" if ones else ""))
    return " ".join(words)


def _enclosed(first: int) -> Callable[[int], str]:
    return lambda count: chr(first + count - 1) if count in _ENCLOSED else str(count)


def _chicago(count: int) -> str:
    times, mark = divmod(max(count, 1) - 1, len(_CHICAGO))
    return _CHICAGO[mark] * min(times + 1, _ALPHABET)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: str(count).zfill(2),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{max(count, 0):X}",
    "chicago": _chicago,
    "decimalEnclosedCircle": _enclosed(0x2460),
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "none": lambda _: "",
}
