"""Uses the window at random with mouse and keys, and tells what breaks it: `python -m tests.monkey --seed 1`.

The same seed gives the same events, as far as the window's own timing allows. All happens in a temporary home, the
dialogs that would block are answered at random, and there is no network. What counts as a fault: an exception in any
thread, a warning of Qt, an error that is logged, and one event that takes longer than `--block` seconds. The last
events and the stack are printed then, and the exit status is 1.
"""

import argparse
import faulthandler
import logging
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import numpy as np

from mnist_lab.network import environment

LAST = 40
"""Events that are printed when something broke."""
HARMLESS = ("This plugin does not support", "Mouse event at ")
"""What Qt says because there is no window manager, and what its tests say of a drag that leaves the window."""
TEXTS = (
    *("0", "1", "7", "-1", "12", "128", "1,024", "16,384", "0.001", "0,5", "1e-3", "1e308", "1e400", "nan", "", " "),
    *("x^2", "sin(3*x)", "abs(x)", "1/x", "x^4 - 3*x^3 + 2 x", "1e308*x", "sin(1000*x)", "|x|", "exp(exp(x))"),
    *("train_images[7]", "train_images / 255", "to_categorical(train_labels)", "train_images.shape", "zeros((2, 3))"),
    *("<b>bold", "<a href=x>", "”", "日本語", "\u202eabc", "-" * 300, "{}", "{name}", "%n", "&File", "'; --"),
)
KEYS = (
    *("Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Tab", "Backtab", "Space", "Return"),
    *("Escape", "Backspace", "Delete", "F1", "F10", "Plus", "Minus", "0", "1", "5", "9", "A", "E", "N", "X", "Menu"),
)
SHORTCUTS = ("1", "2", "3", "4", "5", "6", "7", "8", "Return", "P", "Period", "Z", "Y", "A", "C", "V", "X", "Tab", "0")


class FaultError(Exception):
    """Something broke."""


