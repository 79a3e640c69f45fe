"""Records against labels, summed up as results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kcsp_nlp.evaluation.bootstrap import (
    RESAMPLES,
    SEED,
    Intervals,
    confidence_intervals,
    paired_differences,
)
from kcsp_nlp.evaluation.calibration import calibrate_spans, calibrate_topics
from kcsp_nlp.evaluation.layouts import by_layout
from kcsp_nlp.evaluation.mistakes import count_mistakes, find_mistakes
from kcsp_nlp.evaluation.plan import Run, Setup, parse_config
from kcsp_nlp.evaluation.provenance import code_sha256, folder_sha256, text_sha256, versions
from kcsp_nlp.evaluation.results import (
    Ablation,
    Corpus,
    DocumentCounts,
    ErrorCount,
    Figure,
    Fold,
    Layout,
    Model,
    Point,
    Protocol,
    Results,
    Tables,
)
from kcsp_nlp.evaluation.scores import Evaluation, Pair, Score, evaluate
from kcsp_nlp.evaluation.span_scores import cross_scored
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.training.models import corpus_sha256

_Key = TypeVar("_Key", str, float)


def evaluation_results(
    pairs: Sequence[Pair], topics: Sequence[str], model: Model, *, command: str, title: str
) -> Results:
    """Return the results of one model on labelled minutes.

    Args:
        pairs: Each document with its records.
        topics: The topics that the model knows.
        model: The model.
        command: What was called.
        title: What the documents are, as tables head it.
    """
    protocol = Protocol(
        kind="evaluation",
        command=command,
        corpus=corpus_facts([document for document, _ in pairs]),
        model=model,
        config_sha256=None,
        topics_sha256=None,
        base_sha256=None,
        code_sha256=code_sha256(),
        versions=versions(),
        training_seed=None,
        bootstrap_seed=SEED,
        resamples=RESAMPLES,
    )
    return _results(pairs, topics, protocol, title)


def cross_validation_results(
    plan: Sequence[Run],
    read: Callable[[Run], list[Pair]],
    setup: Setup,
    *,
    command: str,
    title: str,
) -> Results:
    """Return the results of a plan of which all runs are finished.

    Args:
        plan: All runs.
        read: Returns the held-out documents of a run with their records.
        setup: What was asked for.
        command: What was called.
        title: What the documents are, as tables head it.
    """
    whole = {run.fold: run for run in plan if run.kind == "fold"}
    pairs = {fold: read(run) for fold, run in whole.items()}
    scored = {fold: evaluate(held, setup.topics) for fold, held in pairs.items()}
    documents = [document for run in whole.values() for document in run.held]
    protocol = Protocol(
        kind="cross-validation",
        command=command,
        corpus=corpus_facts(documents),
        model=None,
        config_sha256=text_sha256(setup.config),
        topics_sha256=text_sha256(setup.taxonomy),
        base_sha256=folder_sha256(setup.base) if setup.base else None,
        code_sha256=code_sha256(),
        versions=versions(),
        training_seed=parse_config(setup.config).get("system", {}).get("seed"),
        bootstrap_seed=SEED,
        resamples=RESAMPLES,
        folds=tuple(
            Fold(
                held_out=corpus_facts(run.held),
                trained_on=corpus_facts(run.training.documents),
                steps=run.training.steps,
                scores=tables(scored[fold]),
            )
            for fold, run in whole.items()
        ),
    )

    def score(run: Run) -> Evaluation:
        return evaluate(read(run), setup.topics)

    everything = cross_scored([pair for held in pairs.values() for pair in held])
    return _results(everything, setup.topics, protocol, title).model_copy(
        update={
            "curve": _curve(plan, scored, score, setup),
            "ablation": _ablation(plan, scored, score, setup),
        }
    )


def tables(evaluation: Evaluation) -> Tables:
    """Return an evaluation's figures with their intervals."""
    intervals = confidence_intervals(evaluation.per_document)
    micro = evaluation.micro

    def rows(table: str, scores: dict[str, Score]) -> dict[str, Figure]:
        return {name: _figure(score, intervals, table, name) for name, score in scores.items()}

    return Tables(
        documents=evaluation.documents,
        spans=rows("spans", {**evaluation.spans, "micro": micro(evaluation.spans)}),
        structure=rows("structure", evaluation.structure),
        topics=rows("topics", {**evaluation.topics, "micro": micro(evaluation.topics)}),
        topics_macro_f1=round(evaluation.macro(evaluation.topics), 4),
        topics_macro_ci95=intervals["topics"]["macro"],
    )


