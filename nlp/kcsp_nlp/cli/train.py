"""`kcsp-nlp train`: labelled minutes into a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def train(
    corpus: Annotated[
        list[Path],
        typer.Option("--corpus", metavar="CORPUS", help="Corpus file or folder; repeatable."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Model folder to write.")
    ],
    *,
    config: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotation at run time
        typer.Option(
            "--config",
            metavar="CFG",
            help="spaCy config; default: configs/pipeline.cfg as shipped.",
        ),
    ] = None,
    topics: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--topics", metavar="TOML", help="Taxonomy; default: the shipped topics.toml."
        ),
    ] = None,
    confidence: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--confidence",
            metavar="JSON",
            help="Weights of span scores, as `kcsp-nlp evaluate --cross-validate --confidence` "
            "writes them; default: spans carry no scores.",
        ),
    ] = None,
    version: Annotated[
        str, typer.Option("--model-version", metavar="V", help="Version that records will carry.")
    ] = "0.1.0",
) -> None:
    """Train the tagging pipeline and the topic model, and write both as one model folder.

    The shipped model is made by

      kcsp-nlp train --corpus corpus --confidence models/kcsp/confidence.json -o models/kcsp
    """
    from kcsp_nlp.confidence import Confidence
    from kcsp_nlp.shipped import shipped
    from kcsp_nlp.training.models import train_models

    train_models(
        corpus,
        output,
        config=config or shipped("configs/pipeline.cfg"),
        topics=topics or shipped("configs/topics.toml"),
        confidence=Confidence.load(confidence) if confidence else None,
        version=version,
        log=lambda line: typer.echo(line, err=True),
    )
