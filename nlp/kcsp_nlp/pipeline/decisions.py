"""What `ner` decides of one document, many tokens at once: spaCy's entities, sooner.

spaCy goes from token to token: a small matrix product for the scores of all moves, which moves are
allowed, the best of them. But a score depends only on the token and, within an entity, on where
that began. So all tokens are scored at once as if they stood outside an entity; then all
beginnings that were found, step by step, until each has its end. Where two moves are as good as
equal, and in documents that have annotations already, spaCy decides as ever.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, ENT_TYPE, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

# What is read of a state: its token, the first of the open entity, the token before.
_FEATURES = 3
_PIECES = 2

# Sums in another order differ in their last bits: scores of up to 20 by less than 1e-5. Moves
# that are nearer to each other than this are left to spaCy.
_DOUBT = 1e-4

# Steps within which entities have ended. A document that were one entity after each of its tokens
# would take the square of its length.
_STEPS = 100


class _Moves(NamedTuple):
    """Columns of the scores.

    Attributes:
        labels: Labels of entities, in the order of the others.
        outside: What may become of a token outside an entity: nothing, then for each label that
            one begins, then for each label that it is one by itself.
        inside: For each label, that an entity goes on.
        last: For each label, that this is an entity's last token.
    """

    labels: list[str]
    outside: list[int]
    inside: list[int]
    last: list[int]


class QuickRecognizer(EntityRecognizer):  # type: ignore[misc]
    """spaCy's `EntityRecognizer`, quick where it is asked for one document."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document."""
        found = self._decide(doc)
        if found is None:
            # Beside another document, the network is thinc's own.
            states = self.predict([doc, Doc(doc.vocab)])
            self.set_annotations([doc], states[:1])
        else:
            # As spaCy's: tokens that nothing is known of stand outside an entity.
            doc.set_ents(found, default="outside")
        return doc

    def _decide(self, doc: Doc) -> list[Span] | None:
        """Return the entities; None where spaCy is to decide."""
        moves = _moves([self.moves.get_class_name(at) for at in range(self.moves.n_moves)])
        if moves is None or not _is_known(self.model) or _is_annotated(doc):
            return None
        scores = _Scores(self.model, moves, doc)
        labels = len(moves.labels)
        outside = scores.outside()
        outside[doc.to_array(IS_SPACE).astype(bool), 1:] = -np.inf
        outside[-1, 1 : labels + 1] = -np.inf  # nothing to go on with
        best = outside.argmax(axis=1)
        starts = np.flatnonzero((best > 0) & (best <= labels))
        ends = scores.ends(starts, best[starts] - 1)
        if ends is None:
            return None
        found: list[Span] = []
        decided = np.ones(len(doc), dtype=bool)
        behind = dict(zip(starts.tolist(), ends.tolist(), strict=True))
        end = 0
        for start in np.flatnonzero(best).tolist():
            if start >= end:
                end = behind.get(start, start + 1)
                label = moves.labels[(best[start] - 1) % labels]
                found.append(Span(doc, start, end, label=label))
                decided[start + 1 : end] = False
        return None if _is_close(outside[decided], best[decided]) else found