def corpus_facts(documents: Sequence[LabelledMinutes]) -> Corpus:
    """Return how much there is, and its digest."""
    return Corpus(
        documents=len(documents),
        groups=len({document.group for document in documents}),
        characters=sum(len(document.text) for document in documents),
        sha256=corpus_sha256(documents),
    )


def _figure(score: Score, intervals: Intervals, table: str, name: str) -> Figure:
    return Figure(
        f1=round(score.f1, 4),
        precision=round(score.precision, 4),
        recall=round(score.recall, 4),
        support=score.support,
        ci95=intervals[table][name],
    )


def _results(
    pairs: Sequence[Pair], topics: Sequence[str], protocol: Protocol, title: str
) -> Results:
    evaluation = evaluate(pairs, topics)
    each = evaluation.per_document
    documents = [document for document, _ in pairs]
    mistakes = [mistake for pair in pairs for mistake in find_mistakes(*pair)]
    return Results(
        title=title,
        protocol=protocol,
        scores=tables(evaluation),
        layouts=tuple(
            Layout(
                aspect=aspect,
                kind=kind,
                scores=tables(Evaluation.of([each[at] for at in places], topics)),
            )
            for aspect, kinds in by_layout(documents).items()
            for kind, places in kinds.items()
        ),
        topic_calibration=calibrate_topics(pairs, topics),
        span_calibration=calibrate_spans(pairs),
        errors=tuple(
            ErrorCount(label=label, kind=kind, found=found, count=count)
            for label, kind, found, count in count_mistakes(mistakes)
        ),
        per_document=tuple(
            DocumentCounts(
                id=document.id,
                counts={
                    table: {
                        name: (score.right, score.wrong, score.missed)
                        for name, score in scores.items()
                    }
                    for table, scores in counted.tables().items()
                },
            )
            for document, counted in zip(documents, each, strict=True)
        ),
    )


def _grouped(runs: Sequence[Run], keys: Sequence[_Key]) -> dict[_Key, list[Run]]:
    groups: dict[_Key, list[Run]] = {}
    for run, key in zip(runs, keys, strict=True):
        groups.setdefault(key, []).append(run)
    return groups


def _curve(
    plan: Sequence[Run],
    scored: dict[int, Evaluation],
    score: Callable[[Run], Evaluation],
    setup: Setup,
) -> tuple[Point, ...]:
    parts = [run for run in plan if run.kind == "curve"]
    if not parts:
        return ()
    folds = {run.fold for run in parts}
    # The last point is the fold's own model.
    parts += [run for run in plan if run.kind == "fold" and run.fold in folds]
    points = []
    for share, runs in _grouped(parts, [run.share for run in parts]).items():
        evaluations = [scored[run.fold] if run.kind == "fold" else score(run) for run in runs]
        points.append(
            Point(
                share=share,
                folds=tuple(run.fold for run in runs),
                training_documents=tuple(len(run.training.documents) for run in runs),
                steps=tuple(run.training.steps for run in runs),
                scores=tables(_joined(evaluations, setup)),
            )
        )
    return tuple(points)


def _ablation(
    plan: Sequence[Run],
    scored: dict[int, Evaluation],
    score: Callable[[Run], Evaluation],
    setup: Setup,
) -> tuple[Ablation, ...]:
    runs = [run for run in plan if run.kind == "ablation"]
    own = {run.training.sha256 for run in plan if run.kind == "fold"}
    rows = []
    for name, held in _grouped(runs, [run.name for run in runs]).items():
        without = _joined([score(run) for run in held], setup)
        whole = _joined([scored[run.fold] for run in held], setup)
        rows.append(
            Ablation(
                name=name,
                disabled=held[0].disabled,
                retrained=held[0].training.sha256 not in own,
                folds=tuple(run.fold for run in held),
                scores=tables(without),
                whole=tables(whole),
                differences=paired_differences(without.per_document, whole.per_document),
            )
        )
    return tuple(rows)


def _joined(evaluations: Sequence[Evaluation], setup: Setup) -> Evaluation:
    each = (document for evaluation in evaluations for document in evaluation.per_document)
    return Evaluation.of(each, setup.topics)
