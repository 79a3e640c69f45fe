"""The component `kcsp_roles`: where an office ends and its body begins.

"KCC Cabinet Member" is a body and an office, so is "Head of Youth Service South" where the service
is a body elsewhere in the document; "Director of Public Health" is an office alone. A rank without
a name behind it ("Garda checkpoints") is none, letters behind a name ("OBE", "MSP") are neither
office nor person, and the Police and Crime Commissioner is an office, not a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.precedence import RULE, without_overlaps
from kcsp_nlp.pipeline.titles import offices, post_nominals
from kcsp_nlp.registers.bodies import find_bodies

# Ranks that are ordinary words of the police as well; a person's only where a name follows.
_RANK_OR_FORCE = frozenset({"garda", "gardaí", "gardai"})

# What members of a group are called: nobody's office.
_NOBODY = frozenset({"partnership member", "partnership members"})

# A role that ends in one of them goes on.
_GOES_ON = frozenset({"for", "of", "and", "&"})
_PREFIXES = frozenset({"co", "vice", "deputy", "ex"})

# Short forms before an office that are a part of it: "DA Lead", "HR Manager", "PA to the Clerk".
_SHORTEST_BODY = 3

# An office that is written like a body, with the place that stays outside. Matches "Kent Police and
# Crime Commissioners"; not "Association of Police and Crime Commissioners".
_COMMISSIONER = re.compile(
    r"(?:[A-Z][\w'’-]*(?:\s+(?:and|&)\s+|\s+))*?"
    r"((?:Deputy\s+|Assistant\s+)?Police,?\s+(?:Fire\s+)?and\s+Crime\s+Commissioners?)\Z"
)

Words = tuple[str, ...]


@Language.component("kcsp_roles", requires=["doc.ents"], assigns=["doc.ents"])
def divide_roles(doc: Doc) -> Doc:
    """Divide roles that hold a body, and drop ranks that nobody holds."""
    bodies = {_words(ent) for ent in doc.ents if ent.label_ == "ORG"}
    people = {ent.start for ent in doc.ents if ent.label_ == "PERSON"}
    spans: list[Span] = []
    names = {ent.end for ent in doc.ents if ent.label_ == "PERSON"}
    for ent in _join_cut(doc):
        if ent.label_ != "MONEY" and _is_post_nominal(doc, ent, names):
            continue
        if ent.label_ == "ORG":
            spans.append(_commissioner(doc, ent) or ent)
        elif ent.label_ == "PERSON":
            spans.extend(_part_title(doc, ent))
        elif ent.label_ != "ROLE":
            spans.append(ent)
        elif _is_held(ent, people):
            spans.extend(_divide(doc, ent, bodies))
    doc.set_ents(list(without_overlaps(spans)), default="outside")
    return doc


def _is_held(role: Span, people: set[int]) -> bool:
    """Tell whether a role is somebody's: no rank without a name, no member of a group."""
    text = " ".join(role.text.lower().split())
    return text not in _NOBODY and (text not in _RANK_OR_FORCE or role.end in people)


def _join_cut(doc: Doc) -> Iterator[Span]:
    """Yield the entities, a role that breaks off joined to what it goes on with.

    "Cabinet Member for" and "Adult Services" on the next line are one; "Co-" belongs to "Chair".
    """
    held: Span | None = None
    for ent in doc.ents:
        if (
            held is not None
            and ent.label_ in ("ROLE", "ORG")
            and _adjoins(doc, held.end, ent.start)
        ):
            held = Span(doc, held.start, ent.end, label="ROLE", span_id=held.ent_id_)
        else:
            if held is not None:
                yield held
            held = ent
            if ent.label_ == "ROLE" and _is_prefixed(doc, ent.start):
                held = Span(doc, ent.start - 2, ent.end, label="ROLE", span_id=ent.ent_id_)
        if held.label_ != "ROLE" or held[-1].lower_ not in _GOES_ON:
            yield held
            held = None
    if held is not None:
        yield held


def _adjoins(doc: Doc, end: int, start: int) -> bool:
    """Tell whether nothing stands between two tokens but one line end."""
    between = doc[end:start].text
    return not between.strip() and "\n\n" not in between


def _is_prefixed(doc: Doc, start: int) -> bool:
    """Tell whether a hyphen and a prefix stand before a role: "Co-" of "Co-Chair"."""
    if start < 2 or doc[start - 1].text != "-" or doc[start - 1].whitespace_:  # noqa: PLR2004
        return False
    return doc[start - 2].lower_ in _PREFIXES and not doc[start - 2].ent_type_


def _part_title(doc: Doc, person: Span) -> Iterator[Span]:
    """Yield a person, and before it the office that the name begins with: "Ald Baird"."""
    start = person.start
    while start + 1 < person.end and doc[start].lower_ in offices():
        start += 1
        if doc[start].text == ".":
            start += 1
    if person.start < start < person.end:
        yield Span(doc, person.start, start, label="ROLE", span_id=RULE)
        person = Span(doc, start, person.end, label="PERSON", span_id=person.ent_id_)
    yield person


def _is_post_nominal(doc: Doc, ent: Span, names: set[int]) -> bool:
    """Tell whether an entity is letters behind a name: "Hill, OBE", "Ann Rao MSP"."""
    if ent.text.lower() not in post_nominals():
        return False
    before = ent.start - 1 if ent.start and doc[ent.start - 1].text == "," else ent.start
    return ent.start in names or before in names


def _commissioner(doc: Doc, ent: Span) -> Span | None:
    """Return the office where a body is none; None where it is one."""
    match = _COMMISSIONER.match(ent.text)
    if match is None:
        if ent[-1].lower_ == "commissioner" and not any(token.lower_ == "of" for token in ent):
            return Span(doc, ent.start, ent.end, label="ROLE", span_id=RULE)
        return None
    begin = ent.start_char + match.start(1)
    return doc.char_span(begin, ent.end_char, label="ROLE", span_id=RULE)


def _divide(doc: Doc, role: Span, bodies: set[Words]) -> Iterator[Span]:
    """Yield a role, or the body and the office that it is made of."""
    first = role[0]
    if len(role) > 1 and _is_short_form(first.text) and _is_body(first.text, bodies):
        yield Span(doc, role.start, role.start + 1, label="ORG", span_id=RULE)
        role = Span(doc, role.start + 1, role.end, label="ROLE", span_id=role.ent_id_)
    for token in role[1:-1]:
        if token.lower_ != "of":
            continue
        tail = token.i + (2 if doc[token.i + 1].lower_ == "the" else 1)
        if tail < role.end and _words(doc[tail : role.end]) in bodies:
            yield Span(doc, role.start, token.i, label="ROLE", span_id=role.ent_id_)
            yield Span(doc, tail, role.end, label="ORG", span_id=RULE)
            return
    yield role


def _is_short_form(text: str) -> bool:
    return len(text) >= _SHORTEST_BODY and text.isupper() and text.isalpha()


def _is_body(text: str, bodies: set[Words]) -> bool:
    return (text,) in bodies or any(True for _ in find_bodies([text]))


def _words(span: Span) -> Words:
    return tuple(token.text for token in span if not token.is_space)
