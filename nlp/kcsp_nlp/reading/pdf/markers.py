"""What opens the items of lists: bullets, numbers, letters."""

from __future__ import annotations

import re

# "•", "–", "o" where it stands alone; not "o'clock".
BULLET = re.compile(r"[•◦▪▫■□●○◆◇➢➤►▶‣⁃∙·✓✔*–—-]\Z|o\Z")
# "(a)", "a)", "a.", "(iv)", "iv.", "B."; not "and", "Mr.".
LETTER = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,5}|[A-H])[).]\Z|\([A-Z]\)\Z|\((?:[ivx]{1,5}|[a-z]|\d{1,2})\)\Z"
)
# "1.", "1", "4.2", "16.03.7", "118/18", "23/24.5", "2503.", "12)", "A1.", "Item"; not "2019-2020".
NUMBER = re.compile(r"(?:[A-Z]{1,4}[-/]?)?\d{1,4}(?:[./]\d{1,4}){0,4}[a-z]?[.):]?\Z")
# Without a full stop only these open an item where nothing else shows it: "4.2", "16/17"; not "12".
_SURE = re.compile(r"\d{1,4}(?:[./]\d{1,4})+[.):]?\Z|\d{1,4}[.)]\Z|[A-Z]\d{1,2}[.):]\Z")


def is_bullet(word: str) -> bool:
    """Tell whether a word that opens a line is a bullet."""
    return BULLET.match(word) is not None


def is_marker(word: str) -> bool:
    """Tell whether a word may open an item of a list: "•", "(a)", "4.", "12"."""
    return bool(BULLET.match(word) or LETTER.match(word) or NUMBER.match(word))


def is_sure(word: str) -> bool:
    """Tell whether a word opens an item even where only a space follows: "4.", "(a)", "•"."""
    return bool(
        _SURE.match(word) or LETTER.match(word) or (BULLET.match(word) and word not in "o*–—-")
    )


# A number and the title that a tab without width leaves no space before: "23/045Apologies",
# "4.Finance", "(a)Balances", "PCC-12Minutes"; not "7.30pm", "3G", "12/17B".
_GLUED = re.compile(
    r"(?:(?:[A-Z]{1,6}[-/]?)?\d{1,4}(?:[./-]\d{1,4})+[.:)]?|\d{1,3}[.)]"
    r"|\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|[A-Z]{2,6}-\d{1,4}[.:]?)(?=[A-Z][A-Za-z]{2})"
)


def length_of_number(word: str) -> int:
    """Return how many characters of a word are a number before a title; 0 for an ordinary word."""
    match = _GLUED.match(word)
    return match.end() if match else 0


_LONG = 70  # characters of an item that is no title


def is_list_marker(word: str, text: str, *, is_bold: bool) -> bool:
    """Tell whether a word that opens a paragraph makes it an item of a list.

    Numbers are those of agenda items as often as of lists: a short or bold line keeps its number
    as part of its text.

    Args:
        word: First word of the paragraph.
        text: All of the paragraph.
        is_bold: Whether the text begins bold.
    """
    if BULLET.match(word):
        return word not in "*–—-o" or len(text) > len(word) + 1
    if is_bold:
        return False
    if LETTER.match(word):
        return not word[0].isupper()
    return bool(NUMBER.match(word)) and is_sure(word) and (len(text) > _LONG or text[-1] in ".;")
