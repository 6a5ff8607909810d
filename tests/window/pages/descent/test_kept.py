"""A tab that is built again on the same model shows what the one before showed, and goes on from there."""

from collections.abc import Callable
from functools import partial
from typing import Generic

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from mnist_lab.window.pages.descent.listings_tab import ListingsTab
from mnist_lab.window.pages.descent.marked_step import StepMark
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from mnist_lab.window.pages.descent.ways_picture import ReadSteps, WaysPicture
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.pages.kept_controls import keep_controls
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver
from tests.window.pages.descent.host import AnyTab, Host

Key = Qt.Key
AGAINST_STEPS, TABLE = 1, 3


class Rebuilding(Host[AnyTab], Generic[AnyTab]):
    """Throws its tab away and makes another."""

    def __init__(self, qtbot: QtBot, make: Callable[[QWidget], AnyTab]) -> None:
        self._view, self._make = View(), make
        super().__init__(qtbot, self._make_kept)

    def _make_kept(self, parent: QWidget) -> AnyTab:
        tab = self._make(parent)
        keep_controls(tab, self._view)
        return tab

    def rebuild(self) -> None:
        layout = self.window.layout()
        assert layout is not None
        layout.removeWidget(self.tab)
        self.tab.hide()
        self.tab.deleteLater()
        self.tab = self._make_kept(self.window)
        layout.addWidget(self.tab)
        self.tab.show()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def picture(self) -> QImage:
        QApplication.processEvents()
        focused = self.window.focusWidget()
        if focused is not None:
            focused.clearFocus()
        for _ in range(3):  # a layout may ask for another, and that moves what is scrolled
            QApplication.processEvents()
        return self.window.grab().toImage()

    def stays(self) -> bool:
        """Whether it looks the same when it is built again."""
        before = self.picture()
        self.rebuild()
        return self.picture() == before

    @staticmethod
    def roll(picture: BenchPicture) -> None:
        """Turn the wheel in its middle."""
        place = QPointF(picture.viewport().rect().center())
        at, turned = picture.viewport().mapToGlobal(place), QPoint(0, 480)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, at, QPoint(), turned, none, Qt.KeyboardModifier.ControlModifier, phase, False)
        QApplication.sendEvent(picture.viewport(), event)

    def show_results(self, place: int) -> None:
        bar = self.find(QTabBar, "descentResults")
        self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())


@pytest.fixture
def curve(qtbot: QtBot) -> Rebuilding[CurveTab]:
    model, zoomed = CurveModel(), ZoomedRanges()

    def make(parent: QWidget) -> CurveTab:
        tab = CurveTab(model, parent)
        tab.keep_zoom(zoomed)
        return tab

    return Rebuilding(qtbot, make)


@pytest.fixture
def line(qtbot: QtBot) -> Rebuilding[LocalLineTab]:
    model = LineModel()
    return Rebuilding(qtbot, lambda parent: LocalLineTab(model, parent))


@pytest.fixture
def surface(qtbot: QtBot) -> Rebuilding[SurfaceTab]:
    model, zoomed = SurfaceModel(), ZoomedRanges()

    def make(parent: QWidget) -> SurfaceTab:
        tab = SurfaceTab(model, parent)
        tab.keep_zoom(zoomed)
        return tab

    return Rebuilding(qtbot, make)


# The curve


def test_balls_their_rules_and_their_steps_stay(curve: Rebuilding[CurveTab]) -> None:
    curve.press("descentFunction", Key.Key_Down)
    curve.press("descentRule_adam", Key.Key_Space)
    curve.press("descentRule_sgd_momentum", Key.Key_Space)
    curve.type_number("descentSetting_sgd_momentum_momentum", "0.7")
    curve.press("descentLookedAt", Key.Key_Down)
    curve.type_number("descentRate", "0.05")
    curve.click_place("descentCurve", (3.0, 0.0))
    curve.press("descentNoise", Key.Key_Space)
    curve.press("descentBatchSize", Key.Key_Down)
    curve.press("descentCurve", *[Key.Key_Right] * 5)
    paths = {name: ball.path.x.tolist() for name, ball in curve.tab.bench.balls.balls.items()}
    for place in range(5):
        curve.show_results(place)
        assert curve.stays(), place
    assert {name: ball.path.x.tolist() for name, ball in curve.tab.bench.balls.balls.items()} == paths
    curve.press("descentCurve", Key.Key_Left)
    assert curve.tab.bench.balls.steps == 4


