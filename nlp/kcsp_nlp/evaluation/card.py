"""The model card, written from results: no figure in it is written by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from kcsp_nlp.errors import KcspError
from kcsp_nlp.evaluation import card_tables as shown
from kcsp_nlp.evaluation.card_tables import Column, Estimate
from kcsp_nlp.evaluation.results import Results

# A part of the template that needs some results. Matches "<!-- curve -->\ntext\n<!-- /curve -->\n";
# not the comment at its top.
_SECTION = re.compile(r"<!-- (\w+) -->\n(.*?)<!-- /\1 -->\n", re.DOTALL)
_BLANK = re.compile(r"\n{3,}")

# Rows of the card by what ../shared/score.py calls them.
_SCORED = {
    "spans_micro": "mentions",
    "items": "items",
    "attendance": "attendance",
    "attendance_with_role_and_organisation": "attendance with role and body",
    "decisions": "decisions",
    "actions": "actions",
    "topics_micro": "topics, micro",
}


class _Text(Template):
    """A template whose names may hold dots."""

    idpattern = r"[a-z][a-z0-9_.]*"


@dataclass(frozen=True)
class Development:
    """Figures on the development set, as `score.py --json` prints them.

    Attributes:
        documents: How many it holds.
        column: The figures; without intervals.
    """

    documents: int
    column: Column

    @classmethod
    def read(cls, path: Path) -> Development:
        """Read what `make development` writes.

        Raises:
            KcspError: it cannot be read, or is something else.
        """
        try:
            scores = json.loads(path.read_text(encoding="utf-8"))
            column = {"mentions": Estimate(float(scores["spans_micro"][0]))}
            column |= {
                name: Estimate(float(row[0]), labelled=row[3] > 0)
                for name, row in scores["spans"].items()
            }
            column |= {name: Estimate(float(scores[key][0])) for key, name in _SCORED.items()}
            column |= {
                shown.spoken(name): Estimate(float(row[0]), labelled=row[3] > 0)
                for name, row in scores["topics"].items()
            }
            column["topics, macro"] = Estimate(float(scores["topics_macro"]))
            return cls(int(scores["meeting"]["docs"]), column)
        except OSError as error:
            raise KcspError(
                f"{path}: cannot be read ({error.strerror}); expected what `make development` "
                "writes"
            ) from error
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
            raise KcspError(
                f"{path}: no scores of score.py --json; expected what `make development` writes"
            ) from error


def render_card(
    results: Sequence[Results], model: Mapping[str, str], development: Development | None = None
) -> str:
    """Return the text of the card.

    Args:
        results: In the order of their columns; layouts, calibration and errors are those of the
            first cross-validation, of the first results where there is none.
        model: As `model_facts` returns it.
        development: Figures on the development set; None leaves them out.
    """
    main = main_results(results)
    cross_validated = main if main.protocol.folds else None
    sections = {
        "cross_validation": cross_validated is not None,
        "evaluation": any(each.protocol.kind == "evaluation" for each in results),
        "development": development is not None,
        "curve": bool(main.curve),
        "ablation": bool(main.ablation),
        "layouts": bool(main.layouts),
        "calibration": bool(main.topic_calibration),
        "span_calibration": bool(main.span_calibration),
        "errors": bool(main.errors),
    }
    values = {
        **{f"model.{name}": value for name, value in model.items()},
        **_values(main),
        "curve.title": _first_with(results, "curve").title,
        "ablation.title": _first_with(results, "ablation").title,
        "figures": shown.figures_table(_columns(results, development)),
        "protocol.table": shown.protocol_table(results),
    }
    template = (files("kcsp_nlp") / "data" / "model_card.md").read_text(encoding="utf-8")
    text = _SECTION.sub(lambda match: match[2] if sections[match[1]] else "", template)
    return _BLANK.sub("\n\n", _Text(text).substitute(values))


def main_results(results: Sequence[Results]) -> Results:
    """Return the first cross-validation, or the first results where there is none.

    Its curve and ablation, which are slow to come by, may be those of other results: of the first
    that hold them.

    Raises:
        KcspError: there are no results.
    """
    if not results:
        raise KcspError("model card: no results; expected at least one file of them")
    main = next((each for each in results if each.protocol.folds), results[0])
    parts = {name: getattr(_first_with(results, name), name) for name in ("curve", "ablation")}
    return main.model_copy(update=parts)


def _first_with(results: Sequence[Results], part: str) -> Results:
    """Return the first results that hold a part, the first of all where none does."""
    return next((each for each in results if getattr(each, part)), results[0])


def _columns(results: Sequence[Results], development: Development | None) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for each in results:
        kind = "cross-validated: " if each.protocol.folds else ""
        columns[f"{kind}{each.title}, {each.scores.documents} documents"] = shown.column(
            each.scores
        )
    if development is not None:
        columns[f"development set, {development.documents} documents"] = development.column
    return columns


def _values(results: Results) -> dict[str, str]:
    """Return what the template may ask for of the main results."""
    protocol = results.protocol
    values = {
        "protocol.resamples": f"{protocol.resamples:,}",
        "curve.table": shown.curve_table(results),
        "ablation.table": shown.ablation_table(results),
        "layouts.table": shown.layouts_table(results),
        "calibration.table": shown.calibration_table(results.topic_calibration),
        "span_calibration.table": shown.calibration_table(results.span_calibration),
        "errors.table": shown.errors_table(results),
    }
    if results.curve:
        folds = results.curve[0].folds
        number = ", ".join(str(fold + 1) for fold in folds)
        values["curve.folds"] = f"fold{'s' if len(folds) > 1 else ''} {number}"
    if protocol.folds:
        folded = [shown.column(fold.scores) for fold in protocol.folds]
        values |= {
            "cv.documents": str(protocol.corpus.documents),
            "cv.groups": str(protocol.corpus.groups),
            "cv.folds": str(len(protocol.folds)),
            "cv.steps": shown.spread(fold.steps for fold in protocol.folds),
            "cv.range_spans": _range(folded, "mentions"),
            "cv.range_topics": _range(folded, "topics, micro"),
        }
    return values


def _range(columns: Sequence[Column], name: str) -> str:
    held = [column[name].f1 for column in columns]
    return f"{min(held):.3f}–{max(held):.3f}"
