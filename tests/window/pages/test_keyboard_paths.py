"""Every page by keyboard: Tab goes as the eye does, pictures take the listed keys, a rebuild keeps the place."""

import itertools

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)

from mnist_lab.window import page_keys
from mnist_lab.window.keyboard import KeyGroup
from mnist_lab.window.pages import PAGES
from mnist_lab.window.widgets.basic.buttons import PushButton, ToolButton
from tests.window.conftest import Driver
from tests.window.pages.clipping import seen
from tests.window.pages.turning import page_at, turned_parts
from tests.window.rebuilding import rebuild

NAMES = [spec.object_name for spec in PAGES]
EXCEPTIONS: set[tuple[str, str]] = set()
"""Pairs of names where the eye goes another way than down and to the right."""

NO_SHIFT, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
NAMED = {
    **{name: getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down", "Home", "End", "Space")},
    "PgUp": Qt.Key.Key_PageUp,
    "PgDown": Qt.Key.Key_PageDown,
    "Return": Qt.Key.Key_Return,
    "Backspace": Qt.Key.Key_Backspace,
    "Del": Qt.Key.Key_Delete,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
    **{digit: Qt.Key(Qt.Key.Key_0 + int(digit)) for digit in "0123456789"},
}
PRESSES = {
    **{name: (key, NO_SHIFT) for name, key in NAMED.items()},
    **{f"Shift+{name}": (NAMED[name], SHIFT) for name in ("Left", "Right", "Up", "Down")},
    "Esc": (Qt.Key.Key_Escape, NO_SHIFT),
}
"""Every key that a picture could take; the one that lets go comes last."""
OF_SHORTCUTS = {
    page_keys.PAD_PAGE,
    page_keys.OWN_DIGITS,
    page_keys.EDITS,
    page_keys.FAMILY,
    page_keys.HAND,
    page_keys.SETTINGS,
}
"""Taken by shortcuts or by a tree of Qt's, not by a picture."""
AT_TIMES = {"Esc", "Return", "Space", *"6789"}
"""Taken only where there is something to let go of or to open, or so many parts; others wherever there is something."""


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_used_by_keyboard_as_one_sees_and_reads_it(driver: Driver, name: str) -> None:
    driver.window.resize(1280, 800)
    page = page_at(driver, NAMES.index(name))
    for _part in turned_parts(page):
        QApplication.processEvents()
        _assert_tab_goes_as_the_eye(page)
    names = [widget.objectName() for widget in _order(page) if widget.isEnabled()]
    _assert_listed_keys_are_taken(page)
    wanted = names[len(names) // 2]
    driver.find(QWidget, wanted).setFocus()
    rebuild(driver)
    focused = driver.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == wanted


# Tab


def _assert_tab_goes_as_the_eye(page: QWidget) -> None:
    for one, other in itertools.pairwise(_order(page)):
        pair = (one.objectName(), other.objectName())
        assert pair in EXCEPTIONS or not _goes_back(_place(one, page), _place(other, page)), pair


def _order(page: QWidget) -> list[QWidget]:
    """What Tab reaches now, in that order, from the first on."""
    wanted = {widget for widget in seen(page, QWidget) if _takes_keyboard(widget)}
    found, widget = [], page.nextInFocusChain()
    while widget is not page:
        if widget in wanted:
            found.append(widget)
        widget = widget.nextInFocusChain()
    assert len(found) == len(wanted)
    return found


def _takes_keyboard(widget: QWidget) -> bool:
    is_label = isinstance(widget, QLabel)  # which takes it only where there is a link
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None and not is_label


def _place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _goes_back(one: QRect, other: QRect) -> bool:
    """Whether `other` lies before `one`: above it, but not in a column further right, or left of it in the same row."""
    is_above, is_left = other.bottom() <= one.top(), other.right() <= one.left()
    is_further_right = other.left() >= one.right()
    is_same_row = one.top() < other.center().y() < one.bottom()
    return (is_above and not is_further_right) or (is_same_row and is_left)


def test_the_page_comes_after_the_list(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    driver.window.show_page_named("dataPage")
    page_list = driver.find(QWidget, "pageList")
    page_list.setFocus()
    driver.qtbot.keyClick(page_list, Qt.Key.Key_Tab)
    course = driver.find(QWidget, "courseButton")  # stands below the list
    assert QApplication.focusWidget() is course
    driver.qtbot.keyClick(course, Qt.Key.Key_Tab)
    page, focused = driver.find(QStackedWidget, "pages").currentWidget(), QApplication.focusWidget()
    assert page is not None
    assert focused is not None
    assert page.isAncestorOf(focused)


# Keys


def _assert_listed_keys_are_taken(page: QWidget) -> None:
    listed, found = set(page_keys.ON_PAGES[page.objectName()]), set()
    for widget in filter(_takes_keys, page.findChildren(QWidget)):
        what, keys = (widget.objectName(), type(widget).__name__), getattr(widget, "KEYS", None)
        assert isinstance(keys, KeyGroup), what
        is_first = keys not in found
        found.add(keys)
        if is_first and not isinstance(widget, QLineEdit | QTableView):  # which have those of Qt, too
            taken, named = _taken(widget), _named(keys)
            also = {f"Shift+{key}" for key in named}  # with Shift an arrow is mostly the same key
            assert taken <= named | also, what
            assert not taken & {"Left", "Right"} or named - taken <= AT_TIMES, (what, named - taken)
    assert found == listed - OF_SHORTCUTS
    sequences = {sequence for group in listed for hint in group.hints for sequence in hint.sequences}
    for shortcut in page.findChildren(QShortcut):
        keys_of_shortcut = shortcut.keys()
        assert set(keys_of_shortcut) <= sequences, [one.toString() for one in keys_of_shortcut]


def _takes_keys(widget: QWidget) -> bool:
    """Whether the lab itself says what keys do there; number fields and buttons are as everywhere."""
    own = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("mnist_lab")]
    return any("keyPressEvent" in vars(kind) for kind in own) and not isinstance(
        widget, QAbstractSpinBox | PushButton | ToolButton
    )


def _taken(widget: QWidget) -> set[str]:
    """What the widget takes, as it is now; nobody hears what it does then."""
    taken = set()
    widget.blockSignals(True)
    for name, (key, modifier) in PRESSES.items():
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifier)
        widget.keyPressEvent(event)  # sent, it would go on to what scrolls the page
        if event.isAccepted():
            taken.add(name)
    widget.blockSignals(False)
    return taken


def _named(group: KeyGroup) -> set[str]:
    return {key for hint in group.hints for key in hint.keys if isinstance(key, str)} & set(PRESSES)
