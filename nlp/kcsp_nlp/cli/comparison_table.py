"""Two models side by side, as a table that reads well and can be cut with standard tools."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kcsp_nlp.versions.comparison import Compared, Comparison, Interval

# Ids that are listed of each kind; a file has them all.
_LISTED = 10


def comparison_table(
    comparison: Comparison, against: Container[tuple[str | None, str | None]] = ()
) -> str:
    """Return a comparison as lines of fixed columns, and the records that changed.

    Args:
        comparison: Of two models.
        against: Table and name of the figures that speak against the new model; their lines end
            in an exclamation mark.
    """
    lines = [
        f"old {_named(comparison.old.version, comparison.old.sha256)}, "
        f"new {_named(comparison.new.version, comparison.new.sha256)}",
        f"{'F1':24}{'old':>7}{'new':>7}{'diff':>8}{'95 % of diff':>18}{'p':>7}{'n':>7}"
        f"   {comparison.documents} documents",
    ]
    for table, figures in comparison.tables().items():
        for name, figure in figures.items():
            whole = name in {"micro", "macro"}
            mark = " !" if (table, name) in against else ""
            lines.append(_line(f"{table} {name}" if whole else name, figure) + mark)
    changed = comparison.changed
    lines.append(f"{changed.records} records, of which changed")
    for way, ids in (
        ("better", changed.better),
        ("worse", changed.worse),
        ("mixed", changed.mixed),
    ):
        lines.append(f"  {way:8}{len(ids):6}  {_some(ids)}".rstrip())
    return "\n".join(lines)


def _line(name: str, figure: Compared) -> str:
    if not figure.support:
        return f"{name:24}{'nothing is labelled':>47}{0:7d}"
    return (
        f"{name:24}{figure.old:7.3f}{figure.new:7.3f}{figure.difference:+8.3f}"
        f"{_interval(figure.ci95):>18}{figure.p:7.3f}{figure.support:7d}"
    )


def _interval(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval[0]:+.3f} {interval[1]:+.3f}"


def _named(version: str, sha256: str) -> str:
    return f"{version} ({sha256[:16]})"


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - _LISTED
    return " ".join(ids[:_LISTED]) + (f" and {more} more" if more > 0 else "")