def test_a_number_that_was_dragged_away_is_not_typed_again(curve: Rebuilding[CurveTab]) -> None:
    curve.type_number("descentStart", "1.5")
    curve.drag("descentCurve", (1.5, 2.25), (-1.0, 1.0))
    start = curve.tab.bench.start
    assert curve.stays()
    assert curve.tab.bench.start == start == pytest.approx(-1.0, abs=0.05)


def test_what_was_met_while_the_curve_is_hidden_stays(curve: Rebuilding[CurveTab]) -> None:
    curve.press("descentHiddenFloor", Key.Key_Space)
    curve.click_place("descentCurve", (-1.5, 4.0))
    curve.press("descentCurve", Key.Key_Right)
    met = curve.tab.model.floor.x.tolist()
    assert len(met) == 3
    assert curve.stays()
    assert curve.tab.model.floor.x.tolist() == met
    curve.press("descentHiddenFloor", Key.Key_Space)
    assert curve.find(QComboBox, "descentFunction").currentText() == "Bowl"


def test_a_challenge_goes_on_and_can_be_left(curve: Rebuilding[CurveTab]) -> None:
    curve.press("descentFunction", Key.Key_Down, Key.Key_Down)
    curve.press("descentChallenges", Key.Key_Space)
    curve.press("descentChallengeBegin", Key.Key_Space)
    curve.type_number("descentRate", "0.45")
    curve.press("descentCurve", *[Key.Key_Right] * 4)
    assert "Solved with 4 steps" in curve.notice("descentChallengeNotice").text
    assert curve.stays()
    assert "Solved with 4 steps" in curve.notice("descentChallengeNotice").text
    curve.press("descentChallengeLeave", Key.Key_Space)
    assert curve.tab.bench.function.identifier == "ripples"
    curve.rebuild()
    assert curve.text("descentChallengeBest") == "Fewest steps of this session: 4"


def test_a_challenge_s_answer_stays_kept_back_or_shown(curve: Rebuilding[CurveTab]) -> None:
    curve.press("descentChallenges", Key.Key_Space)
    curve.press("descentChallenge", Key.Key_End)
    curve.press("descentChallengeBegin", Key.Key_Space)
    assert curve.stays()
    assert not curve.find(QWidget, "descentRuler").isVisible()
    curve.press("descentChallengeTheory", Key.Key_Space)
    assert curve.stays()
    assert curve.find(QWidget, "descentRuler").isVisible()


def test_a_part_that_is_looked_at_closer_stays_and_is_left_again(curve: Rebuilding[CurveTab]) -> None:
    curve.show_results(AGAINST_STEPS)
    curve.press("descentCurve", *[Key.Key_Right] * 4, Key.Key_Plus)
    curve.press("descentXPlot", Key.Key_Plus, Key.Key_Escape)
    assert curve.stays()
    assert curve.find(BenchPicture, "descentCurve").is_zoomed
    assert curve.find(BenchPicture, "descentXPlot").is_zoomed
    assert not curve.find(BenchPicture, "descentLossPlot").is_zoomed
    curve.press("descentCurve", Key.Key_0)
    curve.rebuild()
    assert not curve.find(BenchPicture, "descentCurve").is_zoomed


def test_a_view_that_has_grown_with_a_ball_stays_as_large(curve: Rebuilding[CurveTab]) -> None:
    curve.press("descentFollow", Key.Key_Space)
    curve.type_number("descentRate", "1.5")
    curve.press("descentCurve", Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left)
    left, right = curve.find(BenchPicture, "descentCurve").getViewBox().viewRange()[0]
    assert left < -4
    assert right > 3.5
    assert curve.stays()
    curve.press("descentFollow", Key.Key_Space)
    curve.rebuild()
    assert curve.find(BenchPicture, "descentCurve").getViewBox().viewRange()[0] == [-3.0, 3.0]


