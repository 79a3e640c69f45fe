"""Find a model folder and load its spaCy pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kcsp_nlp.errors import ModelError
from kcsp_nlp.shipped import shipped

if TYPE_CHECKING:
    from spacy.language import Language


def model_folder(model: Path | None = None) -> Path:
    """Return the folder of a model: `model` itself, or the one that is shipped.

    Raises:
        ModelError: there is no pipeline at that place.
    """
    folder = shipped("models/kcsp") if model is None else model
    if not (folder / "config.cfg").is_file():
        raise ModelError(
            f"{folder}: no model here (config.cfg is missing); expected a folder written by "
            "`kcsp-nlp train`; give one with --model, or reinstall kcsp-nlp to get the shipped one"
        )
    return folder


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
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    try:
        return spacy.load(folder)
    except (OSError, EOFError, ValueError, KeyError, ImportError, TypeError) as error:
        raise ModelError(
            f"{folder}: the pipeline cannot be loaded ({type(error).__name__}); expected one that "
            "`kcsp-nlp train` wrote with this version; train it again or reinstall kcsp-nlp"
        ) from error
