"""Performs a step's actions as a person does: by mouse and keys alone."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSlider,
    QTabBar,
    QWidget,
)

from mnist_lab.course.actions import Action, Draw, Open, Pick, Press, Put, Until
from mnist_lab.course.goals import Goal
from mnist_lab.course.state import LabState
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.pictures.pickable import Place, clicked_part, point_in
from mnist_lab.window.words import typed_number
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
_MOST_PRESSES = 2000


class Person:
    """Uses the window of a driver; looks where the coach looks."""

    def __init__(self, driver: Driver, coach: Coach) -> None:
        self._driver = driver
        self._bot = driver.qtbot
        self._coach = coach

    def do(self, actions: Sequence[Action]) -> None:
        """One after the other."""
        self._coach.look()
        entry = self._coach.state
        for action in actions:
            match action:
                case Open():
                    self._open(action)
                case Put(name, value):
                    self._put(self._seen(name), value)
                case Press(unless=unless) if unless is not None and unless(self._coach.state):
                    pass
                case Press(name, instead, if_possible):
                    self._press(name, instead, if_possible)
                case Pick(name, place, adds):
                    self._pick(self._seen(name), place, adds)
                case Draw(strokes):
                    self._draw(strokes)
                case Until(is_so):
                    self._await(is_so, entry)
            self._coach.look()

    def _open(self, place: Open) -> None:
        pages = self._driver.find(QListWidget, "pageList")
        row = [spec.object_name for spec in PAGES].index(place.page)
        line = pages.visualItemRect(pages.item(row))
        self._bot.mouseClick(pages.viewport(), LEFT, pos=line.center())
        if place.tabs:
            bar = self._seen(place.tabs)
            assert isinstance(bar, QTabBar)
            bar.setFocus()
            for _press in range(abs(place.tab - bar.currentIndex())):
                self._bot.keyClick(bar, Qt.Key.Key_Right if place.tab > bar.currentIndex() else Qt.Key.Key_Left)
            assert bar.currentIndex() == place.tab
        if place.stages:
            stage = self._seen(f"{place.stages}{place.stage + 1}")
            assert isinstance(stage, QAbstractButton)
            if not stage.isChecked():
                self._driver.wait(stage.isEnabled)
                self._click(stage)

    def _press(self, name: str, instead: str, if_possible: bool) -> None:
        if if_possible and ((seen := self._found(name)) is None or not seen.isEnabled()):
            return
        button = self._seen(name, instead)
        self._driver.wait(button.isEnabled)
        self._click(button)

    def _pick(self, picture: QWidget, place: Place, adds: bool) -> None:
        self._driver.wait(lambda: point_in(picture, place) is not None)
        point = point_in(picture, place)
        assert point is not None
        keys = Qt.KeyboardModifier.ControlModifier if adds else Qt.KeyboardModifier.NoModifier
        self._bot.mouseClick(clicked_part(picture), LEFT, keys, point)

    def _await(self, is_so: Goal, entry: LabState) -> None:
        self._driver.wait(lambda: is_so(entry, self._coach.state))

    def _put(self, control: QWidget, value: object) -> None:
        self._driver.wait(control.isEnabled)
        match control:
            case QComboBox():
                self._choose(control, value)
            case QAbstractSpinBox():
                self._type(control, typed_number(float(value)))  # type: ignore[arg-type]  # a step's own
            case QSlider():
                self._slide(control, round(min(float(value), control.maximum())))  # type: ignore[arg-type]  # a step's own
            case QAbstractButton():
                if control.isChecked() == value:
                    self._click(control)
                    self._coach.look()
                self._click(control)
            case QLineEdit():
                self._type(control, str(value))
            case QListWidget():
                self._pick_row(control, value)
            case _:
                raise TypeError(type(control).__name__)

    def _choose(self, combo: QComboBox, value: object) -> None:
        index = combo.findData(value)
        index = value if index < 0 and isinstance(value, int) else index
        combo.setFocus()
        if combo.currentIndex() == index:
            self._bot.keyClick(combo, Qt.Key.Key_Down if index + 1 < combo.count() else Qt.Key.Key_Up)
            self._coach.look()
        while combo.currentIndex() != index:
            before = combo.currentIndex()
            self._bot.keyClick(combo, Qt.Key.Key_Down if before < index else Qt.Key.Key_Up)
            assert combo.currentIndex() != before, "an item that cannot be chosen stands in the way"

    def _type(self, field: QAbstractSpinBox | QLineEdit, text: str) -> None:
        if field.text() == text:
            self._enter(field, typed_number(field.minimum()) if hasattr(field, "minimum") else "")
            self._coach.look()
        self._enter(field, text)

    def _enter(self, field: QWidget, text: str) -> None:
        field.setFocus()
        self._bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._bot.keyClick(field, Qt.Key.Key_Delete)
        self._bot.keyClicks(field, text)
        self._bot.keyClick(field, Qt.Key.Key_Return)

    def _slide(self, slider: QSlider, value: int) -> None:
        slider.setFocus()
        if slider.value() == value:
            self._bot.keyClick(slider, Qt.Key.Key_Left if value > slider.minimum() else Qt.Key.Key_Right)
            self._coach.look()
        for _press in range(_MOST_PRESSES):
            if slider.value() == value:
                return
            self._bot.keyClick(slider, Qt.Key.Key_Right if slider.value() < value else Qt.Key.Key_Left)
        raise AssertionError(f"{slider.objectName()} does not get to {value}")

    def _pick_row(self, rows: QListWidget, value: object) -> None:
        row = next(row for row in range(rows.count()) if value in (row, rows.item(row).data(Qt.ItemDataRole.UserRole)))
        rows.scrollToItem(rows.item(row))
        self._bot.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(rows.item(row)).center())

    def _draw(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        clear = self._seen("clearButton")
        if clear.isEnabled():
            self._click(clear)
        pad = self._seen("drawCanvas")
        for stroke in strokes:
            points = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in stroke]
            self._bot.mousePress(pad, LEFT, pos=points[0])
            for point in points[1:]:
                self._bot.mouseMove(pad, point)
            self._bot.mouseRelease(pad, LEFT, pos=points[-1])

    def _click(self, button: QWidget) -> None:
        button.setFocus()  # as Tab would: what is out of sight is scrolled to
        is_box = isinstance(button, QCheckBox)  # which may be far wider than its words, and takes no click beside them
        self._bot.mouseClick(button, LEFT, pos=QPoint(12, button.height() // 2) if is_box else QPoint())

    def _seen(self, *names: str) -> QWidget:
        """The control of one of these names on the page in view, as soon as it can be seen there."""
        self._driver.wait(lambda: any(self._found(name) for name in names))
        return next(control for name in names if (control := self._found(name)) is not None)

    def _found(self, name: str) -> QWidget | None:
        """The control of that name, if it can be seen now."""
        page = next((page for page in self._driver.window.findChildren(Page) if page.isVisible()), None)
        found = [] if page is None or not name else page.findChildren(QWidget, name)
        return next((one for one in found if one.isVisible()), None)