def test_a_marked_step_stays_when_the_window_is_built_again(driver: Driver) -> None:
    driver.window.show_page_named("descentPage")
    driver.press("descentCurve", *[Key.Key_Right] * 3)
    driver.find(QTabBar, "descentResults").setCurrentIndex(AGAINST_STEPS)
    driver.press("descentXPlot", Key.Key_Home)
    driver.window.rebuild()
    QApplication.processEvents()
    plot = driver.find(BenchPicture, "descentXPlot")
    assert driver.window.focusWidget() is plot
    assert plot.readout == "x 2.5"
    assert driver.find(BenchPicture, "descentCurve").readout.startswith("SGD: step 0")
    driver.find(QTabBar, "descentTabs").setCurrentIndex(1)
    driver.find(QTabBar, "descentTabs").setCurrentIndex(0)
    assert driver.find(BenchPicture, "descentCurve").readout.startswith("step 3")


@pytest.mark.parametrize(("results", "name"), [(AGAINST_STEPS, "descentXPlot"), (TABLE, "descentTable")])
def test_a_step_that_keys_have_marked_stays(curve: Rebuilding[CurveTab], results: int, name: str) -> None:
    curve.press("descentCurve", *[Key.Key_Right] * 4)
    curve.show_results(results)
    curve.press(name, Key.Key_Home)
    curve.press(name, Key.Key_Right if results == AGAINST_STEPS else Key.Key_Down)
    curve.rebuild()
    curve.find(QWidget, name).setFocus()
    assert curve.tab.model.marked.mark == StepMark("sgd", 1)
    if results == TABLE:
        assert curve.find(QTableView, name).currentIndex().row() == 1
    curve.find(QWidget, "descentCurve").setFocus()
    assert curve.tab.model.marked.mark is None


def _starts(driver: Driver, words: str) -> bool:
    return driver.text("descentFormulas").startswith(words)


def test_a_typed_function_stays_with_what_was_typed(driver: Driver) -> None:
    driver.window.show_page_named("descentPage")
    for text in ("x**2 - 3*x", "x**4 - x**2"):
        field = driver.find(QLineEdit, "descentFormula")
        field.setFocus()
        field.selectAll()
        driver.qtbot.keyClicks(field, text)
        driver.qtbot.keyClick(field, Key.Key_Return)
        driver.window.rebuild()  # while it is read
        shown = f"f(x) = {text}"
        driver.qtbot.waitUntil(partial(_starts, driver, shown))
    driver.window.rebuild()
    assert driver.text("descentFormulas").startswith("f(x) = x**4 - x**2\nf′(x) = ")
    assert driver.find(QComboBox, "descentFunction").currentText() == "Typed function"
    field = driver.find(QLineEdit, "descentFormula")
    assert field.text() == "x**4 - x**2"
    driver.qtbot.keyClick(field, Key.Key_Up)
    assert field.text() == "x**2 - 3*x"


def test_why_a_formula_is_refused_stays_until_another_curve(driver: Driver) -> None:
    driver.window.show_page_named("descentPage")
    field = driver.find(QLineEdit, "descentFormula")
    field.setFocus()
    driver.qtbot.keyClicks(field, "x +")
    driver.qtbot.keyClick(field, Key.Key_Return)
    driver.window.show_page_named("trainPage")
    driver.window.rebuild()  # nobody is there to be told
    driver.window.show_page_named("descentPage")
    driver.wait(lambda: bool(driver.find(QLineEdit, "descentFormula").property("problem")))
    assert driver.find(Notice, "descentNotice").text
    driver.find(QComboBox, "descentFunction").setCurrentIndex(1)
    driver.window.rebuild()
    assert not driver.find(Notice, "descentNotice").text


# The line


@pytest.mark.parametrize("card", range(1, 7))
def test_point_epsilon_and_card_stay(line: Rebuilding[LocalLineTab], card: int) -> None:
    line.press("lineFunction", Key.Key_Down)
    line.type_number("lineX", "0.5")
    line.drag("linePicture", (0.5, line.tab.model.line.y), (1.5, 0.0))  # where the field says another number
    line.press("linePicture", *[Key.Key_Plus] * 5)
    line.click(f"lineCard{card}")
    before = line.tab.model.line
    assert line.stays()
    assert line.tab.model.line == before
    assert line.tab.model.zoom == 5


def test_the_corner_that_was_tried_stays_and_is_left(line: Rebuilding[LocalLineTab]) -> None:
    line.click("lineCard2")
    line.click("lineTry")
    assert line.stays()
    assert line.tab.model.is_at_corner
    line.click("lineCardNext")
    assert line.tab.model.function.identifier == "bowl"


