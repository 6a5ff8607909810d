"""The look goes to any gradient update of the run that is looked at, and back to now."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.network.control import Control
from mnist_lab.network.events import Diverged
from mnist_lab.network.recording import Moment
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.film import Film
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.moment_source import MomentSource
from mnist_lab.window.state.moment_stops import nearest_stop
from mnist_lab.window.state.moment_wish import MomentWish
from mnist_lab.window.state.subjects import Subject

_REST_MILLISECONDS = 200
"""Who drags, and rests so long at a place, wants to see just that."""


class TimeMachine(QObject):
    """Takes wishes for moments of the run looked at; the newest wins. `Look.moment` is what came of them.

    While one drags, the nearest network that is kept comes at once; then, and for any other wish, the exact one.

    Attributes:
        film: goes through the moments by itself.

    Signals:
        changed(frozenset[Subject]): what is not as before.
        problem(str): a sentence for the learner.
    """

    changed = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        look: Look,
        live: LiveRun,
        store: RunStore,
        parent: QObject,
        control_to_ask: Callable[[], Control | None] = lambda: None,
    ) -> None:
        """`control_to_ask` gives the control of what is live, to be asked for turns with Keras."""
        super().__init__(parent)
        self.film = Film(self)
        self._look, self._live, self._store = look, live, store
        self._control_to_ask = control_to_ask
        self._source: MomentSource | None = None
        self._job: Job | None = None
        self._wish: MomentWish | None = None
        self._asked: MomentWish | None = None  # what the job is to bring
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)
        self.film.due.connect(self._on_film)
        live.turning.connect(self._leave)
        live.changed.connect(self.follow)

    # What is

    @property
    def run(self) -> Run | None:
        """The run whose moments can be looked at; None where there is none with an update, or it has no file yet."""
        run = self._look.run
        return run if run is not None and run.number is not None and self.last else None

    @property
    def last(self) -> int:
        """After how many updates it is now: all that the run has, but for those of no number if it diverged."""
        run = self._look.run
        if run is None:
            return 0
        return run.outcome.kept_updates if isinstance(run.outcome, Diverged) else run.updates

    @property
    def moment(self) -> Moment | None:
        """The moment that is looked at; None: now, or none has come yet."""
        return self._look.moment

    @property
    def wanted(self) -> int | None:
        """After how many updates one wishes to look at the run; None: now."""
        return None if self._wish is None else self._wish.updates

    @property
    def is_away(self) -> bool:
        """Whether one looks, or wishes to look, at another moment than now."""
        return self._wish is not None

    @property
    def is_busy(self) -> bool:
        """Whether the moment that is wanted is still to come."""
        return self._job is not None

    @property
    def is_there(self) -> bool:
        """Whether the moment that is looked at is the very one that is wanted."""
        return self.moment is not None and self.moment.updates == self.wanted and not self.is_busy

    @property
    def has_kept_only(self) -> bool:
        """Whether nothing but kept networks can be had: the digits of the run are gone."""
        opened = self._look.opened
        return opened is not None and not opened.has_digits

    @property
    def stops(self) -> tuple[int, ...] | None:
        """The only updates that can be looked at, now the last of them; None: any can."""
        opened = self._look.opened
        if opened is None or opened.has_digits:
            return None
        return (*(updates for updates in opened.kept_at if updates < self.last), self.last)

    # What the learner does

    def go_to(self, updates: int, *, is_settled: bool = True) -> None:
        """Look at the run after so many of its updates, or where it can be looked at nearest; after all of them: now.

        Args:
            updates: from 0 to those that the run has.
            is_settled: whether it is to be exact; while one drags it may be the nearest that is at hand.
        """
        self.film.stop()
        self._go_to(nearest_stop(self.stops or (updates,), updates), is_settled=is_settled)

    @Slot()
    def back_to_now(self) -> None:
        """Look at the run as it is now."""
        self.film.stop()
        self._rest.stop()
        self._cancel()
        if self._wish is not None:
            had_moment = self.moment is not None
            self._wish = self._look.moment = None
            self._tell(has_other_network=had_moment)

    def play(self) -> None:
        """Let the film run, from the moment looked at; from the start where that is now."""
        run = self.run
        if run is not None:
            updates = 0 if self.wanted is None else self.wanted
            self.film.is_running = True
            self._go_to(updates, is_settled=True)
            if not self.is_busy:
                self.film.show_next(updates)

    def pause(self) -> None:
        """Let the film stand still, where there is a network."""
        self.film.stop()
        if self.stops and self._wish is not None and self.moment is not None:
            self._wish = self._asked = MomentWish(self.moment.updates, is_settled=True)
        self._tell()

    def set_speed(self, updates_per_second: int) -> None:
        """Let the film go so fast, as far as it can."""
        self.film.speed = updates_per_second
        self._tell()

    def end(self) -> None:
        """Go nowhere any more; returns when no thread is at it."""
        self.film.stop()
        self._rest.stop()
        for job in self.findChildren(Job):
            job.end()
        self._drop_source()

    # What happens

    @Slot(object)
    def follow(self, subjects: frozenset[Subject]) -> None:
        """See whether something else is looked at: another run has other moments, and a kept network has none."""
        if self._source is None:
            return
        if self._source.run is not self._look.run:
            self._leave()
        elif Subject.NETWORKS in subjects and self._look.chosen is not None:
            self.back_to_now()

    @Slot()
    def _leave(self) -> None:
        """Be at now, and forget what is known of the run: it may go on otherwise."""
        self.back_to_now()
        self._drop_source()

    def _go_to(self, updates: int, *, is_settled: bool) -> None:
        run = self.run
        if self._source is not None and self._source.run is not run:
            self._leave()
        if run is None:
            return
        if updates >= self.last:
            self.back_to_now()
            return
        self._wish = MomentWish(max(updates, 0), is_settled)
        had_chosen, self._look.chosen = self._look.chosen is not None, None
        if self._source is None:
            self._source = MomentSource(self._store, run, has_digits=not self.has_kept_only)
        if is_settled:
            self._rest.stop()
        else:
            self._rest.start()
        self._ask(self._source, self._wish)
        self._tell(has_other_network=had_chosen)

    @Slot()
    def _on_rested(self) -> None:
        if self._wish is not None:
            self._go_to(self._wish.updates, is_settled=True)

    @Slot(int)
    def _on_film(self, updates: int) -> None:
        if updates >= self.last:
            self.back_to_now()
        else:
            self._go_to(updates, is_settled=True)

    def _ask(self, source: MomentSource, wish: MomentWish) -> None:
        """Have a job bring what is wished. One that brings the nearest is soon over: the newest wish comes after it."""
        if self._asked == wish and (self.is_busy or self.moment is not None):
            return
        if self._job is not None:
            if self._asked is not None and not self._asked.is_settled:
                return
            self._cancel()
        self._asked = wish
        work = partial(wish.grant, source, self._control_to_ask() if wish.is_settled else None)
        self._job = Job(self, work, self._on_moment, self._on_error)
        self._job.progressed.connect(self._on_nearest)
        self._job.start()

    @Slot(object)
    def _on_nearest(self, moment: Moment) -> None:
        """Show the nearest moment meanwhile."""
        if self.sender() is self._job:
            self._show(moment)

    def _on_moment(self, moment: Moment) -> None:
        self._job = None
        source, wish = self._source, self._wish
        if source is None or wish is None:
            return
        if self._asked != wish:
            self._ask(source, wish)
        elif self.film.is_running:
            self.film.show_next(wish.updates)
        self._show(moment)

    def _on_error(self, error: Exception) -> None:
        """Stay where one looks; the next wish may be granted."""
        self._job = self._asked = None
        self.film.stop()
        self.problem.emit(translation.sentence(error))
        if self.moment is None:
            self.back_to_now()
        else:
            self._wish = MomentWish(self.moment.updates, is_settled=True)
            self._tell()

    def _show(self, moment: Moment) -> None:
        is_other, self._look.moment = moment is not self._look.moment, moment
        self._tell(has_other_network=is_other)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._asked = None

    def _drop_source(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _tell(self, *, has_other_network: bool = False) -> None:
        subjects = {Subject.MOMENT}
        if has_other_network:
            subjects |= {Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS}
        self.changed.emit(frozenset(subjects))
