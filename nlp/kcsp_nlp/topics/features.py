"""What an agenda item says about a topic, as named numbers.

A real item is long and its subject may stand in two sentences of it, so nothing is measured
over the item alone: an item is cut into sentences, each is searched for the terms of every
topic, and the sentences are pooled. A handful of pooled figures carries the decision; what its
other words say is one figure more (see `words`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import log1p
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.topics.dealing import Hit, mask
from kcsp_nlp.topics.sentences import (
    MONEY,
    Sentence,
    located,
    normalise,
    read_sentence,
    sentences,
    words_of,
)

# Part of a model's card: raise it whenever the same item gives other features.
FEATURE_VERSION = 4

# An agenda item of this many characters is a whole book; the rest of it is not looked at, so
# that a hostile document costs no more than a long one.
TEXT_LIMIT = 200_000
_TITLE_LIMIT = 1_000

Offsets = tuple[int, int, str]
Features = dict[str, float]

# Any sum; what is left of a mention is blanked, so that offsets hold.
_REPLACED = {"MONEY": "£1", "PERSON": ""}
# Small beside the pooled figures, so that the penalty lets those decide and not single terms.
_TERM_VALUE = 0.4

_DECIDED = frozenset({"resolved", "agreed", "approved", "decided", "recommended", "action"})


class Topic(BaseModel):
    """One topic of the taxonomy and the phrases that speak of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    description: str = ""
    terms: tuple[str, ...] = Field(min_length=1)
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    money: bool = False


class TopicItem(NamedTuple):
    """An agenda item as the model sees it.

    Attributes:
        title: The item's heading; None where it has none.
        text: The whole item, its heading included.
        spans: `(start, end, label)` with offsets into `text`, in order. MONEY and PERSON are
            looked at; sums with a currency sign are found without them.
        topics: The item's labels, for training alone.
    """

    title: str | None
    text: str
    spans: Sequence[Offsets] = ()
    topics: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """A phrase of the taxonomy.

    Attributes:
        rest: Its words after the first, normalised.
        topic: Index of its topic.
        kind: "terms", "hints" or "against".
        name: As the taxonomy has it.
    """

    rest: tuple[str, ...]
    topic: int
    kind: str
    name: str


class Said(NamedTuple):
    """What an item says.

    Attributes:
        features: What was counted in it.
        sentences: Its sentences.
        masked: For each topic the sentences with a term of it, without the term; none for topics
            that are made of sums.
    """

    features: Features
    sentences: list[list[str]]
    masked: list[list[list[str]]]


@dataclass
class _Tally:
    """What was found of one topic: its terms, and how many sentences hold what."""

    terms: set[str] = field(default_factory=set)
    sentences: Counter[str] = field(default_factory=Counter)
    masked: list[list[str]] = field(default_factory=list)
    densest_terms: int = 0
    densest_hints: int = 0


class _Words(NamedTuple):
    dealing: frozenset[str]
    procedural: frozenset[str]
    passing: frozenset[str]


@cache
def _general_words() -> _Words:
    """Return the words that matter to every topic: of dealing with, procedure, mere mention."""
    source = resources.files("kcsp_nlp") / "data" / "topic_words.json"
    held = json.loads(source.read_text(encoding="utf-8"))
    return _Words(*(frozenset(held[kind]) for kind in _Words._fields))


def readable(item: TopicItem) -> str:
    """Return an item's text with each MONEY mention as one sum and without names of people.

    So "two million pounds" counts as money, and Councillor Grant does not. Offsets stay.
    """
    text = item.text[:TEXT_LIMIT]
    parts: list[str] = []
    at = 0
    for start, end, label in item.spans:
        if label in _REPLACED and at <= start < end <= len(text):
            parts += (text[at:start], _REPLACED[label].ljust(end - start)[: end - start])
            at = end
    parts.append(text[at:])
    return "".join(parts)


