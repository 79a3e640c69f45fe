"""The picture of a long run: what each process held, by documents done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

# Okabe and Ito's colours, as in the model card's pictures.
_COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
_STYLE: Mapping[Any, Any] = {
    "svg.hashsalt": "kcsp-nlp",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}


def draw(held: Mapping[str, Sequence[float | None]], documents: int) -> str:
    """Return the picture as SVG; the same figures give the same bytes.

    Args:
        held: MB by process, at equal steps of the documents done; None where it was not there.
        documents: How many there were.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    out = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        figure = Figure(figsize=(7.2, 3.6), layout="constrained")
        axes = figure.add_subplot()
        for at, (name, line) in enumerate(held.items()):
            points = [
                (documents * (index + 0.5) / len(line), value)
                for index, value in enumerate(line)
                if value is not None
            ]
            across, up = zip(*points, strict=True) if points else ((), ())
            axes.plot(across, up, color=_COLOURS[at % len(_COLOURS)], linewidth=1.2, label=name)
        axes.set_xlabel("documents done")
        axes.set_ylabel("resident memory, MB")
        axes.set_xlim(0, documents)
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.grid(alpha=0.3)
        axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.15))
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().decode()
