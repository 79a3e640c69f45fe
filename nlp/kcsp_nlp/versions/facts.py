"""What a model folder is: its name and version, and digests of all that made it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kcsp_nlp.errors import ModelError


class Frozen(BaseModel):
    """A part of what this room writes; figures are finite, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ModelFacts(Frozen):
    """One model, told apart from every other by `sha256`."""

    name: str
    version: str
    sha256: str = Field(description="Of the names and contents of all its files.")
    corpus_sha256: str | None = Field(description="Of the labelled minutes it was trained on.")
    config_sha256: str = Field(description="Of config.cfg, which holds pipeline and training.")
    topics_sha256: str = Field(description="Of the taxonomy, as the topic model's card holds it.")


def model_sha256(folder: Path) -> str:
    """Return the digest of all files of a folder: their names and contents, nothing else.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    for name in sorted(files):
        with files[name].open("rb") as stream:
            held = hashlib.file_digest(stream, "sha256").digest()
        digest.update(name.encode() + b"\0" + held)
    return digest.hexdigest()


def read_facts(folder: Path) -> ModelFacts:
    """Return the facts of a model folder.

    Raises:
        ModelError: a file is missing or does not say what every model's does.
    """
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        card = json.loads((folder / "topics" / "card.json").read_bytes())
        taxonomy = json.dumps(card["topics"], sort_keys=True, ensure_ascii=False)
        return ModelFacts(
            name=meta["name"],
            version=meta["version"],
            sha256=model_sha256(folder),
            corpus_sha256=meta.get("corpus_sha256"),
            config_sha256=hashlib.sha256((folder / "config.cfg").read_bytes()).hexdigest(),
            topics_sha256=hashlib.sha256(taxonomy.encode()).hexdigest(),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{folder}: not a whole model ({type(error).__name__}); expected a folder written by "
            "`kcsp-nlp train`, with meta.json, config.cfg and topics/card.json; train it again"
        ) from error
