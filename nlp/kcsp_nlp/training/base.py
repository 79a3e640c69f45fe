"""The pretrained base: its token vectors are where training starts."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.util import registry


@registry.callbacks("kcsp.copy_tok2vec.v1")
def copy_tok2vec(base: str) -> Callable[[Language], Language]:
    """Return a callback that copies a base's token vectors into a fresh `ner`.

    Args:
        base: Folder of a spaCy pipeline whose `ner` has a network of the same shape, as
            `kcsp_nlp.training.build_base` writes it.
    """

    def copy(nlp: Language) -> Language:
        _copy(spacy.load(base), nlp)
        return nlp

    return copy


def _copy(base: Language, nlp: Language) -> None:
    ours = nlp.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    theirs = base.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    for layer, source in zip(ours.walk(), theirs.walk(), strict=True):
        for name in source.param_names:
            if source.has_param(name):
                layer.set_param(name, source.get_param(name).copy())
