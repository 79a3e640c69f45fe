"""What records depend on besides the files: the same identity and the same file, the same bytes."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.batch.setup import Setup
from kcsp_nlp.errors import ModelError
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.reading import Limits
from kcsp_nlp.records import SCHEMA_VERSION
from kcsp_nlp.versions.facts import model_sha256

# What turns bytes into text and text into spans, besides this package.
_LIBRARIES = ("spacy", "thinc", "scikit-learn", "pypdfium2", "selectolax", "charset-normalizer")


class Identity(BaseModel):
    """What records depend on besides the files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(description="Of kcsp-nlp.")
    record: str = Field(description="Schema of a record.")
    model_sha256: str = Field(description="Of the names and contents of the model's files.")
    registers: str | None = Field(description="Digest of the user's registers; null for none.")
    limits: Limits
    explain: bool
    libraries: dict[str, str] = Field(description="Versions of those that records depend on.")

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def identify(setup: Setup, *, explain: bool) -> Identity:
    """Return what the records of a run depend on.

    Raises:
        ModelError: there is no model, or it cannot be read.
    """
    folder = model_folder(setup.model)
    try:
        digest = model_sha256(folder)
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be read ({error.strerror}), expected a model folder; check its "
            "permissions"
        ) from error
    return Identity(
        version=version("kcsp-nlp"),
        record=SCHEMA_VERSION,
        model_sha256=digest,
        registers=setup.tables.digest if setup.tables else None,
        limits=setup.limits,
        explain=explain,
        libraries={name: version(name) for name in _LIBRARIES},
    )
