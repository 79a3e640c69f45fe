"""What each part of the tagging pipeline is worth: the same model without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Variant:
    """A pipeline that lacks something.

    Attributes:
        name: As tables show it.
        without: Components that are switched off in the trained model.
        only: Components that stay on, all others off; empty where `without` decides.
        changes: Settings of the training config that differ; they ask for a training of its own.
    """

    name: str
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)

    def lacks(self, config: Mapping[str, Any]) -> str | None:
        """Return what the variant is about and a training config does not have; None for nothing.

        Args:
            config: As `kcsp_nlp.evaluation.plan.parse_config` returns it.
        """
        for name in (*self.without, *self.only):
            if name not in config["nlp"]["pipeline"]:
                return f"component {name}"
        for path in self.changes:
            at: Any = config
            for key in path.split("."):
                if not isinstance(at, Mapping) or key not in at:
                    return f"setting {path}"
                at = at[key]
        return None

    def disabled(self, pipeline: Sequence[str]) -> tuple[str, ...]:
        """Return which components of a pipeline are switched off."""
        if self.only:
            return tuple(name for name in pipeline if name not in self.only)
        return self.without


VARIANTS = (
    Variant("rules alone", without=("ner",)),
    Variant("tagger alone", only=("ner",)),
    Variant("without document memory", without=("kcsp_memory",)),
    Variant("without registers of bodies", without=("kcsp_bodies", "kcsp_organisations")),
    Variant(
        "without the pretrained base",
        changes={
            "initialize.vectors": None,
            "initialize.after_init": None,
            "components.ner.model.tok2vec.embed.include_static_vectors": False,
        },
    ),
    Variant("without signs", changes={"components.ner.model.tok2vec.embed.sign_width": 0}),
)
