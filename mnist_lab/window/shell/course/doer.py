"""*Do it for me*: performs a step's actions on the window's controls, one after the other, as a person would."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QSlider,
    QSpinBox,
    QTabBar,
    QWidget,
)

from mnist_lab.course.actions import Action, Draw, Open, Pick, Press, Put, Until
from mnist_lab.course.state import LabState
from mnist_lab.window.pages.base import Page
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from mnist_lab.window.widgets.pictures.pickable import clicked_part, point_in

_Widget = TypeVar("_Widget", bound=QWidget)


class Doer(QObject):
    """Does what it is given, and waits in between until a control is there and can be used.

    Signals:
        changed(): `is_busy` is another.
    """

    changed = Signal()

    def __init__(self, coach: Coach, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._coach = coach
        self._window = window
        self._left: list[Action] = []
        self._entry = LabState()
        self._is_acting = False
        coach.looked.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether there is something left to do."""
        return bool(self._left)

    def do(self, actions: Sequence[Action]) -> None:
        """Do these, in place of what was left."""
        self._left = []  # before the look, which would do the next of what was left
        self._coach.look()
        self._left, self._entry = list(actions), self._coach.state
        self.changed.emit()
        QTimer.singleShot(0, self._coach, self._coach.look)

    def stop(self) -> None:
        """Do nothing more; what was done stays."""
        if self._left:
            self._left = []
            self.changed.emit()

    @Slot()
    def _go_on(self) -> None:
        """Do the next action, if it can be done now; else it is tried again when the coach has looked.

        Nothing but a look leads here, so that each action is seen for itself.
        """
        if self._is_acting or not self._left:
            return  # a control that is moved away and back is looked at in between
        self._is_acting = True
        try:
            is_done = self._try(self._left[0])
        finally:
            self._is_acting = False
        if not is_done:
            return
        self._left.pop(0)
        if not self._left:
            self.changed.emit()
        QTimer.singleShot(0, self._coach, self._coach.look)

    def _try(self, action: Action) -> bool:
        """Do it if it can be done; whether it is done."""
        match action:
            case Open():
                return self._open(action)
            case Put(name, value):
                return self._put(name, value)
            case Press(unless=unless) if unless is not None and unless(self._coach.state):
                pass
            case Press(name, instead, if_possible):
                button = self._find(QAbstractButton, name)
                if button is None and instead:
                    button = self._find(QAbstractButton, instead)
                if button is None or not button.isEnabled():
                    return if_possible
                button.click()
            case Pick(name, place, adds):
                picture = self._find(QWidget, name)
                point = None if picture is None else point_in(picture, place)
                if picture is None or point is None:
                    return False
                _click(clicked_part(picture), point, adds)
            case Draw(strokes):
                pad = self._find(QWidget, "drawCanvas")
                if pad is None:
                    return False
                self._draw(pad, strokes)
            case Until(is_so):
                return is_so(self._entry, self._coach.state)
        return True

    def _open(self, place: Open) -> bool:
        page = self._page()
        if page is None or page.objectName() != place.page:
            self._turn_to(place.page)
            return False
        bar = self._find(QTabBar, place.tabs) if place.tabs else None
        if place.tabs:
            if bar is None:
                return False
            bar.setCurrentIndex(place.tab)
        if place.stages:
            stages = [one for one in self._page_children(StageBar) if one.name == place.stages]
            if not stages:
                return False
            stages[0].go(place.stage)
        return True

    def _turn_to(self, page: str) -> None:
        """Open a page, which takes the keyboard, unless the learner has it in the course: a key there is no Start."""
        held, panel = QApplication.focusWidget(), self.parent()
        self._coach.open_page(page)
        if held is not None and isinstance(panel, QWidget) and panel.isAncestorOf(held):
            held.setFocus()

    def _put(self, name: str, value: bool | int | float | str) -> bool:
        control = self._find(QWidget, name)
        if control is None or not control.isEnabled():
            return False
        setter = next((one for kind, one in _SETTERS.items() if isinstance(control, kind)), None)
        if setter is None:
            raise TypeError(f"nothing can be put into {name}, a {type(control).__name__}")
        return setter(control, value, self._coach.look)

    def _draw(self, pad: QWidget, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        clear = self._find(QAbstractButton, "clearButton")
        if clear is not None and clear.isEnabled():
            clear.click()
        for stroke in strokes:
            points = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in stroke]
            _send(pad, QEvent.Type.MouseButtonPress, points[0], Qt.MouseButton.LeftButton)
            for point in points[1:]:
                _send(pad, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
            _send(pad, QEvent.Type.MouseButtonRelease, points[-1], Qt.MouseButton.LeftButton)

    def _page(self) -> Page | None:
        return next((page for page in self._window.findChildren(Page) if page.isVisible()), None)

    def _page_children(self, kind: type[_Widget]) -> list[_Widget]:
        page = self._page()
        return [] if page is None else [one for one in page.findChildren(kind) if one.isVisible()]

    def _find(self, kind: type[_Widget], name: str) -> _Widget | None:
        """The control of that objectName on the page in view, if it can be seen there."""
        return next((one for one in self._page_children(kind) if one.objectName() == name), None)


def _send(
    widget: QWidget,
    kind: QEvent.Type,
    point: QPoint,
    button: Qt.MouseButton,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, QPointF(point), QPointF(widget.mapToGlobal(point)), button, held, keys)
    QApplication.sendEvent(widget, event)


def _click(widget: QWidget, point: QPoint, adds: bool) -> None:
    keys = Qt.KeyboardModifier.ControlModifier if adds else Qt.KeyboardModifier.NoModifier
    _send(widget, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton, keys)
    _send(widget, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.LeftButton, keys)


# How to put something into each kind of control. What stands there already is moved away first and looked at, so that
# the goal sees that it was put there.

Look = Callable[[], None]


def _put_combo(combo: QComboBox, value: object, look: Look) -> bool:
    index = combo.findData(value)
    if index < 0 and isinstance(value, int):
        index = value
    if not 0 <= index < combo.count():
        return False
    if combo.currentIndex() == index:
        combo.setCurrentIndex(index + 1 if index + 1 < combo.count() else index - 1)
        look()
    combo.setCurrentIndex(index)
    return True


def _put_number(field: QSpinBox | QDoubleSpinBox | QSlider, value: object, look: Look) -> bool:
    number = min(float(value), field.maximum())  # type: ignore[arg-type]  # a step's own
    if field.value() == number:
        field.setValue(field.minimum() if number > field.minimum() else field.maximum())  # type: ignore[arg-type]
        look()
    field.setValue(number if isinstance(field, QDoubleSpinBox) else round(number))  # type: ignore[arg-type]
    return True


def _put_check(button: QAbstractButton, value: object, look: Look) -> bool:
    if button.isChecked() == bool(value):
        button.click()
        look()
    button.click()
    return True


def _put_text(line: QLineEdit, value: object, look: Look) -> bool:
    if line.text() == value:
        line.clear()
        look()
    line.setText(str(value))
    line.returnPressed.emit()
    return True


def _put_row(rows: QListWidget, value: object, look: Look) -> bool:
    found = [row for row in range(rows.count()) if value in (row, rows.item(row).data(Qt.ItemDataRole.UserRole))]
    if not found:
        return False
    item = rows.item(found[0])
    if rows.currentItem() is item:
        rows.setCurrentRow(-1)
        look()
    rows.setCurrentItem(item)
    rows.itemClicked.emit(item)
    return True


_SETTERS: dict[type[QWidget], Callable[..., bool]] = {
    QComboBox: _put_combo,
    QSpinBox: _put_number,
    QDoubleSpinBox: _put_number,
    QSlider: _put_number,
    QAbstractButton: _put_check,
    QLineEdit: _put_text,
    QListWidget: _put_row,
}
