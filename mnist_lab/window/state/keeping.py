"""A run is kept while it trains: its keeper hears what it tells, in the thread that trains, and writes in its own."""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Failed, RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.run import Run
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.training import TrainingJob
from mnist_lab.words import LabError

_LOOK_MILLISECONDS = 200


class Keeping(QObject):
    """The keeper of one run, as long as that is live, looked at five times a second.

    Attributes:
        trouble: why not all of the run is kept; None where it is.

    Signals:
        changed(frozenset[Subject]): the run has its file, and with it its number; or `trouble` is another.
        problem(str): why something cannot be kept now, as a sentence.
    """

    changed = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        store: RunStore,
        run: Run,
        parent: QObject,
        *,
        own_digits: int = 0,
        resumed: RunWriter | None = None,
        going_on: int | None = None,
        fork: Fork | None = None,
    ) -> None:
        """Begin to keep `run`: anew, or further, by the writer of a kept one or from the update where it ended.

        With a `fork` it begins with what that takes over.

        `own_digits` says how many of the training images the learner has drawn.
        """
        super().__init__(parent)
        self._problems: deque[LabError | None] = deque()  # appended by the keeper's thread; None: all is well again
        self.trouble: LabError | None = None
        self._run = run
        self._keeper = RunKeeper(
            store,
            run.experiment,
            run.digits,
            run_id=run.id,
            own_digits=own_digits,
            resumed=resumed,
            going_on=going_on,
            fork=fork,
            problem=self._problems.append,
        )
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def why_not(self) -> str:
        """Why not all of the run is kept, as a sentence; "" where it is."""
        return "" if self.trouble is None else translation.sentence(self.trouble)

    @property
    def is_kept(self) -> bool:
        """Whether all that was told of the run is written, or will be with the next second."""
        return self.trouble is None or self._keeper.is_whole

    @property
    def has_begun(self) -> bool:
        """Whether there is something to keep, and to go on from."""
        return self._keeper.has_begun

    def end(self) -> None:
        """Look once more: the run is over, and its keeper has written what it could."""
        self._timer.stop()
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._run.number != self._keeper.number:
            self._run.number = self._keeper.number
            self.changed.emit(frozenset({Subject.RUN, Subject.RUNS}))
        while self._problems:
            self.trouble = self._problems.popleft()
            # First, and at once: a page in view that says it spares the banner.
            self.changed.emit(frozenset({Subject.RUN, Subject.RUNS}))
            if self.trouble is not None:
                self.problem.emit(translation.sentence(self.trouble))

    def job(self, halt: Halt | None, changes: Sequence[RateChanged] = ()) -> TrainingJob:
        """What the run's thread does: train from the start or from `halt`; it is over when all is written."""
        run, keeper = self._run, self._keeper

        def train_and_keep(publish: Callable[[Event], None], control: Control) -> None:
            from mnist_lab.network.trainer import Engine, train  # imports Keras: only here, in the thread that trains

            def tell(event: Event) -> None:
                if isinstance(event, Begun):
                    event.weights.sha256()  # here it delays no window, which shows it
                keeper.receive(event)
                publish(event)

            train(
                run.experiment,
                run.digits,
                tell,
                control,
                engine=Engine(xla=halt is None or halt.snapshot.runtime.xla),  # as it was trained before
                run_id=run.id,
                halt=halt,
                keep=keeper.offer,
                changes=changes,
            )

        def job(publish: Callable[[Event], None], control: Control) -> None:
            try:
                train_and_keep(publish, control)
            except Exception as error:
                keeper.receive(Failed(error))
                raise  # the thread tells it
            finally:
                keeper.close()

        return job
