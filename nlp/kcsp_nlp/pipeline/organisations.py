"""The component `kcsp_organisations`: what a name's own words say about whether it is a body.

A network that sees four words to each side takes capitalised strategies, funds and reports for
bodies. The last word of a name tells: a review is none, a review board is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.precedence import DOCUMENT, underlay
from kcsp_nlp.pipeline.texts import texts_of
from kcsp_nlp.registers.places import is_place

# A name and its short form. "Kent Housing Group (KHG)"; not "Hill (KCC)".
_SHORT_FORM = re.compile(r"\A[A-Z][A-Za-z0-9&+/-]{1,9}\Z")

# How many words back a short form's long form may begin: "the Police Service of ... (PSNI)".
_LONGEST = 12

# What follows the letters of a reference, where it is one token. "/02", "/YR07"; not "/KCC".
_REFERENCE = re.compile(r"/[A-Z]*\d")

# "DHR's"; not "Members".
_POSSESSIVE = re.compile(r"['’]s$")

# Last words that no office has, unless it is one of the group: "Leader of the Board".
_GROUPS = frozenset(
    {"group", "committee", "board", "panel", "team", "unit", "forum", "partnership"}
)
# What parts the two sides of such a name, or of a body's: "Friends of Ely Park".
_LINKS = frozenset({"of", "to", "for"})

# How many words the name of a part has before "of": "Domestic Abuse Executive Group of the".
_LONGEST_PART = 6

# Months that are names of people too.
_MONTHS = frozenset({"April", "May", "June", "August"})

# Initials that stand for a person: "Emma Wiggins-Roe (EWR)".
_MOST_INITIALS = 4


@dataclass(frozen=True)
class Words:
    """Words that decide, in lower case.

    Attributes:
        not_bodies: A name that ends in one of them is no body.
        strippable: Those that may follow a body's name without belonging to it.
        bodies: A name that ends in one of them is a body.
        never: Names in full that are no body.
        parts: Words for a part of a body: "Executive Group of the Weald Trust" is one name.
        before_month: Words before a month: "in May", "2nd May".
        openings: First words of bodies that go on with "of" or "for": "Friends of Ely Park".
    """

    not_bodies: frozenset[str]
    strippable: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]
    parts: frozenset[str]
    before_month: frozenset[str]
    openings: frozenset[str]


@cache
def words() -> Words:
    """Return the lists; they are read at the first call."""
    resource = files("kcsp_nlp") / "data" / "organisation_words.json"
    lists = json.loads(resource.read_text(encoding="utf-8"))
    return Words(**{name: frozenset(entries) for name, entries in lists.items()})


@Language.component("kcsp_organisations", requires=["doc.ents"], assigns=["doc.ents"])
def judge_organisations(doc: Doc) -> Doc:
    """Drop, shorten or join the organisations that `ner` found, by their own words."""
    short = dict(_short_forms(doc))
    kept: list[Span] = []
    for ent in doc.ents:
        judged = ent if ent.label_ in ("MONEY", "LEGISLATION") else _judge(doc, ent, short)
        if judged is not None:
            kept.append(judged)
    doc.set_ents(list(_join_parts(doc, kept)), default="outside")
    if any(short.values()):
        labelled = ((at, short.get(text)) for at, text in enumerate(texts_of(doc)))
        underlay(
            doc,
            [
                Span(doc, at, at + 1, label=label, span_id=DOCUMENT)
                for at, label in labelled
                if label
            ],
        )
    return doc


def _judge(doc: Doc, ent: Span, short: dict[str, str]) -> Span | None:
    """Return the entity, shortened or with another label where its words say so; None for none."""
    text = ent.text.strip()
    if ent.label_ == "ROLE":
        return Span(doc, ent.start, ent.end, label="ORG") if _is_group(ent) else ent
    if text in short:
        label = short[text]
        return Span(doc, ent.start, ent.end, label=label, span_id=DOCUMENT) if label else None
    if _is_reference(doc, ent) or is_month(ent):
        return None
    if ent.label_ == "PERSON":
        return None if text.isupper() and text.lower() in words().never else ent
    return _judge_organisation(doc, ent)


def _judge_organisation(doc: Doc, ent: Span) -> Span | None:
    """Return an organisation, shortened where its last words do not belong; None for none."""
    text = ent.text.strip()
    if _POSSESSIVE.sub("", text.lower()) in words().never or is_place(text):
        return None
    end = ent.end
    while end > ent.start + 1 and doc[end - 1].lower_ in words().strippable:
        end -= 1
    if end < ent.end and doc[end - 1].lower_ in words().bodies:
        return Span(doc, ent.start, end, label="ORG", span_id=ent.ent_id_)
    # What stands before a bracket decides: "Homicide Review (DHR".
    head = next((token.i for token in ent[1:] if token.text == "("), ent.end)
    if doc[head - 1].lower_ in words().not_bodies and len(ent) > 1 and not _opens(ent):
        return None
    return ent


def _is_group(role: Span) -> bool:
    """Tell whether what was taken for a role is a body: "Strategic Executive Group"."""
    inner = {token.lower_ for token in role}
    return len(role) > 1 and role[-1].lower_ in _GROUPS and inner.isdisjoint(_LINKS)


def _opens(ent: Span) -> bool:
    """Tell whether a name begins as bodies do: "Friends of Ely Park"."""
    opening, joining = ent[0].lower_, ent[1:2].text.lower()
    return joining in _LINKS and opening in words().openings


def _is_reference(doc: Doc, ent: Span) -> bool:
    """Tell whether an entity is letters of a reference: "RR/2008/0021", "SG/02", "12/0074/FL"."""
    if not ent.text.isupper():
        return False
    before = doc[max(0, ent.start - 2) : ent.start].text
    if before.endswith("/") and any(char.isdigit() for char in before):
        return True
    if ent.end + 1 >= len(doc) or ent[-1].whitespace_:
        return False
    mark, figures = doc[ent.end], doc[ent.end + 1]
    if mark.text == "/":
        return not mark.whitespace_ and any(char.isdigit() for char in figures.text)
    return _REFERENCE.match(mark.text) is not None


def is_month(ent: Span) -> bool:
    """Tell whether a name is a month: "2nd May", "in May", "May 2019"; not "Cllr May"."""
    if len(ent) > 1 or ent.text not in _MONTHS:
        return False
    doc = ent.doc
    before = doc[ent.start - 1].lower_ if ent.start else ""
    after = doc[ent.end].text if ent.end < len(doc) else ""
    return before in words().before_month or before.isdigit() or after.isdigit()


def _join_parts(doc: Doc, ents: list[Span]) -> Iterator[Span]:
    """Yield the entities, a part and the body that it is "of" as one."""
    held: Span | None = None
    for ent in (_with_part(doc, ent) for ent in ents):
        if held is not None:
            between = [token.lower_ for token in doc[held.end : ent.start]]
            if ent.label_ == "ORG" and between in (["of"], ["of", "the"]):
                held = Span(doc, held.start, ent.end, label="ORG", span_id=held.ent_id_)
                continue
            yield held
        held = None
        if ent.label_ == "ORG" and ent[-1].lower_ in words().parts:
            held = ent
        else:
            yield ent
    if held is not None:
        yield held


def _with_part(doc: Doc, body: Span) -> Span:
    """Return a body with the part of it named before: "Executive Group of the Weald CSP"."""
    at = body.start - 1
    if body.label_ != "ORG" or at < 1:
        return body
    if doc[at].lower_ == "the":
        at -= 1
    if at < 1 or doc[at].lower_ != "of" or doc[at - 1].lower_ not in words().parts:
        return body
    start = at - 1
    first = max(0, at - _LONGEST_PART)
    while start > first and doc[start - 1].text.istitle() and not doc[start - 1].ent_type_:
        start -= 1
    named = at - start > 1 and doc[at - 1].text[0].isupper() and not doc[at - 1].ent_type_
    return Span(doc, start, body.end, label="ORG", span_id=body.ent_id_) if named else body


def _short_forms(doc: Doc) -> Iterator[tuple[str, str]]:
    """Yield short forms that brackets define, and the label of what they stand for; "" for none."""
    ends = {ent.end: ent for ent in doc.ents}
    texts = texts_of(doc)
    for at in range(1, len(texts) - 2):
        if texts[at] != "(" or texts[at + 2] != ")" or not _SHORT_FORM.match(texts[at + 1]):
            continue
        form = texts[at + 1]
        before = at
        while before > 0 and doc[before - 1].is_space:
            before -= 1
        named = ends.get(before)
        if named is not None and named.label_ == "PERSON":
            if _spells(named, form) and len(form) <= _MOST_INITIALS:
                yield form, "PERSON"
        elif named is not None and named.label_ == "ORG" and _spells(named, form):
            yield form, "" if doc[before - 1].lower_ in words().not_bodies else "ORG"
        elif _long_form(doc, before, form):
            yield form, "ORG" if doc[before - 1].lower_ in words().bodies else ""


def _initials(tokens: Span) -> str:
    return "".join(token.text[0] for token in tokens if token.is_alpha).lower()


def _spells(name: Span, form: str) -> bool:
    """Tell whether a short form's letters are, in order, among the initials of a name."""
    letters = iter(_initials(name))
    return all(letter in letters for letter in form.lower() if letter.isalpha())


def _long_form(doc: Doc, end: int, form: str) -> bool:
    """Tell whether the words before `end` have the initials of a short form, capital by capital."""
    wanted = [letter for letter in form.lower() if letter.isalpha()]
    at = end - 1
    while wanted and at >= 0 and end - at <= _LONGEST:
        token = doc[at]
        if token.is_alpha and token.text[0].lower() == wanted[-1]:
            wanted.pop()
        elif token.is_alpha and token.text[0].isupper():
            return False
        at -= 1
    return not wanted
