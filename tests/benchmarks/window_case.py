"""One case of the training benchmark: the lab's window at 1280×800, its Train page plotting, Start pressed.

Arguments: the .npz file and the number of epochs. Start is pressed at the window's first beat, so the import of
Keras, building and compiling are met too, each as a phase of its own.
"""

import sys
import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from mnist_lab.network.events import Event, LastEvent
from tests.benchmarks.engine_case import Stopwatch
from tests.benchmarks.processes import Figures, percentiles, report
from tests.benchmarks.real_window import Heart, child, listen_to_training, press, run_lab, show_page


class Driver(QObject):
    """Presses Start once the window is there, and closes it when the run is over and shown."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.resize(1280, 800)
        show_page(window, "trainPage")
        self._stopwatch = Stopwatch()
        self._pressed = 0.0
        self._began = 0.0
        self._is_over = False
        listen_to_training(self._hear, self._begin)
        self._heart = Heart(self, self._on_beat)

    def _begin(self) -> None:
        self._began = time.perf_counter()

    def _hear(self, event: Event) -> None:
        self._stopwatch.hear(event)
        self._is_over = self._is_over or isinstance(event, LastEvent)

    def _on_beat(self) -> None:
        if not self._pressed:
            if self._window.isVisible():
                self._pressed = time.perf_counter()
                press(self._window, "startButton")
        elif self._is_over and not child(self._window, QAbstractButton, "stopButton").isEnabled():
            self._heart.stop()
            report(self._figures())
            self._window.close()

    def _figures(self) -> Figures:
        times, gaps = self._stopwatch, self._heart.gaps
        return {
            **times.figures(),
            **percentiles(gaps(self._pressed, self._began), "importing"),
            **percentiles(gaps(self._began, times.first_updates), "compiling"),
            **percentiles(gaps(times.first_updates, times.ended), "training"),
        }


def main() -> None:
    path, epochs = sys.argv[1:]
    run_lab(["--data", path, "--epochs", epochs], Driver)


if __name__ == "__main__":
    main()
