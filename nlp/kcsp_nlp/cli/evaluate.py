"""`kcsp-nlp evaluate`: a model against labelled minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def evaluate(
    corpus: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", help="Labelled minutes: files or folders.")
    ],
    model: Annotated[
        Optional[Path],  # noqa: UP045 -- Typer reads the annotation at run time
        typer.Option("--model", metavar="M", help="Model folder; default: the shipped model."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score a model on labelled minutes: spans, items, attendance, decisions, actions, topics.

    Scores on documents that the model was trained on say nothing about new ones.

    Example: kcsp-nlp evaluate my-minutes.jsonl
    """
    import json

    from kcsp_nlp.annotator import Annotator
    from kcsp_nlp.cli.tables import score_table
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.evaluation import evaluate as score
    from kcsp_nlp.labels.corpus import read_all
    from kcsp_nlp.reading import read_bytes

    annotator = Annotator.load(model)
    documents = read_all(corpus)
    pairs = (
        (
            document,
            annotator.annotate(
                read_bytes(document.text.encode(), document.id, f".{document.format}")
            ),
        )
        for document in documents
    )
    result = score(pairs, annotator.topics.labels)
    with open_output(None) as stream:
        stream.write(json.dumps(result.to_json(), indent=2) if as_json else score_table(result))
        stream.write("\n")
