"""Which topics an agenda item has: a small linear model over pooled evidence.

The model is one scikit-learn pipeline and two models that give it features, stored with
skops beside a card that says what they were made from. The coefficients hold the calibration
already, so that loading needs no type that skops would have to be told to trust.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.topics.calibration import Calibration
from kcsp_nlp.topics.evidence import Mention, Shares, find_evidence
from kcsp_nlp.topics.features import (
    FEATURE_VERSION,
    Features,
    Lexicon,
    Topic,
    TopicItem,
)
from kcsp_nlp.topics.learnt import WORDS, WORDS_VALUE, Learnt

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

__all__ = ["Card", "TopicModel", "TopicScores", "read_topics"]

MODEL_FILE = "model.skops"
CARD_FILE = "card.json"

# skops names objects by their addresses in memory: '"__id__": 1403', '"file": "1403.npy"';
# not '"content": 1403'
_ADDRESS = re.compile(r'(?<="__id__": )\d+|(?<="file": ")\d+(?=\.npy")')
_REMEDY = "train the model again (`kcsp-nlp train`) or install the package again"


class TopicScores(NamedTuple):
    """What the model says of one item.

    Attributes:
        scores: Calibrated probability of every topic, four decimals, in taxonomy order.
        labels: The topics whose probability reaches their own threshold, in taxonomy order.
    """

    scores: dict[str, float]
    labels: tuple[str, ...]


class Card(BaseModel):
    """What a model was made from; the terms travel with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["kcsp-nlp/topics/1"] = "kcsp-nlp/topics/1"
    feature_version: int
    labels: tuple[str, ...]
    thresholds: dict[str, float]
    model_sha256: str = ""
    corpus_sha256: str
    items: int
    seed: int
    versions: dict[str, str]
    cross_validated: dict[str, dict[str, float]]
    calibration: dict[str, Calibration]
    topics: tuple[Topic, ...]

    @model_validator(mode="after")
    def _labels_agree(self) -> Self:
        if self.labels != tuple(topic.name for topic in self.topics):
            raise ValueError("labels and topics do not agree")
        if set(self.labels) != set(self.thresholds):
            raise ValueError("labels and thresholds do not agree")
        return self


