"""The network over one document, in the fewest steps: thinc's numbers but for last bits, sooner.

thinc runs every layer over all tokens before the next. Here the rows of a document go through a
layer in blocks that stay in the processor's cache, and a word is embedded once for all documents.
Training, several documents at once and networks of another build are left to thinc.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vectors import Mode, Vectors
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]
Codes = NDArray[np.uint64]

_In = TypeVar("_In")
_Out = TypeVar("_Out")

# A matrix product gives a row the same last bit wherever it stands only among whole groups of
# rows, twelve with AVX2: blocks are whole groups, and what is left over at the end stays there.
_GROUP = 12
_BLOCK = 16 * _GROUP

# Embedded words that are kept from one document to the next: some 20 MB.
_WORDS = 30_000

# Leaves of the layers that are known here.
_MIX = ["maxout", "layernorm", "dropout"]
_STAGE = ["expand_window", *_MIX]
_EMBEDDED = ["extract_features", "static_vectors", "kcsp_signs"]


class _Mix(NamedTuple):
    """A maxout layer and the normalisation of its output: `Maxout(..., normalize=True)`."""

    maxout: Model[Any, Any]
    norm: Model[Any, Any]

    @property
    def width(self) -> int:
        """Columns of the output."""
        return self.norm.get_dim("nO")

    def run(self, rows: Floats, out: Floats) -> None:
        """Write what becomes of rows to `out`, in blocks."""
        pieces = self.maxout.get_dim("nP")
        weights = _weights(self.maxout, "W").reshape(self.width * pieces, -1).T
        bias = _weights(self.maxout, "b").reshape(-1)
        scale, shift = _weights(self.norm, "G"), _weights(self.norm, "b")
        wide = np.empty((min(_BLOCK + _GROUP, len(rows)), len(bias)), dtype=np.float32)
        copied = None if rows.flags.c_contiguous else np.empty((len(wide), rows.shape[1]), "f")
        for start, end in _blocks(len(rows)):
            block, best = rows[start:end], out[start:end]
            if copied is not None:
                np.copyto(copied[: len(block)], block)
                block = copied[: len(block)]
            product = wide[: len(block)]
            np.dot(block, weights, out=product)
            product += bias
            split = product.reshape(len(block), self.width, pieces)
            np.maximum(split[:, :, 0], split[:, :, 1], out=best)
            for piece in range(2, pieces):
                np.maximum(best, split[:, :, piece], out=best)
            _normalise(best, scale, shift)


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    """Yield where blocks of rows begin and end; the last takes what is less than a group too.

    A row by itself would be multiplied as a vector, which has other last bits.
    """
    start = 0
    while start < count:
        end = start + _BLOCK if count - start >= _BLOCK + _GROUP else count
        yield start, end
        start = end


def _weights(layer: Model[Any, Any], name: str) -> Floats:
    return cast(Floats, layer.get_param(name))


def _normalise(rows: Floats, scale: Floats, shift: Floats) -> None:
    """Give each row mean 0 and variance 1, then scale and shift; step by step as numpy's `var`."""
    rows -= np.add.reduce(rows, axis=1, keepdims=True) / np.float32(rows.shape[1])
    spread = np.add.reduce(rows * rows, axis=1, keepdims=True) / np.float32(rows.shape[1])
    spread += 1e-08
    rows *= spread ** (-1.0 / 2.0)
    rows *= scale
    rows += shift


def hasten(model: Model[_In, _Out]) -> None:
    """Replace what is known here of a network; what it returns stays the same.

    Args:
        model: A network with its weights; its nodes keep names, layers and weights, so that it is
            stored as before.
    """
    for node in list(model.walk()):
        if not isinstance(node.ops, NumpyOps):
            return
        quick = _encoder(node) or _embedding(node)
        if quick is not None:
            model.replace_node(node, quick)


def _leaves(node: Model[Any, Any]) -> list[Model[Any, Any]]:
    return [each for each in node.walk(order="dfs_pre") if not each.layers]


def _mix(leaves: Sequence[Model[Any, Any]]) -> _Mix | None:
    """Return the layer that leaves are; None where they are another."""
    if [leaf.name for leaf in leaves] != _MIX or leaves[0].get_dim("nP") < len(("a", "b")):
        return None
    return _Mix(leaves[0], leaves[1])


