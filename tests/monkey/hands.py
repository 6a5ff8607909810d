"""Single events of mouse and keys, drawn by chance, sent as a person's would be."""

import random
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, TextIO

LAST = 40
"""Events that are printed when something broke."""
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


class Hands:
    """Draws events: each method says which it is and returns it, or None where there is nothing to do it to.

    Attributes:
        last: the last events, in words.
    """

    def __init__(self, window: Any, chance: random.Random, log: TextIO | None) -> None:
        """Every event is also written to `log`, should the process crash."""
        self.last: deque[str] = deque(maxlen=LAST)
        self._window, self._chance, self._log = window, chance, log

    def _say(self, words: str) -> None:
        self.last.append(words)
        if self._log is not None:
            self._log.write(f"{words}\n")
            self._log.flush()

    # What there is

    def _top(self) -> Any:
        """What takes the mouse now: an open list or menu, or the window."""
        from PySide6.QtWidgets import QApplication

        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window

    def _widget(self, kind: type | None = None) -> Any:
        from PySide6.QtWidgets import QWidget
        from shiboken6 import isValid  # of an open list PySide may know one that is gone

        found = [
            widget
            for widget in self._top().findChildren(kind or QWidget)
            if isValid(widget) and widget.isVisible() and not widget.visibleRegion().isEmpty()
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

    def click(self) -> Callable[[], Any] | None:
        """A click, a double one or a right one at times."""
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

    def drag(self) -> Callable[[], Any] | None:
        """Press, move on, release."""
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

        def drag() -> Iterator[None]:
            QTest.mousePress(handle, button, modifiers, way[0])
            for point in way[1:]:
                yield
                QTest.mouseMove(handle, point)
            QTest.mouseRelease(handle, button, modifiers, way[-1])

        return drag

    def wheel(self) -> Callable[[], Any] | None:
        """Turn the wheel."""
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

    def key(self) -> Callable[[], Any] | None:
        """Press a key, once or more."""
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

    def shortcut(self) -> Callable[[], Any] | None:
        """A key with Control."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        name = self._chance.choice(SHORTCUTS)
        self._say(f"key Control {name}")
        handle = self._window.windowHandle()
        return lambda: QTest.keyClick(handle, Qt.Key[f"Key_{name}"], Qt.KeyboardModifier.ControlModifier)

    def type(self) -> Callable[[], Any] | None:
        """Type or paste a text into a field."""
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

    def choose(self) -> Callable[[], Any] | None:
        """An entry of a list, by keys."""
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

    def turn_page(self) -> Callable[[], Any] | None:
        """Another page."""
        from mnist_lab.window.pages import PAGES

        index = self._chance.randrange(len(PAGES))
        self._say(f"page {PAGES[index].object_name}")
        return lambda: self._window.show_page(index)

    def turn_tab(self) -> Callable[[], Any] | None:
        """Another tab."""
        from PySide6.QtWidgets import QTabWidget

        tabs = self._widget(QTabWidget)
        if tabs is None:
            return None
        index = self._chance.randrange(tabs.count())
        self._say(f"tab {index} of {tabs.tabBar().objectName()}")
        return lambda: tabs.setCurrentIndex(index)

    def menu(self) -> Callable[[], Any] | None:
        """An entry of the menus."""
        from PySide6.QtGui import QAction

        actions = [action for action in self._window.findChildren(QAction) if action.objectName().endswith("Action")]
        action = self._chance.choice(actions)
        self._say(f"menu {action.objectName()}")
        return action.trigger

    def resize(self) -> Callable[[], Any] | None:
        """Another size of the window."""
        width, height = self._chance.randint(600, 1900), self._chance.randint(400, 1100)
        self._say(f"resize to {width} × {height}")
        return lambda: self._window.resize(width, height)

    def theme(self) -> Callable[[], Any] | None:
        """Another theme."""
        name = self._chance.choice(("light", "dark", "system"))
        self._say(f"theme {name}")
        return lambda: self._window.choose_theme(name)

    def rebuild(self) -> Callable[[], Any] | None:
        """Everything anew, as for another language."""
        self._say("build all again, as for another language")
        return self._window.rebuild

    def train(self) -> Callable[[], Any] | None:
        """Start a run."""
        self._say("start")
        return self._window.lab.start


def _name(widget: Any) -> str:
    """What a widget is called, or else what it stands in."""
    here = widget
    while here is not None and not here.objectName():
        here = here.parentWidget()
    return f"{type(widget).__name__} {here.objectName() if here is not None else ''}".strip()