class Lexicon:
    """The phrases of a taxonomy, ready to be found.

    Args:
        topics: The taxonomy; features are named after its topics, in its order.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._by_first: dict[str, list[Phrase]] = {}
        for index, topic in enumerate(self.topics):
            for kind in ("terms", "hints", "against"):
                for phrase in getattr(topic, kind):
                    words = tuple(normalise(word) for word in words_of(phrase))
                    if words:
                        entry = Phrase(words[1:], index, kind, phrase)
                        self._by_first.setdefault(words[0], []).append(entry)
        order = {"against": 0, "terms": 1, "hints": 2}
        for entries in self._by_first.values():
            entries.sort(key=lambda p: (-len(p.rest), order[p.kind], p.topic, p.name))

    def find(self, tokens: Sequence[str]) -> Iterator[tuple[int, Phrase]]:
        """Find phrases in a sentence; among phrases of one topic the longest takes its words.

        Yields:
            The index of a phrase's first token, and the phrase; sorted by index.
        """
        taken = [0] * len(self.topics)
        by_first = self._by_first
        for at, token in enumerate(tokens):
            for phrase in by_first.get(token, ()):
                rest, topic = phrase.rest, phrase.topic
                if at < taken[topic]:
                    continue
                after = at + 1 + len(rest)
                if not rest or tuple(tokens[at + 1 : after]) == rest:
                    taken[topic] = after
                    yield at, phrase

    def features(self, item: TopicItem) -> Features:
        """Return the item's features by name; a feature that is not there is 0."""
        return self.read(item).features

    def read(self, item: TopicItem) -> Said:
        """Return the item's features by name, and its sentences."""
        text = readable(item)
        held = [read_sentence(text, found) for found in located(text)]
        said = [sentence.tokens for sentence in held]
        tallies = [_Tally() for _ in self.topics]
        count = len(said)
        money = 0
        for sentence in held:
            sums = sentence.tokens.count(MONEY)
            money += sums
            self._tally(sentence, sums, tallies)
        title = [
            token for tokens in sentences((item.title or "")[:_TITLE_LIMIT]) for token in tokens
        ]
        procedural = not _general_words().procedural.isdisjoint(title)
        titled = {(phrase.topic, phrase.kind) for _, phrase in self.find(title)}
        out: Features = {}
        for index, (topic, tally) in enumerate(zip(self.topics, tallies, strict=True)):
            seen = tally.sentences
            values = {
                "title_term": float((index, "terms") in titled),
                "title_hint": float((index, "hints") in titled),
                "procedural": float(procedural),
                "any": float(bool(tally.terms)),
                "terms": log1p(len(tally.terms)),
                "term_sentences": log1p(seen["term"]),
                "term_share": seen["term"] / max(count, 1),
                "term_dealt_with": log1p(seen["dealt_with"]),
                "plain": log1p(seen["plain"]),
                "plain_any": float(seen["plain"] > 0),
                "plain_share": seen["plain"] / max(count, 1),
                "plain_dealt_with": log1p(seen["plain_dealt_with"]),
                "densest_terms": log1p(tally.densest_terms),
                "densest_hints": log1p(tally.densest_hints),
                "hint_share": seen["hint"] / max(count, 1),
            }
            if topic.money:
                values |= {
                    "money": log1p(money),
                    "money_any": float(money > 0),
                    "money_term": log1p(seen["money_term"]),
                    "money_hint": log1p(seen["money_hint"]),
                    "money_against": log1p(seen["money_against"]),
                    "money_decided": float(seen["money_decided"] > 0),
                }
            for name in sorted(tally.terms):
                out[f"{topic.name}:term={name}"] = _TERM_VALUE
            out.update({f"{topic.name}:{key}": value for key, value in values.items() if value})
        return Said(out, said, [tally.masked for tally in tallies])

    def _tally(self, sentence: Sentence, sums: int, tallies: list[_Tally]) -> None:
        """Add one sentence, in which so many sums of money stand, to what was found."""
        tokens = sentence.tokens
        found: dict[int, set[tuple[str, str]]] = {}
        hits: list[Hit] = []
        plain: set[int] = set()
        for at, phrase in self.find(tokens):
            found.setdefault(phrase.topic, set()).add((phrase.kind, phrase.name))
            after = at + 1 + len(phrase.rest)
            if phrase.kind == "terms":
                hits.append(Hit(at, after, phrase.topic))
                if not sentence.lists(at, after):
                    plain.add(phrase.topic)
        if not found:
            return
        words = _general_words()
        dealt_with = not words.dealing.isdisjoint(tokens)
        if not words.passing.isdisjoint(tokens):
            plain.clear()
        for index, phrases in found.items():
            tally = tallies[index]
            seen = tally.sentences
            terms = {name for kind, name in phrases if kind == "terms"}
            hints = sum(kind == "hints" for kind, _ in phrases)
            tally.terms |= terms
            tally.densest_terms = max(tally.densest_terms, len(terms))
            tally.densest_hints = max(tally.densest_hints, hints)
            seen["hint"] += hints > 0
            if terms:
                if not self.topics[index].money:
                    tally.masked.append(mask(tokens, hits, index))
                seen["term"] += 1
                seen["dealt_with"] += dealt_with
                seen["plain"] += index in plain
                seen["plain_dealt_with"] += index in plain and dealt_with
            if sums:
                against = len(phrases) > len(terms) + hints
                kind = "against" if against else "term" if terms else "hint"
                seen[f"money_{kind}"] += 1
                seen["money_decided"] += not (against or _DECIDED.isdisjoint(tokens))


def without_money(features: Features, topic: Topic) -> Features:
    """Return the features of the same item, had it named no sum."""
    hidden = f"{topic.name}:money"
    return {name: value for name, value in features.items() if not name.startswith(hidden)}
