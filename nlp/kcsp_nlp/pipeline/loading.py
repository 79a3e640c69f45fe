"""Find a model folder and load its spaCy pipeline.

A model is a folder, or a package that `kcsp-nlp package` built, called by its name. A folder may be
replaced while it is read: `kcsp_nlp.versions.placing` does that, and what it leaves beside the
folder is known here, so that whoever loads gets the old model or the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kcsp_nlp.errors import ModelError
from kcsp_nlp.shipped import shipped

if TYPE_CHECKING:
    from spacy.language import Language

_Read = TypeVar("_Read")

# How often a model is read again that was replaced while it was read.
_TRIES = 5


def model_folder(model: Path | None = None) -> Path:
    """Return the folder of a model: `model` itself, or the one that is shipped.

    Args:
        model: A folder, or the name of an installed model package; None for the shipped model.

    Raises:
        ModelError: there is no pipeline at that place.
    """
    folder = shipped("models/kcsp") if model is None else model
    # Twice: it may be moved in between the first look and that at the incoming one.
    for place in (folder, incoming(folder), folder, _installed(folder)):
        if place is not None and (place / "config.cfg").is_file():
            return place
    raise ModelError(
        f"{folder}: no model here (config.cfg is missing), and no installed model package of "
        "that name; expected a folder written by `kcsp-nlp train`; give one with --model, or "
        "reinstall kcsp-nlp to get the shipped one"
    )


def beside(folder: Path) -> Path:
    """Return where older models of a model folder are kept."""
    folder = folder.resolve()
    return folder.parent / f"{folder.name}.history"


def incoming(folder: Path) -> Path:
    """Return where a new model waits for the folder's place; it is whole, or not there."""
    return beside(folder) / "next"


def read_whole(model: Path | None, read: Callable[[Path], _Read]) -> _Read:
    """Read from a model folder so that what is returned comes from one and the same model.

    Args:
        model: As for `model_folder`.
        read: Takes the folder; called again where the folder was replaced meanwhile.

    Raises:
        ModelError: there is no model, `read` refuses it, or it is replaced again and again.
        OSError: `read` cannot read it, and it was not replaced.
    """
    for _ in range(_TRIES):
        folder = model_folder(model)
        before = _identity(folder)
        try:
            found = read(folder)
        except (ModelError, OSError):
            if before is not None and _identity(folder) == before:
                raise
            continue
        if before is not None and _identity(folder) == before:
            return found
    raise ModelError(
        f"{folder}: was replaced again and again while it was read; expected a model that stays; "
        "try again when no other command replaces it"
    )


def _identity(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells a folder from another in its place; None where there is none."""
    try:
        held = folder.stat()
    except OSError:
        return None
    return held.st_dev, held.st_ino, held.st_ctime_ns


def _installed(name: Path) -> Path | None:
    """Return the folder of a model package; None where no such package is installed.

    Nothing of the package is run: its folder is all that is asked for.
    """
    package = str(name)
    if package.isidentifier():
        for entry in entry_points(group="spacy_models", name=package):
            spec = find_spec(package)
            if spec and spec.submodule_search_locations and entry.dist:
                found = Path(spec.submodule_search_locations[0])
                return found / f"{package}-{entry.dist.version}"
    return None


def load_pipeline(folder: Path) -> Language:
    """Load the spaCy pipeline of a model folder.

    numpy's own matrix product is several times as fast as the one spaCy picks by default, so it
    is made the current one for this process.

    Args:
        folder: As `model_folder` returns it.

    Raises:
        ModelError: the folder does not hold a pipeline that this version can load.
    """
    import spacy
    from spacy.pipeline import TrainablePipe
    from thinc.api import NumpyOps, set_current_ops

    from kcsp_nlp.pipeline.decisions import hasten_decisions
    from kcsp_nlp.pipeline.inference import hasten

    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(folder)
    except (OSError, EOFError, ValueError, KeyError, ImportError, TypeError) as error:
        raise ModelError(
            f"{folder}: the pipeline cannot be loaded ({type(error).__name__}); expected one that "
            "`kcsp-nlp train` wrote with this version; train it again or reinstall kcsp-nlp"
        ) from error
    for _, part in nlp.pipeline:
        if isinstance(part, TrainablePipe):
            hasten(part.model)
    hasten_decisions(nlp)
    return nlp
