"""Does labelling what `kcsp-nlp suggest` suggests beat labelling items by chance?

A simulation on the corpus. Bodies are dealt out by hash: some are judged on and never learnt
from, some are labelled at the start, and the rest is a pool of unlabelled records. Again and again
a model is trained on what is labelled and items worth as many characters are added, chosen by
`suggest` from the model's records of the pool, or by chance. Spans and topics are simulated apart:

- spans: the pipeline is trained anew each time (the shipped config with fewer steps), and judged on
  PERSON, ROLE and ORG, the labels that are learnt; MONEY and LEGISLATION come from rules.
- topics: the topic model alone is trained anew; it is judged on labelled items and their spans.

    python -m benchmarks.suggesting FOLDER [--seeds N] [--aim spans|topics] [-o docs]

FOLDER keeps what is finished: the same command goes on where it was killed. Ten minutes of half a
core for each seed of spans, one for each of topics.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.confidence import Confidence
from kcsp_nlp.evaluation.running import annotated
from kcsp_nlp.evaluation.scores import Evaluation, Score, evaluate, gold_spans, shaved
from kcsp_nlp.evaluation.span_scores import fit_confidence
from kcsp_nlp.labels import corpus
from kcsp_nlp.labels.corpus import LabelledItem, LabelledMeeting, LabelledMinutes
from kcsp_nlp.records import SPANS, Item, Meeting, Model, Record
from kcsp_nlp.suggesting.choosing import Candidate, choose, find_candidates
from kcsp_nlp.suggesting.doubts import untagged
from kcsp_nlp.suggesting.likeness import Looks
from kcsp_nlp.topics.features import TopicItem
from kcsp_nlp.topics.model import TopicModel, read_topics
from kcsp_nlp.training.models import train_pipeline, train_topics

ROOT = Path(__file__).parents[1]
TOPICS = ROOT / "configs" / "topics.toml"

Aim = Literal["spans", "topics"]
Arm = Literal["suggest", "random"]
Point = dict[str, float]

# Documents judged on, to calibrate the scores of spans, labelled at the start, in the pool.
JUDGED, CALIBRATING = 40, 10
POOL = {"spans": 60, "topics": 100}
START = {"spans": 5, "topics": 20}
# Characters labelled in each round, and rounds.
BUDGET = {"spans": 20_000, "topics": 40_000}
ROUNDS = {"spans": 2, "topics": 5}
STEPS, BATCH = 250, 4


class Divided(NamedTuple):
    """The documents of one simulation."""

    judged: list[LabelledMinutes]
    calibrating: list[LabelledMinutes]
    start: list[LabelledMinutes]
    pool: dict[str, LabelledMinutes]


class Labelled(NamedTuple):
    """A record of the pool with its labels; `source` is the id of its document."""

    source: str
    offset: int
    end: int


def divide(seed: int, aim: Aim) -> Divided:
    """Deal out the corpus by bodies: those judged on are the same whatever the seed."""
    documents = corpus.read_all([ROOT / "corpus"])

    def dealt(each: LabelledMinutes, salt: str) -> str:
        return hashlib.sha256(f"{salt}:{each.group}".encode()).hexdigest()

    documents.sort(key=lambda each: dealt(each, "judged"))
    groups = {each.group for each in documents[:JUDGED]}
    judged = [each for each in documents if each.group in groups]
    rest = [each for each in documents if each.group not in groups]
    rest.sort(key=lambda each: dealt(each, str(seed)))
    calibrating, rest = rest[:CALIBRATING], rest[CALIBRATING:]
    start = START[aim]
    pool = {each.id: each for each in rest[start : start + POOL[aim]]}
    return Divided(judged, calibrating, rest[:start], pool)


def as_documents(
    pool: dict[str, LabelledMinutes], chosen: Sequence[Labelled]
) -> list[LabelledMinutes]:
    """Return the chosen records as labelled minutes: those of one document joined, as imported."""
    made = []
    for source in sorted({each.source for each in chosen}):
        gold, text = pool[source], ""
        spans: list[tuple[int, int, Any]] = []
        items: list[LabelledItem] = []
        for at in sorted(each for each in chosen if each.source == source):
            shift = len(text) - at.offset
            spans += [
                (s + shift, e + shift, label)
                for s, e, label in gold.spans
                if at.offset <= s and e <= at.end
            ]
            items += [
                LabelledItem(start=each.start + shift, title=each.title, topics=each.topics)
                for each in gold.items
                if at.offset <= each.start < at.end
            ]
            text += gold.text[at.offset : at.end]
        made.append(
            LabelledMinutes(
                id=f"{source}.part",
                group=gold.group,
                format=gold.format,
                text=text,
                spans=tuple(spans),
                meeting=LabelledMeeting(body=gold.meeting.body),
                items=tuple(items),
            )
        )
    return made


def pick(
    arm: Arm,
    aim: Aim,
    candidates: Sequence[Candidate],
    *,
    rng: random.Random,
    labelled: Sequence[Looks],
) -> list[str]:
    """Choose the ids of records worth the budget of a round."""
    if arm == "suggest":
        chosen = choose(
            candidates, aim=aim, wanted=10**6, characters=BUDGET[aim], labelled=labelled
        )
        return [each.id for each in chosen]
    left, ids = BUDGET[aim], []
    for each in rng.sample(list(candidates), len(candidates)):
        if len(each.record.text) <= left:
            left -= len(each.record.text)
            ids.append(each.record.id)
    return ids


def looks(documents: Sequence[LabelledMinutes]) -> list[Looks]:
    """Return the labelled items as `suggest --labelled` sees them."""
    return [
        Looks(document.text[start:end], document.meeting.body)
        for document in documents
        for start, end in [(0, _front(document)), *document.item_ranges()]
        if end > start
    ]


def _front(document: LabelledMinutes) -> int:
    return document.items[0].start if document.items else len(document.text)


class Spans:
    """The pipeline: trained anew in every round."""

    def __init__(self, divided: Divided, folder: Path) -> None:
        self.divided, self.folder = divided, folder
        text = (ROOT / "configs" / "pipeline.cfg").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^max_steps = .*", f"max_steps = {STEPS}", text)
        text = re.sub(r"(?m)^eval_frequency = .*", f"eval_frequency = {STEPS}", text)
        text = re.sub(r"(?m)^size = .*", f"size = {BATCH}", text)
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "steps.cfg"
        self.config.write_text(text, encoding="utf-8")
        # Its topics play no part; a few documents would have too few of them.
        self.topics = train_topics([*divided.start, *divided.calibrating], read_topics(TOPICS), "")
        self.confidence: Confidence | None = None
        self.annotator: Annotator

    def train(self, documents: Sequence[LabelledMinutes]) -> None:
        """Train on documents; span scores are calibrated with the model of the start."""
        path = self.folder / "corpus.jsonl"
        corpus.write(documents, path)
        nlp = train_pipeline(
            [path],
            self.folder / "model",
            config=self.config,
            version="0",
            sha256="",
            log=lambda _: None,
        )
        self.annotator = Annotator(nlp, self.topics, self.confidence)
        if self.confidence is None:
            pairs = list(annotated(self.annotator, self.divided.calibrating))
            self.confidence = fit_confidence(pairs)
            self.annotator = Annotator(nlp, self.topics, self.confidence)
            _report_missed(pairs)

    def records(self) -> list[Record]:
        """Return the model's records of the pool."""
        return [
            each
            for _, records in annotated(self.annotator, self.divided.pool.values())
            for each in records
        ]

    def judge(self) -> Point:
        """Return the scores of the model on the bodies judged on."""
        learnt = {name: Score() for name in ("PERSON", "ROLE", "ORG")}
        texts = (document.text for document in self.divided.judged)
        for gold, doc in zip(self.divided.judged, self.annotator.nlp.pipe(texts), strict=True):
            wanted = gold_spans(gold)
            found = {shaved(gold.text, e.start_char, e.end_char, e.label_) for e in doc.ents}
            for name, score in learnt.items():
                want = {span for span in wanted if span[2] == name}
                have = {span for span in found if span[2] == name}
                score.add(len(want & have), len(have - want), len(want - have))
        scores = {name: round(score.f1, 4) for name, score in learnt.items()}
        return {"f1": round(Evaluation.micro(learnt).f1, 4), **scores}


