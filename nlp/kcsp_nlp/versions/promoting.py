"""Replace the shipped model where the new one is no worse, and go back where it turns out to be.

What is judged is what is shipped: digests are taken before models are loaded and verified when the
new one is moved in, under a lock. Of two that promote at once, the one that comes second finds
another model than it was compared with, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal, NamedTuple

from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.versions.comparing import Judged, compare, load_judged
from kcsp_nlp.versions.comparison import Comparison
from kcsp_nlp.versions.facts import ModelFacts, read_facts
from kcsp_nlp.versions.history import Entry, read_history
from kcsp_nlp.versions.judging import MARGIN, Objection, judge
from kcsp_nlp.versions.placing import DIGITS, Place, find_kept
from kcsp_nlp.versions.seen import seen_documents

# How many older models are kept.
KEEP = 5


class Outcome(NamedTuple):
    """What became of a promotion.

    Attributes:
        entry: The new line of the history; None where nothing was replaced.
        comparison: None where nothing was compared.
        objections: What speaks against the new model; with an entry, it was forced.
        left_out: Ids of documents that a model was trained on, and that were not judged on.
    """

    entry: Entry | None
    comparison: Comparison | None
    objections: tuple[Objection, ...]
    left_out: tuple[str, ...]


def promote(
    new: Path,
    over: Path,
    documents: Sequence[LabelledMinutes],
    *,
    margin: float = MARGIN,
    force: bool = False,
    keep: int = KEEP,
    log: Callable[[str], None],
) -> Outcome:
    """Let a model take the place of another where it may.

    Args:
        new: A model folder, or the name of an installed model package; it stays.
        over: The folder of the model to be replaced; where there is none yet, nothing is compared.
        documents: Labelled minutes to judge on; those that a model was trained on are left out.
        margin: How much the F1 of a label or topic may fall.
        force: Whether it is replaced whatever speaks against it.
        keep: How many older models are kept, at least one.
        log: Receives lines of progress.

    Returns:
        With neither entry nor objection where the two are the same model.

    Raises:
        ModelError: the new model cannot be loaded with this version, forced or not, or either was
            replaced meanwhile.
        KcspError: nothing can be written there.
    """
    place = Place(over)
    _check_place(place.folder)
    with place.hold():
        current = _current(place)
    judged = load_judged(new)
    if current is not None and current.sha256 == judged.facts.sha256:
        return Outcome(None, None, (), ())
    comparison, objections, left_out = None, list[Objection](), tuple[str, ...]()
    if current is not None:
        comparison, objections, left_out = _judge(judged, place.folder, documents, margin, log)
    if objections and not force:
        return Outcome(None, comparison, tuple(objections), left_out)
    entry = _entry(
        "promote",
        judged.facts,
        comparison.old if comparison else current,
        forced=bool(objections),
        against=tuple(objection.says for objection in objections),
        margin=margin,
        comparison=comparison,
    )
    with place.hold():
        place.replace(judged.folder, entry, keep=max(1, keep))
    return Outcome(entry, comparison, tuple(objections), left_out)


def roll_back(over: Path, to: str | None = None, *, keep: int = KEEP) -> Entry:
    """Bring an older model back; the present one is kept in turn.

    Args:
        over: The folder of the model to be replaced.
        to: First digits of the digest of the one that is wanted; None for the one that the
            present model replaced when it was promoted.
        keep: How many older models are kept, at least one.

    Raises:
        ModelError: there is no such model, it is damaged, or this version cannot load it.
        KcspError: nothing can be written there.
    """
    place = Place(over)
    with place.hold():
        current = _current(place)
        kept = place.kept()
    wanted = find_kept(kept, to or _before(place, current, kept))
    judged = load_judged(wanted)
    if judged.facts.sha256[:DIGITS] != wanted.name:
        raise ModelError(
            f"{wanted}: damaged (sha256 {judged.facts.sha256[:DIGITS]}), expected the model that "
            "its name says; bring it back from version control, or choose another with --to"
        )
    if current is not None and current.sha256 == judged.facts.sha256:
        raise ModelError(f"{place.folder}: is that model already; choose another with --to")
    entry = _entry("rollback", judged.facts, current)
    with place.hold():
        place.replace(wanted, entry, keep=max(1, keep))
    return entry


def _judge(
    new: Judged,
    over: Path,
    documents: Sequence[LabelledMinutes],
    margin: float,
    log: Callable[[str], None],
) -> tuple[Comparison | None, list[Objection], tuple[str, ...]]:
    """Return the comparison, what speaks against the new model, and what was left out."""
    try:
        old = load_judged(over)
    except ModelError as error:
        return None, [Objection(None, None, f"nothing to compare with: {error}")], ()
    seen = {
        name
        for model in (old, new)
        for name in seen_documents(model.folder, model.facts, documents) or ()
    }
    unseen = [document for document in documents if document.id not in seen]
    left_out = tuple(document.id for document in documents if document.id in seen)
    if not unseen:
        says = (
            f"a model was trained on all {len(documents)} documents; others are needed to judge on"
            if documents
            else "nothing to judge on; give labelled minutes with --on that neither was trained on"
        )
        return None, [Objection(None, None, says)], left_out
    log(f"comparing on {len(unseen)} documents that neither model is known to have seen")
    comparison = compare(old, new, unseen).comparison
    return comparison, judge(comparison, margin), left_out


def _current(place: Place) -> ModelFacts | None:
    """Return the facts of the model that is there; None where there is none.

    A model that is not whole is one too: its digest alone is known then.
    """
    sha256 = place.sha256()
    if sha256 is None:
        return None
    try:
        return read_facts(place.folder)
    except ModelError:
        return ModelFacts(
            name="",
            version="",
            sha256=sha256,
            corpus_sha256=None,
            config_sha256="",
            topics_sha256="",
        )


def _before(place: Place, current: ModelFacts | None, kept: Sequence[Path]) -> str:
    """Return the digest of the model that the present one replaced."""
    for entry in reversed(read_history(place.history)):
        promoted = entry.action == "promote" and entry.replaced is not None
        if promoted and entry.replaced and current and entry.model.sha256 == current.sha256:
            return entry.replaced.sha256
    names = ", ".join(path.name for path in kept) or "none"
    raise ModelError(
        f"{place.history}: does not say which model the present one replaced; choose one with "
        f"--to; kept here: {names}"
    )


def _entry(
    action: Literal["promote", "rollback"],
    model: ModelFacts,
    replaced: ModelFacts | None,
    *,
    forced: bool = False,
    against: tuple[str, ...] = (),
    margin: float | None = None,
    comparison: Comparison | None = None,
) -> Entry:
    return Entry(
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        action=action,
        by=version("kcsp-nlp"),
        model=model,
        replaced=replaced,
        forced=forced,
        against=against,
        margin=margin,
        comparison=comparison,
    )


def _check_place(folder: Path) -> None:
    """Refuse a place that holds what is no model: it would be put away as one.

    Raises:
        KcspError: it does.
    """
    if not folder.exists() or (folder / "config.cfg").is_file():
        return
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        return
    raise KcspError(
        f"{folder}: holds something other than a model, which would be put aside; expected the "
        "folder of a model, or a new one"
    )
