"""Results as one JSON file: every figure with its interval, and the protocol behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kcsp_nlp.errors import KcspError
from kcsp_nlp.evaluation.calibration import Calibration
from kcsp_nlp.evaluation.mistakes import ErrorKind
from kcsp_nlp.evaluation.scores import STRUCTURE
from kcsp_nlp.records import LABELS

Interval = tuple[float, float]

# Longest line of the file; what fits stands on one.
_WIDTH = 110


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Figure(_Model):
    """Precision, recall and F1 of one kind of thing; four decimals."""

    f1: float
    precision: float
    recall: float
    support: int = Field(description="How many are labelled.")
    ci95: Interval | None = Field(
        description="95 % interval of the F1, documents resampled; null where there is none."
    )


class Tables(_Model):
    """All figures of a number of documents."""

    documents: int
    spans: dict[str, Figure] = Field(description="Per label, and micro.")
    structure: dict[str, Figure]
    topics: dict[str, Figure] = Field(description="Per topic, and micro.")
    topics_macro_f1: float = Field(description="Mean F1 over topics.")
    topics_macro_ci95: Interval | None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted = {"spans": (*LABELS, "micro"), "structure": STRUCTURE, "topics": ("micro",)}
        for table, names in wanted.items():
            if missing := set(names) - set(getattr(self, table)):
                raise ValueError(f"{table} lacks {', '.join(sorted(missing))}")
        return self

    def to_json(self) -> dict[str, Any]:
        """Return the figures as `kcsp-nlp evaluate --json` prints them."""
        held = self.model_dump(mode="json")
        macro = {key.removeprefix("topics_"): held.pop(key) for key in list(held) if "macro" in key}
        macro["macro_f1_ci95"] = macro.pop("macro_ci95")
        return {**held, "topics": {**held["topics"], **macro}}


class Difference(_Model):
    """One system's F1 minus another's, on the same documents."""

    difference: float
    ci95: Interval | None = Field(
        description="95 % interval of the difference; null with fewer than five documents."
    )
    p: float = Field(
        description="Two-sided probability of such a difference, or a larger one, were the two "
        "exchangeable in every document (approximate randomisation)."
    )


class Corpus(_Model):
    """Labelled minutes, summed up."""

    documents: int
    groups: int = Field(description="Bodies; a body is never on both sides.")
    characters: int
    sha256: str


class Model(_Model):
    """The model that was judged."""

    name: str
    version: str
    corpus_sha256: str | None = Field(
        description="Of what it was trained on, as its meta.json says."
    )


class Fold(_Model):
    """One fold of a cross-validation."""

    held_out: Corpus
    trained_on: Corpus
    steps: int
    scores: Tables


class Protocol(_Model):
    """How the figures were made; enough to make them again."""

    kind: Literal["evaluation", "cross-validation"]
    command: str
    corpus: Corpus
    model: Model | None = Field(description="Null for cross-validation, which trains its own.")
    config_sha256: str | None = Field(description="Of the training config; null without training.")
    topics_sha256: str | None = Field(description="Of the taxonomy; null without training.")
    base_sha256: str | None = Field(description="Of the pretrained base; null without one.")
    code_sha256: str = Field(description="Of the package's code and data.")
    versions: dict[str, str]
    training_seed: int | None
    bootstrap_seed: int
    resamples: int
    folds: tuple[Fold, ...] = ()


class Point(_Model):
    """One point of the learning curve."""

    share: float = Field(description="Of the training bodies.")
    folds: tuple[int, ...] = Field(description="In which it was measured, from 0.", min_length=1)
    training_documents: tuple[int, ...] = Field(description="In each of these folds.", min_length=1)
    steps: tuple[int, ...] = Field(min_length=1)
    scores: Tables


class Ablation(_Model):
    """The pipeline without one of its parts, against the whole one on the same documents."""

    name: str
    disabled: tuple[str, ...] = Field(description="Components switched off after training.")
    retrained: bool = Field(description="Whether a model was trained without the part.")
    folds: tuple[int, ...]
    scores: Tables
    whole: Tables
    differences: dict[str, dict[str, Difference]] = Field(
        description="This minus the whole one, by table and name."
    )

    @model_validator(mode="after")
    def _mentions_differ(self) -> Self:
        if "micro" not in self.differences.get("spans", {}):
            raise ValueError("differences lack spans, micro")
        return self


class Layout(_Model):
    """Figures of one kind of document."""

    aspect: str
    kind: str
    scores: Tables


class ErrorCount(_Model):
    """How often one kind of error was made with mentions."""

    label: str
    kind: ErrorKind
    found: str | None = Field(description="The label that was found instead, for kind `label`.")
    count: int = Field(gt=0)


class DocumentCounts(_Model):
    """What every figure is summed up from: right, wrong, missed by table and name."""

    id: str
    counts: dict[str, dict[str, tuple[int, int, int]]]


class Results(_Model):
    """One file of results."""

    schema_: Literal["kcsp-nlp/results/1"] = Field(default="kcsp-nlp/results/1", alias="schema")
    title: str = Field(description="What was measured on, as tables head it.")
    protocol: Protocol
    scores: Tables
    curve: tuple[Point, ...] = ()
    ablation: tuple[Ablation, ...] = ()
    layouts: tuple[Layout, ...] = ()
    topic_calibration: dict[str, Calibration] = {}
    span_calibration: dict[str, Calibration] = Field(
        default={}, description="Per label and source; empty where spans carry no scores."
    )
    errors: tuple[ErrorCount, ...] = ()
    per_document: tuple[DocumentCounts, ...] = ()

    model_config = ConfigDict(validate_by_name=True)

    def to_text(self) -> str:
        """Return the file's text; the same results give the same text."""
        return _laid_out(self.model_dump(mode="json", by_alias=True)) + "\n"


def read_results(path: Path) -> Results:
    """Read a file of results.

    Raises:
        KcspError: it cannot be read or is none; the message names it.
    """
    way_out = "expected what `kcsp-nlp evaluate -o` writes"
    try:
        return Results.model_validate_json(path.read_bytes())
    except OSError as error:
        raise KcspError(f"{path}: cannot be read ({error.strerror}); {way_out}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise KcspError(f"{path}: no results ({where}: {first['msg']}); {way_out}") from error


def _laid_out(value: Any, indent: int = 0) -> str:
    """Return JSON in which whatever fits on a line stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or indent + len(line) <= _WIDTH:
        return line
    begin = "\n" + " " * (indent + 1)
    if isinstance(value, list):
        parts = [_laid_out(each, indent + 1) for each in value]
        return f"[{begin}{f',{begin}'.join(parts)}\n{' ' * indent}]"
    parts = [
        f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(each, indent + 1)}"
        for key, each in value.items()
    ]
    return f"{{{begin}{f',{begin}'.join(parts)}\n{' ' * indent}}}"
