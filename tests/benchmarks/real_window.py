"""The seam to the window: starts the lab as `main.py` does, and lets a benchmark's driver act inside it."""

import itertools
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QStackedWidget, QWidget

from mnist_lab import app
from mnist_lab.network import trainer
from mnist_lab.network.events import Event

BEAT_MILLISECONDS = 5
_Widget = TypeVar("_Widget", bound=QWidget)


def run_lab(arguments: Sequence[str], drive: Callable[[QMainWindow], QObject]) -> None:
    """Run the lab's own `main` until its window closes; `drive` gets the window before it is shown.

    What `drive` returns lives as long as the lab.
    """
    make_window = app.create_window
    drivers: list[QObject] = []

    def create_window(*positional: object, **named: object) -> QMainWindow:
        window: QMainWindow = make_window(*positional, **named, paced=False)  # type: ignore[arg-type]
        drivers.append(drive(window))
        return window

    app.create_window = create_window  # type: ignore[assignment]
    status = app.main(arguments)
    assert status == 0, status
    assert drivers, "the lab opened no window"


def run_script(arguments: Sequence[str], script: Callable[[QMainWindow], None]) -> None:
    """Run the lab at 1280×800, call `script` once its window is painted, and close it.

    Raises:
        SystemExit: the script ended with an exception, which was printed.
    """
    problems: list[str] = []

    def drive(window: QMainWindow) -> QObject:
        def act() -> None:
            try:
                script(window)
            except BaseException:  # noqa: BLE001 - it would end in Qt, and the lab would go on for ever
                problems.append(traceback.format_exc())
            window.close()

        window.resize(1280, 800)
        paint = FirstPaint(window, act)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(paint)
        return paint

    run_lab(arguments, drive)
    if problems:
        raise SystemExit("\n".join(problems))


def wait_until(condition: Callable[[], bool], most_seconds: float = 120) -> None:
    """In a script: let the lab go on until this is so.

    Raises:
        TimeoutError: it never was.
    """
    ends = time.monotonic() + most_seconds
    while not condition():
        if time.monotonic() > ends:
            raise TimeoutError(f"after {most_seconds} seconds it was still not so")
        QTest.qWait(BEAT_MILLISECONDS)


def settle(window: QMainWindow) -> None:
    """In a script: let the lab go on until it computes nothing in the background, and has painted what is due."""
    for _ in range(2):
        QTest.qWait(50)
        wait_until(lambda: not window.lab.is_computing)  # type: ignore[attr-defined]


def listen_to_training(hear: Callable[[Event], None], began: Callable[[], None]) -> None:
    """Let `hear` get every event in the thread that trains, before the window does; `began` is called first."""
    train = trainer.train

    def train_and_tell(
        experiment: object, digits: object, publish: Callable[[Event], None], control: object, **others: object
    ) -> None:
        began()

        def publish_and_tell(event: Event) -> None:
            hear(event)
            publish(event)

        train(experiment, digits, publish_and_tell, control, **others)  # type: ignore[arg-type]

    trainer.train = train_and_tell  # type: ignore[assignment]


def child(window: QMainWindow, kind: type[_Widget], name: str) -> _Widget:
    """The widget of that objectName."""
    widget = window.findChild(kind, name)
    assert widget is not None, f"no {name} in the window"
    return widget


def show_page(window: QMainWindow, name: str) -> None:
    """Turn to the page of that objectName."""
    pages = child(window, QStackedWidget, "pages")
    index = next(index for index in range(pages.count()) if pages.widget(index).objectName() == name)
    window.show_page(index)  # type: ignore[attr-defined]


def press(window: QMainWindow, name: str) -> None:
    """Click the button of that objectName with the mouse."""
    button = child(window, QAbstractButton, name)
    assert button.isEnabled(), f"{name} is disabled"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


class Heart(QObject):
    """Beats every 5 ms in the window's thread; between two beats lies what kept the event loop busy.

    Attributes:
        beats: when each beat came, in seconds of `time.perf_counter`.
    """

    def __init__(self, parent: QObject, on_beat: Callable[[], None]) -> None:
        super().__init__(parent)
        self.beats: list[float] = []
        self._on_beat = on_beat
        self._timer = QTimer(self, interval=BEAT_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.beats.append(time.perf_counter())
        self._on_beat()

    def gaps(self, begin: float, end: float) -> list[float]:
        """Milliseconds between neighbouring beats of that time; 5 is on time."""
        beats = [beat for beat in self.beats if begin <= beat <= end]
        return [1000 * (after - before) for before, after in itertools.pairwise(beats)]


class FirstPaint(QObject):
    """Calls back once, when the window's first picture is painted.

    It watches the whole application: a top-level window without a background of its own gets no paint event, its
    children do.
    """

    def __init__(self, window: QMainWindow, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._painted = painted
        self._has_painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self._painted)  # once everything that is due has been painted, too
        return False
