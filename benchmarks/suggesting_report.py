"""The simulation's figures as one JSON file, a picture, and a table for docs/suggest.md.

    python -m benchmarks.suggesting_report FOLDER -o docs

FOLDER is that of `benchmarks.suggesting`. The table is printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

# Okabe and Ito's colours, as in the model card's pictures.
COLOURS = {"suggest": "#0072B2", "random": "#D55E00"}
STYLE: Mapping[Any, Any] = {
    "svg.hashsalt": "kcsp-nlp",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}
NAMES = {"suggest": "suggested", "random": "by chance"}
WHAT = {"spans": "F1 of PERSON, ROLE and ORG", "topics": "F1 of topics, macro"}


def read_runs(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the finished runs by aim, in the order of their seeds."""
    return {
        aim: [
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(folder.glob(f"{aim}-*.json"))
        ]
        for aim in WHAT
    }


def means(runs: Sequence[dict[str, Any]], arm: str, key: str = "f1") -> list[float]:
    """Return the mean over seeds of each point of an arm."""
    points = zip(*(run["arms"][arm] for run in runs), strict=True)
    return [statistics.fmean(each[key] for each in point) for point in points]


def added(runs: Sequence[dict[str, Any]], arm: str) -> list[float]:
    """Return how many thousand characters had been labelled beyond the start, mean over seeds."""
    held = means(runs, arm, "characters")
    return [(each - held[0]) / 1000 for each in held]


def draw(held: dict[str, list[dict[str, Any]]]) -> str:
    """Return the picture as SVG: each seed thin, their mean thick; same runs, same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    out = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        figure = Figure(figsize=(7.2, 3.2), layout="constrained")
        for at, (aim, runs) in enumerate(held.items(), start=1):
            axes = figure.add_subplot(1, 2, at)
            for arm, colour in COLOURS.items():
                across = added(runs, arm)
                for run in runs:
                    line = [point["f1"] for point in run["arms"][arm]]
                    axes.plot(across, line, color=colour, linewidth=0.7, alpha=0.35)
                axes.plot(across, means(runs, arm), "o-", color=colour, label=NAMES[arm])
            axes.set_title(f"{aim}, {len(runs)} seeds")
            axes.set_xlabel("thousand characters labelled beyond the start")
            axes.set_ylabel(WHAT[aim])
            axes.grid(alpha=0.3)
            axes.legend(frameon=False)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().decode()


def table(held: dict[str, list[dict[str, Any]]]) -> str:
    """Return the means as a table in Markdown, with how many seeds each round was better for."""
    lines = [
        "| | characters added | suggested | by chance | difference | better in |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for aim, runs in held.items():
        ours, theirs = means(runs, "suggest"), means(runs, "random")
        for at, across in enumerate(added(runs, "suggest")):
            if not at:
                lines.append(f"| {aim} | 0 | {ours[0]:.3f} | {theirs[0]:.3f} | | |")
                continue
            apart = [
                run["arms"]["suggest"][at]["f1"] - run["arms"]["random"][at]["f1"] for run in runs
            ]
            won = sum(each > 0 for each in apart)
            lines.append(
                f"| {aim} | {across * 1000:,.0f} | {ours[at]:.3f} | {theirs[at]:.3f} | "
                f"{statistics.fmean(apart):+.3f} (seeds {min(apart):+.3f} to {max(apart):+.3f}) | "
                f"{won} of {len(runs)} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Write the files and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs"))
    arguments = parser.parse_args()
    held = {aim: runs for aim, runs in read_runs(arguments.folder).items() if runs}
    arguments.output.mkdir(exist_ok=True)
    text = json.dumps(held, indent=1) + "\n"
    (arguments.output / "suggest.json").write_text(text, encoding="utf-8", newline="\n")
    picture = draw(held)
    (arguments.output / "suggest.svg").write_text(picture, encoding="utf-8", newline="\n")
    sys.stdout.write(table(held) + "\n")


if __name__ == "__main__":
    main()
