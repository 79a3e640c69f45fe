"""What an agenda item says about a topic, as named numbers.

A real item is long and its subject may stand in two sentences of it, so nothing is measured
over the item alone: an item is cut into sentences, each is searched for the terms of every
topic, and the sentences are pooled. A handful of pooled figures carries the decision; what its
other words say is one figure more (see `words`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from math import log1p
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

# Part of a model's card: raise it whenever the same item gives other features.
FEATURE_VERSION = 3

# An agenda item of this many characters is a whole book; the rest of it is not looked at, so
# that a hostile document costs no more than a long one.
TEXT_LIMIT = 200_000
_TITLE_LIMIT = 1_000

Offsets = tuple[int, int, str]
Features = dict[str, float]

# The token that any sum of money is.
MONEY = "£"
_STOPS = frozenset(".!?")
_LONGEST_SENTENCE = 80
_SHORTEST_PLURAL = 4
# Any sum; what is left of a mention is blanked, so that offsets hold.
_REPLACED = {"MONEY": "£1", "PERSON": ""}
# Small beside the pooled figures, so that the penalty lets those decide and not single terms.
_TERM_VALUE = 0.4

# The feature that says what the words say, and its value per unit of their log-odds. Small, so
# that the penalty lets the taxonomy decide: words learnt from labelled minutes carry over to
# other writers less well than terms do.
WORDS = "words"
WORDS_VALUE = 0.25

# A sum, a word, a number, the end of a sentence or of a line.
# "£1.20 to Women's Aid. 639" -> "£1.20" "to" "Women's" "Aid" "." "639"; not "_ _ |"
_TOKEN = re.compile(
    r"[£€$] ?\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,4})?|\d{1,3}p\b"
    r"|[^\W\d_][\w'’]{0,60}|\d{1,20}|[.!?](?=\s|$)|\n\s*"
)
# What opens a list, a table row or a heading.
_OPENS_LINE = frozenset("-*•|#")
# What joins the last members of a list.
_JOINING = (["and"], ["or"], ["&"])
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
    """What an item says: its features and the sentences they were read from."""

    features: Features
    sentences: list[list[str]]


@dataclass
class _Tally:
    """What was found of one topic: its terms, and how many sentences hold what."""

    terms: set[str] = field(default_factory=set)
    sentences: Counter[str] = field(default_factory=Counter)
    densest_terms: int = 0
    densest_hints: int = 0


class _Words(NamedTuple):
    dealing: frozenset[str]
    procedural: frozenset[str]
    passing: frozenset[str]


class _Sentence(NamedTuple):
    """A sentence as words to be compared, and what only its printed form tells.

    Attributes:
        tokens: Its words, normalised.
        parted: For each word whether a comma follows it.
        capital: For each word whether it begins with a capital.
    """

    tokens: list[str]
    parted: list[bool]
    capital: list[bool]

    def names_in_passing(self, start: int, end: int) -> bool:
        """Tell whether words stand as one of a list or as part of a name in mid-sentence.

        "drink, low mood and gangs", "courses on Suicide Awareness and First Aid".

        Args:
            start: Index of the first word.
            end: One past the last.
        """
        before, after = self.tokens[start - 1 : start], self.tokens[end : end + 1]
        comma_before, comma_after = self.parted[start - 1] if start else False, self.parted[end - 1]
        listed = (comma_before or before in _JOINING) and (comma_after or after in _JOINING)
        return listed and (comma_before or comma_after)


@cache
def _general_words() -> _Words:
    """Return the words that matter to every topic: of dealing with, procedure, mere mention."""
    source = resources.files("kcsp_nlp") / "data" / "topic_words.json"
    held = json.loads(source.read_text(encoding="utf-8"))
    return _Words(*(frozenset(held[kind]) for kind in _Words._fields))


@lru_cache(maxsize=1 << 16)
def normalise(token: str) -> str:
    """Return the form in which words are compared: lower case, no possessive, no plural s."""
    first = token[0]
    if first in "£€$" or (first.isdigit() and token.endswith("p")):
        return MONEY
    if first.isdigit():
        return token
    word = token.lower().replace("’", "'").strip("'_").removesuffix("'s")
    if len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    # "grants", "refuges"; not "abuss", "crisis", "status"
    return word[:-1] if word.endswith("s") and word[-2] not in "siu" else word


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


def sentences(text: str) -> Iterator[list[str]]:
    """Cut a text into sentences of normalised tokens; a sum of money is the token "£"."""
    for held in located(text):
        yield [normalise(found[0]) for found in held]


def located(text: str) -> Iterator[list[re.Match[str]]]:
    """Cut a text into sentences of tokens as they stand, with where they stand."""
    held: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        found = match[0]
        if found[0] == "\n":
            # After a blank line that a converter put there the sentence goes on in lower case.
            following = text[match.end() : match.end() + 1]
            ends = following in _OPENS_LINE or (found.count("\n") > 1 and not following.islower())
        elif found in _STOPS:
            ends = True
        else:
            held.append(match)
            ends = len(held) >= _LONGEST_SENTENCE
        if ends and held:
            yield held
            held = []
    if held:
        yield held


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
                    words = tuple(normalise(word) for word in _words(phrase))
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
        held = [_read(text, found) for found in located(text)]
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
        return Said(out, said)

    def _tally(self, sentence: _Sentence, sums: int, tallies: list[_Tally]) -> None:
        """Add one sentence, in which so many sums of money stand, to what was found."""
        tokens = sentence.tokens
        found: dict[int, set[tuple[str, str]]] = {}
        plain: set[int] = set()
        for at, phrase in self.find(tokens):
            found.setdefault(phrase.topic, set()).add((phrase.kind, phrase.name))
            after = at + 1 + len(phrase.rest)
            if phrase.kind == "terms" and not sentence.names_in_passing(at, after):
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
                seen["term"] += 1
                seen["dealt_with"] += dealt_with
                seen["plain"] += index in plain
                seen["plain_dealt_with"] += index in plain and dealt_with
            if sums:
                against = len(phrases) > len(terms) + hints
                kind = "against" if against else "term" if terms else "hint"
                seen[f"money_{kind}"] += 1
                seen["money_decided"] += not (against or _DECIDED.isdisjoint(tokens))


def _read(text: str, found: Sequence[re.Match[str]]) -> _Sentence:
    """Return a sentence, given where its words stand in a text."""
    return _Sentence(
        tokens=[normalise(word[0]) for word in found],
        parted=[text[word.end() : word.end() + 1] in {",", ";"} for word in found],
        capital=[word[0][0].isupper() for word in found],
    )


def with_words(features: Features, topics: Sequence[Topic], scores: Sequence[float]) -> Features:
    """Return the features together with what the words say of each topic, as log-odds."""
    said = {
        f"{topic.name}:{WORDS}": WORDS_VALUE * float(score)
        for topic, score in zip(topics, scores, strict=True)
    }
    return features | said


def without_money(features: Features, topic: Topic) -> Features:
    """Return the features of the same item, had it named no sum."""
    hidden = f"{topic.name}:money"
    return {name: value for name, value in features.items() if not name.startswith(hidden)}


def _words(phrase: str) -> list[str]:
    return [found for found in _TOKEN.findall(phrase) if found not in _STOPS]
