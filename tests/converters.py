"""What converters do to minutes: labelled documents damaged on purpose, labels moved along.

One function per kind of damage, in `DAMAGES` by its name. Each takes a text and a generator of
chance and returns the pieces that the damaged text is made of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kcsp_nlp.labels.corpus import LabelledAction, LabelledItem, LabelledMinutes

# Where a tagger is not scored: a span that holds a mark or a blank line.
_MARKS = re.compile(r"[*#|\\<>\[\]{}]|(?<!\w)_|_(?!\w)|\n[^\S\n]*\n|\f|\w\n")
_TABLE = re.compile(r"(?m)(?:^[ ]{0,3}\|.*\|[ \t]*(?:\n|\Z)){2,}")
_RULE = re.compile(r"[\s|:=-]+\Z")
_BREAKS = (1100, 2200)


@dataclass(frozen=True)
class Edit:
    """Stretch of a text and what it becomes; an insertion where both offsets are the same."""

    start: int
    end: int
    new: str


@dataclass
class Moved:
    """A damaged text and where each code point of the undamaged one has gone."""

    text: str = ""
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    @classmethod
    def by(cls, text: str, edits: Iterable[Edit]) -> Moved:
        pieces: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        at = length = 0
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            if edit.start < at:
                continue
            pieces += [text[at : edit.start], edit.new]
            begins.extend(range(length, length + edit.start - at))
            ends.extend(range(length + 1, length + edit.start - at + 1))
            length += edit.start - at
            for index in range(edit.end - edit.start):
                near = min(index, len(edit.new))
                last = index == edit.end - edit.start - 1
                begins.append(length + near)
                ends.append(length + (len(edit.new) if last else near))
            length += len(edit.new)
            at = edit.end
        pieces.append(text[at:])
        begins.extend(range(length, length + len(text) - at))
        ends.extend(range(length + 1, length + len(text) - at + 1))
        return cls("".join(pieces), begins, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.begins[start], self.ends[end - 1]


@dataclass(frozen=True)
class Damaged:
    """A damaged document; mentions that no labeller could mark are `unscored`."""

    minutes: LabelledMinutes
    unscored: tuple[tuple[int, int], ...]


Damage = Callable[[str, random.Random], Iterable[Edit]]
DAMAGES: dict[str, Damage] = {}


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


def damaged(minutes: LabelledMinutes, kind: str, seed: int = 0) -> Damaged | None:
    """Damage a document; None where there is nothing in it that this kind could damage."""
    chance = random.Random(f"{kind} {minutes.id} {seed}")
    moved = Moved.by(minutes.text, DAMAGES[kind](minutes.text, chance))
    return None if moved.text == minutes.text else relabelled(minutes, moved)


def relabelled(minutes: LabelledMinutes, moved: Moved) -> Damaged:
    text = moved.text
    spans: list[tuple[int, int, str]] = []
    unscored: list[tuple[int, int]] = []
    for start, end, label in minutes.spans:
        begin, stop = moved.span(start, end)
        held = text[begin:stop]
        last = spans[-1][1] if spans else 0
        if begin < last or held != held.strip() or not held or _MARKS.search(held):
            unscored.append((begin, stop))
        else:
            spans.append((begin, stop, label))
    items = [_moved_item(item, moved, minutes.text) for item in minutes.items]
    fields = minutes.model_dump(by_alias=True) | {
        "text": text,
        "spans": spans,
        "items": [item.model_dump() for item in items],
    }
    return Damaged(LabelledMinutes.model_validate(fields), tuple(unscored))


def _moved_item(item: LabelledItem, moved: Moved, before: str) -> LabelledItem:
    start = moved.begins[item.start]
    if item.start:  # what was put before a heading on its own line belongs to it
        above = moved.ends[item.start - 1]
        line = moved.text.rfind("\n", above, start) + 1
        start = max(above, line)
    elif "\n" not in moved.text[:start]:
        start = 0
    return item.model_copy(
        update={
            "start": start,
            "decisions": tuple(moved.span(*each) for each in item.decisions),
            "actions": tuple(
                LabelledAction(
                    span=moved.span(*each.span) if each.span else None, owners=each.owners
                )
                for each in item.actions
            ),
        }
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _replaced(pattern: str, text: str, new: Callable[[re.Match[str]], str]) -> Iterator[Edit]:
    for match in re.finditer(pattern, text):
        yield Edit(match.start(), match.end(), new(match))


def _in_table(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TABLE.finditer(text)]


def _outside(place: int, held: Sequence[tuple[int, int]]) -> bool:
    return not any(start <= place < end for start, end in held)


# --- pages -----------------------------------------------------------------------------------


def _cuts(text: str, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Where pages end: at a space or a line end, the first early, inside the list of people."""
    tables = _in_table(text)
    places = [
        match.span()
        for match in re.finditer(r"(?<=[\w,;.)]) (?=[\w(])|\n+", text)
        if _outside(match.start(), tables)
    ]
    at = chance.randint(250, 700)
    for start, end in places:
        if start >= at:
            yield start, end
            at = start + chance.randint(*_BREAKS)


