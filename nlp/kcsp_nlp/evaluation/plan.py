"""The plan of a cross-validation: which models are trained on what, and judged on what.

Every training has steps in proportion to its documents, so that a model which sees half of them
sees each as often as the shipped model does.
"""

from __future__ import annotations

import configparser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.evaluation.ablation import VARIANTS
from kcsp_nlp.evaluation.folds import Documents, divide, part
from kcsp_nlp.evaluation.provenance import code_sha256, folder_sha256, text_sha256, versions
from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.shipped import shipped
from kcsp_nlp.topics.model import read_topics
from kcsp_nlp.training.models import corpus_sha256

Kind = Literal["fold", "curve", "ablation"]

SHARES = (0.25, 0.5, 0.75)

# Settings of a config that a plan asks for.
_WANTED = (
    ("paths", "base", str | None),
    ("nlp", "pipeline", list),
    ("training", "max_steps", int),
)
# Bodies that a topic must be labelled for: one to learn from, one to judge by.
_FEWEST_BODIES = 2


@dataclass(frozen=True)
class Setup:
    """What is asked for.

    Attributes:
        config: spaCy config of the pipeline, as text.
        taxonomy: The taxonomy of topics, as text of TOML.
        topics: Its topics, by name.
        folds: Number of folds, at least 2.
        curve: Whether models learn from parts of the training bodies too.
        ablation: Whether parts of the pipeline are left out too.
        all_folds: Whether the trainings that curve and ablation ask for are done in every fold,
            not in the first alone.
    """

    config: str
    taxonomy: str
    topics: tuple[str, ...]
    folds: int = 4
    curve: bool = False
    ablation: bool = False
    all_folds: bool = False

    @classmethod
    def read(
        cls,
        config: Path,
        topics: Path,
        *,
        folds: int,
        curve: bool = False,
        ablation: bool = False,
        all_folds: bool = False,
    ) -> Self:
        """Read config and taxonomy.

        Raises:
            KcspError: one of them cannot be read, or does not hold.
        """
        try:
            text = config.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KcspError(
                f"{config}: not a config that can be trained ({error}); expected one like "
                "configs/pipeline.cfg"
            ) from error
        names = tuple(topic.name for topic in read_topics(topics))
        taxonomy = topics.read_text(encoding="utf-8")
        return cls(text, taxonomy, names, folds, curve, ablation, all_folds)

    @property
    def base(self) -> Path | None:
        """Where the pretrained base lies; None for a config without one."""
        return base_folder(self.config)


@dataclass(frozen=True)
class Training:
    """One model to be trained.

    Attributes:
        documents: What it learns from.
        config: spaCy config, as text.
        taxonomy: The taxonomy of topics, as text.
        steps: Steps of the tagger's training, for the record; 0 where the config sets no limit.
    """

    documents: Documents
    config: str
    taxonomy: str
    steps: int

    @cached_property
    def sha256(self) -> str:
        """Digest of everything that the model depends on."""
        base = base_folder(self.config)
        parts = [
            corpus_sha256(self.documents),
            self.config,
            self.taxonomy,
            folder_sha256(base) if base else "",
            code_sha256(learning=True),
            str(versions()),
        ]
        return text_sha256("\n".join(parts))


@dataclass(frozen=True)
class Run:
    """One model judged on the held-out documents of a fold.

    Attributes:
        kind: What the run is for.
        name: The variant of an ablation; empty for others.
        fold: Number of the fold, from 0.
        training: The model.
        held: The held-out documents.
        share: Of the training bodies.
        disabled: Components that are switched off.
    """

    kind: Kind
    fold: int
    training: Training
    held: Documents
    name: str = ""
    share: float = 1.0
    disabled: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the run is called in messages."""
        what = {"fold": "", "curve": f", {self.share:.0%} of the bodies", "ablation": self.name}
        named = what[self.kind]
        return f"fold {self.fold + 1}{', ' + named if self.kind == 'ablation' else named}"

    @cached_property
    def sha256(self) -> str:
        """Digest of everything that the run's records depend on."""
        held = corpus_sha256(self.held)
        parts = [self.training.sha256, held, ",".join(self.disabled), code_sha256()]
        return text_sha256("\n".join(parts))


