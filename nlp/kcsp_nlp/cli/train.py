"""`kcsp-nlp train`: labelled minutes into a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.training.pace import Pace

# Optional[...]: Typer reads the annotations at run time.
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="DIR", help="Model folder to write."),
]
Config = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--config", metavar="CFG", help="spaCy config; default: configs/pipeline.cfg as shipped."
    ),
]
Topics = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--topics", metavar="TOML", help="Taxonomy; default: the shipped topics.toml."),
]
ConfidenceFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--confidence",
        metavar="JSON",
        help="Weights of span scores, as `kcsp-nlp evaluate --cross-validate --confidence` "
        "writes them; default: spans carry no scores.",
    ),
]
Quick = Annotated[
    bool,
    typer.Option(
        "--quick", help="A trial of five minutes: few steps, and some bodies held out to judge by."
    ),
]
Patience = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--patience",
        metavar="STEPS",
        min=1,
        help="Hold one body in 16 out, stop after so many steps without a better score on them, "
        "and keep the best state; default: learn from all, to the last step.",
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Only check the labelled minutes, by file and line.")
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Begin anew where an interrupted training could go on.")
]


def train(
    corpus: Annotated[
        list[Path],
        typer.Option("--corpus", metavar="CORPUS", help="Corpus file or folder; repeatable."),
    ],
    output: Output = None,
    *,
    config: Config = None,
    topics: Topics = None,
    confidence: ConfidenceFile = None,
    version: Annotated[
        str, typer.Option("--model-version", metavar="V", help="Version that records will carry.")
    ] = "0.1.0",
    quick: Quick = False,
    patience: Patience = None,
    check: Check = False,
    fresh: Fresh = False,
) -> None:
    """Train the tagging pipeline and the topic model, and write both as one model folder.

    The labelled minutes are checked first: errors stop the command, warnings are counted. Killed,
    the same command goes on where it was. The shipped model is made by

      kcsp-nlp train --corpus corpus --confidence models/kcsp/confidence.json -o models/kcsp

    A trial with minutes of your own, and what is wrong with them:

      kcsp-nlp train --corpus corpus --corpus own.jsonl --quick -o models/trial

      kcsp-nlp train --corpus own.jsonl --check
    """
    from kcsp_nlp.confidence import Confidence
    from kcsp_nlp.shipped import shipped
    from kcsp_nlp.training.models import check_only, train_models

    taxonomy = topics or shipped("configs/topics.toml")
    if check:
        check_only(corpus, topics=taxonomy, log=_log)
        return
    if output is None:
        raise typer.BadParameter("give a folder for the model with -o, or --check")
    train_models(
        corpus,
        output,
        config=config or shipped("configs/pipeline.cfg"),
        topics=taxonomy,
        confidence=Confidence.load(confidence) if confidence else None,
        version=version,
        log=_log,
        pace=_pace(quick, patience),
        fresh=fresh,
    )


def _pace(quick: bool, patience: int | None) -> Pace:
    from kcsp_nlp.training.pace import FULL, QUICK

    pace = QUICK if quick else FULL
    return pace if patience is None else pace._replace(patience=patience)


def _log(line: str) -> None:
    typer.echo(line, err=True)
