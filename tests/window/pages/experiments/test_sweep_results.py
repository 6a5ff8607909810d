"""Results of a sweep on its tab: they come one by one, are sorted, and opened."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QStackedWidget,
)

from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot
from tests.window.conftest import Driver
from tests.window.pages.experiments.sweep_tab_driving import cells
from tests.window.state.sweeps import FakeDriver


@pytest.fixture
def lab(sweeping_lab: Lab) -> Lab:
    return sweeping_lab


def test_results_come_one_by_one_and_say_which_setting_mattered(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    fake.may_end = 4
    driver.find(QSpinBox, "trialSweepWorkers").setValue(1)
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 4 and lab.sweep.trials[4].updates == 1)
    assert [row[-1] for row in cells(driver)] == ["finished"] * 4 + ["at 12 %", "waiting"]
    assert [row[0] for row in cells(driver)] == ["1", "2", "3", "4", "–", "–"]
    assert [row[3] for row in cells(driver)][:2] == ["92.0 %", "90.0 %"]
    assert "Done: 4 of 6 run" in driver.find(Notice, "trialSweepState").text
    assert driver.find(QProgressBar, "trialSweepProgress").isVisible()
    assert not driver.find(QAbstractButton, "trialSweepStart").isEnabled()
    assert not driver.find(QLineEdit, "trialSweepVariedValues1").isEnabled()
    fake.go_on.set()
    driver.wait(lambda: not lab.sweep.is_sweeping)
    driver.wait(lambda: "1 run" in driver.text("trialSweepSummary"))  # which diverged
    assert "Learning rate" in driver.text("trialSweepSummary")
    plot = driver.find(MainEffectPlot, "trialSweepEffects")
    assert [panel.title for panel in plot.panels] == ["Learning rate", "Hidden units"]
    driver.window.resize(1024, 600)
    driver.wait(lambda: plot.height() == plot.minimumSizeHint().height())  # no row is squeezed: it scrolls
    area = plot.parentWidget()
    assert area is not None
    assert area.height() < plot.height()
    driver.press("trialSweepEffects", Qt.Key.Key_End)
    assert plot.mapTo(area, plot.row_area(4).center().toPoint()).y() < area.height(), "it is brought into sight"
    driver.press("trialSweepEffects", Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert driver.text("trialSweepReadout").startswith("Learning rate 0.0001: 55.0\u00a0% on average of 2 run")
    assert driver.find(QLineEdit, "trialSweepVariedValues1").isEnabled()


def test_titles_sort_the_table(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    fake.go_on.set()
    driver.click("trialSweepStart")
    driver.wait(lambda: lab.sweep.plan is not None and not lab.sweep.is_sweeping)
    table = driver.find(SweepTable, "trialSweepTable")
    header = table.horizontalHeader()
    for column, first, last in ((3, "94.0 %", "–"), (3, "50.0 %", "–"), (1, "0.0001", "0.01"), (2, "32", "128")):
        place = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
        driver.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        shown = [row[column] for row in cells(driver)]
        assert (shown[0], shown[-1]) == (first, last)


def test_a_run_that_was_deleted_is_not_opened(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    said: list[str] = []
    lab.problem.connect(said.append)
    fake.go_on.set()
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 6 and not lab.sweep.is_sweeping and not lab.shelf.is_reading)
    driver.press("trialSweepTable", Qt.Key.Key_Home, Qt.Key.Key_Return)  # none of them is among the kept runs
    assert said[-1].startswith("This run was deleted")
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "experimentsPage"
