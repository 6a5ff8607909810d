"""Garbage is collected in the window's thread alone.

Python collects cycles in whatever thread happens to allocate. A thread of the background that thereby deletes a
wrapper of a widget deletes the widget too, and Qt allows that in the window's thread only. So automatic collection is
off while the window is there, and a timer collects when Python itself would have.

What Keras brings along stays to the end: once it is imported, its 400,000 objects are looked through no more, which
took a quarter of a second of the window's thread each time (measured: 262 ms with them, 3 ms without). While it is
being imported nothing is looked through: what is there to be collected comes to little, and what is not grows.

When a run is over, the memory that it gave back goes to the system: the C library would keep it for each of its many
threads (measured: 1.3 GB after twenty runs on all of MNIST, 1.1 GB with it, for 4 ms a run).
"""

import ctypes
import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

from mnist_lab.runs.run import Run
from mnist_lab.window.state.lab import Keras, Lab
from mnist_lab.window.state.subjects import Subject

_LOOK_MILLISECONDS = 500


def leave_out_imports() -> None:
    """Look through nothing any more that is there now; for the program, once its window is made."""
    gc.freeze()


def give_memory_back() -> None:
    """Return to the system what was freed, where the C library can do that: GNU's can."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


class GarbageCollector(QObject):
    """Collects what Python's own counters call due; automatic collection is off from its making until `end`.

    It also gives memory back after each run.
    """

    has_left_keras_out = False
    """Once in a process: another window's own garbage would stay, too."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self._last_run: Run | None = None
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()
        lab.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.KERAS in subjects and self._lab.keras is Keras.READY and not GarbageCollector.has_left_keras_out:
            GarbageCollector.has_left_keras_out = True  # asking `gc` would count all that is left out
            gc.freeze()
        if Subject.RUN in subjects and self._lab.run is not self._last_run and not self._lab.live.is_training:
            self._last_run = self._lab.run
            give_memory_back()

    @Slot()
    def collect_if_due(self) -> None:
        """Collect the oldest generation whose counter is above its threshold, but while Keras is imported."""
        if self._lab.keras is Keras.IMPORTING:
            return
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if threshold and count > threshold
        ]
        if due:
            gc.collect(max(due))

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
