"""What Start, Step and Go on do: a run begins, is resumed, or is taken up again where it ended."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.window import translation
from mnist_lab.window.state.draft import ExperimentDraft
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look


class Starts(QObject):
    """Lets runs be live, with the settings in the form.

    Signals:
        hindered(Hindrance): why what was asked for cannot be now.
        problem(str): a sentence for the learner.
    """

    hindered = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        draft: ExperimentDraft,
        look: Look,
        live: LiveRun,
        begin: Callable[[], object],
        parent: QObject,
        why_not_now: Callable[[], str] = lambda: "",
    ) -> None:
        """`begin` begins what was queued, as soon as it can be; `why_not_now` says why nothing may be."""
        super().__init__(parent)
        self._draft, self._look, self._live = draft, look, live
        self._why_not_now = why_not_now
        self._begin = begin
        self._rate_met = draft.experiment.learning_rate  # in the form, while a run was live last
        for told in (draft.changed, live.changed):
            told.connect(self._note_rate)

    def start(self) -> None:
        """Start a run, or let the paused one go on."""
        experiment = self._committed()
        if experiment is None:
            return
        if self._live.is_training:
            self._resume()
        else:
            self._queue(experiment)

    def go_on(self, epochs: int) -> None:
        """Let the run looked at go on: to its end, or for `epochs` more; a run that is live is looked at again."""
        if self._live.is_training:
            self._resume()
        elif (experiment := self._committed()) is not None:
            self._go_on(experiment, epochs, paused=False)

    def step(self) -> None:
        """Train exactly one batch, then wait: the run looked at goes on; without one a new run begins."""
        experiment = self._committed()
        if experiment is None:
            return
        if self._live.is_training:
            self._live.look_here()
        elif self._live.can_go_on or self._look.opened is not None:
            if not self._go_on(experiment, 1, paused=True):
                return
        else:
            self._queue(experiment, paused=True)
        self._live.step()

    @Slot()
    def _note_rate(self) -> None:
        if self._live.is_training:
            self._rate_met = self._draft.experiment.learning_rate

    def _resume(self) -> None:
        self._live.look_here()
        self._live.resume()

    def _committed(self) -> Experiment | None:
        if why_not := self._why_not_now():
            self.hindered.emit(Hindrance(why_not, lambda: self._why_not_now() == why_not))
            return None
        experiment = self._draft.commit()
        if experiment is None:
            self.problem.emit(self._draft.problem)
        return experiment

    def _queue(self, experiment: Experiment, *, paused: bool = False) -> None:
        self._live.queue(experiment, paused=paused)
        self._begin()

    def _go_on(self, experiment: Experiment, epochs: int, *, paused: bool) -> bool:
        """Let the run looked at be live again where it ended; False if it cannot, which was said.

        A rate that was put into the form since it ended counts, unless it is meant for another optimizer. Else it has
        the one in force: a fork has its parent's, and changes it where that did. A run that was opened keeps its own:
        it is to go on as if it had never ended.
        """
        run = self._look.run
        if run is None or not self._live.can_go_on:
            self.problem.emit(self._why_not())
            return False
        has_its_optimizer = experiment.optimizer == run.experiment.optimizer
        is_chosen = has_its_optimizer and experiment.learning_rate != self._rate_met
        try:
            rate = experiment.learning_rate if is_chosen else None
            self._live.go_on(rate, epochs=epochs, paused=paused)
        except ExperimentError as error:
            self.problem.emit(translation.sentence(error))
            return False
        if self._live.is_queued:
            self._begin()
        return True

    def _why_not(self) -> str:
        opened = self._look.opened
        if opened is not None and not opened.has_digits:
            return self.tr("This run cannot go on: its digits are not here. Open them, then the run.")
        return self.tr("No run can go on: start one.")
