"""The result of comparing two models, as it is printed, written and kept in the history."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kcsp_nlp.versions.facts import Frozen, ModelFacts

Interval = tuple[float, float]
Table = Literal["spans", "topics"]


class Compared(Frozen):
    """One figure of both models; F1, four decimals."""

    old: float
    new: float
    difference: float = Field(description="New minus old.")
    ci95: Interval | None = Field(
        description="95 % interval of the difference: paired bootstrap over documents; null with "
        "fewer than five documents, or where nothing was labelled or found."
    )
    p: float = Field(
        description="Two-sided probability of such a difference, or a larger one, were the two "
        "models exchangeable in every document."
    )
    support: int = Field(description="How many are labelled; with none the figure says nothing.")


class ChangedItems(Frozen):
    """Records by how they changed: ids, in the order of the corpus."""

    better: tuple[str, ...] = Field(description="More was put right than was broken.")
    worse: tuple[str, ...] = Field(description="More was broken than was put right.")
    mixed: tuple[str, ...] = Field(description="As much was broken as was put right.")
    records: int = Field(description="How many there are, changed or not.")


class Comparison(Frozen):
    """Two models on the same labelled minutes."""

    schema_: Literal["kcsp-nlp/comparison/1"] = Field(
        default="kcsp-nlp/comparison/1", alias="schema"
    )
    old: ModelFacts
    new: ModelFacts
    documents: int
    corpus_sha256: str = Field(description="Of the labelled minutes that both were judged on.")
    spans: dict[str, Compared] = Field(description="Per label, and micro.")
    topics: dict[str, Compared] = Field(description="Per topic of either model, micro and macro.")
    topics_lost: tuple[str, ...] = Field(description="Topics that only the old model knows.")
    topics_gained: tuple[str, ...] = Field(description="Topics that only the new model knows.")
    changed: ChangedItems
    seen_by_old: tuple[str, ...] = Field(description="Documents the old model was trained on.")
    seen_by_new: tuple[str, ...] = Field(description="Documents the new model was trained on.")
    seen_unknown: tuple[Literal["old", "new"], ...] = Field(
        description="Models that do not say what they were trained on."
    )
    resamples: int
    seed: int

    def tables(self) -> dict[Table, dict[str, Compared]]:
        """Return the figures by table."""
        return {"spans": self.spans, "topics": self.topics}

    def warnings(self) -> list[str]:
        """Return what makes the figures worth less than they look, in words."""
        said = []
        for name, seen in (("old", self.seen_by_old), ("new", self.seen_by_new)):
            if seen:
                said.append(
                    f"the {name} model was trained on {len(seen)} of these {self.documents} "
                    f"documents, so its scores on them say little: {', '.join(seen)}"
                )
        said.extend(
            f"the {name} model does not say which documents it was trained on; whether these are "
            "among them is not known"
            for name in self.seen_unknown
        )
        for name, topics in (("old", self.topics_lost), ("new", self.topics_gained)):
            if topics:
                said.append(f"only the {name} model knows the topics {', '.join(topics)}")
        if any(each.ci95 is None for each in self.spans.values() if each.support):
            said.append(
                f"{self.documents} documents are too few for intervals; expected at least five"
            )
        return said
