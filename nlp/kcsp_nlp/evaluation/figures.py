"""The model card's pictures: SVG, the same bytes for the same results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kcsp_nlp.errors import KcspError
from kcsp_nlp.evaluation.card_tables import CURVE, Estimate, column, spoken
from kcsp_nlp.evaluation.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, which most colour-blind readers can tell apart.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_GREY = "#666666"

_STYLE: Mapping[Any, Any] = {
    "svg.hashsalt": "kcsp-nlp",  # ids of the same elements stay the same
    "svg.fonttype": "none",  # text stays text
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}
# Layouts with fewer documents, and bins with fewer scores, say little.
_FEWEST = 5


def draw_figures(results: Results) -> dict[str, str]:
    """Return the pictures that the results allow, by the names of their files.

    Raises:
        KcspError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise KcspError(
            "model card: matplotlib is not installed, expected for its pictures; "
            "pip install 'kcsp-nlp[card]'"
        ) from error
    pictures: dict[str, str] = {}
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever matplotlibrc says
        mpl.rcParams.update(_STYLE)
        pictures["f1-by-label.svg"] = _labels(results)
        if results.curve:
            pictures["learning-curve.svg"] = _curve(results)
        if results.layouts:
            pictures["layouts.svg"] = _layouts(results)
        if results.topic_calibration:
            pictures["topic-reliability.svg"] = _reliability(results)
    return pictures


@contextmanager
def _axes(out: BytesIO, width: float, height: float) -> Iterator[Axes]:
    """Yield axes; what is drawn on them goes to `out` at the end. Sizes are in inches."""
    from matplotlib.figure import Figure

    figure: Figure = Figure(figsize=(width, height), layout="constrained")
    yield figure.add_subplot()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})


def _bars(names: Sequence[str], estimates: Sequence[Estimate]) -> str:
    """Draw F1s as points with intervals, the first at the top."""
    out = BytesIO()
    with _axes(out, 6.4, 0.6 + 0.24 * len(names)) as axes:
        for at, estimate in enumerate(estimates):
            if estimate.ci95 is not None:
                axes.plot(estimate.ci95, [at, at], color=_COLOURS[0], linewidth=3, alpha=0.45)
            axes.plot([estimate.f1], [at], "o", color=_COLOURS[0], markersize=5)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        lows = [each.ci95[0] if each.ci95 else each.f1 for each in estimates]
        axes.set_xlim(max(0.0, min(lows, default=0.0) - 0.05), 1.01)
        axes.set_xlabel("F1, 95 % interval over documents")
        axes.grid(axis="x", alpha=0.3)
    return out.getvalue().decode()


def _labels(results: Results) -> str:
    held = {name: each for name, each in column(results.scores).items() if each.labelled}
    return _bars(list(held), list(held.values()))


def _layouts(results: Results) -> str:
    rows = [each for each in results.layouts if each.scores.documents >= _FEWEST]
    names = [f"{each.aspect}: {each.kind} ({each.scores.documents})" for each in rows]
    return _bars(names, [column(each.scores)["mentions"] for each in rows])


def _curve(results: Results) -> str:
    out = BytesIO()
    points = [(point, column(point.scores)) for point in results.curve]
    across = [sum(p.training_documents) / len(p.training_documents) for p, _ in points]
    with _axes(out, 6.4, 3.6) as axes:
        for name, colour in zip(CURVE, _COLOURS, strict=False):
            held = [figures[name] for _, figures in points]
            axes.plot(across, [each.f1 for each in held], "o-", color=colour, label=name)
            if name == "mentions" and all(each.ci95 for each in held):
                low, high = zip(*(each.ci95 or (0, 0) for each in held), strict=True)
                axes.fill_between(across, low, high, color=colour, alpha=0.15, linewidth=0)
        axes.set_xlabel("training documents (mean over folds)")
        axes.set_ylabel("F1")
        axes.set_xlim(left=0)
        axes.grid(alpha=0.3)
        _legend(axes)
    return out.getvalue().decode()


def _reliability(results: Results) -> str:
    out = BytesIO()
    with _axes(out, 6.4, 3.9) as axes:
        axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--")
        for at, (name, each) in enumerate(results.topic_calibration.items()):
            whole = name == "all"
            bins = [held for held in each.bins if held.count >= _FEWEST]
            axes.plot(
                [held.mean_score for held in bins],
                [held.share_right for held in bins],
                "o-",
                color="black" if whole else _COLOURS[at % len(_COLOURS)],
                linewidth=2 if whole else 1,
                markersize=4 if whole else 3,
                label=f"{'all topics' if whole else spoken(name)} (ECE {each.ece:.3f})",
            )
        axes.set_xlabel("score")
        axes.set_ylabel("share of items with the topic")
        axes.set_xlim(0, 1.01)
        axes.set_ylim(0, 1.01)
        axes.set_aspect("equal")
        axes.grid(alpha=0.3)
        _legend(axes)
    return out.getvalue().decode()


def _legend(axes: Axes) -> None:
    """Draw the legend to the right of the axes, where nothing is hidden."""
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
