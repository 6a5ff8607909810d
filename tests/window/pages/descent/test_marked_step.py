"""One step is looked at, wherever it is pointed at: curve, plots and table show the same one."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.marked_step import MarkedStep, StepMark
from mnist_lab.window.pages.descent.step_plots import StepPlot
from tests.window.pages.descent.host import Host, curve_tab

PLOTS = ("descentLossPlot", "descentXPlot", "descentSlopePlot")
AGAINST_STEPS, TABLE = 1, 3
FUNCTION_NAMES = [one.identifier for one in FUNCTIONS]


class Linked(Host[CurveTab]):
    """The tab after some steps of SGD and Adam on the bowl."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot, curve_tab)
        self.press("descentRule_adam", Qt.Key.Key_Space)
        self.press("descentCurve", *[Qt.Key.Key_Right] * 6)

    @property
    def curve(self) -> CurveView:
        return self.find(CurveView, "descentCurve")

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "descentTable")

    @property
    def mark(self) -> StepMark | None:
        return self.tab.model.marked.mark

    @property
    def bold_rows(self) -> list[int]:
        model = self.table.model()
        index = [model.index(row, 0) for row in range(model.rowCount())]
        return [row for row, one in enumerate(index) if model.data(one, Qt.ItemDataRole.FontRole) is not None]

    def plot(self, name: str) -> StepPlot:
        return self.find(StepPlot, name)

    def show_results(self, place: int) -> None:
        bar = self.find(QTabBar, "descentResults")
        self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
        QApplication.processEvents()

    def point(self, widget: CurveView | StepPlot, place: QPointF) -> None:
        QTest.mouseMove(widget.viewport(), place.toPoint())
        QApplication.processEvents()

    def point_at_ball(self, rule: str, step: int) -> None:
        path = self.tab.bench.balls.balls[rule].path
        self.point(self.curve, self.curve.place_of(path.x[step], path.loss[step]))

    def point_elsewhere(self) -> None:
        QTest.mouseMove(self.tab.controls, QPoint(3, 3))
        QApplication.processEvents()


@pytest.fixture
def host(qtbot: QtBot) -> Linked:
    return Linked(qtbot)


def test_keys_go_before_the_pointer_that_only_rests() -> None:
    marked, told = MarkedStep(), []
    marked.changed.connect(lambda: told.append(marked.mark))
    marked.point(StepMark("sgd", 3))
    marked.point(StepMark("sgd", 3))
    marked.keep(StepMark("sgd", 5))
    marked.point(StepMark("adam", 1))
    marked.point(None)
    marked.clear()
    assert told == [StepMark("sgd", 3), StepMark("sgd", 5), StepMark("adam", 1), StepMark("sgd", 5), None]


def test_a_mark_on_what_is_no_more_goes() -> None:
    marked = MarkedStep()
    marked.keep(StepMark("sgd", 3))
    marked.forget_beyond({"sgd": 3, "adam": 0})
    assert marked.mark == StepMark("sgd", 3)
    marked.forget_beyond({"sgd": 2})
    assert marked.mark is None
    marked.point(StepMark("adam", 0))
    marked.forget_beyond({"sgd": 2})
    assert marked.mark is None


@pytest.mark.parametrize(("rule", "step"), [("sgd", 2), ("adam", 4)])
def test_a_place_on_a_trail_is_marked_in_all_plots(host: Linked, rule: str, step: int) -> None:
    host.show_results(AGAINST_STEPS)
    bare = [host.plot(name).grab().toImage() for name in PLOTS]
    host.point_at_ball(rule, step)
    assert host.mark == StepMark(rule, step)
    path = host.tab.bench.balls.balls[rule].path
    assert f"step {step} · x {path.x[step]:.4f} · loss {path.loss[step]:.4f}" in host.curve.readout
    assert host.plot("descentXPlot").readout == f"x {float(f'{path.x[step]:.4g}'):g}"
    marked = [host.plot(name).grab().toImage() for name in PLOTS]
    assert all(one != other for one, other in zip(bare, marked, strict=True))
    host.point_elsewhere()
    assert host.mark is None
    assert [host.plot(name).grab().toImage() for name in PLOTS] == bare
    assert host.curve.readout.startswith("step 6")


@pytest.mark.parametrize("name", PLOTS)
def test_a_place_in_a_plot_rings_the_curve(host: Linked, name: str) -> None:
    host.show_results(AGAINST_STEPS)
    before = host.curve.grab().toImage()
    plot = host.plot(name)
    host.point(plot, plot.place_of(3.2, plot.height_at("adam", 3)))
    assert host.mark == StepMark("adam", 3)
    assert host.curve.readout.startswith("Adam: step 3")
    assert sorted(ball.identifier for ball in host.curve.pointed) == ["adam", "sgd"]
    assert host.curve.grab().toImage() != before
    host.point_elsewhere()
    assert host.curve.grab().toImage() == before


