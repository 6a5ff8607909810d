"""A plain window with one tab in it, used with mouse and keys."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from mnist_lab.window.pages.descent.listings_tab import ListingsTab
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from mnist_lab.window.pages.descent.ways_picture import ReadSteps
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.hand import Hand

AnyTab = TypeVar("AnyTab", bound=QWidget)


def curve_tab(parent: QWidget) -> CurveTab:
    """A tab on a model of its own, as are those that follow."""
    return CurveTab(CurveModel(), parent)


def line_tab(parent: QWidget) -> LocalLineTab:
    return LocalLineTab(LineModel(), parent)


def surface_tab(parent: QWidget) -> SurfaceTab:
    return SurfaceTab(SurfaceModel(), parent)


def listings_tab(parent: QWidget) -> ListingsTab:
    return ListingsTab(ReadSteps(), parent)


class Host(Hand, Generic[AnyTab]):
    """Shows the tab that `make` makes."""

    def __init__(self, qtbot: QtBot, make: Callable[[QWidget], AnyTab]) -> None:
        super().__init__(qtbot, QWidget())
        self.tab = make(self.window)
        QVBoxLayout(self.window).addWidget(self.tab)
        qtbot.addWidget(self.window)
        self.window.resize(1100, 680)
        self.window.show()
        qtbot.waitExposed(self.window)

    def type_number(self, name: str, text: str) -> None:
        field = self.find(QWidget, name)
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def notice(self, name: str) -> Notice:
        return self.find(Notice, name)

    def drag(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one place of a plot to another, with the left button."""
        picture = self.find(BenchPicture, name)
        first, last = (self._point(picture.place_of(*place)) for place in (start, end))
        viewport = picture.viewport()
        self.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
        self.qtbot.mouseMove(viewport, pos=(first + last) / 2)
        self.qtbot.mouseMove(viewport, pos=last)
        self.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=last)
        QApplication.processEvents()

    def click_place(self, name: str, place: tuple[float, float]) -> None:
        picture = self.find(BenchPicture, name)
        self.qtbot.mouseClick(picture.viewport(), Qt.MouseButton.LeftButton, pos=self._point(picture.place_of(*place)))

    @staticmethod
    def _point(place: QPointF) -> QPoint:
        return place.toPoint()