class Watch:
    """Collects what breaks, in any thread, and the stacks of an event that takes too long.

    Attributes:
        faults: what broke, in words.
    """

    def __init__(self, block_seconds: float) -> None:
        self.faults: list[str] = []
        self._block_seconds = block_seconds
        # Faulthandler's own thread writes the stacks: it holds no frame, so no widget is deleted in that thread.
        self._stacks = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
        sys.excepthook = self._on_exception
        sys.unraisablehook = lambda left: self._tell(left.exc_type, left.exc_value, left.exc_traceback)
        threading.excepthook = lambda left: self._tell(left.exc_type, left.exc_value, left.exc_traceback)
        logging.getLogger().addHandler(_Log(self.faults))

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._tell(kind, error, trace)

    def _tell(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def on_qt_message(self, kind: Any, _context: object, message: str) -> None:
        """Note what Qt warns of; what ends the process is told at once."""
        if not message.startswith(HARMLESS):
            self.faults.append(f"Qt: {message}\n" + "".join(traceback.format_stack(limit=12)))
            if kind.name == "QtFatalMsg":
                _tell(*self.faults)

    def time(self, event: Callable[[], None]) -> None:
        """Do one event; note it with its stacks if it takes too long."""
        self._stacks.seek(0)
        self._stacks.truncate()
        faulthandler.dump_traceback_later(self._block_seconds, file=self._stacks)
        began, worked = time.perf_counter(), time.thread_time()
        try:
            event()
        finally:
            faulthandler.cancel_dump_traceback_later()
        seconds, work = time.perf_counter() - began, time.thread_time() - worked
        if seconds > self._block_seconds:
            self._stacks.seek(0)
            stacks = self._stacks.read().rpartition("\n\n")[2]  # of all threads; the one that asked comes last
            self.faults.append(f"The window stood still for {seconds:.2f} s, {work:.2f} s of work:\n{stacks}")


class _Log(logging.Handler):
    """Errors that are only logged."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        error = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self._faults.append(f"logged: {record.getMessage()}\n{error}")


class Monkey:
    """Draws events by chance and sends them as a person's mouse and keyboard would.

    Attributes:
        last: the last events, in words.
        counts: how often each kind was sent.
    """

    def __init__(self, window: Any, seed: int, watch: Watch, files: list[Path], log: TextIO | None) -> None:
        self.last: deque[str] = deque(maxlen=LAST)
        self.counts: Counter[str] = Counter()
        self._window, self._watch, self._files, self._log = window, watch, files, log
        self._chance = random.Random(seed)
        self._kinds: dict[Callable[[], Callable[[], None] | None], int] = {
            self._click: 30,
            self._type: 10,
            self._key: 22,
            self._shortcut: 8,
            self._wheel: 10,
            self._drag: 12,
            self._choose: 6,
            self._turn_page: 6,
            self._turn_tab: 5,
            self._menu: 3,
            self._resize: 2,
            self._theme: 1,
            self._rebuild: 1,
            self._train: 3,
        }

    def act(self) -> None:
        """Send one event; what broke is told by `FaultError`."""
        kind = self._chance.choices(list(self._kinds), list(self._kinds.values()))[0]
        event = kind()
        if event is None:
            return
        self.counts[kind.__name__.strip("_")] += 1
        try:
            self._watch.time(event)
        except RuntimeError as error:
            if "already deleted" not in str(error):  # an open list goes with the first of several keys
                raise
        self._watch.time(self._process)
        if self._watch.faults:
            raise FaultError("\n".join(self._watch.faults))

    def answer_file(self, *_arguments: object) -> Path | None:
        """Answer a question for a file."""
        return self._chance.choice([None, *self._files])

    def answer(self, *_arguments: object) -> bool:
        """Answer another question."""
        return self._chance.random() < 0.5

    def _say(self, words: str) -> None:
        self.last.append(words)
        if self._log is not None:
            self._log.write(f"{words}\n")
            self._log.flush()

    def _process(self) -> None:
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        # Outside an event loop of Qt's own, what is to be deleted later would never be.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # What there is

    def _top(self) -> Any:
        """What takes the mouse now: an open list or menu, or the window."""
        from PySide6.QtWidgets import QApplication

        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window

    def _widget(self, kind: type | None = None) -> Any:
        from PySide6.QtWidgets import QWidget

        found = [
            widget
            for widget in self._top().findChildren(kind or QWidget)
            if widget.isVisible() and not widget.visibleRegion().isEmpty()
        ]
        return self._chance.choice(found) if found else None

    def _place(self, widget: Any) -> Any:
        """A place of a widget that is seen, in its own pixels."""
        from PySide6.QtCore import QPoint

        room = widget.visibleRegion().boundingRect()
        return QPoint(
            self._chance.randint(room.left(), max(room.right(), room.left())),
            self._chance.randint(room.top(), max(room.bottom(), room.top())),
        )

    def _at(self, widget: Any, place: Any) -> tuple[Any, Any]:
        """The screen's window and the place in it: Qt finds out what lies there, as for a real mouse."""
        top = widget.window()
        return top.windowHandle(), widget.mapTo(top, place)

    def _modifiers(self) -> Any:
        from PySide6.QtCore import Qt

        some = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
        return self._chance.choice(some) if self._chance.random() < 0.15 else Qt.KeyboardModifier.NoModifier

    # What can be done

    def _click(self) -> Callable[[], None] | None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QAbstractButton

        widget = self._widget(QAbstractButton if self._chance.random() < 0.5 else None)
        if widget is None:
            return None
        button = Qt.MouseButton.RightButton if self._chance.random() < 0.1 else Qt.MouseButton.LeftButton
        handle, place = self._at(widget, self._place(widget))
        is_double, modifiers = self._chance.random() < 0.1, self._modifiers()
        self._say(f"{'double ' if is_double else ''}click {button.name} on {_name(widget)} at {place.toTuple()}")
        click = QTest.mouseDClick if is_double else QTest.mouseClick
        return lambda: (QTest.mouseMove(handle, place), click(handle, button, modifiers, place))[0]

    def _drag(self) -> Callable[[], None] | None:
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        widget = self._widget()
        if widget is None:
            return None
        handle, place = self._at(widget, self._place(widget))
        buttons = (Qt.MouseButton.LeftButton,) * 4 + (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
        button, modifiers = self._chance.choice(buttons), self._modifiers()
        way = [place]
        for _step in range(self._chance.randint(1, 8)):
            way.append(way[-1] + QPoint(self._chance.randint(-90, 90), self._chance.randint(-90, 90)))
        self._say(f"drag {button.name} on {_name(widget)} by {[point.toTuple() for point in way]}")

        def drag() -> None:
            QTest.mousePress(handle, button, modifiers, way[0])
            for point in way[1:]:
                QTest.mouseMove(handle, point)
            QTest.mouseRelease(handle, button, modifiers, way[-1])

        return drag

    def _wheel(self) -> Callable[[], None] | None:
        from PySide6.QtCore import QPoint
        from PySide6.QtTest import QTest

        widget = self._widget()
        if widget is None:
            return None
        handle, place = self._at(widget, self._place(widget))
        notches, times = self._chance.choice((-10, -1, 1, 10)), self._chance.choice((1, 3, 20))
        self._say(f"wheel {times} times {notches} notches on {_name(widget)} at {place.toTuple()}")

        def turn() -> None:
            for _time in range(times):
                QTest.wheelEvent(handle, place, QPoint(0, 120 * notches))

        return turn

    def _key(self) -> Callable[[], None] | None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        name, modifiers = self._chance.choice(KEYS), self._modifiers()
        times = self._chance.choice((1, 1, 2, 10))
        handle = self._top().windowHandle() or self._window.windowHandle()
        self._say(f"key {modifiers.name} {name}, {times} times")
        key = Qt.Key[f"Key_{name}"]

        def press() -> None:
            for _time in range(times):
                if handle.isVisible():  # the key before may have closed it
                    QTest.keyClick(handle, key, modifiers)

        return press

    def _shortcut(self) -> Callable[[], None] | None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        name = self._chance.choice(SHORTCUTS)
        self._say(f"key Control {name}")
        handle = self._window.windowHandle()
        return lambda: QTest.keyClick(handle, Qt.Key[f"Key_{name}"], Qt.KeyboardModifier.ControlModifier)

    def _type(self) -> Callable[[], None] | None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication, QLineEdit

        line = self._widget(QLineEdit)
        if line is None or not line.isEnabled():
            return None
        text, ends = self._chance.choice(TEXTS), self._chance.choice(("Return", "Tab", "Escape", None))
        self._say(f"type {text!r} into {_name(line)}, then {ends}")

        def enter() -> None:
            line.setFocus()
            QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            if text.isascii():
                QTest.keyClicks(line, text)
            else:  # Qt's tests know the keys of ASCII only
                QApplication.clipboard().setText(text)
                QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            if ends is not None:
                QTest.keyClick(line, Qt.Key[f"Key_{ends}"])

        return enter

    def _choose(self) -> Callable[[], None] | None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QComboBox

        combo = self._widget(QComboBox)
        if combo is None or not combo.isEnabled() or not combo.count():
            return None
        index = self._chance.randrange(combo.count())
        self._say(f"choose “{combo.itemText(index)}” in {_name(combo)}")

        def choose() -> None:
            combo.setFocus()
            QTest.keyClick(combo, Qt.Key.Key_Home)
            for _row in range(index):
                QTest.keyClick(combo, Qt.Key.Key_Down)

        return choose

    def _turn_page(self) -> Callable[[], None] | None:
        from mnist_lab.window.pages import PAGES

        index = self._chance.randrange(len(PAGES))
        self._say(f"page {PAGES[index].object_name}")
        return lambda: self._window.show_page(index)

    def _turn_tab(self) -> Callable[[], None] | None:
        from PySide6.QtWidgets import QTabWidget

        tabs = self._widget(QTabWidget)
        if tabs is None:
            return None
        index = self._chance.randrange(tabs.count())
        self._say(f"tab {index} of {tabs.tabBar().objectName()}")
        return lambda: tabs.setCurrentIndex(index)

    def _menu(self) -> Callable[[], None] | None:
        from PySide6.QtGui import QAction

        actions = [action for action in self._window.findChildren(QAction) if action.objectName().endswith("Action")]
        action = self._chance.choice(actions)
        self._say(f"menu {action.objectName()}")
        return action.trigger

    def _resize(self) -> Callable[[], None] | None:
        width, height = self._chance.randint(600, 1900), self._chance.randint(400, 1100)
        self._say(f"resize to {width} × {height}")
        return lambda: self._window.resize(width, height)

    def _theme(self) -> Callable[[], None] | None:
        name = self._chance.choice(("light", "dark", "system"))
        self._say(f"theme {name}")
        return lambda: self._window.choose_theme(name)

    def _rebuild(self) -> Callable[[], None] | None:
        self._say("build all again, as for another language")
        return self._window.rebuild

    def _train(self) -> Callable[[], None] | None:
        self._say("start")
        return self._window.lab.start


def _name(widget: Any) -> str:
    """What a widget is called, or else what it stands in."""
    here = widget
    while here is not None and not here.objectName():
        here = here.parentWidget()
    return f"{type(widget).__name__} {here.objectName() if here is not None else ''}".strip()


def _write_files(folder: Path) -> list[Path]:
    """Data to open: good, broken, not there."""
    chance = np.random.default_rng(0)
    good = folder / "<b>good.npz"
    sets = {"train": 300, "test": 60}
    arrays = {f"x_{name}": chance.integers(0, 256, (count, 28, 28), dtype=np.uint8) for name, count in sets.items()}
    arrays |= {f"y_{name}": (np.arange(count) % 10).astype(np.uint8) for name, count in sets.items()}
    np.savez_compressed(good, allow_pickle=False, **arrays)
    broken = folder / "broken.npz"
    broken.write_bytes(good.read_bytes()[:1000])
    return [good, broken, folder, folder / "absent.npz"]


def _answer(monkey: Monkey) -> None:
    """Let the monkey answer what would wait for a person."""
    from mnist_lab.window import dialogs

    for name in ("ask_for_data_file", "ask_for_data_folder", "ask_for_picture"):
        setattr(dialogs, name, monkey.answer_file)
    for name in ("ask_to_end_run", "ask_to_begin_anew", "tell_about"):
        setattr(dialogs, name, monkey.answer)


def run(choice: argparse.Namespace, folder: Path) -> int:
    """Use a window as the command line says; returns the exit status."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "MNIST_LAB_HOME": str(folder / "home")}
    os.environ |= {"KERAS_HOME": str(folder / "keras"), "http_proxy": "http://127.0.0.1:9"}
    os.environ["https_proxy"] = os.environ["http_proxy"]
    environment.prepare()
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from mnist_lab.app import create_window
    from mnist_lab.experiment import Experiment
    from mnist_lab.window import translation
    from mnist_lab.window.shell.main_window import MainWindow
    from mnist_lab.window.state.lab import Keras

    watch = Watch(choice.block)
    qInstallMessageHandler(watch.on_qt_message)
    application = QApplication(["monkey"])
    translation.install(application)
    MainWindow.quit = lambda self: None  # type: ignore[method-assign]
    window = create_window("starter", Experiment(hidden_units=(32,), epochs=2))
    monkey = Monkey(window, choice.seed, watch, _write_files(folder), choice.log)
    _answer(monkey)
    window.show()
    while window.lab.digits is None or window.lab.keras is not Keras.READY:  # its import would slow the first events
        application.processEvents()
    try:
        return _play(monkey, choice.seconds, choice.seed)
    finally:
        window.close()


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _play(monkey: Monkey, seconds: float, seed: int) -> int:
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        count += 1
        try:
            monkey.act()
        except Exception:  # noqa: BLE001 - whatever it is, it is told with what came before
            _tell(f"Seed {seed}, event {count}. The last events:", *(f"  {words}" for words in monkey.last))
            _tell(traceback.format_exc())
            return 1
    _tell(f"Seed {seed}: {count} events, nothing broke: {dict(monkey.counts)}")
    return 0


def main() -> int:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description="Use the window at random.")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (default: 600)")
    parser.add_argument("--seed", type=int, default=1, help="which events (default: 1)")
    parser.add_argument("--block", type=float, default=1.0, help="seconds that one event may take (default: 1)")
    parser.add_argument("--log", type=argparse.FileType("w"), help="a file for all events, should the process crash")
    choice = parser.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="mnist-lab-monkey-") as folder:
        return run(choice, Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