class Topics:
    """The topic model: trained anew in every round; records are labelled items with their spans."""

    def __init__(self, divided: Divided, _: Path) -> None:
        self.divided = divided
        self.taxonomy = read_topics(TOPICS)
        self.model: TopicModel

    def train(self, documents: Sequence[LabelledMinutes]) -> None:
        """Train on documents."""
        self.model = train_topics(documents, self.taxonomy, "")

    def records(self) -> list[Record]:
        """Return the pool's items as records, with the model's topics."""
        return [each for document in self.divided.pool.values() for each in self._records(document)]

    def judge(self) -> Point:
        """Return the scores of the model on the bodies judged on."""
        pairs = [(document, self._records(document)) for document in self.divided.judged]
        result = evaluate(pairs, self.model.labels)
        scores = {name: round(score.f1, 4) for name, score in result.topics.items()}
        return {"f1": round(Evaluation.macro(result.topics), 4), **scores}

    def _records(self, document: LabelledMinutes) -> list[Record]:
        text, made = document.text, []
        meeting = Meeting(id=document.id, source=document.id, sha256="", body=document.meeting.body)
        ranges = document.item_ranges()
        held = [
            [span for span in document.spans if start <= span[0] and span[1] <= end]
            for start, end in ranges
        ]
        items = [
            TopicItem(item.title, text[a:b], [(s - a, e - a, n) for s, e, n in spans], ())
            for item, (a, b), spans in zip(document.items, ranges, held, strict=True)
        ]
        said = self.model.predict(items)
        for at, ((a, b), spans) in enumerate(zip(ranges, held, strict=True)):
            made.append(
                Record(
                    id=f"{document.id}:{at}",
                    meeting=meeting,
                    item=Item(index=at, kind="item", number=document.items[at].number),
                    offset=a,
                    text=text[a:b],
                    spans=tuple(
                        SPANS[n](start=s - a, end=e - a, text=text[s:e]) for s, e, n in spans
                    ),
                    topics=said[at].labels,
                    scores=said[at].scores,
                    model=Model(name="simulated", version="0"),
                )
            )
        return made


