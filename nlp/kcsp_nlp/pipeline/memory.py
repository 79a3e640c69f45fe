"""The component `kcsp_memory`: what a document teaches about its names, carried to every mention.

Minutes name a person in full once and by surname ever after, spell a body out once and shorten it
in brackets. What is certain in one place (the attendance list, a name behind a title, a name
found several times) settles the places where `ner` saw nothing or was in two minds:

1. labelled spans in `doc.spans["known"]`, where there are any: names of the attendance list with
   their offices and bodies, the body that met;
2. one label for one name: where `ner` gave a name several labels, the document's majority;
3. bodies and offices found elsewhere in the document, spelt the same, and short forms that
   brackets define;
4. people found elsewhere in the document, by full name or surname.

Nothing that a rule found is touched, and nothing outside `doc` is remembered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kcsp_nlp.pipeline.organisations import is_month
from kcsp_nlp.pipeline.precedence import DOCUMENT, overlay, underlay
from kcsp_nlp.pipeline.texts import texts_of
from kcsp_nlp.pipeline.titles import is_titled, not_names

# Labels that `ner` gives; those of the rule components are never touched.
LEARNT = ("PERSON", "ROLE", "ORG")

# Mentions from which on a name that `ner` mostly passed over is doubted.
_ENOUGH = 5

# Letters from which on a word can be a name by itself; shorter ones are initials.
_NAME_LENGTH = 3

# A vote from what is known or behind a title counts for so many of ner's.
_CERTAIN = 5

# What stands before the first word of a sentence.
_SENTENCE_ENDS = frozenset(".!?:;")

Words = tuple[str, ...]


@Language.factory(
    "kcsp_memory",
    requires=["doc.ents"],
    assigns=["doc.ents"],
    default_config={"share": 0.5, "doubt": 0.2},
)
def make_memory(nlp: Language, name: str, share: float, doubt: float) -> Callable[[Doc], Doc]:
    """Make the component.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        share: A name is carried to all its mentions where at least this share of them was found.
        doubt: A name's few finds are taken back where at most this share of at least five
            mentions was found.
    """
    return Memory(share=share, doubt=doubt)


class Memory:
    """Carries the names that a document makes certain to its other mentions of them."""

    def __init__(self, *, share: float, doubt: float) -> None:
        self.share = share
        self.doubt = doubt

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its entities completed."""
        overlay(doc, _certain(doc))
        _settle_labels(doc)
        self._repeat_names(doc)
        underlay(doc, list(_find_people(doc)))
        return doc

    def _repeat_names(self, doc: Doc) -> None:
        """Tag what is spelt like a body or office found elsewhere; untag what mostly was not."""
        found: Counter[Words] = Counter()
        labels: dict[Words, str] = {}
        taken: set[int] = set()
        for ent in doc.ents:
            taken.update(range(ent.start, ent.end))
            if ent.label_ in ("ORG", "ROLE"):
                words = _words(ent)
                found[words] += 1
                labels[words] = ent.label_
        free: dict[Words, list[Span]] = defaultdict(list)
        for start, end, words in _occurrences(doc, labels):
            if taken.isdisjoint(range(start, end)) and _stands_alone(doc, start, end):
                free[words].append(Span(doc, start, end, label=labels[words], span_id=DOCUMENT))
        more: list[Span] = []
        dropped: set[Words] = set()
        for words, spans in free.items():
            total = found[words] + len(spans)
            if found[words] >= self.share * total and _is_name(words):
                more.extend(spans)
            elif total >= _ENOUGH and found[words] <= self.doubt * total:
                dropped.add(words)
        if dropped:
            kept = [
                ent
                for ent in doc.ents
                if ent.label_ not in ("ORG", "ROLE") or _words(ent) not in dropped
            ]
            doc.set_ents(kept, default="outside")
        underlay(doc, more)


def _certain(doc: Doc) -> list[Span]:
    """Return what is known as entities, except where a rule has found money or legislation."""
    if "known" not in doc.spans:
        return []
    ruled = {
        token for ent in doc.ents if ent.label_ not in LEARNT for token in range(ent.start, ent.end)
    }
    return [span for span in doc.spans["known"] if ruled.isdisjoint(range(span.start, span.end))]


def _words(tokens: Iterable[Token]) -> Words:
    return tuple(token.text for token in tokens if not token.is_space)


