"""One document into its records: the only module that knows every stage.

Document ─parse→ outline ─┐
    └─nlp.pipe→ entities ─┼→ records
    └─predict→ topics ────┘
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kcsp_nlp.confidence import FILE as CONFIDENCE
from kcsp_nlp.confidence import Confidence
from kcsp_nlp.linking.document import link_document
from kcsp_nlp.minutes.outline import Outline, Part
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.minutes.restrictions.saying import restriction_of
from kcsp_nlp.minutes.restrictions.whole import find_in_margins
from kcsp_nlp.pages import Pages
from kcsp_nlp.pipeline.loading import load_pipeline, read_whole
from kcsp_nlp.records import (
    SPANS,
    Evidence,
    Item,
    Meeting,
    Model,
    Ranged,
    Record,
    Span,
)
from kcsp_nlp.registers.extending import Registers, extend_registers
from kcsp_nlp.registers.user_tables import UserTables
from kcsp_nlp.tagging import find_entities
from kcsp_nlp.topics.features import TopicItem
from kcsp_nlp.topics.model import TopicModel, TopicScores

if TYPE_CHECKING:
    from spacy.language import Language

    from kcsp_nlp.reading import Document

_Found = TypeVar("_Found", bound=Ranged)

# What readers set aside that stands for every page, where protective markings are printed.
_MARGINS = frozenset(["header", "footer", "watermark"])
# Words met after which an annotator is worn: below it, the maps of the vocabulary and of its
# strings (some 60,000 are the model's) have 2**20 places, 16 MB each; they double at 0.6 of that.
_MOST_WORDS = 500_000


class Annotator:
    """A loaded model: turns documents into records. Load once, use for many documents.

    Attributes:
        nlp: The spaCy pipeline.
        topics: The topic model.
        confidence: Scores spans; None where the model was never cross-validated.
        registers: The shipped registers with a user's entries; None where there are none.
        model: Name and version, as every record carries them.
    """

    def __init__(
        self,
        nlp: Language,
        topics: TopicModel,
        confidence: Confidence | None = None,
        registers: Registers | None = None,
    ) -> None:
        self.nlp = nlp
        self.topics = topics
        self.confidence = confidence
        self.registers = registers
        # A local version, as PEP 440 has it: other registers may give other records.
        version = str(nlp.meta["version"])
        version += f"+registers.{registers.digest}" if registers else ""
        self.model = Model(name=str(nlp.meta["name"]), version=version)

    @classmethod
    def load(cls, model: Path | None = None) -> Annotator:
        """Load a model folder, or the shipped model where `model` is None.

        Raises:
            ModelError: the folder is missing, damaged or of another version.
        """
        return read_whole(model, cls._read)

    @classmethod
    def _read(cls, folder: Path) -> Annotator:
        nlp, topics = load_pipeline(folder), TopicModel.load(folder / "topics")
        scored = (folder / CONFIDENCE).is_file()
        return cls(nlp, topics, Confidence.load(folder / CONFIDENCE) if scored else None)

    def with_registers(self, tables: UserTables) -> Annotator:
        """Return an annotator of the same model that knows a user's bodies and laws too.

        Its records say so: their model's version ends in `+registers.` and a digest of the entries.
        """
        registers = extend_registers(tables)
        return Annotator(self.nlp, self.topics, self.confidence, registers)

    @property
    def is_worn(self) -> bool:
        """Whether it has met so many words that a new one, of a new process, takes less memory.

        spaCy's memory zone empties its maps of words but lets them grow by what they have held.
        """
        return len(self.nlp.vocab) > _MOST_WORDS

    def annotate(self, document: Document, *, explain: bool = False) -> list[Record]:
        """Annotate one document.

        Args:
            document: As `kcsp_nlp.reading.read` returns it.
            explain: Whether records say what speaks for their topics.

        Returns:
            One record per agenda item, one for what stands before the first and one for what
            stands after the last, in reading order. Their texts joined are the document's text.
        """
        text = document.text
        outline = parse(text)
        pages = Pages(document.pages)
        margin = find_in_margins(each.text for each in document.aside if each.kind in _MARGINS)
        linked = link_document(
            text,
            outline,
            self._find_spans(text, outline),
            sha256=document.sha256,
            registers=self.registers,
        )
        parts = outline.parts
        spans = _by_part(linked.spans, parts)
        affiliations = _by_part(linked.affiliations, parts)
        decisions = _by_part(outline.decisions, parts)
        actions = _by_part(linked.actions, parts)
        items = _topic_items(text, outline, spans)
        topics = self._find_topics(items)
        meeting = Meeting(
            id=document.sha256[:16],
            source=document.source,
            sha256=document.sha256,
            body=outline.front.body,
            date=outline.front.date,
            venue=outline.front.venue,
        )
        return [
            Record(
                id=f"{meeting.id}:{index}",
                meeting=meeting,
                item=_item(index, part),
                offset=part.start,
                page=pages.of(part.start),
                restriction=restriction_of(text, part.marking, margin),
                text=text[part.start : part.end],
                spans=pages.place(spans[index], -part.start),
                topics=topics[index].labels,
                scores=topics[index].scores,
                evidence=self._find_evidence(items[index]) if explain else None,
                # The first record begins at 0: these offsets are the document's own.
                attendance=pages.place(linked.attendance) if index == 0 else (),
                affiliations=pages.place(_within(affiliations[index], part), -part.start),
                decisions=pages.place(_within(decisions[index], part), -part.start),
                actions=pages.place(_within(actions[index], part), -part.start),
                model=self.model,
            )
            for index, part in enumerate(parts)
        ]

    def _find_topics(self, items: Sequence[TopicItem | None]) -> list[TopicScores]:
        """Return the topics of each part; those of front and back are empty."""
        predicted = iter(self.topics.predict([item for item in items if item is not None]))
        return [next(predicted) if item is not None else TopicScores({}, ()) for item in items]

    def _find_evidence(self, item: TopicItem | None) -> dict[str, tuple[Evidence, ...]]:
        """Return what speaks for the topics of a part, without those that nothing speaks for."""
        if item is None:
            return {}
        return {
            topic: tuple(
                Evidence(start=start, end=end, text=item.text[start:end], weight=weight)
                for start, end, weight in mentions
            )
            for topic, mentions in self.topics.evidence(item).items()
            if mentions
        }

    def _find_spans(self, text: str, outline: Outline) -> list[Span]:
        """Run the pipeline and return what it finds, in order; offsets into `text`."""
        found = list(find_entities(self.nlp, text, outline, self.registers))
        scores = self.confidence.scores(text, found) if self.confidence else [None] * len(found)
        return [
            SPANS[each.label](
                start=each.start,
                end=each.end,
                text=text[each.start : each.end],
                source=each.source,
                score=score,
            )
            for each, score in zip(found, scores, strict=True)
        ]


def _topic_items(
    text: str, outline: Outline, spans: Sequence[Sequence[Span]]
) -> list[TopicItem | None]:
    """Return each part as the topic model sees it; None for front and back."""
    return [
        TopicItem(
            title=part.title,
            text=text[part.start : part.end],
            spans=[(s.start - part.start, s.end - part.start, s.label) for s in held],
        )
        if part.kind == "item"
        else None
        for part, held in zip(outline.parts, spans, strict=True)
    ]


def _by_part(found: Sequence[_Found], parts: Sequence[Part]) -> list[list[_Found]]:
    """Return what begins in each part, in order; offsets stay."""
    starts = [part.start for part in parts]
    held: list[list[_Found]] = [[] for _ in parts]
    for each in found:
        held[bisect_right(starts, each.start) - 1].append(each)
    return held


def _item(index: int, part: Part) -> Item:
    return Item(index=index, kind=part.kind, number=part.number, code=part.code, title=part.title)


def _within(begun: Sequence[_Found], part: Part) -> tuple[_Found, ...]:
    """Return what ends in the part that it begins in; offsets stay."""
    return tuple(each for each in begun if each.end <= part.end)