def test_an_epsilon_that_is_a_step_stays_one(line: Rebuilding[LocalLineTab]) -> None:
    line.click("lineCard6")
    line.click("lineIsStep")
    line.type_number("lineRate", "0.3")
    line.click("lineTakeStep")
    assert line.stays()
    line.click("lineTakeStep")
    assert line.tab.model.line.x == pytest.approx(2.5 * 0.4**2)


# The surface


def test_surface_start_and_steps_stay(surface: Rebuilding[SurfaceTab]) -> None:
    surface.press("surfaceCondition", Key.Key_Right, Key.Key_Right)
    surface.click_place("surfacePicture", (2.0, -1.0))
    surface.press("surfaceRulesgd", Key.Key_Space)
    surface.press("surfaceLookedAt", Key.Key_Down)
    surface.type_number("surfaceRate", "0.02")
    for _press in range(3):
        surface.click("surfaceStep")
    start, looked_at = surface.tab.model.start, surface.tab.model.looked_at
    surface.press("surfaceCut", Key.Key_Down)
    assert surface.stays()
    assert (surface.tab.model.start, surface.tab.model.looked_at) == (start, looked_at)
    assert surface.text("surfaceCount") == "step 3"
    assert surface.find(QComboBox, "surfaceCut").currentIndex() == 1
    surface.click("surfaceRestart")
    assert surface.tab.model.start == start


def test_another_surface_looked_at_closer_stays(surface: Rebuilding[SurfaceTab]) -> None:
    surface.press("surfaceKind", Key.Key_Down, Key.Key_Down)
    for name in ("surfacePicture", "sectionPicture"):
        surface.roll(surface.find(BenchPicture, name))
    assert surface.stays()
    assert surface.find(BenchPicture, "surfacePicture").is_zoomed
    surface.press("surfaceKind", Key.Key_Down)
    assert not surface.find(BenchPicture, "surfacePicture").is_zoomed


@pytest.mark.keras
def test_a_measurement_arrives_on_the_page_that_was_built_meanwhile(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()
    driver.window.show_page_named("descentPage")
    driver.find(QTabBar, "descentTabs").setCurrentIndex(2)
    driver.click("measureSlice")
    driver.window.rebuild()
    assert not driver.find(QWidget, "measureSlice").isEnabled()
    driver.wait(lambda: "Network" in driver.find(QComboBox, "surfaceKind").currentText())
    driver.click("surfaceStep")
    driver.window.rebuild()
    assert "Network" in driver.find(QComboBox, "surfaceKind").currentText()
    assert driver.text("surfaceCount") == "step 1"
    assert driver.find(QWidget, "measureSlice").isEnabled()
    ball = driver.window.findChild(SurfaceTab).model.balls.balls["sgd"]
    driver.wait(lambda: driver.find(QWidget, "measureSlice").isVisible())
    driver.click("measureSlice")
    driver.click("sliceCancel")
    assert driver.find(QWidget, "measureSlice").isEnabled()
    assert not driver.find(QWidget, "sliceProgress").isVisible()
    driver.click("measureSlice")
    driver.window.show_page_named("trainPage")
    driver.window.show_page_named("descentPage")
    assert driver.find(QWidget, "sliceProgress").isVisible()
    driver.wait(lambda: "Your descent is still there" in driver.text("sliceWords"))
    assert driver.window.findChild(SurfaceTab).model.balls.balls["sgd"] is ball, "it was not asked for"
    assert driver.text("surfaceCount") == "step 1"
    driver.window.rebuild()
    driver.wait(lambda: driver.find(QWidget, "measureSlice").isVisible())
    driver.click("measureSlice")
    assert driver.text("surfaceCount") == "step 0"
    assert driver.text("sliceWords") == ""


# The listings


def test_a_step_that_is_read_stays(qtbot: QtBot) -> None:
    read = ReadSteps()
    host: Rebuilding[ListingsTab] = Rebuilding(qtbot, lambda parent: ListingsTab(read, parent))
    host.press("listingsWays", Key.Key_Home, Key.Key_Right)
    host.press("listingsMomentum", Key.Key_Right)
    assert host.stays()
    assert host.find(WaysPicture, "listingsWays").readout.startswith("after step 1: ")
    assert host.find(WaysPicture, "listingsScales").readout.startswith("after the last step")
