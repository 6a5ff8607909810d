"""The case of the memory benchmark. Arguments: "starter" or the .npz file, epochs of a run, and how many runs."""

import sys
from functools import partial

import psutil
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from mnist_lab.network.events import Event, Finished, LastEvent
from tests.benchmarks.processes import Figures, report
from tests.benchmarks.real_window import child, listen_to_training, press, run_script, settle, show_page, wait_until

_MEGABYTE = 1e6
_TOLD_AFTER = (1, 5, 10, 20)
_REST_MILLISECONDS = 500
"""After a run: what it leaves is collected and given back to the system."""


class Script:
    """Presses Start, waits for the end, notes how much memory is resident."""

    def __init__(self, runs: int) -> None:
        self._runs = runs
        self._process = psutil.Process()
        self._most = 0.0
        self._ends: list[Event] = []

    def __call__(self, window: QMainWindow) -> None:
        show_page(window, "trainPage")
        start, stop = (child(window, QAbstractButton, name) for name in ("startButton", "stopButton"))
        listen_to_training(self._hear, lambda: None)
        wait_until(start.isEnabled)
        settle(window)
        figures: Figures = {"before the first run, MB": self._resident()}

        def have_ended(runs: int) -> bool:
            return self._look() and len(self._ends) == runs and not stop.isEnabled()

        for number in range(1, self._runs + 1):
            press(window, "startButton")
            wait_until(partial(have_ended, number))
            QTest.qWait(_REST_MILLISECONDS)
            settle(window)
            if number in (*_TOLD_AFTER, self._runs):
                figures[f"after {number} run{'s' if number > 1 else ''}, MB"] = self._resident()
        assert all(isinstance(end, Finished) for end in self._ends), self._ends
        report(figures | {"the most it ever was, MB": self._most})

    def _hear(self, event: Event) -> None:
        if isinstance(event, LastEvent):
            self._ends.append(event)

    def _look(self) -> bool:
        self._most = max(self._most, self._resident())
        return True

    def _resident(self) -> float:
        return float(self._process.memory_info().rss) / _MEGABYTE


def main() -> None:
    data, epochs, runs = sys.argv[1:]
    run_script(["--data", data, "--epochs", epochs], Script(int(runs)))


if __name__ == "__main__":
    main()
