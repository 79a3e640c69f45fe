"""What figures come from: digests of code and configs, versions of what computed them."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

# Rooms of the package without a part in what a model finds, and those without one in what it
# learns: a better rule of structure asks for no new training.
_NOT_FINDING = (
    *("batch", "cli", "cluster", "configs", "dashboard", "evaluation", "labels", "models"),
    *("people", "redaction", "storage", "suggesting", "versions", "warehouse"),
)
_NOT_LEARNING = (
    *_NOT_FINDING,
    *("annotator.py", "confidence.py", "hints.py", "linking", "minutes", "reading"),
)
_NO_CODE = (".md", ".pyc")


def text_sha256(text: str) -> str:
    """Return the digest of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_sha256(*, learning: bool = False) -> str:
    """Return the digest of all code and data of the package that a record may depend on.

    Args:
        learning: Only of what a trained model may depend on.
    """
    left_out = _NOT_LEARNING if learning else _NOT_FINDING
    package = Path(str(resources.files("kcsp_nlp")))
    return _files_sha256(
        package,
        (
            path
            for path in package.rglob("*")
            if path.is_file()
            and path.suffix not in _NO_CODE
            and path.relative_to(package).parts[0] not in left_out
        ),
    )


@cache
def folder_sha256(folder: Path) -> str:
    """Return the digest of all files of a folder, such as a pretrained base."""
    return _files_sha256(folder, (path for path in folder.rglob("*") if path.is_file()))


def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that figures depend on."""
    names = ("kcsp-nlp", "spacy", "thinc", "scikit-learn", "numpy")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def _files_sha256(folder: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
