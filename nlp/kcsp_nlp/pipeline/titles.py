"""The component `kcsp_names`: names behind a title are people, whatever they look like.

"Mr P M Hill", "Cllrs Marsh, Oduya and Pym", "DCI Loose", "PC 1873 Fearon": the title stays outside,
what follows is the name. The title itself is left to `ner`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.precedence import RULE, overlay
from kcsp_nlp.pipeline.texts import texts_of

# How far back a title may stand: "Cllr. Mrs. P Lane", "PC 1873 Fearon".
_REACH = 4

# Words of a name without its initials, hyphens and particles not counted: "Mr Patrick O'Dowd Hill".
_MOST_WORDS = 3

# Matches "Hill", "O'Dowd", "McAteer", "HILL"; not "hill", "3VA", "U14s".
_NAME_WORD = re.compile(r"[^\W\d_a-zà-ÿ][^\W\d_]*(?:['’][^\W\d_]+)*\Z")
_INITIAL = re.compile(r"[^\W\d_a-z]\.?(?:[^\W\d_a-z]\.?)?\Z")


# Titles that are ordinary words or short forms too: "Deputy Lieutenant", "Garda checkpoints", "PS".
_WORDS_TOO = frozenset(
    [
        "deputy",
        "deputies",
        "master",
        "very",
        "ps",
        "ds",
        "ci",
        "st",
        "hon",
        "father",
        "sister",
        "garda",
        "gardaí",
    ]
)


@cache
def _lists() -> dict[str, frozenset[str]]:
    resource = files("kcsp_nlp") / "data" / "people.json"
    lists = json.loads(resource.read_text(encoding="utf-8"))
    roles = set(lists["roles"]) | set(lists["bodies"])
    return {
        "titles": frozenset(
            {*lists["honorifics"], *lists["councillors"], *lists["ranks"]} - _WORDS_TOO
        ),
        "offices": frozenset(
            {
                *(title for title, single in lists["councillors"].items() if single is None),
                *lists["ranks"],
            }
            - _WORDS_TOO
        ),
        "particles": frozenset(lists["particles"]),
        "post_nominals": frozenset({*lists["post_nominals"], *lists["legislators"]}),
        "not_names": frozenset({*lists["not_names"], *(roles - set(lists["surnames"]))}),
    }


def post_nominals() -> frozenset[str]:
    """Return what may follow a name without belonging to it, in lower case: "obe", "mp"."""
    return _lists()["post_nominals"]


def offices() -> frozenset[str]:
    """Return titles of one person that are an office or a rank, in lower case: "cllr", "dci"."""
    return _lists()["offices"]


def not_names() -> frozenset[str]:
    """Return words that are no name by themselves, in lower case: months, roles, bodies."""
    return _lists()["not_names"]


def is_titled(doc: Doc, start: int) -> bool:
    """Tell whether a title stands right before token `start`.

    Full stops, collar numbers and initials between the two are passed over.
    """
    for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
        token = doc[at]
        if token.lower_.rstrip(".") in _lists()["titles"] and token.text[0].isupper():
            return True
        if not (token.text in (".", "\n") or token.is_digit or _INITIAL.match(token.text)):
            return False
    return False


@Language.component("kcsp_names", requires=["doc.ents"], assigns=["doc.ents"])
def tag_titled_names(doc: Doc) -> Doc:
    """Tag names behind a title where `ner` found none, or something else than a person."""
    people = {
        token for ent in doc.ents if ent.label_ == "PERSON" for token in range(ent.start, ent.end)
    }
    overlay(doc, [span for span in _titled(doc) if people.isdisjoint(range(span.start, span.end))])
    return doc


def _titled(doc: Doc) -> Iterator[Span]:
    texts, titles = texts_of(doc), _lists()["titles"]
    found = {
        text for text in set(texts) if text[0].isupper() and text.lower().rstrip(".") in titles
    }
    for at, text in enumerate(texts):
        if text not in found:
            continue
        start = at + 1
        while start < len(doc) and (doc[start].text in (".", "\n") or doc[start].is_digit):
            start += 1
        end = _name_end(doc, start)
        if end is not None:
            yield Span(doc, start, end, label="PERSON", span_id=RULE)


def _name_end(doc: Doc, start: int) -> int | None:
    """Return where the name that begins at token `start` ends; None where none begins there."""
    lists = _lists()
    at, words, last = start, 0, None
    while at < len(doc) and words < _MOST_WORDS:
        text, lower = doc[at].text, doc[at].lower_
        if lower.rstrip(".") in lists["titles"] and words == 0 and at == start:
            return None  # "Cllr. Mrs. P Lane": the nearer title finds it
        if lower in lists["post_nominals"] and words:
            break
        if _NAME_WORD.match(text) and len(text) > 1 and lower not in lists["not_names"]:
            words += 1
            last = at + 1
        elif not (_INITIAL.match(text) or lower in lists["particles"] or text in (".", "-")):
            break
        if doc[at].text == "." and words:
            break
        at += 1
    return last
