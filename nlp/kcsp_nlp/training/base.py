"""The pretrained base: its token vectors are where training starts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import registry
from thinc.api import Model

from kcsp_nlp.errors import KcspError

# What columns that the base does not know start with, as a share of their random weights: little
# enough that the base's vectors are what the network first sees.
_SHARE = 0.3


@registry.callbacks("kcsp.copy_tok2vec.v1")
def copy_tok2vec(base: str) -> Callable[[Language], Language]:
    """Return a callback that copies a base's token vectors into a fresh `ner`.

    Args:
        base: Folder of a spaCy pipeline whose `ner` has a network of ours without signs, as
            `kcsp_nlp.training.build_base` writes it.
    """

    def copy(nlp: Language) -> Language:
        _copy(spacy.load(base), nlp)
        return nlp

    return copy


def _copy(base: Language, nlp: Language) -> None:
    ours = nlp.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    theirs = base.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    sources: dict[tuple[str, str], deque[Any]] = defaultdict(deque)
    for layer, name in _parameters(theirs):
        sources[layer.name, name].append(layer.get_param(name))
    for layer, name in _parameters(ours):
        held = sources[layer.name, name]
        if held and (weights := _fit(held[0], layer.get_param(name))) is not None:
            held.popleft()
            layer.set_param(name, weights)
    left = sorted({layer for (layer, _), held in sources.items() if held})
    if left:
        raise KcspError(
            f"the base has layers that the configured network lacks ({', '.join(left)}); expected "
            "one of the same attributes, width and depth, as kcsp_nlp.training.build_base writes it"
        )


def _parameters(model: Model[Any, Any]) -> Iterator[tuple[Model[Any, Any], str]]:
    """Yield the layers of a network with the names of their parameters, in order."""
    for layer in model.walk():
        for name in layer.param_names:
            if layer.has_param(name):
                yield layer, name


def _fit(source: Any, own: Any) -> Any:
    """Return the base's weights in the shape of ours; None where they cannot be meant for it.

    The mixing layer may read further columns, those of signs: behind the base's own, they keep
    a part of their random start.
    """
    if source.shape == own.shape:
        return source.copy()
    if source.shape[:-1] != own.shape[:-1] or source.shape[-1] > own.shape[-1]:
        return None
    weights = own * _SHARE
    weights[..., : source.shape[-1]] = source
    return weights
