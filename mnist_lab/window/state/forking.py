"""A run goes on from a moment of another: “Continue from here”, and a network that learns a hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.recording import Moment
from mnist_lab.runs.fork_checks import check_is_run
from mnist_lab.runs.forking import chosen_changes, forked_run, plan_fork, rate_at
from mnist_lab.runs.opening import ResumedRun
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.resumption import Resume


class Forks(QObject):
    """Begins one fork at a time, and not while another run is live.

    Signals:
        hindered(Hindrance): why what was asked for cannot be now.
        problem(str): a sentence for the learner.
    """

    hindered = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        live: LiveRun,
        store: RunStore,
        in_use: Callable[[], tuple[Digits | None, int]],
        begin: Callable[[], object],
        parent: QObject,
        why_not_now: Callable[[], str] = lambda: "",
    ) -> None:
        """Make it.

        Args:
            live: has the runs trained.
            store: where the parents are kept.
            in_use: gives the digits of the next run, and how many of them the learner has drawn.
            begin: begins what was queued, as soon as it can be.
            parent: its owner.
            why_not_now: says why no run may begin; "" where one may.
        """
        super().__init__(parent)
        self._live, self._store, self._in_use, self._begin = live, store, in_use, begin
        self._why_not_now = why_not_now

    def begin(self, run_id: str, moment: Moment | None, experiment: Experiment, digits: Digits | None = None) -> None:
        """Go on from a kept run as a new one, and look at that; what is wrong with it is told as a problem.

        Args:
            run_id: the run that is left.
            moment: where; None: where its newest network was kept.
            experiment: the new run's settings; of the learning rate see `runs.forking.chosen_changes`.
            digits: what it trains on; None: the digits in use.
        """
        used, own_digits = self._in_use()
        wanted = used if digits is None else digits
        if wanted is None:
            self.problem.emit(self.tr("There are no digits to train on: open some on the Data page."))
            return
        own = own_digits if digits is None else 0
        self.queue(lambda is_wanted: self._forked(run_id, moment, experiment, wanted, own, is_wanted))

    def queue(self, fork: Resume) -> None:
        """The same with a run that `fork` plans, in a thread of its own."""
        if self._live.is_training:
            words = self.tr("A run goes on: stop it first, then a new one can go on from here.")
            self.hindered.emit(Hindrance(words, lambda: self._live.is_training))
            return
        if why_not := self._why_not_now():
            self.hindered.emit(Hindrance(why_not, lambda: self._why_not_now() == why_not))
            return
        self._live.queue(fork)
        self._begin()

    def _forked(
        self,
        run_id: str,
        moment: Moment | None,
        experiment: Experiment,
        digits: Digits,
        own_digits: int,
        is_wanted: Callable[[], bool],
    ) -> ResumedRun | None:
        """Read what the new run begins with (in a thread of its own)."""
        store, parent = self._store, self._store.load(run_id)
        check_is_run(parent)
        settings = parent.experiment
        assert settings is not None  # as was checked
        snapshot = store.snapshot(run_id) if moment is None else moment.snapshot
        changes = chosen_changes(settings, experiment, rate_at(parent, snapshot.updates))
        fork = plan_fork(store, parent, snapshot.updates, changes, digits, snapshot, own_digits)
        return forked_run(fork, digits) if is_wanted() else None
