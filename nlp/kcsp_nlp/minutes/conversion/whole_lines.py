"""Marks set on every line, or on lines of their own: fences, quotes, bold, hashes, bullets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kcsp_nlp.minutes.conversion.view import Edit

# Opens or closes a block of code: "```", "~~~ text"; not "``a``".
_FENCE = re.compile(r"(?m)^[ ]{0,3}(?:`{3,}|~{3,})[\w-]{0,20}[ \t]*(?:\n|\Z)")
# A line of a quotation: "> Present", ">> Ash"; not "->".
_QUOTED = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
# Bold from end to end: "- **Present: Ash**"; not "**Present:** Ash".
_BOLD = re.compile(r"(?P<lead>[ \t]*(?:[-*•][ \t]+)?)\*\*(?P<held>[^*]+)\*\*(?P<tail>[ \t]*)$")
# A heading: "# Present"; not "#4".
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?=\S)")
# Hashes behind a heading: "## Present ##"; not "C #".
_CLOSED = re.compile(r"(?m)^(?P<head>#{1,6}[ ][^\n]*?\S)[ \t]+#{1,6}[ \t]*$")
# Under a heading: "=====", "-----"; not "=", "- -".
_UNDERLINE = re.compile(r"(?m)^(?:={3,200}|-{3,200})[ \t]*$")
# A bullet of a symbol font, or one that stands for it: "\uf0b7 Ash", "§ Ash", "➢ Ash"; not "§ 4".
_SYMBOL = re.compile(r"(?m)^[ \t]*(?P<mark>[\uf000-\uf0ff§Ø■□▪◆❖➢➤►‣⁃∙●○])(?=[ \t]+[^\s\d])")
# A bullet that was a small circle: "o Ash"; not "or Ash".
_CIRCLE = re.compile(r"(?m)^[ \t]*(?P<mark>o)(?=[ \t]+[A-Z\d*])")
# A bullet that a converter set before the page's own: "- • Ash"; not "- 3".
_DOUBLED = re.compile(r"(?m)^[ \t]*[-*][ \t]+(?P<own>[•·●▪\uf0b7o§-][ \t]+)(?=[^\s-])")
# A bullet with a line to itself: "•\nAsh"; not "-\n\n".
_ALONE = re.compile(r"(?m)^[ \t]*[•●▪\uf0b7·][ \t]*(?P<gap>\n{1,2}[ \t]*)(?=[^\s•●▪·|#])")
_BULLET = "•"
_LEAST = 8  # lines: fewer say nothing of a document
_NEARLY_ALL = 0.9
_MOST = 0.6
_LEVEL = 0.8
_LONG_TITLE = 100
_SLACK = 3
_PAIR = 2
_SENTENCES = 0.1

_Lines = list[tuple[int, str]]


def find_line_marks(text: str) -> Iterator[Edit]:
    """Yield marks that set no line off from others; offsets into `text`."""
    yield from _bullets(text)
    if "```" in text or "~~~" in text:
        for match in _FENCE.finditer(text):
            yield Edit(*match.span())
    if "#" in text:
        for match in _CLOSED.finditer(text):
            yield Edit(match.end("head"), match.end())
    lines: _Lines = []
    at = 0
    for line in text.split("\n"):
        if line.strip() and not line.startswith("|"):
            lines.append((at, line))
        at += len(line) + 1
    if len(lines) >= _LEAST:
        yield from _set_in(lines)
        yield from _quoted(text)
        yield from _all_bold(lines)
        yield from _all_headings(lines)


def _bullets(text: str) -> Iterator[Edit]:
    for match in _SYMBOL.finditer(text):
        yield Edit(*match.span("mark"), _BULLET)
    circles = list(_CIRCLE.finditer(text))
    for match in circles if len(circles) >= _PAIR else ():
        yield Edit(*match.span("mark"), _BULLET)
    for match in _DOUBLED.finditer(text):
        yield Edit(*match.span("own"))
    alone = list(_ALONE.finditer(text))
    for match in alone if len(alone) >= _PAIR else ():
        yield Edit(*match.span("gap"), " ")


def _set_in(lines: _Lines) -> Iterator[Edit]:
    """Yield the white space that every line without hashes begins with."""
    bare = [(at, line) for at, line in lines if line[0] != "#"]
    depth = min((len(line) - len(line.lstrip(" ")) for _, line in bare), default=0)
    for at, _ in bare if depth > 1 else ():
        yield Edit(at, at + depth)


def _quoted(text: str) -> Iterator[Edit]:
    """Yield the quote marks of a text of which nearly every line is quoted."""
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(line.lstrip().startswith(">") for line in lines) < _NEARLY_ALL * len(lines):
        return
    at = 0
    for line in text.split("\n"):
        match = _QUOTED.match(line)
        if match:
            yield Edit(at, at + match.end())
        at += len(line) + 1


def _all_bold(lines: _Lines) -> Iterator[Edit]:
    """Yield the marks of bold lines where most of the text is bold: they set nothing off."""
    bold = [(at, match) for at, line in lines if (match := _BOLD.match(line))]
    held = sum(len(match["held"]) for _, match in bold)
    if held < _MOST * sum(len(line) for _, line in lines) or len(bold) < _LEAST:
        return
    for at, match in bold:
        yield Edit(at + match.end("lead"), at + match.start("held"))
        yield Edit(at + match.end("held"), at + match.start("tail"))


def _all_headings(lines: _Lines) -> Iterator[Edit]:
    """Yield the hashes of one level where most lines have it, sentences among them."""
    found = [(at, line, match) for at, line in lines if (match := _HEADING.match(line))]
    if len(found) < _LEAST:
        return
    level, count = Counter(match["marks"] for _, _, match in found).most_common(1)[0]
    of_level = [each for each in found if each[2]["marks"] == level]
    ended = sum(line.rstrip()[-1] in ".,;" for _, line, _ in of_level)
    if count < _MOST / 2 * len(lines) or ended < _SENTENCES * count:
        return
    for at, _, match in of_level:
        yield Edit(at, at + match.end())


def find_underlined(text: str) -> Iterator[Edit]:
    """Yield the lines under headings, which get hashes instead; offsets into `text`."""
    if "\n===" not in text and "\n---" not in text:
        return
    rules = [found for match in _UNDERLINE.finditer(text) if (found := _title(text, match))]
    if len(rules) < _PAIR:
        return
    for start, end, match in rules:
        yield Edit(start, start, "# " if match[0][0] == "=" else "## ")
        yield Edit(end, match.end())


def _title(text: str, rule: re.Match[str]) -> tuple[int, int, re.Match[str]] | None:
    """Return the bounds of the title that a rule underlines; None where it underlines none."""
    end = rule.start() - 1
    if end <= 0:
        return None
    start = text.rfind("\n", 0, end) + 1
    title = text[start:end]
    near = abs(len(title.rstrip()) - len(rule[0].rstrip())) <= _SLACK
    apart = start == 0 or text[max(0, start - 2) : start] == "\n\n"
    bare = title.strip() and title.lstrip()[0] not in "|#>-"
    return (start, end, rule) if near and apart and bare and len(title) <= _LONG_TITLE else None