def _settle_labels(doc: Doc) -> None:
    """Give every mention of one name the label that most of its mentions have."""
    votes: dict[Words, Counter[str]] = defaultdict(Counter)
    known = _certain(doc)
    certain = {each.start for each in known}
    for each in known:
        if each.label_ != "PERSON":
            continue
        for words in filter(None, (_surname(each), _first_name(each))):
            votes[words]["PERSON"] += 1
    ents = [(ent, ent.label_, _words(ent)) for ent in doc.ents]
    for ent, label, words in ents:
        if label not in LEARNT:
            continue
        if ent.start in certain or (label == "PERSON" and is_titled(doc, ent.start)):
            votes[words][label] += _CERTAIN
        else:
            votes[words][label] += 1
    settled = []
    for ent, label, words in ents:
        most = label
        if label in LEARNT and len(votes[words]) > 1:
            most = max(votes[words].items(), key=lambda vote: (vote[1], vote[0]))[0]
        changed = most != label
        settled.append(
            Span(doc, ent.start, ent.end, label=most, span_id=DOCUMENT) if changed else ent
        )
    doc.set_ents(settled, default="outside")


def _occurrences(doc: Doc, names: Iterable[Words]) -> Iterator[tuple[int, int, Words]]:
    """Yield where a name stands in full, the longest at each place; white space may be inside."""
    by_first: dict[str, list[Words]] = defaultdict(list)
    for words in names:
        if words:
            by_first[words[0]].append(words)
    for candidates in by_first.values():
        candidates.sort(key=len, reverse=True)
    texts = texts_of(doc)
    behind = 0
    for at, text in enumerate(texts):
        if at < behind or text not in by_first:
            continue
        for words in by_first[text]:
            end = _match(texts, at, words)
            if end is not None:
                yield at, end, words
                behind = end
                break


def _match(texts: Sequence[str], at: int, words: Words) -> int | None:
    """Return where `words` end if they stand at token `at`; None if they do not."""
    for word in words:
        while at < len(texts) and texts[at].isspace() and "\n\n" not in texts[at]:
            at += 1
        if at >= len(texts) or texts[at] != word:
            return None
        at += 1
    return at


def _is_name(words: Words) -> bool:
    """Tell whether a spelling is distinct enough to be the same name wherever it stands."""
    letters = [word for word in words if any(char.isalpha() for char in word)]
    return any(word[0].isupper() and len(word) > 1 for word in letters)


def _stands_alone(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a name is not a part of a longer one: no capitalised word on either side."""
    return not (
        (end < len(doc) and doc[end - 1].whitespace_ and _is_capitalised(doc[end]))
        or (start > 0 and doc[start - 1].whitespace_ and _is_capitalised(doc[start - 1]))
        or (end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_)
    )


def _is_capitalised(token: Token) -> bool:
    """Tell whether a word has a capital of its own: not one that any first word would have."""
    if not (token.is_alpha and token.text[0].isupper()) or token.is_stop:
        return False
    return token.i > 0 and not (token.nbor(-1).is_space or token.nbor(-1).text in _SENTENCE_ENDS)


def _find_people(doc: Doc) -> Iterator[Span]:
    """Yield further mentions of people: by the full name, by the surname, behind a title."""
    full: set[Words] = set()
    surnames: set[Words] = set()
    for ent in doc.ents:
        if ent.label_ != "PERSON":
            continue
        full.add(_words(ent))
        last = _surname(ent)
        if last and (last != _words(ent) or is_titled(doc, ent.start)):
            surnames.add(last)
    taken = {token for ent in doc.ents for token in range(ent.start, ent.end)}
    small = {text.lower() for text in set(texts_of(doc)) if text.islower()}
    ordinary = small | not_names()
    for start, end, words in _occurrences(doc, full | surnames):
        if not taken.isdisjoint(range(start, end)):
            continue
        several = len(words) > 1 and words in full
        titled = is_titled(doc, start)
        rare = not any(word.lower() in ordinary for word in words)
        if titled or ((several or (words in surnames and rare)) and _stands_alone(doc, start, end)):
            person = Span(doc, start, end, label="PERSON", span_id=DOCUMENT)
            if titled or not is_month(person):
                yield person


def _first_name(name: Span) -> Words | None:
    """Return the word that a name of several words begins with; None for an initial."""
    return _words(name[:1]) if len(name) > 1 and len(name[0].text) >= _NAME_LENGTH else None


def _surname(ent: Span) -> Words | None:
    """Return the words of a name's last part, hyphenated parts together; None for an initial."""
    start = ent.end - 1
    while (
        start > ent.start and not ent.doc[start - 1].whitespace_ and not ent.doc[start - 1].is_space
    ):
        start -= 1
    words = _words(ent.doc[start : ent.end])
    letters = "".join(words).replace(".", "")
    return words if len(letters) >= _NAME_LENGTH and letters[0].isupper() else None
