"""The training loop: spaCy's, step for step, that reports, stops early and survives a kill.

`spacy.training.loop.train` keeps neither the optimizer nor the states of chance, so that a killed
training would begin anew. This loop makes the same updates in the same order, from the same
config; of `[training]` it leaves out `logger` (reports go to `log`) and `before_update`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, cast

from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.training import Example
from spacy.training.loop import create_evaluation_callback, subdivide_batch
from spacy.util import registry, resolve_dot_names
from thinc.api import Optimizer, constant, fix_random_seed

from kcsp_nlp.errors import KcspError
from kcsp_nlp.training.checkpoint import Averages, Checkpoint, Position, save
from kcsp_nlp.training.examples import Examples

Log = Callable[[str], None]

# Steps between checkpoints: under a minute of work is lost with a kill.
KEPT_EVERY = 100


class Kept(NamedTuple):
    """Where checkpoints go, and what they belong to; `key` digests all that matters."""

    folder: Path
    key: str


def run(
    nlp: Language,
    *,
    kept: Kept,
    log: Log,
    held_out: Collection[str] | None = None,
    every: int = KEPT_EVERY,
) -> None:
    """Train an initialised pipeline by its own config; at the end it has the averaged weights.

    Args:
        nlp: The pipeline, as `spacy.training.initialize.init_nlp` returns it.
        kept: Where checkpoints are kept; one that is there of this training is gone on from.
        log: Receives lines of progress.
        held_out: Which groups are not learnt from and judge each state; the best state is what
            remains. None learns from all, and the last state remains.
        every: Steps between checkpoints.

    Raises:
        KcspError: the config's readers are not ours, nothing is left to learn from or to judge
            by, or a checkpoint cannot be written.
    """
    _Run(nlp, kept, log, held_out).go(every)


class _Run:
    """One training; see `run`."""

    def __init__(
        self, nlp: Language, kept: Kept, log: Log, held_out: Collection[str] | None
    ) -> None:
        config = nlp.config.interpolate()
        fix_random_seed(config["training"]["seed"])
        settings = registry.resolve(config["training"], schema=ConfigSchemaTraining)
        self.nlp, self.kept, self.log, self.settings = nlp, kept, log, settings
        self.optimizer: Optimizer = settings["optimizer"]
        names = [settings["train_corpus"], settings["dev_corpus"]]
        learnt, judged = resolve_dot_names(config, names)
        if not (isinstance(learnt, Examples) and isinstance(judged, Examples)):
            raise KcspError(
                "training config: its corpora have other readers, expected "
                '@readers = "kcsp.LabelledMinutes.v1" for both'
            )
        self.reader = learnt
        self.chooses = held_out is not None
        if held_out is not None:
            self.reader = learnt.where(lambda group: group not in held_out)
            judged = judged.where(
                lambda group: group in held_out, limit=0
            )  # all of them, no sample
        self.judged = judged
        self.scores: list[tuple[float, int]] = []
        self.best: Averages | None = None
        self.losses: dict[str, float] = {}

    def go(self, every: int) -> None:
        """Make all steps that have not been made."""
        settings, last = self.settings, self.settings["max_steps"]
        evaluate = self._evaluation()
        checkpoint = Checkpoint.load(self.kept.folder, self.kept.key)
        begun = 0
        if checkpoint is not None:
            begun = checkpoint.position.step
            self.best = checkpoint.restore(self.nlp, self.optimizer)
            self.losses = {"ner": checkpoint.position.losses}
            self.scores = list(checkpoint.position.scores)
            self.log(f"goes on from step {begun} of a training that was interrupted")
        dropouts = settings["dropout"]
        dropouts = islice(
            constant(dropouts) if isinstance(dropouts, float) else dropouts, begun, None
        )
        clock = _Clock(begun, last)
        for step, (position, batch) in enumerate(self._batches(checkpoint), start=begun):
            # Checked first: what was interrupted after its last step has none to make.
            if self._finished(step - 1):
                break
            self._update(batch, next(dropouts))
            if step % settings["eval_frequency"] == 0:
                self._judge(step, evaluate, clock)
            if (step + 1) % every == 0 or self._finished(step):
                self._keep(step + 1, position)
                if step % settings["eval_frequency"]:
                    self.log(f"step {step} of {last}; {clock.told(step)}")
        if self.chooses and self.best is not None:
            self.log(f"the state of step {self._best_step()} did best on what is held out")
        if averages := self.best if self.chooses else self.optimizer.averages:
            self._use(averages)

    def _update(self, batch: Sequence[Example], dropout: float) -> None:
        settings = self.settings
        parts = subdivide_batch(batch, settings["accumulate_gradient"])  # type: ignore[no-untyped-call]
        for part in parts:
            self.nlp.update(
                part,
                drop=dropout,
                losses=self.losses,
                sgd=cast(Any, False),
                exclude=settings["frozen_components"],
                annotates=settings["annotating_components"],
            )
        for name, component in self.nlp.pipeline:
            if name not in settings["frozen_components"] and getattr(
                component, "is_trainable", False
            ):
                component.finish_update(self.optimizer)  # type: ignore[attr-defined]
        self.optimizer.step_schedules()  # type: ignore[no-untyped-call]

    def _batches(
        self, checkpoint: Checkpoint | None
    ) -> Iterator[tuple[tuple[int, int, Any], Sequence[Example]]]:
        """Yield each batch with epoch, number of batches of it begun, and the reader's state."""
        position = checkpoint.position if checkpoint else Position(0, 0, 0, None, 0.0, [])
        if position.reader is not None:
            self.reader.chance = position.reader
        epoch, skipped = position.epoch, position.batch
        while self.settings["max_epochs"] < 1 or epoch < self.settings["max_epochs"]:
            state = self.reader.chance
            empty = True
            batches = cast(
                Iterable[Sequence[Example]], self.settings["batcher"](self.reader(self.nlp))
            )
            for at, batch in enumerate(batches, start=1):
                empty = False
                if checkpoint is not None and at == skipped + 1:
                    checkpoint.restore_chance()
                    checkpoint = None
                if at > skipped:
                    yield (epoch, at, state), batch
            if empty:
                raise KcspError("training: no labelled minutes to learn from; expected some")
            epoch, skipped = epoch + 1, 0

    def _finished(self, step: int) -> bool:
        last, patience = self.settings["max_steps"], self.settings["patience"]
        if last and step >= last:
            return True
        return bool(patience and self.scores and step - self._best_step() >= patience)

    def _best_step(self) -> int:
        """Return the earliest of the steps with the best score."""
        return -max((score, -step) for score, step in self.scores)[1]

    def _evaluation(self) -> Callable[[], tuple[float, dict[str, Any]]]:
        """Return what judges a state, always on the same examples."""
        examples = list(self.judged(self.nlp))
        if not examples:
            raise KcspError("training: nothing is held out to judge by; expected some bodies")
        return create_evaluation_callback(
            self.nlp, lambda _: iter(examples), self.settings["score_weights"]
        )

    def _judge(
        self, step: int, evaluate: Callable[[], tuple[float, dict[str, Any]]], clock: _Clock
    ) -> None:
        averages = self.optimizer.averages
        with self.nlp.use_params(averages or {}):
            score, figures = evaluate()
        self.scores.append((float(score), step))
        if self.chooses and self._best_step() == step and averages is not None:
            self.best = {name: array.copy() for name, array in averages.items()}
        where = "on what is held out" if self.chooses else "on a sample of what it learns from"
        found = [figures.get(f"ents_{each}") or 0.0 for each in "fpr"]
        loss = sum(self.losses.values())
        self.losses.clear()
        self.log(
            f"step {step} of {self.settings['max_steps']}: loss {loss:,.0f}, F1 {found[0]:.3f} "
            f"(precision {found[1]:.3f}, recall {found[2]:.3f}) {where}; {clock.told(step)}"
        )

    def _keep(self, step: int, place: tuple[int, int, Any]) -> None:
        epoch, batch, state = place
        losses = float(sum(self.losses.values()))
        position = Position(step, epoch, batch, state, losses, self.scores)
        save(
            self.kept.folder,
            self.kept.key,
            nlp=self.nlp,
            optimizer=self.optimizer,
            best=self.best,
            position=position,
        )

    def _use(self, averages: Averages) -> None:
        for _, component in self.nlp.pipeline:
            if hasattr(component, "model") and hasattr(component.model, "walk"):
                for layer in component.model.walk():
                    for name in layer.param_names:
                        if (layer.id, name) in averages:
                            layer.set_param(name, averages[layer.id, name])


class _Clock:
    """Tells how long a training has taken and is likely to take."""

    def __init__(self, begun: int, last: int) -> None:
        self._start, self._begun, self._last = time.monotonic(), begun, last

    def told(self, step: int) -> str:
        """Return time spent and, where it can be told, time left."""
        spent = time.monotonic() - self._start
        made = step - self._begun
        if not self._last or made < 1:
            return _spoken(spent)
        left = spent / made * max(0, self._last - step)
        return f"{_spoken(spent)}, about {_spoken(left)} left"


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
