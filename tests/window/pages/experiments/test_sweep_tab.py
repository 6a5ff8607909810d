"""The tab Sweep, driven as a person drives it; where nothing is trained a driver that is made up says what happens."""

import json
import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot
from tests.runs.kept import DATA, told
from tests.window.conftest import Driver
from tests.window.pages.experiments.sweep_tab_driving import QUICK, cells, is_seen_whole, outlook, typed
from tests.window.rebuilding import rebuild
from tests.window.state.sweeps import FakeDriver


@pytest.fixture
def lab(sweeping_lab: Lab) -> Lab:
    return sweeping_lab


def test_the_outlook_follows_what_is_typed(driver: Driver, lab: Lab) -> None:
    driver.wait(lambda: outlook(driver).startswith("6 run"))
    typed(driver, "trialSweepVariedValues1", "0.1, 0.01")
    driver.wait(lambda: outlook(driver).startswith("4 run"))
    driver.click("trialSweepAddSetting")
    assert driver.find(QComboBox, "trialSweepVariedField3").currentData() == "optimizer"
    driver.wait(lambda: outlook(driver).startswith("12 run"))
    typed(driver, "trialSweepVariedValues3", "sgd, sdg")
    assert "“sdg” is none of these" in outlook(driver)
    assert driver.find(Notice, "trialSweepOutlook").severity == "error"
    driver.click("trialSweepVariedRemove3")
    typed(driver, "trialSweepVariedValues2", "0")
    driver.wait(lambda: "cannot be" in outlook(driver))
    typed(driver, "trialSweepVariedValues2", "8, 8, 16")
    driver.wait(lambda: outlook(driver).startswith("4 run"))
    assert "2 double" in outlook(driver)


