"""What comes with kcsp-nlp besides code: models and configs.

In a wheel they lie inside the package; in a checkout in the folders of the same names at its top.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shipped(name: str) -> Path:
    """Return where a shipped file or folder lies, such as `models/kcsp`.

    The path is returned even where nothing is there: whoever opens it says what was expected.
    """
    package = Path(str(resources.files("kcsp_nlp")))
    # The folder at the top is asked for: a model is missing for a moment while another replaces it.
    packed = (package / Path(name).parts[0]).exists()
    return package / name if packed else package.parents[1] / name
