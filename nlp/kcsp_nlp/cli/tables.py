"""Scores as a table that reads well and can be cut with standard tools."""

from __future__ import annotations

from kcsp_nlp.evaluation.results import Interval, Tables


def score_table(scores: Tables) -> str:
    """Return the scores as lines of fixed columns: what, F1, precision, recall, labelled, 95 %."""
    lines = [
        f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'n':>7}{'95 % of F1':>16}   {scores.documents} documents"
    ]
    spans, topics = dict(scores.spans), dict(scores.topics)
    rows = {
        "spans micro": spans.pop("micro"),
        **scores.structure,
        **topics,
    }
    rows["topics micro"] = rows.pop("micro")
    lines.extend(
        f"{name:24}{figure.f1:7.3f}{figure.precision:7.3f}{figure.recall:7.3f}{figure.support:7d}"
        f"{_interval(figure.ci95):>16}"
        for name, figure in {**spans, **rows}.items()
    )
    lines.append(
        f"{'topics macro':24}{scores.topics_macro_f1:7.3f}{'':21}"
        f"{_interval(scores.topics_macro_ci95):>16}"
    )
    return "\n".join(lines)


def _interval(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval[0]:.3f}-{interval[1]:.3f}"