def test_after_a_sweep_its_runs_tell_how_long_such_runs_take(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    """They came while it went on, when nothing is reckoned; its end says that, too."""
    may_end = threading.Event()

    def train(*arguments: Any, **options: Any) -> tuple[SweepResult, ...]:
        results = fake(*arguments, **options)
        assert may_end.wait(60)
        return results

    lab.sweep._run = train
    driver.wait(lambda: "after a run at full speed" in outlook(driver))
    driver.click("trialSweepStart")
    driver.wait(lambda: lab.sweep.is_sweeping)
    experiment = QUICK.changed(epochs=5)
    writer = RunStore().begin(experiment, DATA)
    writer.write(Batch([told(0, 100, 0.005)]))
    writer.close()
    lab.shelf.refresh()
    driver.wait(lambda: lab.shelf.row(writer.id) is not None and not lab.shelf.is_reading)
    fake.go_on.set()
    driver.wait(lambda: len(lab.sweep.results) == 6 and not lab.shelf.is_reading)
    assert outlook(driver) == ""
    may_end.set()
    driver.wait(lambda: not lab.sweep.is_sweeping)
    driver.wait(lambda: "worker" in outlook(driver))


def test_a_setting_with_one_value_is_fixed(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    typed(driver, "trialSweepVariedValues1", "0.1")
    typed(driver, "trialSweepVariedValues2", "8")
    driver.wait(lambda: outlook(driver).startswith("Nothing varies in this sweep"))
    typed(driver, "trialSweepVariedValues2", "8, 16")
    fake.accuracies = [0.5, 0.6]
    fake.go_on.set()
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 2 and not lab.sweep.is_sweeping)
    assert {trial.experiment.learning_rate for trial in lab.sweep.trials} == {0.1}
    assert sorted(row[1] for row in cells(driver)) == ["16", "8"]
    plot = driver.find(MainEffectPlot, "trialSweepEffects")
    driver.wait(lambda: [panel.title for panel in plot.panels] == ["Hidden units"])


def test_what_it_takes_and_the_buttons_are_in_sight_however_many_settings_vary(
    driver: Driver, lab: Lab, fake: FakeDriver
) -> None:
    fake.accuracies = ()
    driver.window.resize(1024, 600)
    for _ in range(3):
        driver.click("trialSweepAddSetting")
    driver.wait(lambda: "MB on the disk" in outlook(driver))
    typed(driver, "trialSweepVariedValues1", "what")
    driver.wait(lambda: "“what” is no number" in outlook(driver))
    assert all(is_seen_whole(driver, name) for name in ("trialSweepOutlook", "trialSweepStart"))
    typed(driver, "trialSweepVariedValues1", "0.1, 0.2")
    driver.press("trialSweepStart", Qt.Key.Key_Space)
    driver.wait(lambda: lab.sweep.is_sweeping)
    going_on = ("trialSweepState", "trialSweepPause", "trialSweepProgress", "trialSweepCancel")
    driver.wait(lambda: all(is_seen_whole(driver, name) for name in going_on))
    assert not driver.find(Notice, "trialSweepOutlook").isVisible(), "what it would take is of no use now"
    state, area = driver.find(Notice, "trialSweepState"), driver.find(QScrollArea, "trialSweepArea")
    driver.wait(lambda: state.y() - area.geometry().bottom() <= 2 * theme.GAP)  # and leaves no hole
    driver.click("trialSweepCancel")
    driver.wait(lambda: not lab.sweep.is_sweeping)
    driver.wait(lambda: driver.find(Notice, "trialSweepOutlook").isVisible())


def test_time_and_room_are_told_before_it_begins(driver: Driver, lab: Lab) -> None:
    driver.wait(lambda: "MB on the disk" in outlook(driver))
    assert "How long it takes can be told after" in outlook(driver), "no run is kept here"
    driver.wait(lambda: lab.shelf.free_bytes is not None)
    lab.shelf.free_bytes = 1_000
    lab.shelf.changed.emit()
    driver.wait(lambda: "are free" in outlook(driver))
    assert driver.find(Notice, "trialSweepOutlook").severity == "error"
    said: list[str] = []
    lab.problem.connect(said.append)
    driver.click("trialSweepStart")
    driver.wait(lambda: bool(said))
    assert said == [outlook(driver)]
    assert not lab.sweep.is_sweeping


def test_draws_have_a_count_a_seed_and_ranges(driver: Driver, lab: Lab) -> None:
    assert not driver.find(QLineEdit, "trialSweepCount").isVisible()
    driver.press("trialSweepKind", Qt.Key.Key_Down)
    assert driver.find(QLineEdit, "trialSweepCount").isVisible()
    assert driver.find(QLineEdit, "trialSweepVariedFrom1").isVisible()
    assert not driver.find(QLineEdit, "trialSweepVariedValues1").isVisible()
    typed(driver, "trialSweepCount", "9")
    driver.wait(lambda: outlook(driver).startswith("9 run"))
    typed(driver, "trialSweepVariedFrom1", "-1")
    driver.wait(lambda: "cannot range" in outlook(driver))
    driver.press("trialSweepVariedShape1", Qt.Key.Key_Home)
    driver.wait(lambda: "9 run" not in outlook(driver) and outlook(driver).startswith("6 run"))


def test_words_are_ticked_in_a_list(driver: Driver, lab: Lab) -> None:
    driver.find(QComboBox, "trialSweepVariedField1").setCurrentIndex(
        driver.find(QComboBox, "trialSweepVariedField1").findData("activation")
    )
    menu = driver.find(QMenu, "trialSweepVariedMenu1")
    menu.aboutToShow.emit()
    actions = {action.data(): action for action in menu.actions()}
    assert [name for name, action in actions.items() if action.isChecked()] == ["relu", "leaky_relu", "elu"]
    actions["elu"].trigger()
    actions["tanh"].trigger()
    assert driver.find(QLineEdit, "trialSweepVariedValues1").text() == "relu, leaky_relu, tanh"
    driver.wait(lambda: outlook(driver).startswith("6 run"))


def test_it_is_paused_and_cancelled(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    said: list[str] = []
    lab.problem.connect(said.append)
    driver.press("trialSweepStart", Qt.Key.Key_Space)
    driver.wait(lambda: lab.sweep.is_sweeping and lab.sweep.trials[0].updates == 1)
    assert driver.find(QAbstractButton, "trialSweepPause").hasFocus(), "it can be pressed next"
    icon = driver.find(QAbstractButton, "trialSweepPause").icon().cacheKey()
    driver.click("trialSweepPause")
    assert driver.find(Notice, "trialSweepState").text.startswith("Paused.")
    pause = driver.find(QAbstractButton, "trialSweepPause")
    assert pause.text() == "Go on"
    assert pause.icon().cacheKey() != icon, "it shows what it does now"
    lab.start()
    assert "A sweep goes on" in said[-1]
    assert not lab.live.is_training
    banner = driver.find(QWidget, "problemBanner")
    lab.look_at_nothing()  # as a step of the course does, which wants a new run: no sweep goes with that
    driver.click("trialSweepPause")
    assert banner.isVisible()
    driver.click("trialSweepCancel")
    driver.wait(lambda: not lab.sweep.is_sweeping)
    assert not banner.isVisible(), "what it says holds no more"
    assert driver.find(Notice, "trialSweepState").text.startswith("The sweep ended early")
    assert "Done: 0 of 6 run" in driver.find(Notice, "trialSweepState").text
    assert not driver.find(MainEffectPlot, "trialSweepEffects").panels
    assert driver.find(QAbstractButton, "trialSweepStart").hasFocus()
    assert {row[-1] for row in cells(driver)} == {"stopped"}


def test_no_sweep_begins_beside_a_race(
    driver: Driver, lab: Lab, fake: FakeDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    lab.problem.connect(said.append)
    monkeypatch.setattr(type(lab), "is_taken", True)
    driver.click("trialSweepStart")
    driver.wait(lambda: bool(said))
    assert said == ["Something is being trained: stop it or wait for its end, then start the sweep."]
    assert not lab.sweep.is_sweeping
    banner = driver.find(QWidget, "problemBanner")
    assert banner.isVisible()
    monkeypatch.undo()
    driver.click("trialSweepStart")
    driver.wait(lambda: lab.sweep.is_sweeping)
    assert not banner.isVisible(), "what it says holds no more"
    driver.click("trialSweepCancel")
    driver.wait(lambda: not lab.sweep.is_sweeping)


def test_what_is_typed_stays_when_the_page_is_built_again(driver: Driver, lab: Lab) -> None:
    typed(driver, "trialSweepVariedValues1", "0.5, what")
    rebuild(driver)
    assert driver.find(QLineEdit, "trialSweepVariedValues1").text() == "0.5, what"
    kept = lab.views.of("ExperimentsPage").to_keep()["sweep setup"]
    assert isinstance(kept, dict)
    assert "0.5, what" in json.dumps(kept)


def test_a_sweep_goes_on_while_the_window_is_built_again(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    fake.may_end = 2
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 2)
    rebuild(driver)
    assert [row[-1] for row in cells(driver)][:2] == ["finished"] * 2
    assert driver.find(QTabBar, "experimentsTabBar").currentIndex() == 2
    assert driver.find(QAbstractButton, "trialSweepPause").isEnabled()
    fake.go_on.set()
    driver.wait(lambda: not lab.sweep.is_sweeping)
    driver.wait(lambda: "Learning rate" in driver.text("trialSweepSummary"))
    assert len([row for row in cells(driver) if row[-1] == "finished"]) == 5


@pytest.mark.keras
def test_six_networks_are_trained_by_two_workers_and_opened(driver: Driver, lab: Lab) -> None:
    typed(driver, "trialSweepVariedValues2", "4, 8")
    driver.find(QSpinBox, "trialSweepWorkers").setValue(2)
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 6 and not lab.sweep.is_sweeping)
    assert {trial.state for trial in lab.sweep.trials} == {"finished"}
    driver.wait(lambda: sum(row.name.startswith("sweep 1: ") for row in lab.shelf.rows) == 6)
    best = driver.find(SweepTable, "trialSweepTable").trials[0].result
    assert best is not None
    driver.press("trialSweepTable", Qt.Key.Key_Home, Qt.Key.Key_Return)
    driver.wait(lambda: lab.run is not None and lab.run.id == best.run_id)
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "trainPage"
    assert driver.find(QLabel, "trainingStatus").text()
