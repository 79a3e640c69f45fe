"""Where in an item what speaks for a topic stands.

The model is linear: every feature has a share in the log-odds of its topic. The share of a
feature is divided among the mentions it was counted from, so the weights of all mentions add up
to what the item's text contributes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kcsp_nlp.topics.features import Lexicon, TopicItem, readable
from kcsp_nlp.topics.sentences import MONEY, located, normalise
from kcsp_nlp.topics.words import WordModel

# As many as a reader looks at.
_MOST = 10

_Place = tuple[int, int]
# Which mentions a feature was counted from; not there: those of no place ("procedural").
_COUNTED_FROM = {
    "title_term": "terms",
    "any": "terms",
    "terms": "terms",
    "term_sentences": "terms",
    "term_share": "terms",
    "term_dealt_with": "terms",
    "plain": "terms",
    "plain_any": "terms",
    "plain_share": "terms",
    "plain_dealt_with": "terms",
    "densest_terms": "terms",
    "dealing": "terms",
    "title_hint": "hints",
    "densest_hints": "hints",
    "hint_share": "hints",
    "money": "sums",
    "money_any": "sums",
    "money_term": "sums",
    "money_hint": "sums",
    "money_against": "sums",
    "money_decided": "sums",
}


class Mention(NamedTuple):
    """What speaks for a topic.

    Attributes:
        start: First code point in the item's text.
        end: One past the last.
        weight: Its share in the log-odds of the topic, above 0.
    """

    start: int
    end: int
    weight: float


class Shares(NamedTuple):
    """What one topic's features contribute to its log-odds in one item.

    Attributes:
        features: By name, without the topic's.
        word: What one unit of the words' log-odds contributes.
    """

    features: Mapping[str, float]
    word: float


def find_evidence(
    item: TopicItem, lexicon: Lexicon, words: WordModel, shares: Mapping[str, Shares]
) -> dict[str, list[Mention]]:
    """Find the mentions that speak most for each topic.

    Args:
        item: The item.
        lexicon: The taxonomy.
        words: What the words say.
        shares: By topic.

    Returns:
        By topic, in taxonomy order: mentions by weight, heaviest first; empty where nothing
        speaks for the topic.
    """
    cut = list(located(readable(item)))
    sentences = [[normalise(found[0]) for found in sentence] for sentence in cut]
    ends = {start: end for start, end, label in item.spans if label == "MONEY"}
    places: dict[tuple[int, str], list[_Place]] = defaultdict(list)
    sums: list[_Place] = []
    for sentence, tokens in zip(cut, sentences, strict=True):
        for at, phrase in lexicon.find(tokens):
            place = (sentence[at].start(), sentence[at + len(phrase.rest)].end())
            places[phrase.topic, phrase.kind].append(place)
            places[phrase.topic, f"term={phrase.name}"].append(place)
        sums += [
            (found.start(), ends.get(found.start(), found.end()))
            for found, token in zip(sentence, tokens, strict=True)
            if token == MONEY
        ]
    out = {}
    for index, topic in enumerate(lexicon.topics):
        held = shares[topic.name]
        weights: dict[_Place, float] = defaultdict(float)
        for name, share in held.features.items():
            kind = _COUNTED_FROM.get(name, name)
            _spread(share, sums if kind == "sums" else places.get((index, kind), ()), weights)
        speaking = [
            (cut[sentence][token].span(), weight * held.word)
            for sentence, token, weight in words.speaking(sentences, index)
        ]
        _add_words(speaking, weights)
        mentions = [
            Mention(*place, round(weight, 4))
            for place, weight in weights.items()
            if round(weight, 4) > 0
        ]
        out[topic.name] = sorted(mentions, key=lambda m: (-m.weight, m.start))[:_MOST]
    return out


def _spread(share: float, places: Iterable[_Place], weights: dict[_Place, float]) -> None:
    """Divide a share among places."""
    held = list(places)
    for place in held:
        weights[place] += share / len(held)


def _add_words(speaking: Iterable[tuple[_Place, float]], weights: dict[_Place, float]) -> None:
    """Give what a word says to the mention it is part of, or to itself."""
    inside = {at: place for place in sorted(weights) for at in range(*place)}
    for place, weight in speaking:
        weights[inside.get(place[0], place)] += weight
