"""One case of the start-up benchmark: the lab as `main.py` starts it, until the window is painted or trains.

Arguments: the .npz file, and "paint" or "press"; with "press", Start is pressed as soon as the window is painted.
Times count from just before the process was started.
"""

import sys
import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from mnist_lab.network.events import Event, LastEvent, Updates
from tests.benchmarks.processes import Figures, percentiles, report, seconds_since_start
from tests.benchmarks.real_window import FirstPaint, Heart, child, listen_to_training, press, run_lab, show_page


class Driver(QObject):
    """Notes when things come, presses Start if it is to, and closes the window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._presses_start = sys.argv[2] == "press"
        self._figures: Figures = {}
        self._painted = 0.0
        self._first_batch = 0.0
        self._is_over = False
        window.resize(1280, 800)
        show_page(window, "trainPage")
        listen_to_training(self._hear, lambda: None)
        self._paint = FirstPaint(window, self._on_painted)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self._paint)
        self._heart = Heart(self, self._on_beat)

    def _on_painted(self) -> None:
        self._figures["window_painted_seconds"] = seconds_since_start()
        self._painted = time.perf_counter()
        if self._presses_start:
            press(self._window, "startButton")
        else:
            self._close()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Updates) and not self._first_batch:
            self._figures["first_batch_seconds"] = seconds_since_start()
            self._first_batch = time.perf_counter()
        self._is_over = self._is_over or isinstance(event, LastEvent)

    def _on_beat(self) -> None:
        stop = child(self._window, QAbstractButton, "stopButton")
        if self._first_batch and not self._is_over:
            if stop.isEnabled():
                press(self._window, "stopButton")
        elif self._is_over and not stop.isEnabled():
            self._figures |= percentiles(self._heart.gaps(self._painted, self._first_batch), "waiting")
            self._close()

    def _close(self) -> None:
        self._heart.stop()
        report(self._figures)
        self._window.close()


def main() -> None:
    run_lab(["--data", sys.argv[1]], Driver)


if __name__ == "__main__":
    main()
