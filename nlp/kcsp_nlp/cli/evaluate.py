"""`kcsp-nlp evaluate`: a model, or the way models are trained, against labelled minutes."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.evaluation.plan import Setup
    from kcsp_nlp.evaluation.results import Results
    from kcsp_nlp.evaluation.scores import Pair
    from kcsp_nlp.labels.corpus import LabelledMinutes


def _option(help_text: str, *names: str, metavar: str | None = None, **more: Any) -> Any:
    return typer.Option(*names, metavar=metavar, help=help_text, **more)


# Optional[...]: Typer reads the annotations at run time.
Corpus = Annotated[
    list[Path], typer.Argument(metavar="CORPUS...", help="Labelled minutes: files or folders.")
]
AModel = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Model folder; default: the shipped model.", "--model", metavar="M"),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Write all results and their protocol.", "--output", "-o", metavar="OUT.json"),
]
Records = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Keep the records that were scored, a file for each fold.", metavar="DIR"),
]
Errors = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Write every wrong mention with its words.", metavar="OUT.jsonl"),
]
Title = Annotated[str, _option("What the documents are, for the model card.", metavar="TEXT")]
Config = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Training config; default: configs/pipeline.cfg as shipped.", metavar="CFG"),
]
Topics = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Taxonomy; default: the shipped topics.toml.", metavar="TOML"),
]
ConfidenceFile = Annotated[
    Optional[Path],  # noqa: UP045
    _option("Write the weights of span scores, for `kcsp-nlp train`.", metavar="OUT.json"),
]
AsJson = Annotated[bool, _option("Print the scores as JSON.", "--json")]
CrossValidate = Annotated[
    bool,
    _option(
        "Train on some bodies, score on the others, in turn; the options below need it.",
        "--cross-validate",
    ),
]
Folds = Annotated[int, _option("Parts; a body is never split.", min=2, metavar="N")]
Workers = Annotated[int, _option("Processes that train.", min=1, metavar="N")]
Curve = Annotated[
    bool, _option("Also train on 25, 50 and 75 % of the bodies, in the first fold.", "--curve")
]
Ablation = Annotated[
    bool, _option("Also leave out parts of the pipeline, one at a time.", "--ablation")
]
AllFolds = Annotated[
    bool, _option("Train for --curve and --ablation in every fold.", "--all-folds")
]
Runs = Annotated[
    Path,
    _option("Folder where finished steps are kept: a killed run goes on.", metavar="DIR"),
]


def evaluate(
    context: typer.Context,
    corpus: Corpus,
    *,
    model: AModel = None,
    as_json: AsJson = False,
    output: Output = None,
    records: Records = None,
    errors: Errors = None,
    title: Title = "labelled minutes",
    cross_validate: CrossValidate = False,
    folds: Folds = 4,
    config: Config = None,
    topics: Topics = None,
    workers: Workers = 1,
    curve: Curve = False,
    ablation: Ablation = False,
    all_folds: AllFolds = False,
    confidence: ConfidenceFile = None,
    runs: Runs = Path("runs"),
) -> None:
    """Score a model on labelled minutes: spans, items, attendance, decisions, actions, topics.

    The last column is the 95 % interval of F1: what it would be on other documents like these.
    Scores on documents that the model was trained on say nothing about new ones.

    For example:

      kcsp-nlp evaluate my-minutes.jsonl

      kcsp-nlp evaluate corpus --cross-validate --curve --ablation --workers 2 -o results.json
    """
    from kcsp_nlp.labels.corpus import read_all

    _check(context, cross_validate)
    _check_places(corpus, [output, errors, confidence], records)
    if not cross_validate:
        results, held = _one_model(corpus, model, title)
    else:
        from kcsp_nlp.evaluation.plan import Setup
        from kcsp_nlp.shipped import shipped

        setup = Setup.read(
            config or shipped("configs/pipeline.cfg"),
            topics or shipped("configs/topics.toml"),
            folds=folds,
            curve=curve,
            ablation=ablation,
            all_folds=all_folds,
        )
        results, held = _many_models(read_all(corpus), setup, runs, workers, title)
    _write(results, held, output=output, records=records, errors=errors)
    if confidence is not None:
        _write_confidence(held, confidence)
    _show(results, as_json=as_json)


def _check(context: typer.Context, cross_validate: bool) -> None:
    """Refuse options that the way of evaluating has no use for.

    Raises:
        BadParameter: there is one.
    """
    training = ("folds", "config", "topics", "workers", "curve", "ablation", "all_folds", "runs")
    for name in ("model",) if cross_validate else (*training, "confidence"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = f"--{name.replace('_', '-')}"
            raise typer.BadParameter(
                f"{option} has no part in --cross-validate, which trains models of its own"
                if cross_validate
                else f"{option} is for --cross-validate; give that too, or leave it out"
            )
    given = context.params
    if given["all_folds"] and not (given["curve"] or given["ablation"]):
        raise typer.BadParameter("--all-folds is for --curve and --ablation; give one of them too")


def _check_places(
    corpus: Sequence[Path], outputs: Sequence[Path | None], records: Path | None
) -> None:
    """Refuse places that nothing can or should be written to, and make the folder of records.

    Raises:
        BadParameter: an output is a file of the corpus.
        KcspError: a place cannot be written to.
    """
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import refuse_unwritable

    read = [file for path in corpus for file in (path, *path.glob("*.jsonl"))]
    places = [path for path in outputs if path is not None]
    if records is not None:
        with contextlib.suppress(OSError):  # what follows says what is wrong with the place
            records.mkdir(parents=True, exist_ok=True)
        places.append(records / "records.jsonl")
    for place in places:
        refuse_overwriting(read, place)
        refuse_unwritable(place)


def _command() -> str:
    import shlex
    import sys

    return shlex.join(["kcsp-nlp", *sys.argv[1:]])


def _one_model(
    corpus: Sequence[Path], model: Path | None, title: str
) -> tuple[Results, dict[str, list[Pair]]]:
    """Score one model; return the results and what they are of, by the name of its file."""
    from kcsp_nlp.annotator import Annotator
    from kcsp_nlp.evaluation.results import Model
    from kcsp_nlp.evaluation.running import annotated
    from kcsp_nlp.evaluation.summary import evaluation_results
    from kcsp_nlp.labels.corpus import read_all

    annotator = Annotator.load(model)
    pairs = list(annotated(annotator, read_all(corpus)))
    judged = Model(
        name=annotator.model.name,
        version=annotator.model.version,
        corpus_sha256=annotator.nlp.meta.get("corpus_sha256"),
    )
    results = evaluation_results(
        pairs, annotator.topics.labels, judged, command=_command(), title=title
    )
    return results, {"records": pairs}


def _many_models(
    documents: Sequence[LabelledMinutes], setup: Setup, runs: Path, workers: int, title: str
) -> tuple[Results, dict[str, list[Pair]]]:
    """Cross-validate; return the results and what they are of, by the names of their files."""
    from kcsp_nlp.evaluation.plan import make_plan
    from kcsp_nlp.evaluation.running import Runs
    from kcsp_nlp.evaluation.summary import cross_validation_results

    def log(line: str) -> None:
        typer.echo(line, err=True)

    plan = make_plan(documents, setup, log)
    kept = Runs(runs)
    kept.complete(plan, workers=workers, log=log)
    results = cross_validation_results(plan, kept.read, setup, command=_command(), title=title)
    folds = {f"fold-{run.fold + 1}": kept.read(run) for run in plan if run.kind == "fold"}
    return results, folds


def _write(
    results: Results,
    held: dict[str, list[Pair]],
    *,
    output: Path | None,
    records: Path | None,
    errors: Path | None,
) -> None:
    """Write the files that were asked for."""
    import json

    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.evaluation.mistakes import find_mistakes
    from kcsp_nlp.record_lines import write

    if records is not None:
        for name, pairs in held.items():
            with open_output(records / f"{name}.jsonl") as stream:
                for _, found in pairs:
                    write(found, stream)
    if errors is not None:
        with open_output(errors) as stream:
            for gold, found in (pair for pairs in held.values() for pair in pairs):
                for mistake in find_mistakes(gold, found):
                    line = json.dumps(mistake.to_json(gold.text), ensure_ascii=False)
                    stream.write(f"{line}\n")
    if output is not None:
        with open_output(output) as stream:
            stream.write(results.to_text())


def _write_confidence(held: dict[str, list[Pair]], confidence: Path) -> None:
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.evaluation.span_scores import fit_confidence

    with open_output(confidence) as stream:
        stream.write(fit_confidence(pair for pairs in held.values() for pair in pairs).to_text())


def _show(results: Results, *, as_json: bool) -> None:
    import json

    from kcsp_nlp.cli.tables import score_table
    from kcsp_nlp.cli.writing import open_output

    scores = results.scores
    with open_output(None) as stream:
        stream.write(json.dumps(scores.to_json(), indent=2) if as_json else score_table(scores))
        stream.write("\n")
