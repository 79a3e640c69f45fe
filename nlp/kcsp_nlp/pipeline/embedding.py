"""The architecture `kcsp.GazetteerEmbed.v1`: spaCy's MultiHashEmbed that also reads lists.

Token attributes and static vectors as there, and beside them the signs that
`kcsp_nlp.pipeline.gazetteer` finds: lists of names, places and bodies, and the whole document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d, Ints2d, Ragged

from kcsp_nlp.pipeline.gazetteer import signs_of

# Seeds of the hash tables: MultiHashEmbed's own, so that a base's tables fit, and two of ours.
_SEED, _SIGN_SEED = 8, 31
# Rows of the tables of signs: there are fewer sets of signs than that.
_SIGN_ROWS = (300, 100)


@registry.architectures("kcsp.GazetteerEmbed.v1")
def create_embed(
    width: int, attrs: list[str], rows: list[int], include_static_vectors: bool, sign_width: int
) -> Model[list[Doc], list[Floats2d]]:
    """Create the embedding layer.

    Args:
        width: Columns of the output and of each attribute's table.
        attrs: Token attributes, each with a table of its own.
        rows: Rows of those tables.
        include_static_vectors: Whether the vocab's vectors are read.
        sign_width: Columns of the tables of signs; 0 for none.
    """
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, size, column=column, seed=_SEED + column, dropout=0.0)
        for column, size in enumerate(rows)
    ]
    signs: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(sign_width, size, column=column, seed=_SIGN_SEED + column, dropout=0.0)
        for column, size in enumerate(_SIGN_ROWS)
    ]
    ragged = cast(Callable[[], Model[list[Ints2d], Ragged]], list2ragged)
    parts: list[Model[list[Doc], Ragged]] = [
        chain(FeatureExtractor(attrs), ragged(), with_array(concatenate(*tables)))
    ]
    if include_static_vectors:
        parts.append(StaticVectors(width, dropout=0.0))
    if sign_width:
        parts.append(
            chain(Model("kcsp_signs", _forward), ragged(), with_array(concatenate(*signs)))
        )
    columns = width * (len(tables) + include_static_vectors) + sign_width * len(signs)
    return chain(
        concatenate(*parts) if len(parts) > 1 else parts[0],
        with_array(Maxout(width, columns, nP=3, dropout=0.0, normalize=True)),
        ragged2list(),
    )


def _forward(
    model: Model[Sequence[Doc], list[Ints2d]], docs: Sequence[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    signs = [model.ops.asarray2i(cast(Ints2d, signs_of(doc)), dtype="uint64") for doc in docs]
    return signs, lambda gradients: []