class _Scores:
    """The scores of a document's tokens.

    Where an entity is open they are needed only to tell whether it ends.
    """

    def __init__(self, model: Model[list[Doc], object], moves: _Moves, doc: Doc) -> None:
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        affine, self._bias = (cast(Floats, lower.get_param(name)) for name in ("W", "b"))
        absent = cast(Floats, lower.get_param("pad"))[0]
        weights, bias = (cast(Floats, upper.get_param(name)) for name in ("W", "b"))
        width = affine.shape[-1]
        self._own, self._first, self._before = (each.reshape(-1, width).T for each in affine)
        self._absent = absent[1] + absent[2]
        self._outside = weights[moves.outside].T, bias[moves.outside]
        self._ending = weights[moves.last] - weights[moves.inside]
        self._ending_bias = bias[moves.last] - bias[moves.inside]
        self._tokens = cast(Floats, model.get_ref("tok2vec").predict([doc]))
        self._read = self._tokens @ self._own

    def outside(self) -> Floats:
        """Return the scores of each token outside an entity, by the columns of `outside`."""
        weights, bias = self._outside
        hidden = self._hidden(self._read + (self._absent + self._bias).ravel())
        return cast(Floats, hidden @ weights + bias)

    def ends(self, starts: Places, labels: Places) -> Places | None:
        """Return where entities end that begin at some tokens; None where that is doubtful.

        Args:
            starts: First tokens, none of them the document's last.
            labels: The label of each.
        """
        first = self._tokens[starts] @ self._first + self._bias.ravel()
        ends = np.zeros_like(starts)
        left = np.arange(len(starts))
        for step in range(1, _STEPS):
            if not len(left):
                return ends
            at = starts[left] + step
            hidden = self._hidden(
                self._read[at] + first[left] + self._tokens[at - 1] @ self._before
            )
            kinds = labels[left]
            worth = np.einsum("ij,ij->i", hidden, self._ending[kinds]) + self._ending_bias[kinds]
            final = at == len(self._tokens) - 1
            if (np.abs(worth[~final]) < _DOUBT).any():
                return None
            done = final | (worth > 0)
            ends[left[done]] = at[done] + 1
            left = left[~done]
        return None

    def _hidden(self, sums: Floats) -> Floats:
        """Return the larger piece of each hidden number."""
        pieces = sums.reshape(len(sums), -1, _PIECES)
        return np.maximum(pieces[:, :, 0], pieces[:, :, 1])


def _is_annotated(doc: Doc) -> bool:
    """Tell whether a document has what rules out moves: entities, sentences; or has no tokens."""
    held = doc.to_array([ENT_IOB, ENT_TYPE, SENT_START])
    # The first token begins a sentence in every document.
    return not len(held) or bool(held[:, :2].any() or held[1:, 2].any())


def _is_close(scores: Floats, best: Places) -> bool:
    """Tell whether a token's best move, whose column is given, is hardly better than another."""
    rows = np.arange(len(best))
    most = scores[rows, best]
    scores[rows, best] = -np.inf
    return bool((most - scores.max(axis=1) < _DOUBT).any())


def _moves(names: list[str]) -> _Moves | None:
    """Read the names of moves: `O`, `B-ORG`; None where a label does not have all of them."""
    at = {name: column for column, name in enumerate(names)}
    labels = [name.removeprefix("B-") for name in names if name.startswith("B-")]
    wanted = {"O", *(f"{move}-{label}" for label in labels for move in "BILU")}
    # What is left over is `U-`, which only a blocked token may become.
    if not labels or set(names) - wanted != {"U-"} or not wanted <= set(names):
        return None
    begin, inside, last, unit = ([at[f"{move}-{label}"] for label in labels] for move in "BILU")
    return _Moves(labels, [at["O"], *begin, *unit], inside, last)


def _is_known(model: Model[list[Doc], object]) -> bool:
    """Tell whether a network is of the build that is known here."""
    lower = model.get_ref("lower")
    return bool(
        isinstance(model.ops, NumpyOps)
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and (lower.get_dim("nF"), lower.get_dim("nP")) == (_FEATURES, _PIECES)
    )


def hasten_decisions(nlp: Language) -> None:
    """Put a `QuickRecognizer` in the place of each `EntityRecognizer` without a beam.

    The pipeline's configuration stays as it is, and so does what it writes.
    """
    components: list[tuple[str, Any]] = nlp._components
    for at, (name, part) in enumerate(components):
        if type(part) is EntityRecognizer and part.cfg["beam_width"] == 1:
            quick = QuickRecognizer(nlp.vocab, part.model, name, part.moves, scorer=part.scorer)
            quick.cfg = part.cfg
            components[at] = (name, quick)
