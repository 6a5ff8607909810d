"""The hints for the run that is looked at: measured off the window's thread at epochs' ends, kept run by run."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from mnist_lab.course.hint import Hint as Hint
from mnist_lab.course.hint import HintId as HintId
from mnist_lab.course.hint_numbers import RunNumbers, movement, quiet_shares
from mnist_lab.course.hints import Hints
from mnist_lab.course.hints import unscaled_input as unscaled_input
from mnist_lab.data.digits import Digits
from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import Diverged
from mnist_lab.runs.run import Run
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.lab_facts import RUN_STATES, digit_facts, epoch_facts
from mnist_lab.window.state.subjects import Subject
from mnist_lab.work import Cancelled, JobHandle

VIEW = "Hints"
"""Of which view of the lab is kept what the learner wants to see no more."""

_REST_MILLISECONDS = 1000
"""Between two looks at a run that goes on: each takes 17 ms of one core with 512 units, and a hint can wait."""
_SAMPLE = 1000
"""Images on which it is seen which units put out nothing."""
_MOST_RUNS, _MOST_PUT_AWAY = 100, 500

_Moment = tuple[int, int]
"""Of a run: epochs that are over, and, once it has ended, all of its updates; −1 while it goes on."""


@dataclass(frozen=True, eq=False)
class _Question:
    """What is measured of a run at one moment.

    Attributes:
        run_id: whose.
        moment: which.
        numbers: what is known without measuring.
        start: the network before its first update; None where it is not known.
        now: the newest copy of its weights; None where there is none.
        digits: those that it trains on; None where they are gone.
        evaluation: of these weights on the test images, where that is at hand.
    """

    run_id: str
    moment: _Moment
    numbers: RunNumbers
    start: NetworkWeights | None
    now: NetworkWeights | None
    digits: Digits | None
    evaluation: Evaluation | None


@dataclass(eq=False)
class _RunHints:
    """What is known of one run.

    Attributes:
        hints: those that hold for it.
        moment: when it was looked at last; None before that.
        quiet: the shares of quiet units, as of then.
    """

    hints: Hints = field(default_factory=Hints)
    moment: _Moment | None = None
    quiet: tuple[float, ...] = ()


class Hinting(QObject):
    """Looks at the run that is looked at while anybody shows hints, and keeps which of them the learner put away.

    It never asks a run for a copy of its weights: it reads the newest that there is.

    Attributes:
        is_on: whether hints are wanted at all.
        of_course: those that the course shows, as they are about its step in hand; nobody else shows them meanwhile.

    Signals:
        changed(): other hints hold, or the same with newer numbers.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self._runs: dict[str, _RunHints] = {}
        self._watchers = 0
        self._asked: tuple[str, _Moment] | None = None
        self._shown_run = ""
        self.of_course: frozenset[HintId] = frozenset()
        self._measured: Derived[_Question, RunNumbers] = Derived(lab, _measure)
        self._since_asked = QElapsedTimer()
        self._measured.watch(True)
        self._measured.changed.connect(self._on_measured)
        lab.changed.connect(self._on_changed)
        view = lab.views.of(VIEW)
        self.is_on, self._put_away = _kept(view.kept("hints"))
        view.keep("hints", self._to_keep)

    # What holds

    @property
    def hints(self) -> tuple[Hint, ...]:
        """Those for the run that is looked at which are to be shown, the weightiest first."""
        run = self._lab.run
        known = None if run is None else self._runs.get(run.id)
        if run is None or known is None or not self.is_on:
            return ()
        return tuple(hint for hint in known.hints.raised if not self.is_put_away(run.id, hint))

    def is_put_away(self, source_id: str, hint: Hint) -> bool:
        """Whether this hint was put away for a run, or for a kept network, of that id."""
        return f"{source_id} {hint.id}" in self._put_away

    # What the learner does

    def put_away(self, source_id: str, hint: Hint) -> None:
        """Show this hint no more for that run or network."""
        self._put_away.append(f"{source_id} {hint.id}")
        self._put_away = self._put_away[-_MOST_PUT_AWAY:]
        self.changed.emit()

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Show hints, or none at all from now on."""
        if on != self.is_on:
            self.is_on = on
            self._look()
            self.changed.emit()

    def show_in_course(self, ids: frozenset[HintId]) -> None:
        """Leave these to the course."""
        if ids != self.of_course:
            self.of_course = ids
            self.changed.emit()

    def watch(self, watch: bool) -> None:
        """Count one more who shows hints, or one less: nothing is measured for nobody."""
        self._watchers += 1 if watch else -1
        self._look()

    # Looking

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN not in subjects:
            return
        shown, run = self._shown_run, self._lab.run
        self._shown_run = "" if run is None else run.id
        self._look()
        if self._shown_run != shown:
            self.changed.emit()

    def _look(self) -> None:
        """Have the run measured, where an epoch or all of it is over since."""
        run, live = self._lab.run, self._lab.live
        if run is None or not self._watchers or not self.is_on:
            return
        moment = len(run.history.epochs), -1 if run.is_live else run.updates
        is_ending = not run.is_live and live.is_looked_at and live.is_training  # its last weights are not here yet
        known = self._runs.get(run.id)
        is_known = self._asked == (run.id, moment) or (known is not None and known.moment == moment)
        if is_known or is_ending or (run.is_live and not self._may_look_at_live(moment)):
            return
        self._asked = run.id, moment
        self._since_asked.start()
        self._measured.set_input(self._question(run, moment), run.id)

    def _may_look_at_live(self, moment: _Moment) -> bool:
        """Whether an epoch is over, and the training had the processor for a while; the lab soon asks again."""
        has_rested = not self._since_asked.isValid() or self._since_asked.hasExpired(_REST_MILLISECONDS)
        return moment[0] > 0 and has_rested

    def _question(self, run: Run, moment: _Moment) -> _Question:
        lab = self._lab
        opened, evaluated = lab.look.opened, lab.inspections.evaluation
        has_digits = opened is None or opened.has_digits
        looked, weights = evaluated.input, lab.look.run_weights
        is_evaluated = looked is not None and looked.weights is weights and looked.source_id == run.id
        numbers = RunNumbers(
            run.experiment.changed(learning_rate=_rate(run)),
            digit_facts(run.digits),
            run.updates_per_epoch,
            RUN_STATES[run.state],
            run.history.losses.values,
            tuple(map(epoch_facts, run.history.epochs)),
        )
        return _Question(
            run.id,
            moment,
            numbers,
            run.start_weights,
            weights,
            run.digits if has_digits else None,
            evaluated.value if is_evaluated else None,
        )

    @Slot()
    def _on_measured(self) -> None:
        numbers, question = self._measured.value, self._measured.input
        if numbers is None or question is None:
            return
        known = self._runs.pop(question.run_id, _RunHints())
        self._runs[question.run_id] = known
        while len(self._runs) > _MOST_RUNS:
            self._runs.pop(next(iter(self._runs)))
        quiet, known.quiet = tuple(_smaller(known.quiet, numbers.quiet_shares)), numbers.quiet_shares
        is_first_of_live = question.moment[1] < 0 and known.moment is None
        known.moment = question.moment
        known.hints.look(replace(numbers, quiet_shares=() if is_first_of_live else quiet))
        self.changed.emit()

    def _to_keep(self) -> JsonValue:
        return {"is_on": self.is_on, "put_away": list(self._put_away)}


def hinting_of(lab: Lab) -> Hinting:
    """The hints of that lab, made when they are asked for first."""
    return lab.views.of(VIEW).model("hinting", lambda: Hinting(lab))


def _kept(kept: JsonValue) -> tuple[bool, list[str]]:
    """What the last session kept, as far as it can be read: it comes from a file."""
    if not isinstance(kept, dict):
        return True, []
    put_away = kept.get("put_away")
    known = [one for one in put_away if isinstance(one, str)] if isinstance(put_away, list) else []
    return kept.get("is_on") is not False, known[-_MOST_PUT_AWAY:]


def _rate(run: Run) -> float:
    """The learning rate that counts: the one in force, or that by which it diverged."""
    return run.rate_before(run.outcome.update)[1] if isinstance(run.outcome, Diverged) else run.learning_rate


def _smaller(before: tuple[float, ...], now: tuple[float, ...]) -> Iterator[float]:
    """Layer by layer; of the first look the only one."""
    return map(min, before or now, now)


def _measure(question: _Question, handle: JobHandle) -> RunNumbers:
    """Measure what takes time (in a job)."""
    start, now, digits, numbers = question.start, question.now, question.digits, question.numbers
    if now is None:
        return numbers
    moved = None if start is None else movement(start, now)
    if digits is None or numbers.state in ("diverged", "failed"):
        return replace(numbers, movement=moved)
    images = digits.test_images if len(digits.test_images) >= _SAMPLE else digits.train_images
    quiet = quiet_shares(now, images[:_SAMPLE]) if len(images) >= _SAMPLE else ()
    confusion = None if question.moment[1] < 0 else _confusion(question, now, digits, handle)
    return replace(numbers, movement=moved, quiet_shares=quiet, confusion=confusion)


def _confusion(question: _Question, now: NetworkWeights, digits: Digits, handle: JobHandle) -> NDArray[np.int_]:
    """Of a run that has ended: while it learns, what it mixes up changes from epoch to epoch."""
    evaluation = question.evaluation or evaluate(
        now, digits.test_images, digits.test_labels, lambda: handle.is_cancelled
    )
    if evaluation is None:
        raise Cancelled
    return evaluation.confusion()
