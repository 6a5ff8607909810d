"""How rounding parts the lab's run from the program's is measured on wish, with the form's settings, and gives way."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QSpinBox, QTabBar, QWidget

from mnist_lab.network import rounding
from mnist_lab.network.errors import NetworkError
from mnist_lab.window.pages.train.program.parting_view import PartingView
from mnist_lab.window.pages.train.program.parting_work import PartingWork
from mnist_lab.window.pages.train.program.program_view import ProgramView
from mnist_lab.window.widgets.plots.xy_plot import XyPlot
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild

pytestmark = pytest.mark.keras


@pytest.fixture(autouse=True)
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding.part, "__defaults__", (lambda: True, 30))


@pytest.fixture
def view(driver: Driver) -> PartingView:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    bar = driver.find(QTabBar, "networkTabs")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    driver.wait(lambda: driver.find(ProgramView, "programCode").program is not None)
    return driver.window.findChild(PartingView)  # type: ignore[return-value]  # it is there


def work_of(view: PartingView) -> PartingWork:
    return view._work


def test_it_is_measured_drawn_and_told(driver: Driver, view: PartingView) -> None:
    work = work_of(view)
    driver.click("programRounding")
    assert not driver.find(QWidget, "programCode").isVisible()
    driver.wait(lambda: work.parted is not None and work.parted.is_complete)
    differences = work.parted.differences
    assert len(differences) == 30
    plot = driver.find(XyPlot, "roundingPlot")
    updates, heights = plot.points("each")
    assert np.array_equal(updates, np.flatnonzero(differences))
    assert heights == pytest.approx(np.log10(differences[differences > 0]))
    assert "After 30 updates rounding has parted them" in driver.text("roundingWords")
    driver.press("roundingPlot", Qt.Key.Key_End)
    assert plot.readout.startswith("update 29: difference")
    driver.find(QSpinBox, "batchSize").setValue(64)
    assert "The form has other settings now." in driver.text("roundingWords")
    rebuild(driver)
    assert "other settings now" in driver.text("roundingWords")
    assert driver.find(XyPlot, "roundingPlot").isVisible()
    driver.click("roundingMeasureButton")
    driver.wait(lambda: work.parted.is_complete)
    assert work.parted.experiment.batch_size == 64
    driver.click("roundingBackButton")
    assert driver.find(QWidget, "programCode").isVisible()
    driver.click("programRounding")
    assert not work.is_running, "it is known already"


def test_a_run_comes_first_and_what_cannot_be_is_told(
    driver: Driver, view: PartingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, work = driver.window.lab, work_of(view)
    lab.draft.set_experiment(lab.draft.experiment.changed(epochs=10_000))
    lab.start()
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    driver.click("programRounding")
    button = driver.find(QAbstractButton, "roundingMeasureButton")
    assert not work.is_running
    assert not button.isEnabled()
    assert driver.text("roundingWords") == "A run goes on, and one thread trains: stop it first, or wait for its end."
    lab.live.stop()
    driver.wait(button.isEnabled)
    monkeypatch.setattr(rounding.part, "__defaults__", (lambda: True, 10**9))
    driver.click("roundingMeasureButton")
    driver.wait(lambda: work.parted is not None and len(work.parted.differences) > 0)
    assert button.text() == "Stop"
    lab.start()
    assert not work.is_running, "it gives way"
    driver.wait(lambda: lab.run.is_live and lab.run.updates > 0)
    lab.live.stop()
    driver.wait_for_end()

    def fail(*_: object) -> None:
        raise NetworkError("it cannot be")

    monkeypatch.setattr(rounding, "part", fail)
    driver.click("roundingMeasureButton")
    driver.wait(lambda: driver.find(QLabel, "roundingWords").text() == "it cannot be")
