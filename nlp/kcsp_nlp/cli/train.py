"""`kcsp-nlp train`: labelled minutes into a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    corpus: Annotated[
        list[Path],
        typer.Option("--corpus", metavar="CORPUS", help="Corpus file or folder; repeatable."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Model folder to write.")
    ],
    config: Annotated[
        Path, typer.Option("--config", metavar="CFG", help="spaCy config of the pipeline.")
    ] = Path("configs/pipeline.cfg"),
    topics: Annotated[
        Path, typer.Option("--topics", metavar="TOML", help="The taxonomy of topics.")
    ] = Path("configs/topics.toml"),
    version: Annotated[
        str, typer.Option("--model-version", metavar="V", help="Version that records will carry.")
    ] = "0.1.0",
) -> None:
    """Train the tagging pipeline and the topic model, and write both as one model folder.

    Needs the base to start from: pip install 'kcsp-nlp[train]'. The shipped model is made by

      kcsp-nlp train --corpus corpus -o models/kcsp
    """
    from kcsp_nlp.training.models import train_models

    train_models(
        corpus,
        output,
        config=config,
        topics=topics,
        version=version,
        log=lambda line: typer.echo(line, err=True),
    )