def simulate(aim: Aim, seed: int, folder: Path, log: Callable[[str], None]) -> dict[str, Any]:
    """Return the points of both arms of one seed, the common start first."""
    divided = divide(seed, aim)
    model = (Spans if aim == "spans" else Topics)(divided, folder / "work")
    model.train(divided.start)
    begin, records = model.judge(), model.records()
    log(f"{aim}, seed {seed}: start {begin}")
    size = sum(len(each.text) for each in divided.start)
    arms: dict[str, list[Point]] = {}
    both: tuple[Arm, Arm] = ("suggest", "random")
    for arm in both:
        rng = random.Random(seed)  # noqa: S311 -- a simulation, no secret
        points, now = [{"characters": size, "items": 0, **begin}], records
        chosen: list[Labelled] = []
        for _ in range(ROUNDS[aim]):
            taken = {(each.source, each.offset) for each in chosen}
            candidates = [
                each
                for each in find_candidates(now)
                if (each.record.meeting.source, each.record.offset) not in taken
            ]
            labelled = [*divided.start, *as_documents(divided.pool, chosen)]
            ids = set(pick(arm, aim, candidates, rng=rng, labelled=looks(labelled)))
            chosen += [
                Labelled(r.meeting.source, r.offset, r.offset + len(r.text))
                for r in now
                if r.id in ids
            ]
            model.train([*divided.start, *as_documents(divided.pool, chosen)])
            characters = size + sum(each.end - each.offset for each in chosen)
            points.append({"characters": characters, "items": len(chosen), **model.judge()})
            log(f"{aim}, seed {seed}, {arm}: {points[-1]}")
            # By chance, nobody asks what the model says.
            if arm == "suggest" and len(points) <= ROUNDS[aim]:
                now = model.records()
        arms[arm] = points
    return {"aim": aim, "seed": seed, "arms": arms}


def _log(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _report_missed(pairs: Sequence[tuple[LabelledMinutes, Sequence[Record]]]) -> None:
    """Say how often an untagged run is in truth a span: `doubts.MISSED`."""
    runs = missed = 0
    for gold, records in pairs:
        for record in records:
            for run in untagged(record):
                runs += 1
                at = record.offset + record.text.index(run)
                missed += any(s < at + len(run) and at < e for s, e, _ in gold.spans)
    sys.stderr.write(f"untagged runs that are spans: {missed} of {runs}\n")


def main() -> None:
    """Run what is missing, write figures and picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--aim", choices=["spans", "topics"], action="append")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for aim in arguments.aim or ["topics", "spans"]:
        for seed in range(arguments.seeds):
            path = arguments.folder / f"{aim}-{seed}.json"
            if not path.exists():
                folder = arguments.folder / f"{aim}-{seed}"
                result = simulate(aim, seed, folder, _log)
                path.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