def _quick(
    original: Model[_In, _Out], predict: Callable[[_In], _Out], trained: Callable[[], None]
) -> Model[_In, _Out]:
    """Return a node that predicts for one document with `predict` and is `original` otherwise.

    It calls `trained` whenever it is trained.
    """

    def forward(_: Model[_In, _Out], given: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        if is_train:
            trained()
        if is_train or not isinstance(given, list) or len(given) != 1 or not len(given[0]):
            return original(given, is_train)
        return predict(cast(_In, given)), _no_gradient

    return Model(
        original.name,
        forward,
        layers=list(original.layers),
        dims={name: original.maybe_get_dim(name) for name in original.dim_names},
        attrs=dict(original.attrs),
    )


def _no_gradient(*_: Any) -> Any:
    raise RuntimeError("a prediction has no gradient")


def _encoder(node: Model[Any, Any]) -> Model[Any, Any] | None:
    """Return a quick node for spaCy's `MaxoutWindowEncoder`; None for another node."""
    if not node.name.startswith("with_array(residual("):
        return None
    leaves = _leaves(node)
    stages = [leaves[at : at + len(_STAGE)] for at in range(0, len(leaves), len(_STAGE))]
    mixes = [mix for stage in stages if (mix := _mix(stage[1:]))]
    windows = [stage[0].attrs.get("window_size") for stage in stages]
    residuals = sum(each.name.startswith("residual(expand_window") for each in node.walk())
    depth = len(stages)
    # A chain of several residual layers is called after the first.
    if len(mixes) != depth or windows != [1] * depth or residuals != depth + (depth > 1):
        return None
    pad = int(node.attrs["pad"])

    def predict(given: list[Floats]) -> list[Floats]:
        count, width = given[0].shape
        held = np.zeros((count + 2 * pad + 2, width), dtype=np.float32)
        held[pad + 1 : pad + 1 + count] = given[0]
        for mix in mixes:
            # Each row between its neighbours; before the first and behind the last are zeros.
            rows = sliding_window_view(held.reshape(-1), 3 * width)[::width]
            more = np.zeros_like(held)
            mix.run(rows, more[1:-1])
            more[1:-1] += held[1:-1]
            held = more
        return [held[pad + 1 : pad + 1 + count]]

    return _quick(node, predict, lambda: None)


def _embedding(node: Model[Any, Any]) -> Model[Any, Any] | None:
    """Return a quick node for `kcsp.GazetteerEmbed.v1` with all its parts; None for another."""
    if len(node.layers) != len(("parts", "mix", "list")) or node.layers[2].name != "ragged2list":
        return None
    parts, mix = node.layers[0].layers, _mix(_leaves(node.layers[1]))
    heads = [_leaves(part)[0] for part in parts]
    if [head.name for head in heads] != _EMBEDDED or mix is None:
        return None
    columns = heads[0].attrs["columns"]
    words, signs = (parts[at].layers[-1].layers[0] for at in (0, 2))
    kept = _Kept(node, mix.width)

    def embed(codes: Codes, vectors: Vectors) -> Floats:
        keys = codes[:, len(columns)]
        rows = np.hstack(
            [
                words.predict(codes[:, : len(columns)]),
                _projected(parts[1], vectors, keys),
                signs.predict(codes[:, len(columns) + 1 :]),
            ]
        )
        out = np.empty((len(rows), mix.width), dtype=np.float32)
        mix.run(rows, out)
        return out

    def predict(docs: list[Doc]) -> list[Floats]:
        doc = docs[0]
        vectors = doc.vocab.vectors
        if not (isinstance(vectors, Vectors) and vectors.mode == Mode.default):
            return cast("list[Floats]", node.predict(docs))
        read = doc.to_array([*columns, getattr(vectors, "attr", "ORTH")])
        codes = np.hstack([read, heads[2].predict(docs)[0]])
        return [kept.rows(codes, vectors, embed)]

    return _quick(node, predict, kept.stop)


class _Kept:
    """Embedded words, kept from one document to the next as long as the weights are the same.

    Weights that are replaced are noticed by their arrays. Training changes them where they are:
    once the node has been trained, nothing is kept beyond a document.
    """

    def __init__(self, node: Model[Any, Any], width: int) -> None:
        self._node = node
        self._table = np.empty((_WORDS, width), dtype=np.float32)
        self._places: dict[bytes, int] = {}
        self._weights: list[object] = []
        self._stopped = False

    def stop(self) -> None:
        """Keep nothing from now on."""
        self._stopped = True

    def rows(
        self, codes: Codes, vectors: Vectors, embed: Callable[[Codes, Vectors], Floats]
    ) -> Floats:
        """Return the embedding of each row of codes; those that are not known go to `embed`."""
        weights = [vectors.data, vectors.n_keys, *_arrays(self._node)]
        # Numbers of keys that are equal need not be the same object.
        same = len(weights) == len(self._weights) and all(
            one is other or (isinstance(one, int) and one == other)
            for one, other in zip(weights, self._weights, strict=True)
        )
        if self._stopped or not same:
            self._weights = weights
            self._places.clear()
        keys = codes.view(f"V{codes.itemsize * codes.shape[1]}").ravel().tolist()
        new = {key: at for at, key in enumerate(keys) if key not in self._places}
        if len(self._places) + len(new) > len(self._table):
            self._places.clear()
            new = {key: at for at, key in enumerate(keys)}
        if len(new) > len(self._table):
            return embed(codes, vectors)
        if new:
            first = len(self._places)
            self._table[first : first + len(new)] = embed(codes[list(new.values())], vectors)
            self._places.update(zip(new, range(first, first + len(new)), strict=True))
        return self._table[[self._places[key] for key in keys]]


def _arrays(node: Model[Any, Any]) -> Iterator[object]:
    """Yield the arrays of all weights of a node."""
    for each in node.walk():
        for name in each.param_names:
            yield each.get_param(name)


def _projected(project: Model[Any, Any], vectors: Vectors, keys: Codes) -> Floats:
    """Return the static vectors of words as `StaticVectors` reads them; zeros for none."""
    rows = vectors.find(keys=keys)
    read = np.dot(vectors.data[rows], _weights(project, "W").T)
    read[rows < 0] = 0
    return cast(Floats, read)
