"""Two models on the same labelled minutes: which is better at what, and how sure that is.

Both annotate the same documents from their text alone. Differences of F1 are the new model's minus
the old one's. Their intervals come from a paired bootstrap: documents are drawn, and both models
are scored on the same draw. Their p-values come from exchanging the two models' counts in documents
at random (approximate randomisation), as often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import CorpusError, ModelError
from kcsp_nlp.evaluation.bootstrap import RESAMPLES, SEED, paired_differences
from kcsp_nlp.evaluation.results import Difference
from kcsp_nlp.evaluation.running import annotated
from kcsp_nlp.evaluation.scores import Evaluation, Score, evaluate
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.training.models import corpus_sha256
from kcsp_nlp.versions.changes import Changed, find_changes, sum_up
from kcsp_nlp.versions.comparison import Compared, Comparison
from kcsp_nlp.versions.facts import ModelFacts, model_sha256, read_facts
from kcsp_nlp.versions.seen import seen_documents


class Judged(NamedTuple):
    """A loaded model, and what it is."""

    folder: Path
    facts: ModelFacts
    annotator: Annotator


class Result(NamedTuple):
    """A comparison, and every record that changed."""

    comparison: Comparison
    changes: list[Changed]


def load_judged(model: Path) -> Judged:
    """Load a model to be compared.

    Args:
        model: A folder, or the name of an installed model package.

    Raises:
        ModelError: it cannot be loaded with this version, or was replaced while it was.
    """
    folder = model_folder(model)
    facts = read_facts(folder)
    annotator = Annotator.load(folder)
    try:
        same = model_sha256(folder) == facts.sha256
    except OSError:
        same = False
    if not same:
        raise ModelError(
            f"{folder}: was replaced while it was read, expected a model that stays; run the "
            "command again"
        )
    return Judged(folder, facts, annotator)


def compare(old: Judged, new: Judged, documents: Sequence[LabelledMinutes]) -> Result:
    """Compare two models on labelled minutes.

    Args:
        old: The model that is in use.
        new: The one that may follow it.
        documents: What both are judged on; at least one.

    Raises:
        CorpusError: there are no documents.
        ModelError: what a model says of its training is damaged.
    """
    if not documents:
        raise CorpusError("no labelled minutes to compare on; expected at least one document")
    known, learnt = old.annotator.topics.labels, new.annotator.topics.labels
    # Each is judged on the other's topics too: what it does not know it never finds.
    topics = (*known, *(topic for topic in learnt if topic not in known))
    before = list(annotated(old.annotator, documents))
    after = list(annotated(new.annotator, documents))
    ours, theirs = evaluate(after, topics), evaluate(before, topics)
    differences = paired_differences(ours.per_document, theirs.per_document)
    changes = list(find_changes(before, after, topics))
    seen = {
        "old": seen_documents(old.folder, old.facts, documents),
        "new": seen_documents(new.folder, new.facts, documents),
    }
    models: tuple[Literal["old", "new"], ...] = ("old", "new")
    comparison = Comparison(
        old=old.facts,
        new=new.facts,
        documents=len(documents),
        corpus_sha256=corpus_sha256(documents),
        spans=_compared(theirs.spans, ours.spans, differences["spans"]),
        topics=_compared(theirs.topics, ours.topics, differences["topics"]),
        topics_lost=tuple(topic for topic in known if topic not in learnt),
        topics_gained=tuple(topic for topic in learnt if topic not in known),
        changed=sum_up(changes, sum(len(records) for _, records in after)),
        seen_by_old=seen["old"] or (),
        seen_by_new=seen["new"] or (),
        seen_unknown=tuple(name for name in models if seen[name] is None),
        resamples=RESAMPLES,
        seed=SEED,
    )
    return Result(comparison, changes)


def _compared(
    old: Mapping[str, Score], new: Mapping[str, Score], differences: Mapping[str, Difference]
) -> dict[str, Compared]:
    """Return the figures of one table: of each name, and as differences have them the wholes."""
    support = sum(score.support for score in old.values())
    wholes = {
        "micro": (Evaluation.micro(old).f1, Evaluation.micro(new).f1),
        "macro": (Evaluation.macro(old), Evaluation.macro(new)),
    }
    table = {}
    for name, found in differences.items():
        before, after = wholes[name] if name in wholes else (old[name].f1, new[name].f1)
        table[name] = Compared(
            old=round(before, 4),
            new=round(after, 4),
            difference=found.difference,
            ci95=found.ci95,
            p=found.p,
            support=support if name in wholes else old[name].support,
        )
    return table
