"""The lab put into the words of the course: one immutable state, made of what pages and runs are at this moment."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_lab.course.state import DigitFacts, DrawingFacts, EpochFacts, KeptFacts, LabState, RunSeen, RunState
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.run import Run, State
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.lab import Lab

RUN_STATES: dict[State, RunState] = {
    State.PREPARING: "preparing",
    State.TRAINING: "training",
    State.PAUSED: "paused",
    State.STOPPED: "stopped",
    State.FINISHED: "finished",
    State.DIVERGED: "diverged",
    State.FAILED: "failed",
}


class LabFacts:
    """Tells the state of a lab, again and again; what has not changed since it was asked last is not made anew."""

    def __init__(self, lab: Lab, page: Callable[[], str]) -> None:
        """`page` gives the objectName of the page in view."""
        self._lab = lab
        self._page = page
        self._rows: tuple[RunRow, ...] = ()
        self._kept: tuple[KeptFacts, ...] = ()
        self._ends: tuple[EpochEnd, ...] = ()
        self._epochs: tuple[EpochFacts, ...] = ()

    def state(self) -> LabState:
        """The lab as it is now; without revisions."""
        lab = self._lab
        update = lab.look.update
        return LabState(
            page=self._page(),
            digits=None if lab.digits is None else digit_facts(lab.digits),
            experiment=lab.draft.experiment,
            run=None if lab.run is None else self._run(lab.run),
            is_training=lab.live.is_training,
            kept=self._kept_runs(lab.shelf.rows),
            drawing=None if lab.drawing is None else _drawing(lab.drawing, lab.weights),
            own_digits=len(lab.own_digits.own),
            watched_update=None if update is None else update.after.updates,
            facts=lab.views.facts(),
            told=lab.views.told(),
        )

    def _kept_runs(self, rows: tuple[RunRow, ...]) -> tuple[KeptFacts, ...]:
        if rows is not self._rows:  # the shelf replaces them whole
            self._rows = rows
            self._kept = tuple(_kept(row) for row in rows if row.kind == "run")
        return self._kept

    def _run(self, run: Run) -> RunSeen:
        losses = run.history.losses
        return RunSeen(
            id=run.id,
            number=run.number,
            state=RUN_STATES[run.state],
            experiment=run.experiment,
            digits=digit_facts(run.digits),
            updates=run.updates,
            total_updates=run.total_updates,
            updates_per_epoch=run.updates_per_epoch,
            first_loss=_loss(losses.values[:1]),
            last_loss=_loss(losses.values[-1:]),
            epochs=self._ended_epochs(tuple(run.history.epochs)),
            training_seconds=run.training_seconds,
        )

    def _ended_epochs(self, ends: tuple[EpochEnd, ...]) -> tuple[EpochFacts, ...]:
        known = len(self._ends)
        if ends[:known] != self._ends:  # those of another run
            known = 0
        if known < len(ends):
            self._epochs = self._epochs[:known] + tuple(epoch_facts(end) for end in ends[known:])
        elif not ends:
            self._epochs = ()
        self._ends = ends
        return self._epochs


def digit_facts(digits: Digits) -> DigitFacts:
    """Digits as the course sees them."""
    return DigitFacts(digits.kind, len(digits.train_images), len(digits.test_images))


def epoch_facts(end: EpochEnd) -> EpochFacts:
    """An epoch that is over as the course sees it."""
    return EpochFacts(
        end.updates,
        end.train_loss,
        end.train_accuracy,
        end.train_accuracy_after,
        end.validation_loss,
        end.validation_accuracy,
    )


def _loss(one_or_none: NDArray[np.float32]) -> float | None:
    """None before there is one, and for what is no number: it would differ from itself, look after look."""
    return float(one_or_none[0]) if np.isfinite(one_or_none).any() else None


def _kept(row: RunRow) -> KeptFacts:
    return KeptFacts(row.id, row.number, row.state, row.experiment, row.last_accuracy)


@lru_cache(maxsize=2)  # both are replaced whole: asked several times a second, they are mostly those of before
def _drawing(drawing: Drawing, weights: NetworkWeights | None) -> DrawingFacts:
    if weights is None:
        return DrawingFacts(drawing.label, None, None)
    shares = trace(weights, drawing.image.reshape(1, PIXELS))[-1].outputs[0]
    if not np.isfinite(shares).all():
        return DrawingFacts(drawing.label, None, None)
    return DrawingFacts(drawing.label, int(shares.argmax()), float(shares.max()))
