"""A lab that presses Start and says how many updates it has: `python -m tests.window.lab_to_be_killed`."""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from mnist_lab.app import create_window
from mnist_lab.experiment import Experiment
from mnist_lab.network import environment
from mnist_lab.window.shell.main_window import MainWindow

EXPERIMENT = Experiment(hidden_units=(16,), epochs=6)
"""192 updates on the starter set: two seconds of slow motion."""


def main() -> int:
    environment.prepare()  # before a job imports TensorFlow
    app = QApplication(sys.argv)
    window = create_window("starter", EXPERIMENT, paced=False)
    window.show()
    pace, start = window.findChild(QComboBox, "slowMotion"), window.findChild(QAbstractButton, "startButton")
    assert pace is not None
    assert start is not None
    pace.setCurrentIndex(pace.findData(100))
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    timer = QTimer(window, interval=20)
    timer.timeout.connect(lambda: _say_how_far(window))
    timer.start()
    return app.exec()


def _say_how_far(window: MainWindow) -> None:
    sys.stdout.write(f"{0 if window.lab.run is None else window.lab.run.updates}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
