"""Find the titles of Acts, Bills, Orders, Regulations and Measures in plain text.

A title is read backwards from its last word (`Act`) over capitalised and small joining words,
and forwards over a nation in brackets and a year. Where it begins is settled by the register of
Acts when the title is known, else by the words that cannot begin one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kcsp_nlp.registers.legislation import statutes

GAP = r"(?:[ \t\xa0]{1,4}(?:\n[ \t]{0,20})?|\n[ \t]{0,20})"

# matches: Act  BILL  Regulations    does not match: Actions  Actual
# (Looking behind after the first letter lets the engine skip to that letter.)
_HEAD = re.compile(
    r"(?:[Aa](?<![\w'’-].)cts?|A(?<![\w'’-].)CTS?|B(?<![\w'’-].)(?:ill|ILL)|M(?<!\w.)easure"
    r"|O(?<![\w'’-].)(?:rder|RDER)|R(?<![\w'’-].)(?:eg(?:ulation)?s|EGULATIONS|ules))(?![\w-])"
)
# matches: " (Northern Ireland) 2011"  " (2014)"  " (PACE) 1984"    does not match: " 2019/20"
_TAIL = re.compile(
    rf"(?:{GAP}?\((?P<nation>Northern\s{{1,20}}Ireland|N\.?I\.?|Scotland|Wales|England)\))?"
    rf"(?:{GAP}\(No\.?\s?\d\))?"
    rf"(?P<short>{GAP}\([A-Z]{{2,9}}\)(?={GAP}(?:1[89]|20)\d\d))?"
    rf"(?P<dated>(?:,?{GAP}(?P<year>1[2-9]\d\d|20\d\d)|{GAP}\((?P<round>1[2-9]\d\d|20\d\d)\))"
    r"(?:(?:[-–]|\s(?:to|[-–])\s)(?:1[89]|20)\d\d|/\d{3,4})?(?!\d|[/-]\d))?"
)
# matches: Violence  Off-street  N.I.  12A  (  &    does not match: **
_TOKEN = re.compile(r"\n[ \t]*\n|etc\.?|[^\W\d_][\w'’-]*(?:\.[A-Z]\.?)*|\d+|[(),&]|\S")
# matches: Deddf Llesiant Cenedlaethau’r Dyfodol (Cymru) 2015    does not match: y Ddeddf
_WELSH = re.compile(
    r"(?P<title>Deddf(?:\s{1,3}\(?[^\W\d_][\w'’-]{0,30}[,)]{0,2}){1,16}?)\s{1,3}(?P<year>20[0-3]\d)"
)
# matches: "under the "  "The "  "draft "    does not match: "breathe "
_LED = re.compile(r"(?i)\b(?:the|under|draft)\s{1,20}$")
# matches: "under the "    does not match: "the "
_UNDER = re.compile(r"(?i)\bunder\s{1,20}(?:the\s{1,20})?$")
# matches: " Committee"    does not match: ". Committee"
_NEXT_WORD = re.compile(r"\s{1,20}([A-Za-z-]+)")
# Where a title cannot reach across: looking for these first spares reading the words.
_BARRIERS = ("\n\n", ";", ":", "|", "*")
_REACH = 280
_FEW = 2


@dataclass(frozen=True, slots=True)
class ActTitle:
    """A title as it stands: half-open offsets, the title without its year, and the year."""

    start: int
    end: int
    title: str
    year: int | None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    depth: int

    @property
    def small(self) -> bool:
        joining = words("joining")
        return self.text in joining or (self.text.isupper() and self.text.lower() in joining)

    @property
    def opens(self) -> bool:
        return self.depth == 0 and self.text[0].isupper() and not self.small


@cache
def words(group: str) -> frozenset[str]:
    """Return one of the lists of `data/legislation/words.json`."""
    source = resources.files("kcsp_nlp").joinpath("data/legislation/words.json")
    return frozenset(json.loads(source.read_text(encoding="utf-8"))[group])


def find_act_titles(text: str) -> list[ActTitle]:
    """Return the titles in `text`, sorted, not overlapping; offsets are code points of `text`."""
    found: list[ActTitle] = []
    floor = last = 0
    for head in _HEAD.finditer(text):
        tail = _TAIL.match(text, head.end())
        title = _title_at(text, head, tail, floor) if tail else None
        if title and found and title.start < found[-1].end:
            found.pop()  # `… Act 1988 (Amendment) Order 2025` is one title
        if title:
            found.append(title)
        ends = title and not text.startswith(" (", title.end)
        # a title holds two heads at most (`Public Order Act`)
        floor = title.end if title and ends else max(floor, last)
        last = head.end()
    welsh = (
        ActTitle(m.start(), m.end(), m["title"], int(m["year"])) for m in _WELSH.finditer(text)
    )
    return sorted([*found, *welsh], key=lambda title: title.start)


def _title_at(text: str, head: re.Match[str], tail: re.Match[str], floor: int) -> ActTitle | None:
    year = int(tail["year"] or tail["round"] or 0) or None
    if not head[0].lower().startswith(("act", "bill")) and not tail["dated"]:
        return None
    loose = bool(year) and head[0].islower()
    run = _run_before(text, head.start(), floor, loose)
    if not run:
        return None
    end = tail.end() if tail["dated"] or tail["nation"] else head.end()
    named_end = tail.start("short" if tail["short"] else "dated") if tail["dated"] else end
    start = _Candidate(text, run, head, end, named_end, year).start()
    if start is None:
        return None
    return ActTitle(start, end, " ".join(text[start:named_end].split()), year)


def _run_before(text: str, end: int, floor: int, loose: bool) -> list[_Token]:
    """Return the tokens before `end` that a title may consist of, in reading order.

    Loosely read, words need no capital; only the register can then say that they are a title.
    """
    run: list[_Token] = []
    depth = 0
    floor = max(floor, end - _REACH)
    floor = max(floor, *(text.rfind(mark, floor, end) for mark in _BARRIERS))
    tokens = list(_TOKEN.finditer(text, floor, end))
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        word = token[0]
        depth += word == ")"
        if word == "(" and not depth:
            break
        if word not in "()" and not (
            (loose and word[0].isalpha())
            or _belongs(word, depth, run, tokens[at - 1][0] if at else "")
        ):
            break
        run.append(_Token(token.start(), token.end(), word, depth))
        depth -= word == "("
    while depth and run and run[-1].depth:  # a bracket opened before the reach, or never
        run.pop()
    run.reverse()
    first = next((at for at, token in enumerate(run) if token.opens or loose), len(run))
    return run[first:]


def _belongs(word: str, depth: int, run: list[_Token], before: str) -> bool:
    after = run[-1].text if run else ""
    if word in ("Act", "Bill") and not depth and after != "(" and not after.isdigit():
        return False
    if word[0].isalpha():
        return bool(depth) or word[0].isupper() or word in words("joining") or word[:3] == "etc"
    if word.isdigit():  # the year of an Act that an Order amends; `16 to 19`; `No. 2` in brackets
        amended = before in ("Act", "Order", "Regulations") and after == "("
        return bool(depth or amended or (len(word) <= _FEW and before.isalpha() and run))
    return word in ",&" or (bool(depth) and word in ".-/")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A head word with the run of words before it: decides where the title begins, if it does."""

    text: str
    run: list[_Token]
    head: re.Match[str]
    end: int
    named_end: int
    year: int | None

    def start(self) -> int | None:
        if self.run[-1].small or self.run[-1].text == ",":
            return None
        exact = self._known_start(self.year) if self.year else None
        if exact is not None or (not self.year and self._goes_on()):
            return exact
        title_only = self._known_start(None)
        head = self.head[0]
        if head.islower():
            return title_only if title_only is not None and self._is_noun(title_only) else None
        if not self.year and (head.isupper() or head == "Acts"):
            return title_only
        plain = self._plain_start()
        if plain is None or (title_only is not None and title_only <= plain):
            return title_only
        return plain if self._stands(plain) else title_only

    def _goes_on(self) -> bool:
        """Tell whether the word after it makes the Act part of a body, a role or a sentence."""
        if self.head[0].lower() == "bill" and self.run[-1].text.lower() in words("invoices"):
            return True
        after = _NEXT_WORD.match(self.text, self.end)
        if not after:
            return False
        if self.head[0] == "Acts" and after[1][0].isupper():
            return True
        return after[1] in words("after_a_body") or (
            len(self.run) == 1 and after[1] in words("after_a_verb")
        )

    def _is_noun(self, start: int) -> bool:
        """Tell `under the Police act` and `Data Protection act` from `Police act quickly`."""
        if self.year:
            return False
        title = self.text[start : self.head.start()].split()
        led = _UNDER.search(self.text, max(0, start - 30), start)
        return bool(led) or (len(title) > 1 and not title[-1].endswith("s"))

    def _known_start(self, year: int | None) -> int | None:
        kind = self.head[0].lower()
        head = "Act" if kind in ("act", "acts", "bill") else self.head[0]
        rest = head + self.text[self.head.end() : self.named_end]
        loose = bool(year) and self.head[0].islower()
        for token in self.run:
            if token.opens or (loose and token.depth == 0 and token.text[0].isalpha()):
                title = self.text[token.start : self.head.start()] + rest
                if statutes().named(title, year) if year else statutes().is_title(title):
                    return token.start
        return None

    def _plain_start(self) -> int | None:
        """Return where an unknown title begins: after the last article, without opening words."""
        run = self.run
        for at in range(len(run) - 1, -1, -1):
            if run[at].depth == 0 and run[at].text.lower() in words("cutting"):
                of = at > 1 and run[at - 1].text == "of" and run[at].text == "the"
                if of and run[at - 2].text in words("before_of_the"):
                    continue  # Protection of the Environment Act
                run = run[at + 1 :]
                break
        while run and (
            not run[0].opens or run[0].text.lower() in words("opening") or self._is_body(run)
        ):
            run = run[1:]
        commas = [at for at, word in enumerate(run) if word.text == "," and word.depth == 0]
        if commas and not any(word.text in ("and", "&", "AND") for word in run[commas[-1] :]):
            run = run[commas[-1] + 1 :]
        return run[0].start if run else None

    def _is_body(self, run: list[_Token]) -> bool:
        """Tell `KCC` before a title from a word of a title in capitals."""
        first = run[0].text
        capitals = first.isupper() and len(first) > 1 and not self.head[0].isupper()
        return capitals and len(run) > 1 and first not in words("capitals_in_titles")

    def _stands(self, start: int) -> bool:
        """Tell whether an unknown title that begins at `start` is one."""
        run = [token for token in self.run if token.start >= start]
        last, kind = run[-1].text.lower(), self.head[0].lower()
        held = {word.text for word in run}
        bracketed = "(" in held
        if kind in ("order", "rules", "measure") and (not bracketed or "Council" in held):
            local = last in words("local_orders") or last in words("house_rules")
            return kind != "measure" and len(run) > _FEW and not local and "Council" not in held
        if self.year:
            return bracketed or kind in ("act", "acts", "bill") or last not in words("house_rules")
        after = _NEXT_WORD.match(self.text, self.head.end())
        if after and after[1][0].isupper():
            return False  # Mr Bill Jones, the One Act Festival
        if kind == "bill":
            named = any(word.text.lower() in words("invoices") for word in self.run)
            return not named and (bracketed or len(run) > 1)
        plain = all(word.opens or word.text in ("and", "of", "&", ",") for word in run)
        led = _LED.search(self.text, max(0, start - 24), start)
        return bool(plain and led) and kind == "act" and last not in words("acts_on_stage")
