"""Scores as a table that reads well and can be cut with standard tools."""

from __future__ import annotations

from kcsp_nlp.evaluation import Evaluation


def score_table(result: Evaluation) -> str:
    """Return the scores as lines of fixed columns: what, F1, precision, recall, labelled."""
    lines = [f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'n':>7}   {result.documents} documents"]
    tables = (
        {**result.spans, "spans micro": result.micro(result.spans)},
        result.structure,
        {**result.topics, "topics micro": result.micro(result.topics)},
    )
    for table in tables:
        lines.extend(
            f"{name:24}{score.f1:7.3f}{score.precision:7.3f}{score.recall:7.3f}{score.support:7d}"
            for name, score in table.items()
        )
    lines.append(f"{'topics macro':24}{result.macro(result.topics):7.3f}")
    return "\n".join(lines)
