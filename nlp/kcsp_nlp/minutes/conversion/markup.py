"""Links, tags, comments, pictures and footnote marks that converters leave in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcsp_nlp.minutes.conversion.view import Edit

# What stands for something that ends a page, on a line of its own.
PAGE = "\f"

# "<!-- page 3 -->"; not "<- so".
_COMMENT = r"<!--(?P<comment>[^<>]{0,300})-->"
# "![](_page_0_Picture_1.jpeg)", "![Crest](crest.png)"; not "[Crest](a)".
_PICTURE = r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,400}\)"
# "<span id='page-1'>", "</u>", "<o:p>"; not "<br>", "<td>", "a < b".
_TAG = (
    r"</?(?:span|a|u|b|i|s|p|strong|em|font|div|ins|del|mark|small|big|strike|center|section"
    r"|article|o:p|tt|label|sub|sup)(?:[ \n][^<>]{0,300})?/?>"
)
# A note's number: "<sup>1</sup>", "[^3]"; not "14<sup>th</sup>" or the note itself, "[^3]: See".
_NOTE = r"<sup>[ ]?\[?\d{1,3}\]?[ ]?</sup>|\[\^[\w-]{1,20}\](?!:)"
# "<clerk@example.org>", "<https://example.org>"; not "<u>".
_AUTOLINK = r"[ ]?<(?:mailto:)?[^\s<>@]{1,80}@[^\s<>]{1,80}>|<https?://[^\s<>]{1,400}>"
_ALL = re.compile(rf"{_COMMENT}|{_PICTURE}|{_NOTE}|{_AUTOLINK}|{_TAG}", re.IGNORECASE)
# A break where the line ends anyway: "Ann Lee<br>"; not "Ann<br>Lee".
_BREAK = re.compile(r"<br[ ]?/?>(?=\n|\Z)", re.IGNORECASE)
# "[Ann Lee](mailto:a@example.org)", "[](#page-2)", "[Ann]{.underline}"; not "[sic]", "[3](a)".
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>[^\[\]\n]{0,200})\]"
    r"(?:\((?:https?:|mailto:|tel:|www\.|#|/|\./|<|[\w%.-]{1,80}\.(?:html?|aspx|pdf|docx?)\b)"
    r"[^()\n]{0,400}\)|\{[.#][^{}\n]{0,80}\})"
)
# Behind a heading: " {#heading-1 .unnumbered}"; not "{sic}".
_ATTRIBUTES = re.compile(r"(?m)[ \t]*\{[#.][^{}\n]{0,100}\}[ \t]*$")
# Emphasis that ends or begins inside a word: "**S**mith"; not "**Present**Cllr".
_IN_WORD = re.compile(r"(?<=\w)\*{2,4}(?=[a-z])")
# Between words that are each bold: "**Cllr** **J**"; not "**Present:** **Cllr**".
_BETWEEN = re.compile(r"(?<=[\w,.)’'&-])\*\*(?P<gap>[ \t]+)\*\*(?=[^\s*])")
_NEAR = 40  # code points
_ANCHORS = ("", "¶", "#", "↑")


def find_tags(text: str) -> Iterator[Edit]:
    """Yield the tags, comments, pictures and links around words; offsets into `text`."""
    if "<" in text or "![" in text or "[^" in text:
        for pattern in (_ALL, _BREAK):
            for match in pattern.finditer(text):
                yield Edit(*match.span())
    if "](" in text or "]{" in text:
        yield from _links(text)


def find_markup(text: str) -> Iterator[Edit]:
    """Yield what is no text of the minutes; offsets into `text`.

    A picture or comment with a line to itself becomes `PAGE`.
    """
    if "<" in text or "![" in text or "[^" in text:
        for match in _ALL.finditer(text):
            yield Edit(*match.span(), PAGE if _ends_page(text, match) else "")
    if "](" in text or "]{" in text:
        yield from _links(text)
    if "{" in text:
        for match in _ATTRIBUTES.finditer(text):
            yield Edit(*match.span())
    if "**" in text:
        for match in _IN_WORD.finditer(text):
            yield Edit(*match.span())
        yield from _bold_words(text)


def _ends_page(text: str, match: re.Match[str]) -> bool:
    """Whether a picture or comment has a line to itself."""
    if match["comment"] is None and text[match.start()] != "!":
        return False
    before = "\n" + text[max(0, match.start() - _NEAR) : match.start()]
    behind = text[match.end() : match.end() + _NEAR] + "\n"
    alone = not before.rsplit("\n", 1)[-1].strip() and not behind.split("\n", 1)[0].strip()
    return alone and (match.start() <= _NEAR or before.count("\n") > 1)


def _links(text: str) -> Iterator[Edit]:
    for match in _LINK.finditer(text):
        start, end = match.span("text")
        if match["text"].strip() in _ANCHORS:
            yield Edit(*match.span())
        else:
            yield Edit(match.start(), start)
            yield Edit(end, match.end())


def _bold_words(text: str) -> Iterator[Edit]:
    """Yield the marks between words that are each bold: what ends bold, and what begins it."""
    line_end = at = 0
    opened = 0
    for match in _BETWEEN.finditer(text):
        if match.start() >= line_end:
            at = text.rfind("\n", at, match.start()) + 1 or at
            line_end = text.find("\n", match.end())
            line_end = line_end if line_end >= 0 else len(text)
            opened = 0
        opened += text.count("**", at, match.start())
        at = match.start()
        if opened % 2:
            yield Edit(match.start(), match.start("gap"))
            yield Edit(match.end("gap"), match.end())