def test_beside_every_trail_nothing_is_marked(host: Linked) -> None:
    host.point_at_ball("sgd", 1)
    assert host.mark is not None
    host.point(host.curve, host.curve.place_of(-2.0, 8.0))
    assert host.mark is None


def test_a_row_is_shown_without_taking_selection_or_keyboard(host: Linked) -> None:
    host.press("descentCurve", *[Qt.Key.Key_Right] * 40)
    host.show_results(TABLE)
    host.curve.setFocus()
    table = host.table
    assert not table.viewport().rect().contains(table.visualRect(table.model().index(1, 0)))
    host.point_at_ball("sgd", 1)
    assert host.bold_rows == [1]
    assert table.model().data(table.model().index(1, 0)) == "○ 1"
    assert table.viewport().rect().contains(table.visualRect(table.model().index(1, 0)))
    assert not table.selectionModel().hasSelection()
    assert host.curve.hasFocus()
    host.point_elsewhere()
    assert host.bold_rows == []


def test_a_row_under_the_pointer_or_chosen_by_keys_rings_the_curve(host: Linked) -> None:
    host.show_results(TABLE)
    table = host.table
    QTest.mouseMove(table.viewport(), table.visualRect(table.model().index(4, 2)).center())
    assert host.mark == StepMark("sgd", 4)
    host.point_elsewhere()
    assert host.mark is None
    host.press("descentTable", Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert host.mark == StepMark("sgd", 1)
    assert host.curve.readout.startswith("SGD: step 1")
    host.press("descentTable", Qt.Key.Key_Escape)
    assert host.mark is None
    assert not table.selectionModel().hasSelection()


def test_a_chosen_row_is_marked_while_the_keyboard_is_there(host: Linked) -> None:
    host.show_results(TABLE)
    host.table.setFocus()
    index = host.table.model().index(2, 0)
    host.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert host.mark == StepMark("sgd", 2)
    host.curve.setFocus()
    assert host.mark is None
    host.table.setFocus()
    assert host.mark == StepMark("sgd", 2)


@pytest.mark.parametrize("name", PLOTS)
def test_keys_read_along_a_plot(host: Linked, name: str) -> None:
    host.show_results(AGAINST_STEPS)
    seen = []
    for key in ("Left", "Left", "Right", "Down", "Home", "Right", "End", "PageDown", "Up", "Escape"):
        host.press(name, Qt.Key[f"Key_{key}"])
        seen.append(None if host.mark is None else (host.mark.rule, host.mark.step))
    sgd, adam = ([(rule, step) for step in range(7)] for rule in ("sgd", "adam"))
    assert seen == [sgd[5], sgd[4], sgd[5], adam[5], adam[0], adam[1], adam[6], adam[0], sgd[0], None]


def test_what_keys_have_marked_goes_with_the_keyboard(host: Linked) -> None:
    host.show_results(AGAINST_STEPS)
    host.press("descentXPlot", Qt.Key.Key_Home)
    assert host.curve.readout.startswith("SGD: step 0")
    host.curve.setFocus()
    assert host.mark is None
    host.point_at_ball("sgd", 2)
    host.press("descentCurve", Qt.Key.Key_Escape)
    assert host.mark is None


def test_steps_taken_back_take_their_mark_along(host: Linked) -> None:
    host.show_results(AGAINST_STEPS)
    host.point_at_ball("sgd", 6)
    host.press("descentCurve", Qt.Key.Key_Right)
    assert host.mark == StepMark("sgd", 6)
    host.press("descentCurve", Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert host.mark is None
    assert host.curve.readout.startswith("step 5")


def test_a_drag_marks_nothing(host: Linked) -> None:
    host.point_at_ball("sgd", 0)
    assert host.mark == StepMark("sgd", 0)
    start = host.curve.place_of(2.5, 6.25).toPoint()
    QTest.mousePress(host.curve.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(host.curve.viewport(), start - QPoint(60, 0))
    assert host.mark is None
    QTest.mouseRelease(host.curve.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)


def test_where_there_is_no_slope_a_dash_stands(host: Linked) -> None:
    host.find(QComboBox, "descentFunction").setCurrentIndex(FUNCTION_NAMES.index("absolute_value"))
    host.type_number("descentStart", "0")
    host.point_at_ball("sgd", 0)
    assert host.curve.readout == "SGD: step 0 · x 0.0000 · loss 0.0000 · slope –"
