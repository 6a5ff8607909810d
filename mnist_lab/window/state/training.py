"""The bridge between a run in its thread and the window: events come over in batches, 30 times a second.

The thread that trains holds no QObject and emits no signal: it appends to a deque, which a timer of the window's
thread empties. So a flood of events can neither slow the training nor delay a click.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Failed
from mnist_lab.shared_cores import SharedCores

TrainingJob = Callable[[Callable[[Event], None], Control], None]

_DRAIN_MILLISECONDS = 33


class _Thread(QThread):
    """Runs one training job."""

    def __init__(self, parent: QObject, job: TrainingJob, publish: Callable[[Event], None], control: Control) -> None:
        super().__init__(parent)
        self._job = job
        self._publish = publish
        self._control = control

    def run(self) -> None:
        try:
            self._job(self._publish, self._control)
        except Exception as error:  # noqa: BLE001 - told to the learner by whoever reads the events
            self._publish(Failed(error))


class TrainingBridge(QObject):
    """Starts one run at a time and hands its events to the window's thread.

    Signals:
        received(list): the events since the last time, in order.
        finished(): the thread is over and every event was received.
    """

    received = Signal(list)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: deque[Event] = deque()
        self._thread: _Thread | None = None
        self._control = Control()
        self._cores = SharedCores()
        self._timer = QTimer(self, interval=_DRAIN_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._drain)

    @property
    def is_running(self) -> bool:
        """Whether a run's thread is not over yet."""
        return self._thread is not None

    def start(self, job: TrainingJob, control: Control) -> None:
        """Run `job(publish, control)` in a thread of its own.

        Raises:
            RuntimeError: a run is going on already.
        """
        if self._thread is not None:
            raise RuntimeError("a run is going on: stop it before starting another")
        self._control = control
        self._cores.lend()
        self._thread = _Thread(self, job, self._events.append, control)
        self._thread.finished.connect(self._end)
        self._thread.start()
        self._timer.start()

    def close(self) -> None:
        """Stop the run and wait for its thread; its last events are still received."""
        if self._thread is not None:
            self._control.stop()
            self._thread.wait()
            self._end()

    @Slot()
    def _drain(self) -> None:
        events = []
        while self._events:
            events.append(self._events.popleft())
        if events:
            self.received.emit(events)

    @Slot()
    def _end(self) -> None:
        if self._thread is None:  # `close` was quicker than the thread's own signal
            return
        self._timer.stop()
        self._thread.deleteLater()
        self._thread = None
        self._cores.take_back()
        self._drain()
        self.finished.emit()