def make_plan(
    documents: Sequence[LabelledMinutes], setup: Setup, log: Callable[[str], None]
) -> list[Run]:
    """Lay down every run, folds first.

    Args:
        documents: Labelled minutes.
        setup: What is asked for.
        log: Is told which variants of an ablation the config gives no occasion for.

    Raises:
        CorpusError: there are fewer bodies than folds, or too few with some topic.
        KcspError: the config cannot be read.
    """
    config = parse_config(setup.config)
    for variant in VARIANTS if setup.ablation else ():
        if missing := variant.lacks(config):
            log(f"ablation: no {variant.name!r}, for the config has no {missing}")
    folds = divide(documents, setup.folds)
    plan = list(_runs(documents, folds, setup))
    for run in plan:
        _check_topics(run, setup.topics)
    return plan


def _check_topics(run: Run, topics: Sequence[str]) -> None:
    """Refuse at once what would fail after the tagger's training."""
    held: dict[str, set[str]] = {topic: set() for topic in topics}
    for document in run.training.documents:
        for topic in {topic for item in document.items for topic in item.topics}:
            if topic not in held:
                raise CorpusError(
                    f"{document.id}: topic {topic!r} is not in the taxonomy ({', '.join(topics)}); "
                    "correct the label, or give another taxonomy with --topics"
                )
            held[topic].add(document.group)
    for topic, groups in held.items():
        if len(groups) < _FEWEST_BODIES:
            raise CorpusError(
                f"{run.title}: topic {topic!r} is labelled for {len(groups)} of the bodies to be "
                f"trained on, expected at least {_FEWEST_BODIES}; give more documents, fewer "
                "--folds, or a taxonomy without it"
            )


def _runs(
    documents: Sequence[LabelledMinutes], folds: Sequence[Documents], setup: Setup
) -> Iterator[Run]:
    def train(learnt: Documents, changes: Mapping[str, object] | None = None) -> Training:
        share = len(learnt) / len(documents)
        config, steps = changed(setup.config, changes or {}, share)
        return Training(learnt, config, setup.taxonomy, steps)

    learnt = [
        tuple(document for other in folds for document in other if other is not held)
        for held in folds
    ]
    whole = [train(held) for held in learnt]
    for fold, held in enumerate(folds):
        yield Run("fold", fold, whole[fold], held)
    chosen = range(setup.folds) if setup.all_folds else range(1)
    for share in SHARES if setup.curve else ():
        for fold in chosen:
            some = part(learnt[fold], share)
            yield Run("curve", fold, train(some), folds[fold], share=share)
    config = parse_config(setup.config)
    for variant in VARIANTS if setup.ablation else ():
        if variant.lacks(config):
            continue
        disabled = variant.disabled(config["nlp"]["pipeline"])
        # What needs no training costs little and is judged on all documents.
        for fold in chosen if variant.changes else range(setup.folds):
            model = train(learnt[fold], variant.changes) if variant.changes else whole[fold]
            yield Run("ablation", fold, model, folds[fold], name=variant.name, disabled=disabled)


def parse_config(text: str) -> dict[str, Any]:
    """Parse a spaCy config, variables left as they are.

    Raises:
        KcspError: it is none.
    """
    from spacy.util import load_config_from_str

    try:
        config: dict[str, Any] = load_config_from_str(text, interpolate=False)
    except (ValueError, configparser.Error) as error:
        raise KcspError(
            f"training config: not a config for spaCy ({' '.join(str(error).split())}); expected "
            "one like configs/pipeline.cfg"
        ) from error
    for section, key, kind in _WANTED:
        held = config.get(section, {})
        if key not in held or not isinstance(held[key], kind):
            raise KcspError(
                f"training config: [{section}] lacks {key}, or it is of another kind; expected a "
                "config like configs/pipeline.cfg"
            )
    return config


def changed(text: str, changes: Mapping[str, object], share: float) -> tuple[str, int]:
    """Return a config with settings changed, and its steps.

    Args:
        text: The config.
        changes: Values by their path, such as `initialize.vectors`.
        share: Of the config's steps.
    """
    config = parse_config(text)
    steps = round(config["training"]["max_steps"] * share)
    for path, value in {"training.max_steps": steps, **changes}.items():
        *sections, key = path.split(".")
        at = config
        for section in sections:
            at = at[section]
        at[key] = value
    return str(config.to_str(interpolate=False)), steps  # type: ignore[attr-defined]


def base_folder(config: str) -> Path | None:
    """Return where the pretrained base of a config lies, as training finds it; None for none."""
    base = parse_config(config)["paths"]["base"]
    if not base:
        return None
    return Path(base) if Path(base).is_dir() else shipped(base)