class TopicModel:
    """A fitted model; `fit` or `load` makes one."""

    def __init__(self, pipeline: Pipeline, learnt: Learnt, card: Card) -> None:
        self.card = card
        self._pipeline = pipeline
        self._learnt = learnt
        self._lexicon = Lexicon(card.topics)

    @property
    def labels(self) -> tuple[str, ...]:
        """The topics that the model knows, in taxonomy order."""
        return self.card.labels

    @classmethod
    def fit(
        cls,
        items: Sequence[TopicItem],
        topics: Sequence[Topic],
        groups: Sequence[str],
        *,
        corpus_sha256: str,
        seed: int = 0,
    ) -> Self:
        """Fit a model on items with their `topics`.

        Args:
            items: Labelled items.
            topics: The taxonomy, in the order in which labels are given.
            groups: The document or body of each item; cross-validation never splits one.
            corpus_sha256: What the items came from, for the card.
            seed: Decides which groups share a fold.

        Raises:
            CorpusError: an item has a topic outside the taxonomy, or a topic has examples or
                counterexamples in fewer than two groups.
        """
        import sklearn
        import skops

        from kcsp_nlp.topics import fitting

        fitted = fitting.fit(items, topics, groups, seed)
        card = Card(
            feature_version=FEATURE_VERSION,
            labels=tuple(topic.name for topic in topics),
            thresholds=fitted.thresholds,
            corpus_sha256=corpus_sha256,
            items=len(items),
            seed=seed,
            versions={"scikit-learn": sklearn.__version__, "skops": skops.__version__},
            cross_validated=fitted.figures,
            calibration=fitted.calibration,
            topics=tuple(topics),
        )
        return cls(fitted.pipeline, fitted.learnt, card)

    def predict(self, items: Sequence[TopicItem]) -> list[TopicScores]:
        """Return, for each item, the probability of every topic and the topics that hold."""
        if not items:
            return []
        labels, thresholds = self.card.labels, self.card.thresholds
        features = self._features(items)
        # A taxonomy of one topic comes back as "no" and "yes".
        table = self._pipeline.predict_proba(features)[:, -len(labels) :]
        out = []
        for row in table.tolist():
            scores = {name: round(value, 4) for name, value in zip(labels, row, strict=True)}
            holds = tuple(name for name in labels if scores[name] >= thresholds[name])
            out.append(TopicScores(scores, holds))
        return out

    def evidence(self, item: TopicItem) -> dict[str, list[Mention]]:
        """Return what speaks for each topic, with offsets into the item's text.

        Returns:
            By topic, in taxonomy order: mentions with their share in the log-odds, largest
            first; empty where nothing speaks for the topic.
        """
        (features,) = self._features([item])
        names = self._pipeline["features"].vocabulary_
        shares = {}
        for name, estimator in zip(
            self.card.labels, self._pipeline["topics"].estimators_, strict=True
        ):
            weights = estimator.coef_[0]
            held = {
                key.removeprefix(f"{name}:"): float(weights[at]) * value
                for key, value in features.items()
                if key.startswith(f"{name}:") and (at := names.get(key)) is not None
            }
            word = float(weights[names[f"{name}:{WORDS}"]]) * WORDS_VALUE
            shares[name] = Shares(held, word)
        return find_evidence(item, self._lexicon, self._learnt.words, shares)

    def _features(self, items: Sequence[TopicItem]) -> list[Features]:
        said = [self._lexicon.read(item) for item in items]
        return self._learnt.features(said, self._lexicon.topics)

    def save(self, folder: Path) -> None:
        """Write `model.skops` and `card.json`; the same model gives the same bytes."""
        import skops.io

        stored = _canonical(skops.io.dumps({"topics": self._pipeline, **self._learnt.parts()}))
        card = self.card.model_copy(update={"model_sha256": hashlib.sha256(stored).hexdigest()})
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MODEL_FILE).write_bytes(stored)
        text = card.model_dump_json(indent=2) + "\n"
        (folder / CARD_FILE).write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load a stored model; only types that skops trusts by itself are built.

        Raises:
            ModelError: a file is missing or damaged, holds types that are not trusted, or was
                made by another version of the features; the message names file and way out.
        """
        card = _read_card(folder / CARD_FILE)
        path = folder / MODEL_FILE
        parts = _read_parts(path, card.model_sha256)
        try:
            pipeline = parts["topics"]
            names = pipeline["features"].get_feature_names_out()
            held = {name.partition(":")[0] for name in names}
            agrees = len(pipeline["topics"].estimators_) == len(card.labels)
            learnt = Learnt.of_parts(parts)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ModelError(f"{path}: not a topic model; {_REMEDY}") from error
        if not agrees or learnt.topics != len(card.labels) or not held <= set(card.labels):
            raise ModelError(
                f"{path}: holds topics other than {folder / CARD_FILE} "
                f"({', '.join(card.labels)}); {_REMEDY}"
            )
        return cls(pipeline, learnt, card)


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Read a taxonomy: one table `[topics.NAME]` per topic, in the order of the file.

    Raises:
        KcspError: the file cannot be read or a table does not hold; the message names both.
    """
    way_out = "see configs/topics.toml for the form"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KcspError(f"{path}: cannot be read ({error.strerror}); {way_out}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KcspError(f"{path}: not TOML ({error}); {way_out}") from error
    found = tables.get("topics")
    if set(tables) != {"topics"} or not isinstance(found, dict) or not found:
        raise KcspError(f"{path}: expected tables [topics.NAME] and nothing else; {way_out}")
    topics = []
    for name, table in found.items():
        if not isinstance(table, dict):
            raise KcspError(f"{path}: topics.{name} is not a table; {way_out}")
        try:
            topics.append(Topic.model_validate({**table, "name": name}))
        except ValidationError as error:
            raise KcspError(f"{path}: topics.{name}: {_first(error)}; {way_out}") from error
    return tuple(topics)


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]


def _read_card(path: Path) -> Card:
    try:
        card = Card.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error
    except ValidationError as error:
        raise ModelError(
            f"{path}: not a topic model's card ({_first(error)}); {_REMEDY}"
        ) from error
    if card.feature_version != FEATURE_VERSION:
        raise ModelError(
            f"{path}: made with version {card.feature_version} of the features, this package "
            f"has version {FEATURE_VERSION}; {_REMEDY}"
        )
    return card


def _read_parts(path: Path, sha256: str) -> Any:
    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        stored = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error
    found = hashlib.sha256(stored).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path}: damaged or exchanged (sha256 {found[:12]}…, the card says "
            f"{sha256[:12]}…); {_REMEDY}"
        )
    try:
        return skops.io.loads(stored, trusted=[])
    except UntrustedTypesFoundException as error:
        raise ModelError(
            f"{path}: holds types that are not trusted ({error}); do not use it, {_REMEDY}"
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: not a skops file ({error}); {_REMEDY}") from error


def _canonical(stored: bytes) -> bytes:
    """Rewrite a skops file deflated, with running numbers for addresses and without dates."""
    with zipfile.ZipFile(BytesIO(stored)) as source:
        schema = source.read("schema.json").decode()
        numbers: dict[str, str] = {}

        def number(match: re.Match[str]) -> str:
            return numbers.setdefault(match[0], str(len(numbers) + 1))

        parts = {"schema.json": _ADDRESS.sub(number, schema).encode()}
        for name in source.namelist():
            if name != "schema.json":
                parts[f"{numbers[name.removesuffix('.npy')]}.npy"] = source.read(name)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
