"""How good a model is, measured so that the figures can be trusted.

- `scores`: records against labels; counts per document, summed up as precision, recall, F1
- `bootstrap`: 95 % intervals of every F1, paired differences
- `folds`, `plan`: which documents a model learns from and which it is judged on
- `running`: the trainings and annotations of a plan, in processes, each kept once finished
- `layouts`, `mistakes`, `calibration`: what sums hide, by kinds of documents, errors and scores
- `results`: all of it as one JSON file; `summary` fills it
- `card`, `figures`: the model card, written from results
"""

from __future__ import annotations

from kcsp_nlp.evaluation.scores import Evaluation, Score, evaluate, key

__all__ = ["Evaluation", "Score", "evaluate", "key"]
