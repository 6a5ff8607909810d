"""On a screen of 1366×768 at 125 % the Train page shows what one needs, and stands still."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QWidget,
)

from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.train.arithmetic import Arithmetic
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.gap_notice import GapNotice
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs import kept
from tests.runs.test_gap import run_of
from tests.window.conftest import Driver

SMALL_SCREEN = (1092, 614 - 40)
"""Of the window under its title bar, in logical pixels."""
LEAST_CURVE = 110
"""Of the curve itself where nothing stands above the page."""
LEAST_LINES = 11
"""Of the program: it is read, not peeped at."""
LOWEST_CURVE = 80
"""Where the line of an opened run does."""
SETTINGS = ("hiddenUnits", "optimizer", "learningRate", "batchSize", "epochs")
BUTTONS = ("startButton", "pauseButton", "stepButton", "stopButton")
PLOTS = ("lossPlot", "accuracyPlot")


@pytest.fixture
def small(driver: Driver) -> Driver:
    driver.window.resize(*SMALL_SCREEN)
    QApplication.processEvents()
    return driver


def _not_whole(driver: Driver, *names: str) -> list[str]:
    """Which of them are not seen as a whole without scrolling."""
    widgets = [driver.find(QWidget, name) for name in names]
    return [widget.objectName() for widget in widgets if widget.visibleRegion().boundingRect() != widget.rect()]


def _places(driver: Driver, *names: str) -> list[QRect]:
    widgets = [driver.find(QWidget, name) for name in names]
    return [QRect(widget.mapTo(driver.window, QPoint(0, 0)), widget.size()) for widget in widgets]


def test_settings_curves_and_what_the_run_says_in_the_end_are_seen_without_scrolling(small: Driver) -> None:
    assert _not_whole(small, *SETTINGS, *BUTTONS) == []
    for plot in (small.find(CurvePlot, name) for name in PLOTS):
        assert plot.getViewBox().height() >= LEAST_CURVE
        assert plot.viewport().visibleRegion().boundingRect() == plot.viewport().rect()
    before = _places(small, *SETTINGS, *BUTTONS, *PLOTS)
    gap = small.window.findChild(GapNotice)
    gap.show_run(run_of(*[(0.9999, 0.9988, 0.9625)] * 100, tests=4_000, validation="held_out", held_out_share=0.1))
    QApplication.processEvents()
    assert _places(small, *SETTINGS, *BUTTONS, *PLOTS) == before
    assert _not_whole(small, "gapNotice", "gapWhyButton", "gapHelpsButton") == []
    words = next(label for label in gap.findChildren(QLabel) if label.text().startswith("Epoch 100: "))
    assert words.height() >= words.heightForWidth(words.width()), "the longest sentence has room"


def _opened(driver: Driver) -> None:
    """Look at a kept run whose settings are not those of the form."""
    run_id, lab = kept.keep(RunStore(), 5).id, driver.window.lab
    lab.shelf.refresh()
    driver.wait(lambda: lab.shelf.row(run_id) is not None)
    lab.open_run(run_id)
    driver.wait(lambda: lab.run is not None and driver.find(Notice, "lookedRun").isVisible())
    QApplication.processEvents()


def test_both_cards_with_curves_are_whole_under_the_line_of_an_opened_run(small: Driver) -> None:
    cards = small.find(CurvePlot, "lossPlot").parentWidget(), small.find(CurvePlot, "accuracyPlot").parentWidget()
    for line_is_there in (False, True):
        if line_is_there:
            _opened(small)
        small.wait(lambda: all(card.visibleRegion().boundingRect() == card.rect() for card in cards))
    for plot in (small.find(CurvePlot, name) for name in PLOTS):
        assert plot.getViewBox().height() >= LOWEST_CURVE
    small.window.resize(SMALL_SCREEN[0], 1200)
    small.wait(lambda: not small.find(QWidget, "belowButton").isVisible())
    for plot in (small.find(CurvePlot, name) for name in PLOTS):
        assert plot.minimumSizeHint().height() == plot.usual_height(), "there is room for all of it"


def test_the_curves_of_a_named_run_are_whole_beside_the_course(driver: Driver) -> None:
    driver.window.resize(1093, 614)
    _opened(driver)
    run_id = driver.window.lab.run.id
    driver.window.lab.shelf.rename(run_id, "narrow one with a long name")
    coach_of(driver.window.lab).open()
    driver.wait(lambda: "long name" in driver.text("runName"))
    plots = [driver.find(CurvePlot, name).viewport() for name in PLOTS]
    driver.wait(lambda: all(plot.visibleRegion().boundingRect() == plot.rect() for plot in plots))


def test_a_run_that_is_opened_is_seen_from_its_head(small: Driver) -> None:
    small.click("belowButton")
    small.wait(lambda: not small.find(QWidget, "weightTiles").visibleRegion().isEmpty())
    _opened(small)
    small.wait(lambda: _not_whole(small, "testAccuracyCard") == [])


def test_what_lies_below_the_curves_is_named_and_one_click_away(small: Driver) -> None:
    below, tiles = small.find(QAbstractButton, "belowButton"), small.find(QWidget, "weightTiles")
    assert below.text() == "Hidden units"
    small.wait(tiles.visibleRegion().isEmpty)
    small.click("belowButton")
    small.wait(lambda: not tiles.visibleRegion().isEmpty() and _not_whole(small, "tilesCaption") == [])
    assert below.text() == "Curves"
    small.press("belowButton", Qt.Key.Key_Space)
    assert below.text() == "Hidden units"
    tabs = small.find(QTabBar, "networkTabs")
    tabs.setCurrentIndex(2)
    small.find(QCheckBox, "runNetworkLarge").setChecked(False)
    small.wait(lambda: below.isVisible() and below.text() == "Network")


def test_the_program_has_the_room_of_the_curves_unless_one_wants_both(small: Driver) -> None:
    tabs, code = small.find(QTabBar, "networkTabs"), small.find(QPlainTextEdit, "programCode")
    curves, large = small.find(QWidget, "lossPlot"), small.find(QCheckBox, "programLarge")
    tabs.setCurrentIndex(1)
    small.wait(lambda: not curves.isVisible())
    small.wait(lambda: code.viewport().height() // code.fontMetrics().lineSpacing() >= LEAST_LINES)
    assert _not_whole(small, "programCode") == []
    large.click()
    small.wait(curves.isVisible)
    large.click()
    small.wait(lambda: not curves.isVisible())
    tabs.setCurrentIndex(0)
    small.wait(curves.isVisible)


@pytest.mark.keras
def test_what_can_come_after_a_run_is_seen_whole_and_moves_nothing(small: Driver) -> None:
    before = _places(small, *SETTINGS, *BUTTONS, *PLOTS)
    small.click("startButton")
    small.wait_for_end()
    small.wait(lambda: small.text("runName") == "Run 1")
    after = ("startAgainButton", "newStartButton", "goOnButton")
    seen = (*after, *(f"{name}Sentence" for name in after), "forgetButton")
    small.wait(lambda: _not_whole(small, *seen) == [])
    assert _places(small, *SETTINGS, *BUTTONS, *PLOTS) == before
    for plot in (small.find(CurvePlot, name) for name in PLOTS):
        assert plot.getViewBox().height() >= LEAST_CURVE
        assert plot.viewport().visibleRegion().boundingRect() == plot.viewport().rect()


def test_the_way_back_to_the_default_rate_has_room_beside_the_field(small: Driver) -> None:
    before = _places(small, *SETTINGS)
    choice = small.find(QComboBox, "optimizer")
    for index in range(choice.count()):
        choice.setCurrentIndex(index)
        small.find(QDoubleSpinBox, "learningRate").setValue(0.25)
        QApplication.processEvents()
        assert _not_whole(small, "defaultRateButton") == []
        assert small.find(QScrollArea, "settingsArea").horizontalScrollBar().maximum() == 0, choice.currentText()
    assert _places(small, *SETTINGS) == before


def test_what_is_wrong_is_told_in_the_place_of_the_arithmetic(small: Driver) -> None:
    arithmetic = small.window.findChild(Arithmetic)
    field = small.find(QSpinBox, "epochs")
    field.setFocus()
    field.selectAll()
    before = arithmetic.geometry()
    small.qtbot.keyClicks(field, "0")
    complaint = next(notice for notice in small.window.findChildren(Notice) if notice.text.startswith("Epochs: "))
    assert complaint.isVisible()
    assert not arithmetic.isVisible()
    assert complaint.parentWidget() is arithmetic.parentWidget()
    small.qtbot.keyClicks(field, "7")
    small.wait(lambda: arithmetic.isVisible() and not complaint.isVisible())
    assert arithmetic.geometry() == before


def test_what_opens_and_what_gets_the_keyboard_is_brought_into_sight(small: Driver) -> None:
    small.window.activateWindow()
    small.wait(small.window.isActiveWindow)
    area = small.find(QScrollArea, "settingsArea")
    bar = area.verticalScrollBar()
    button = small.find(QWidget, "thingsToTry")
    bar.setValue(bar.value() + button.mapTo(area, QPoint(0, button.height())).y() - area.viewport().height())
    assert _not_whole(small, "thingsToTry") == []
    small.click("thingsToTry")
    QApplication.processEvents()
    small.wait(lambda: _not_whole(small, "thingsToTry", "initialWeights", "shuffledLabels", "oneBatch") == [])
    assert _not_whole(small, "hiddenUnits") == ["hiddenUnits"]
    small.press("courseButton", Qt.Key.Key_Tab)  # from outside
    assert _not_whole(small, "hiddenUnits") == []
    bar.setValue(bar.maximum())
    pictures = small.find(QScrollArea, "picturesArea").verticalScrollBar()
    pictures.setValue(pictures.maximum())
    assert _not_whole(small, "lossLogScale") == ["lossLogScale"]
    small.press("stepButton", Qt.Key.Key_Tab)
    assert _not_whole(small, "lossLogScale") == []