def _paged(text: str, chance: random.Random, mark: Callable[[int], str]) -> Iterator[Edit]:
    for number, (start, end) in enumerate(_cuts(text, chance), start=1):
        yield Edit(start, end, mark(number))


@damage
def form_feed(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda _: "\n\f")


@damage
def form_feed_numbered(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n{number}\n\n\f")


@damage
def page_comment(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n<!-- page {number} -->\n\n")


@damage
def page_break_comment(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda _: "\n\n<!-- PageBreak -->\n\n")


@damage
def page_rule(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n{number}\n\n---\n\n")


@damage
def page_long_rule(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda _: "\n\n-----\n\n")


@damage
def page_marker(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n{{{number}}}{'-' * 48}\n\n")


@damage
def page_picture(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n![](_page_{number}_Picture_1.jpeg)\n\n")


@damage
def page_anchor(text: str, chance: random.Random) -> Iterator[Edit]:
    number = 0
    tables = _in_table(text)
    for start, line in _lines(text):
        if line.strip() and _outside(start, tables) and chance.random() < 0.3:
            number += 1
            at = start + len(re.match(r"[ ]*#*[ ]*", line)[0])  # type: ignore[index]
            yield Edit(at, at, f'<span id="page-{number}-0"></span>')


@damage
def page_link(text: str, chance: random.Random) -> Iterator[Edit]:
    tables = _in_table(text)
    for match in re.finditer(r"(?<=\w)(?= \w)", text):
        if _outside(match.start(), tables) and chance.random() < 0.01:
            yield Edit(match.start(), match.start(), "[](#page-2)")


@damage
def page_number(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n{number}\n\n")


@damage
def running_header(text: str, chance: random.Random) -> Iterator[Edit]:
    head = "Minutes of the meeting – DRAFT until approved"
    return _paged(text, chance, lambda number: f"\n\nPage {number} of 9\n\n{head}\n\n")


@damage
def running_footer_tight(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(
        text, chance, lambda number: f"\nSigned: ........................ Chair\n{number}\n"
    )


@damage
def running_header_bold(text: str, chance: random.Random) -> Iterator[Edit]:
    return _paged(text, chance, lambda number: f"\n\n**Minutes 2024/25**\n\nPage | {number}\n\n")


# --- white space -----------------------------------------------------------------------------


@damage
def double_spaced(text: str, chance: random.Random) -> Iterator[Edit]:
    tables = _in_table(text)
    for match in re.finditer(r"(?<!\n)\n(?!\n)", text):
        if _outside(match.start(), tables):
            yield Edit(match.start(), match.end(), "\n\n")


@damage
def hard_wrapped(text: str, chance: random.Random) -> Iterator[Edit]:
    width = chance.choice((72, 80, 95))
    tables = _in_table(text)
    lengths = sorted(len(line) for _, line in _lines(text) if line.strip())
    if lengths[int(0.95 * len(lengths))] < 150:
        return  # it is wrapped as it is
    for start, line in _lines(text):
        set_in_columns = "   " in line or "\t" in line
        if len(line) > width and _outside(start, tables) and not line.startswith("#"):
            if set_in_columns:
                continue
            begin = 0
            for match in re.finditer(r"(?<=\S) (?=\S)", line):
                word = re.match(r"\S+", line[match.end() :])
                if match.end() + len(word[0] if word else "") - begin > width:
                    yield Edit(start + match.start(), start + match.end(), "\n")
                    begin = match.end()


@damage
def hard_wrapped_spaced(text: str, chance: random.Random) -> Iterator[Edit]:
    for edit in hard_wrapped(text, chance):
        yield Edit(edit.start, edit.end, "\n\n")


@damage
def hyphenated(text: str, chance: random.Random) -> Iterator[Edit]:
    """Wrap at 80, and part words at line ends."""
    for edit in hard_wrapped(text, chance):
        yield edit
        word = re.compile(r"[a-z]{9,}").match(text, edit.end)
        if word and chance.random() < 0.7:
            at = word.start() + len(word[0]) // 2
            yield Edit(at, at, "-\n")


@damage
def lines_glued(text: str, chance: random.Random) -> Iterator[Edit]:
    """Line ends inside a paragraph are spaces to a renderer."""
    tables = _in_table(text)
    for match in re.finditer(r"(?<=[^\n])\n(?=[^\n])(?![ \t]*(?:[-*•#>|]|\d+[.)])[ \t])", text):
        if _outside(match.start(), tables):
            yield Edit(match.start(), match.end(), " ")


@damage
def blank_lines_lost(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(r"\n\n+", text, lambda _: "\n")


@damage
def indented(text: str, chance: random.Random) -> Iterator[Edit]:
    """pdftotext -layout sets everything in."""
    for start, line in _lines(text):
        if line.strip() and not line.startswith(("|", "#")):
            yield Edit(start, start, "    ")


@damage
def trailing_spaces(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        if line.strip():
            yield Edit(start + len(line), start + len(line), "  ")


@damage
def double_spaces(text: str, chance: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\w) (?=\w)", text):
        if chance.random() < 0.1:
            yield Edit(match.start(), match.end(), "  ")


@damage
def spaces_nbsp(text: str, chance: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\S) (?=\S)", text):
        if chance.random() < 0.15:
            yield Edit(match.start(), match.end(), chance.choice("\xa0\xa0\u2009\u202f"))


# --- characters ------------------------------------------------------------------------------


@damage
def escapes(text: str, chance: random.Random) -> Iterator[Edit]:
    r"""`1\.`, `\-`, `\[`, `\_` as markdown writers set them."""
    return _replaced(
        r"(?m)^([ \t]*\d+)(?=\.[ \t])|(?<!\\)(?=[\[\]_])|^(?=-[ \t])|(?<=\s)(?=[-~]\s)",
        text,
        lambda match: f"{match[1] or ''}\\",
    )


@damage
def escapes_pandoc(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(r"(?<!\\)['\"$@#<>~^](?![ #])|\.\.\.", text, lambda match: f"\\{match[0]}")


@damage
def entities(text: str, chance: random.Random) -> Iterator[Edit]:
    names = {"&": "&amp;", "£": "&pound;", "’": "&#8217;", "–": "&ndash;", "“": "&ldquo;"}
    names |= {"”": "&rdquo;", "'": "&#39;", '"': "&quot;", "é": "&eacute;", "…": "&hellip;"}
    return _replaced("[" + "".join(names) + "]", text, lambda match: names[match[0]])


@damage
def entities_nbsp(text: str, chance: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\S) (?=\S)", text):
        if chance.random() < 0.1:
            yield Edit(match.start(), match.end(), "&nbsp;")


@damage
def soft_hyphens(text: str, chance: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=[a-z]{3})(?=[a-z]{3})", text):
        if chance.random() < 0.08:
            yield Edit(match.start(), match.start(), "\xad")


@damage
def zero_width(text: str, chance: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"\b", text):
        if match.start() and chance.random() < 0.06:
            yield Edit(
                match.start(), match.start(), chance.choice("\u200b\u200b\ufeff\u200c\u2060")
            )


@damage
def ligatures(text: str, chance: random.Random) -> Iterator[Edit]:
    forms = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
    return _replaced("ffi|ffl|ff|fi|fl", text, lambda match: forms[match[0]])


@damage
def quotes_curled(text: str, chance: random.Random) -> Iterator[Edit]:
    yield from _replaced(r"(?<=\w)'(?=\w)", text, lambda _: "’")
    yield from _replaced(r'(?<!\w)"(?=\w)', text, lambda _: "“")
    yield from _replaced(r'(?<=[\w.,])"(?!\w)', text, lambda _: "”")


@damage
def quotes_straight(text: str, chance: random.Random) -> Iterator[Edit]:
    forms = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-"}
    return _replaced("[’‘“”–]", text, lambda match: forms[match[0]])


# --- marks -----------------------------------------------------------------------------------


@damage
def html_breaks(text: str, chance: random.Random) -> Iterator[Edit]:
    tables = _in_table(text)
    for start, line in _lines(text):
        if line.strip() and _outside(start, tables) and not line.startswith("#"):
            yield Edit(start + len(line), start + len(line), "<br>")


@damage
def html_underlined(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        match = re.match(r"([ \t]*(?:#+[ ]+|[-*][ ]+)?)(.*?)([ \t]*)$", line)
        short = match and 3 < len(match[2]) < 60 and "|" not in line
        if match and short and chance.random() < 0.6:
            yield Edit(start + match.start(2), start + match.start(2), "<u>")
            yield Edit(start + match.end(2), start + match.end(2), "</u>")


@damage
def html_sup(text: str, chance: random.Random) -> Iterator[Edit]:
    yield from _replaced(r"(?<=\d)(?:st|nd|rd|th)\b", text, lambda match: f"<sup>{match[0]}</sup>")
    for match in re.finditer(r"(?<=[a-z]{3})(?=[ .,;\n])", text):
        if chance.random() < 0.02:
            yield Edit(match.start(), match.start(), "<sup>1</sup>")


@damage
def html_spans(text: str, chance: random.Random) -> Iterator[Edit]:
    tables = _in_table(text)
    for start, line in _lines(text):
        match = re.match(r"([ \t]*(?:#+[ ]+|[-*][ ]+)?)(.*?)([ \t]*)$", line)
        if match and match[2] and _outside(start, tables) and chance.random() < 0.5:
            yield Edit(start + match.start(2), start + match.start(2), '<span style="color:#000">')
            yield Edit(start + match.end(2), start + match.end(2), "</span>")


@damage
def bold_words(text: str, chance: random.Random) -> Iterator[Edit]:
    """Every word of what is bold is bold by itself, and every word of the list of people."""
    for match in re.finditer(r"(?<![*\\])\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*(?!\*)", text):
        for space in re.finditer(r"(?<=[^\s:]) (?=\S)", match[1]):
            at = match.start(1) + space.start()
            yield Edit(at, at + 1, "** **")
    for start, line in _lines(text[:1500]):
        if not set("*|#_") & set(line) and 5 < len(line) < 60 and start > 200:
            for word in re.finditer(r"\S*\w\S*", line):
                yield Edit(start + word.start(), start + word.start(), "**")
                yield Edit(start + word.end(), start + word.end(), "**")


@damage
def bold_cut(text: str, chance: random.Random) -> Iterator[Edit]:
    """Bold that begins or ends inside a word."""
    for match in re.finditer(r"(?<=\b[A-Z])(?=[a-z]{3,}\b[^*\n]{0,40}$)", text, re.MULTILINE):
        if chance.random() < 0.3:
            yield Edit(match.start(), match.start(), "****")


@damage
def italic_resolved(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(
        r"(?<![*_\w])(?:RESOLVED|Resolved|AGREED|ACTION|Action|Present|Apologies)(?![*_\w])",
        text,
        lambda match: f"*{match[0]}*",
    )


@damage
def all_bold(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        body = re.match(r"[ \t]*(?:[-*•][ ]+)?", line)
        if line.strip() and body and not set("*#|") & set(line[body.end() :]):
            yield Edit(start + body.end(), start + body.end(), "**")
            yield Edit(start + len(line.rstrip()), start + len(line.rstrip()), "**")


@damage
def all_headings(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        if line.strip() and not re.match(r"[ \t]*[#|*•>-]", line) and len(line) < 90:
            yield Edit(start, start, "# ")


@damage
def heading_levels(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(r"(?m)^#{1,6}(?=[ ])", text, lambda _: "#" * chance.randint(1, 5))


@damage
def headings_lost(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(r"(?m)^#{1,6}[ ]+", text, lambda _: "")


@damage
def emphasis_lost(text: str, chance: random.Random) -> Iterator[Edit]:
    return _replaced(r"\*\*+", text, lambda _: "")


@damage
def setext(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        match = re.match(r"(#{1,6})[ ]+(?=\S)", line)
        if match:
            yield Edit(start, start + match.end(), "")
            mark = ("=" if len(match[1]) == 1 else "-") * len(line[match.end() :].rstrip())
            yield Edit(start + len(line), start + len(line), f"\n{mark}")


@damage
def closed_headings(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        match = re.match(r"(#{1,6})[ ]", line)
        if match:
            yield Edit(start + len(line), start + len(line), f" {match[1]}")


@damage
def heading_anchors(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        match = re.match(r"(#{1,6})[ ]", line)
        if match:
            yield Edit(start + len(line), start + len(line), " {#heading-1 .unnumbered}")


def _bullets(text: str, mark: str) -> Iterator[Edit]:
    for match in re.finditer(r"(?m)^([ \t]*)[-*•](?=[ \t]+\S)", text):
        yield Edit(match.end() - 1, match.end(), mark)


@damage
def bullets_dot(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "•")


@damage
def bullets_o(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "o")


@damage
def bullets_symbol(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "\uf0b7")


@damage
def bullets_section(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "§")


@damage
def bullets_doubled(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "- •")


@damage
def bullets_middot(text: str, chance: random.Random) -> Iterator[Edit]:
    return _bullets(text, "·")


@damage
def bullets_alone(text: str, chance: random.Random) -> Iterator[Edit]:
    """A bullet has a line to itself, its text the next."""
    for match in re.finditer(r"(?m)^[ \t]*[-*•]([ \t]+)(?=\S)", text):
        yield Edit(match.start(), match.end(), "•\n")


@damage
def numbers_in_list(text: str, chance: random.Random) -> Iterator[Edit]:
    r"""Numbers escaped, `1\.`, or as a list `1)`."""
    return _replaced(r"(?m)^([ \t]*\d{1,3})\.(?=[ \t])", text, lambda match: f"{match[1]}\\.")


@damage
def links(text: str, chance: random.Random) -> Iterator[Edit]:
    """Names of two or three words become links."""
    yield from _replaced(
        r"(?<![\[\]\w|*_])[\w.+-]+@[\w-]+\.[\w.]+\w", text, lambda m: f"[{m[0]}](mailto:{m[0]})"
    )
    pattern = r"(?<![\[\]\w|*_#.@/-])[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}(?![\]\w*_@/-])"
    for match in re.finditer(pattern, text):
        if chance.random() < 0.25:
            yield Edit(match.start(), match.start(), "[")
            yield Edit(match.end(), match.end(), "](https://example.org/people/12)")


@damage
def autolinks(text: str, chance: random.Random) -> Iterator[Edit]:
    pattern = r"(?<=\n)((?:- |\* |\d+\. )?[A-Z][a-z]+ [A-Z][a-z]+)(?=[ ,\n(])"
    for match in re.finditer(pattern, text):
        yield Edit(match.end(), match.end(), " <a.person@example.org>")


@damage
def footnotes(text: str, chance: random.Random) -> Iterator[Edit]:
    number = 0
    tables = _in_table(text)
    for match in re.finditer(r"(?<=[a-z]{3})(?=[ .,;\n])", text):
        if chance.random() < 0.03 and _outside(match.start(), tables):
            number += 1
            yield Edit(match.start(), match.start(), f"[^{number}]")


@damage
def code_fences(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, end in _in_table(text):
        yield Edit(start, start, "```\n")
        yield Edit(end, end, "```\n")


@damage
def fenced_whole(text: str, chance: random.Random) -> Iterator[Edit]:
    yield Edit(0, 0, "```markdown\n")
    yield Edit(len(text), len(text), "\n```\n")


@damage
def block_quotes(text: str, chance: random.Random) -> Iterator[Edit]:
    for start, line in _lines(text):
        yield Edit(start, start, "> " if line else ">")


@damage
def front_matter(text: str, chance: random.Random) -> Iterator[Edit]:
    if not text.startswith(("---", "+++")):
        yield Edit(
            0,
            0,
            '---\ntitle: "Minutes of a meeting"\nauthor: Clerk\ntags: [minutes, "2024"]\n---\n\n',
        )


@damage
def front_matter_toml(text: str, chance: random.Random) -> Iterator[Edit]:
    if not text.startswith(("---", "+++")):
        yield Edit(
            0, 0, '+++\ntitle = "Minutes of a meeting"\nauthor = "Clerk"\ndraft = false\n+++\n\n'
        )


# --- tables ----------------------------------------------------------------------------------


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
    """Yield each row of a table: where it begins, the row, and the bounds of its cells."""
    for at, line in _lines(text[start:end].rstrip("\n")):
        bars = [bar.start() for bar in re.finditer(r"(?<!\\)\|", line)]
        cells = []
        for left, right in pairwise(bars):
            held = line[left + 1 : right]
            lead = len(held) - len(held.lstrip())
            cells.append(
                (start + at + left + 1 + lead, start + at + left + 1 + lead + len(held.strip()))
            )
        yield start + at, line, cells


def _set(
    text: str,
    row: tuple[int, str, list[tuple[int, int]]],
    marks: tuple[str, str, str],
    widths: Sequence[int] = (),
) -> Iterator[Edit]:
    """Set a row's cells between other marks, padded where widths are given."""
    start, line, cells = row
    opening, between, closing = marks
    at = start
    before = 0
    for number, (left, right) in enumerate(cells):
        begin = max(left, at)
        pad = " " * (widths[number - 1] - before) if widths and number else ""
        yield Edit(at, begin, opening if number == 0 else pad + between)
        at = max(right, begin)
        before = at - begin
    pad = " " * (widths[len(cells) - 1] - before) if widths and cells else ""
    yield Edit(at, start + len(line), pad + closing)


def _tables(text: str) -> Iterator[tuple[list[tuple[int, str, list[tuple[int, int]]]], int, int]]:
    for start, end in _in_table(text):
        rows = list(_rows(text, start, end))
        if len(rows) > 1 and _RULE.match(rows[1][1]) and all(cells for _, _, cells in rows):
            yield rows, start, end


def _widths(rows: Sequence[tuple[int, str, list[tuple[int, int]]]]) -> list[int]:
    count = max(len(cells) for _, _, cells in rows)
    widths = [3] * count
    for index, (_, _, cells) in enumerate(rows):
        for number, (left, right) in enumerate(cells):
            if index != 1:
                widths[number] = max(widths[number], right - left)
    return widths


@damage
def tables_html(text: str, chance: random.Random) -> Iterator[Edit]:
    for rows, _, _ in _tables(text):
        for index, row in enumerate(rows):
            if index == 1:
                yield Edit(row[0], row[0] + len(row[1]) + 1, "")
                continue
            cell = "th" if index == 0 else "td"
            opening = "<table>\n<tr>" * (index == 0) or "<tr>"
            closing = "</tr>" + "\n</table>" * (row is rows[-1])
            marks = (f"{opening}<{cell}>", f"</{cell}><{cell}>", f"</{cell}>{closing}")
            yield from _set(text, row, marks)


@damage
def tables_html_lines(text: str, chance: random.Random) -> Iterator[Edit]:
    """One tag a line, as pretty printers set them."""
    for rows, _, _ in _tables(text):
        for index, row in enumerate(rows):
            if index == 1:
                yield Edit(row[0], row[0] + len(row[1]) + 1, "")
                continue
            opening = '<table border="1">\n  <tbody>\n' * (index == 0)
            closing = "</tr>" + "\n  </tbody>\n</table>" * (row is rows[-1])
            marks = (
                f"{opening}    <tr><td>",
                '</td>\n      <td colspan="1">',
                f"</td>{closing}",
            )
            yield from _set(text, row, marks)


@damage
def tables_grid(text: str, chance: random.Random) -> Iterator[Edit]:
    for rows, _, _ in _tables(text):
        widths = _widths(rows)
        rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
        for index, row in enumerate(rows):
            if index == 1:
                yield Edit(row[0], row[0] + len(row[1]), rule.replace("-", "="))
                continue
            opening = f"{rule}\n| " if index == 0 else "| "
            closing = " |" + (f"\n{rule}" if index > 1 else "")
            yield from _set(text, row, (opening, " | ", closing), widths)


@damage
def tables_simple(text: str, chance: random.Random) -> Iterator[Edit]:
    for rows, _, _ in _tables(text):
        widths = _widths(rows)
        if sum(widths) > 200:
            continue
        for index, row in enumerate(rows):
            if index == 1:
                rule = "  ".join("-" * width for width in widths)
                yield Edit(row[0], row[0] + len(row[1]), f"  {rule}")
            else:
                yield from _set(text, row, ("  ", "  ", ""), widths)


@damage
def tables_headless(text: str, chance: random.Random) -> Iterator[Edit]:
    """The header row becomes the first of the body under an empty one."""
    for rows, start, _ in _tables(text):
        count = len(rows[0][2])
        yield Edit(start, start, "|  " * count + "|\n" + "|---" * count + "|\n")
        yield Edit(rows[1][0], rows[1][0] + len(rows[1][1]) + 1, "")


@damage
def tables_ruleless(text: str, chance: random.Random) -> Iterator[Edit]:
    """The rule under the header is lost."""
    for rows, _, _ in _tables(text):
        yield Edit(rows[1][0], rows[1][0] + len(rows[1][1]) + 1, "")


@damage
def tables_empty_columns(text: str, chance: random.Random) -> Iterator[Edit]:
    for rows, _, _ in _tables(text):
        for start, line, _ in rows:
            rule = "---" if _RULE.match(line) else "  "
            first = start + line.index("|")
            yield Edit(first, first + 1, f"|{rule}|")
            last = start + len(line.rstrip()) - 1
            yield Edit(last, last + 1, f"|{rule}|")


@damage
def tables_unnamed(text: str, chance: random.Random) -> Iterator[Edit]:
    """pandas and markitdown name empty heads."""
    for rows, start, _ in _tables(text):
        count = len(rows[0][2])
        head = "|" + "|".join(f" Unnamed: {number} " for number in range(count)) + "|\n"
        yield Edit(start, start, head + "|---" * count + "|\n")
        yield Edit(rows[1][0], rows[1][0] + len(rows[1][1]) + 1, "")


@damage
def tables_nan(text: str, chance: random.Random) -> Iterator[Edit]:
    """Empty cells read NaN."""
    for rows, _, _ in _tables(text):
        for index, (_, _, cells) in enumerate(rows):
            for left, right in cells if index != 1 else ():
                if left == right:
                    yield Edit(left, right, " NaN ")


@damage
def tables_bold_cells(text: str, chance: random.Random) -> Iterator[Edit]:
    for rows, _, _ in _tables(text):
        for index, (_, _, cells) in enumerate(rows):
            for left, right in cells if index != 1 else ():
                if right - left > 1 and "*" not in text[left:right] and "<" not in text[left:right]:
                    yield Edit(left, left, "**")
                    yield Edit(right, right, "**")


@damage
def tables_broken_cells(text: str, chance: random.Random) -> Iterator[Edit]:
    """A line of a cell breaks in `<br>` where the column was narrow."""
    for rows, _, _ in _tables(text):
        for index, (_, _, cells) in enumerate(rows):
            for left, right in cells if index != 1 else ():
                for match in re.finditer(r"(?<=[\w)]) (?=[\w(])", text[left:right]):
                    if match.start() > 14 and chance.random() < 0.2:
                        yield Edit(left + match.start(), left + match.end(), "<br>")


@damage
def tables_barless(text: str, chance: random.Random) -> Iterator[Edit]:
    """Rows without outer bars."""
    for rows, _, _ in _tables(text):
        for row in rows:
            if _RULE.match(row[1]):
                yield Edit(row[0], row[0] + len(row[1]), " | ".join("---" for _ in row[2]))
            elif len(row[2]) > 1 and row[2][0][0] < row[2][0][1]:
                yield from _set(text, row, ("", " | ", ""))


@damage
def tables_tabbed(text: str, chance: random.Random) -> Iterator[Edit]:
    """Copied from Word: cells parted by tabs."""
    for rows, _, _ in _tables(text):
        for row in rows:
            if _RULE.match(row[1]):
                yield Edit(row[0], row[0] + len(row[1]) + 1, "")
            else:
                yield from _set(text, row, ("", "\t", ""))


@damage
def tables_listed(text: str, chance: random.Random) -> Iterator[Edit]:
    """Each cell on a line of its own, row by row."""
    for rows, _, _ in _tables(text):
        for row in rows:
            if _RULE.match(row[1]):
                yield Edit(row[0], row[0] + len(row[1]) + 1, "")
            else:
                yield from _set(text, row, ("", "\n\n", "\n"))


# --- whole minutes in a table ----------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """How minutes are put into a table.

    Attributes:
        heads: Heads of its columns; empty ones for a table without.
        is_bold: Whether heads, numbers and titles are bold.
        by_paragraph: Whether every paragraph has a row, with an empty number before it.
        is_numbered: Whether the number has a column of its own; otherwise it is before the title.
        is_titled: Whether the title has a column of its own.
        page: Rows after which the heads stand again; 0 for never.
        actions: What stands in the last column: "" for nothing, "initials", "sentences".
        nothing: What stands there where nothing is to be done.
        line_end: What parts the lines of a cell.
    """

    heads: tuple[str, ...]
    is_bold: bool = False
    by_paragraph: bool = False
    is_numbered: bool = True
    is_titled: bool = False
    page: int = 0
    actions: str = ""
    nothing: str = ""
    line_end: str = "<br>"


TABLED = {
    "minutes_table": Table(("No", "Item", "Action")),
    "minutes_table_bold": Table(("No.", "Item / Discussion", "Action / By whom"), is_bold=True),
    "minutes_table_paragraphs": Table(("", "Item", "Action"), is_bold=True, by_paragraph=True),
    "minutes_table_pages": Table(
        ("Item", "Discussion", "Action by"), by_paragraph=True, is_bold=True, page=6
    ),
    "minutes_table_two": Table(("Minute", "Action"), is_bold=True, is_numbered=False),
    "minutes_table_titles": Table(("No", "Agenda item", "Notes", "Owner"), is_titled=True),
    "minutes_table_title_first": Table(
        ("Agenda item", "Discussion", "Lead"), is_bold=True, is_numbered=False, is_titled=True
    ),
    "minutes_table_headless": Table(("", "", ""), is_bold=True, nothing="-"),
    "minutes_table_initials": Table(
        ("Item", "Key points", "By whom"), is_bold=True, by_paragraph=True, actions="initials"
    ),
    "minutes_table_sentences": Table(
        ("No", "Discussion", "Actions"), is_bold=True, actions="sentences", nothing="None"
    ),
    "minutes_table_tasks": Table(
        ("Item", "What was said", "Who does what"),
        by_paragraph=True,
        actions="sentences",
        line_end=" <br> ",
        page=8,
    ),
    "minutes_table_tabs": Table(("No", "Item", "Action"), actions="sentences", line_end="\t"),
}

# What a sentence that goes into the action column stands behind: "noted. ", "\n\nAction: ".
_BEFORE_ACTION = re.compile(
    r"(?:(?<=[.!?)\]:])|(?<=[.!?][\"”’])|(?=\s*\n))\s+[*_]*(?:[-•]\s+)?"
    r"(?:[*_]*(?:ACTIONS?|Actions?)(?:[ ][\w/.]{1,6})?\s?[:–-][*_]*\s*)?\Z"
)


def tabled(minutes: LabelledMinutes, kind: str = "minutes_table") -> Damaged | None:
    """Put all items into rows; None where they have no numbers or hold tables of their own."""
    text, table = minutes.text, TABLED[kind]
    if not minutes.items or any(not item.number for item in minutes.items):
        return None
    if "|" in text[minutes.items[0].start :]:
        return None
    head = _row_of([f"**{each}**" if each and table.is_bold else each for each in table.heads])
    head += "|" + " --- |" * len(table.heads) + "\n"
    first = minutes.items[0].start
    edits = [Edit(first, first, head if text[first - 1 : first] in ("", "\n") else f"\n\n{head}")]
    rows = 0
    for item, (start, end) in zip(minutes.items, minutes.item_ranges(), strict=True):
        if table.page and rows >= table.page:
            edits.append(Edit(start, start, f"\n{head}"))
            rows = 0
        made = _tabled_item(text, item, (start, end), table)
        if made is None:
            return None
        edits += made
        rows += sum(edit.new.count("|\n") for edit in made)
    edits[-1] = Edit(edits[-1].start, edits[-1].end, edits[-1].new + "\n")
    return relabelled(minutes, Moved.by(text, edits))


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _tabled_item(
    text: str, item: LabelledItem, bounds: tuple[int, int], table: Table
) -> list[Edit] | None:
    """Put an item into one row or, with `by_paragraph`, into one for each paragraph."""
    start, end = bounds
    words = r"[\W_]+".join(map(re.escape, re.findall(r"\w+", item.title or "")))
    pattern = rf"[\s#*_]*{re.escape(item.number or '')}[.):]?[ \t*_–-]*(?P<title>{words}[?!)’”]?)"
    heading = re.match(pattern + r"[*_]*[ .:]*[*_]*\s*", text[start:end], re.IGNORECASE)
    if not words or not heading:
        return None
    mark = "**" if table.is_bold else ""
    opening = (
        f"{mark}{item.number}{mark} | {mark}" if table.is_numbered else f"{mark}{item.number}. "
    )
    left, right = start + heading.start("title"), start + heading.end("title")
    edits = [Edit(start, left, f"| {opening}")]
    stop = start + len(text[start:end].rstrip())
    body = min(start + heading.end(), stop)
    empty = "| " + "|  " * (table.is_numbered + table.is_titled)
    if table.is_titled:
        behind = f"{mark} | "
    elif table.by_paragraph:
        behind = f"{mark} | {table.nothing} |\n{empty}" if body < stop else mark
    else:
        behind = mark + table.line_end if body < stop else mark
    edits.append(Edit(right, body, behind))
    breaks = list(re.finditer(r"\n\s*\n\s*", text[body:stop])) if table.by_paragraph else []
    at = body
    for begin, after in [*((body + m.start(), body + m.end()) for m in breaks), (stop, end)]:
        cut, cell = _action_cell(text, item, (at, begin), table)
        edits += cut
        edits += [
            Edit(at + match.start(), at + match.end(), table.line_end)
            for match in re.finditer(r"\s*\n\s*", text[at:begin])
            if not any(edit.start <= at + match.start() < edit.end for edit in cut)
        ]
        closing = " |" if cell is None else f" | {cell} |"
        edits.append(Edit(begin, after, closing + (f"\n{empty}" if after < end else "\n")))
        at = after
    return edits


def _initials(owner: str) -> str:
    """Return the initials of a first and a last name; what is less, as printed."""
    words = owner.split()
    is_name = len(words) > 1 and all(word[0].isupper() and word[1:].islower() for word in words)
    is_titled = words[0].rstrip(".") in (
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Cllr",
        "Councillor",
        "Sir",
    )
    return "".join(word[0] for word in words) if is_name and not is_titled else owner


def _action_cell(
    text: str, item: LabelledItem, bounds: tuple[int, int], table: Table
) -> tuple[list[Edit], str | None]:
    """Return what stands in the last cell of a row; edits and None where the text moves there."""
    start, end = bounds
    inside = [each for each in item.actions if each.span and start <= each.span[0] < end]
    if table.actions == "initials" and len(inside) == 1 and inside[0].owners:
        return [], "/".join(map(_initials, inside[0].owners))
    edits: list[Edit] = []
    at = end
    for each in reversed(inside if table.actions == "sentences" else []):
        first, last = each.span or (end, end)
        before = _BEFORE_ACTION.search(text, start, first)
        if text[last:at].strip(" .)]*_\n") or before is None or before.start() <= start:
            break
        if edits:
            edits[-1] = Edit(edits[-1].start, edits[-1].end, table.line_end)
        edits.append(Edit(before.start(), first, " | "))
        at = before.start()
    return edits, None if edits else table.nothing
