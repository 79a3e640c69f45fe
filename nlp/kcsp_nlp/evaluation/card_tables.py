"""Results as tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kcsp_nlp.evaluation.calibration import Calibration
from kcsp_nlp.evaluation.results import Corpus, Interval, Results, Tables

# What the learning curve shows.
CURVE = ("mentions", "PERSON", "ROLE", "ORG", "topics, micro")
# Rows of errors that a card shows.
_COMMONEST = 12

_STRUCTURE = {
    "items": "items",
    "attendance": "attendance",
    "attendance_full": "attendance with role and body",
    "decisions": "decisions",
    "actions": "actions",
}


class Estimate(NamedTuple):
    """An F1 as a card prints it.

    Attributes:
        f1: The F1.
        ci95: Its 95 % interval; None where there is none.
        labelled: Whether there was anything to find.
    """

    f1: float
    ci95: Interval | None = None
    labelled: bool = True

    @property
    def short(self) -> str:
        """The F1 alone; a dash where there was nothing to find."""
        return f"{self.f1:.3f}" if self.labelled else "–"

    def __str__(self) -> str:
        """Return F1 and interval."""
        if self.ci95 is None or not self.labelled:
            return self.short
        return f"{self.short} ({self.ci95[0]:.3f}–{self.ci95[1]:.3f})"


Column = Mapping[str, Estimate]


def spoken(name: str) -> str:
    """Return the name of a topic as a card says it."""
    return name.replace("_", " ")


def column(tables: Tables) -> dict[str, Estimate]:
    """Return all figures, by the names of the card's rows."""
    spans, topics = dict(tables.spans), dict(tables.topics)
    rows = {"mentions": spans.pop("micro"), **spans}
    rows |= {name: tables.structure[key] for key, name in _STRUCTURE.items()}
    micro = topics.pop("micro")
    rows |= {spoken(name): figure for name, figure in topics.items()}
    rows["topics, micro"] = micro
    estimates = {
        name: Estimate(figure.f1, figure.ci95, figure.support > 0) for name, figure in rows.items()
    }
    macro = Estimate(tables.topics_macro_f1, tables.topics_macro_ci95)
    return {**estimates, "topics, macro": macro}


def figures_table(columns: Mapping[str, Column]) -> str:
    """Return all figures, a column for each title; a dash where a column has none."""
    names = list(dict.fromkeys(name for held in columns.values() for name in held))
    rows = [
        [name, *(str(held[name]) if name in held else "–" for held in columns.values())]
        for name in names
    ]
    return table(["F1", *columns], rows)


def curve_table(results: Results) -> str:
    """Return the learning curve."""
    rows = []
    for point in results.curve:
        held = column(point.scores)
        documents = spread(point.training_documents)
        figures = [str(held[name]) for name in CURVE]
        rows.append([f"{point.share:.0%}", documents, spread(point.steps), *figures])
    return table(["of the bodies", "documents", "steps", *CURVE], rows)


def ablation_table(results: Results) -> str:
    """Return what each variant scores and what it changes."""
    labels = [name for name in results.scores.spans if name != "micro"]
    rows = []
    for each in results.ablation:
        change = each.differences["spans"]["micro"]
        interval = (
            "" if change.ci95 is None else f" ({change.ci95[0]:+.3f} to {change.ci95[1]:+.3f})"
        )
        held = column(each.scores)
        figures = [held[label].short for label in labels]
        documents = str(each.scores.documents)
        effect = f"{change.difference:+.3f}{interval}"
        rows.append(
            [each.name, documents, held["mentions"].short, effect, f"{change.p:.3f}", *figures]
        )
    return table(["", "documents", "mentions", "change", "p", *labels], rows)


def layouts_table(results: Results) -> str:
    """Return figures by kind of document."""
    wanted = ("mentions", "items", "attendance", "decisions", "actions", "topics, micro")
    rows = []
    for each in results.layouts:
        held = column(each.scores)
        figures = [str(held["mentions"]), *(held[name].short for name in wanted[1:])]
        rows.append([f"{each.aspect}: {each.kind}", str(each.scores.documents), *figures])
    return table(["", "documents", *wanted], rows)


def calibration_table(calibration: Mapping[str, Calibration]) -> str:
    """Return how far scores are from shares."""
    rows = [
        [spoken(name), f"{each.count:,}", f"{each.ece:.3f}"] for name, each in calibration.items()
    ]
    return table(["", "scores", "ECE"], rows)


def errors_table(results: Results) -> str:
    """Return the commonest errors; shares are of all of them."""
    total = sum(each.count for each in results.errors)
    rows = [
        [
            each.label,
            f"taken for {each.found}" if each.found else _KINDS[each.kind],
            f"{each.count:,}",
            f"{each.count / total:.0%}",
        ]
        for each in results.errors[:_COMMONEST]
    ]
    return table(["label", "error", "count", "share"], rows)


_KINDS = {
    "missed": "missed",
    "spurious": "found where nothing is labelled",
    "boundary": "begins or ends elsewhere",
}


def protocol_table(results: Sequence[Results]) -> str:
    """Return how each file of results was made."""
    rows = []
    for each in results:
        protocol = each.protocol
        versions = ", ".join(f"{name} {number}" for name, number in protocol.versions.items())
        digests = {
            "config": protocol.config_sha256,
            "taxonomy": protocol.topics_sha256,
            "base": protocol.base_sha256,
            "code": protocol.code_sha256,
        }
        shown = ", ".join(f"{name} `{value[:12]}`" for name, value in digests.items() if value)
        rows += [
            [each.title, f"`{protocol.command}`"],
            ["corpus", facts(protocol.corpus)],
            ["sha256", shown],
            ["versions", versions],
            ["seeds", f"training {protocol.training_seed}, resampling {protocol.bootstrap_seed}"],
        ]
    return table(["results", "made by"], rows)


def facts(corpus: Corpus) -> str:
    """Return how much a corpus holds."""
    return (
        f"{corpus.documents} documents of {corpus.groups} bodies, {corpus.characters:,} "
        f"characters, sha256 `{corpus.sha256[:16]}`"
    )


def spread(numbers: Iterable[int]) -> str:
    """Return a number, or the least and the largest of several."""
    held = sorted(set(numbers))
    return f"{held[0]:,}" if len(held) == 1 else f"{held[0]:,}–{held[-1]:,}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)
