"""The run that was started and waits for digits and Keras."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mnist_lab.data.digits import Digits
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.digit_supply import DigitSupply
from mnist_lab.window.state.keras_state import Keras, import_keras
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.subjects import Subject


class WaitingRun(QObject):
    """Has Keras imported, and begins the run that is queued as soon as it can.

    Attributes:
        keras: whether Keras can be used yet.

    Signals:
        changed(frozenset[Subject]): what is not as before.
        problem(str): why no run can begin, as a sentence.
    """

    changed = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        live: LiveRun,
        supply: DigitSupply,
        digits_in_use: Callable[[], tuple[Digits | None, int]],
        parent: QObject,
    ) -> None:
        """`digits_in_use` gives those of the next run, and how many of them the learner has drawn."""
        super().__init__(parent)
        self.keras = Keras.ABSENT
        self._live, self._supply, self._digits_in_use = live, supply, digits_in_use
        self._has_ended = False

    def prepare_keras(self) -> None:
        """Import Keras in the background, so that the first run need not wait for it."""
        if self.keras is Keras.ABSENT and not self._has_ended:
            self.keras = Keras.IMPORTING
            Job(self, import_keras, self._on_keras_ready, self._on_keras_missing).start()
            self.changed.emit(frozenset({Subject.KERAS}))

    def begin(self) -> None:
        """Begin what was queued as soon as it can be."""
        self.prepare_keras()
        self.begin_if_ready()
        self.changed.emit(frozenset({Subject.RUN}))

    def begin_if_ready(self) -> None:
        """Begin the run that waits, once there are digits and Keras; forget it where there will be none."""
        digits, own = self._digits_in_use()
        if self._live.is_queued and self._supply.why_none:
            self._live.forget_queued()
            self.problem.emit(self._supply.why_none)
        elif self.keras is Keras.READY and not self._supply.is_loading and digits is not None:
            self._live.begin_queued(digits, own)

    def end(self) -> None:
        """Import nothing any more: a window that is closed in its first moment had that still before it."""
        self._has_ended = True

    def _on_keras_ready(self, _result: object) -> None:
        self.keras = Keras.READY
        self.begin_if_ready()
        self.changed.emit(frozenset({Subject.KERAS}))

    def _on_keras_missing(self, error: Exception) -> None:
        self.keras = Keras.ABSENT
        self.problem.emit(translation.sentence(error))
        self._live.forget_queued()
        self.changed.emit(frozenset({Subject.KERAS}))
