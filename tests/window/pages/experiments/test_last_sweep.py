"""A sweep of an earlier session is shown again, and completed where it ended early."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QTabBar

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.runs.sweep_record import read_record
from mnist_lab.runs.sweep_rows import results_in
from mnist_lab.runs.sweeping import run_sweep
from mnist_lab.window import dialogs
from mnist_lab.window.pages.experiments.sweep_facts import SweepFacts
from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot
from tests.runs.made_up_pool import MadeUpPool, finished
from tests.window.conftest import Driver
from tests.window.state.sweeps import FakeDriver

PLAN = grid_plan(Experiment(hidden_units=(8,), epochs=1), {"learning_rate": [0.001, 0.01], "seed": [0, 1]}, "starter")


@pytest.fixture
def store(lab_home: Path, starter: Digits) -> RunStore:
    """With a sweep of four that came to its end."""
    store = RunStore(lab_home)
    run_sweep(
        PLAN,
        starter,
        store,
        workers=1,
        publish=lambda _event: None,
        control=SweepControl(),
        pool=MadeUpPool(2, finished),
    )
    return store


@pytest.fixture
def one_missing(store: RunStore) -> RunStore:
    """The same, as if the lab had been closed before its last run."""
    record = read_record(store.home)
    assert record is not None
    run_id = results_in(record, store.refresh())[3].run_id or ""
    store.delete(run_id)
    store.remove_deleted(run_id)
    return store


@pytest.fixture
def lab(driver: Driver) -> Lab:
    return driver.window.lab


def open_tab(driver: Driver, lab: Lab) -> SweepTable:
    assert lab.sweep.plan is None, "nothing is read before it is seen"
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(2)
    driver.wait(lambda: lab.sweep.plan is not None)
    return driver.find(SweepTable, "trialSweepTable")


def test_the_last_sweep_is_shown_again(store: RunStore, driver: Driver, lab: Lab) -> None:
    table = open_tab(driver, lab)
    assert [trial.state for trial in table.trials] == ["finished"] * 4
    notice = driver.find(Notice, "trialSweepState")
    assert (notice.text.partition(" Done")[0], notice.severity) == ("The last sweep, as it ended.", "good")
    plot = driver.find(MainEffectPlot, "trialSweepEffects")
    driver.wait(lambda: {panel.title for panel in plot.panels} == {"Learning rate", "Seed"})
    assert not driver.find(QAbstractButton, "trialSweepGoOn").isVisible()
    assert SweepFacts(lab.sweep).count() == 0, "the course asks for one that is made now"


def test_what_is_missing_is_trained(one_missing: RunStore, driver: Driver, lab: Lab) -> None:
    table = open_tab(driver, lab)
    state = driver.find(Notice, "trialSweepState")
    assert state.text.startswith("The last sweep ended early; what was trained is kept. Done: 3 of 4 run")
    assert sorted(trial.state for trial in table.trials) == ["finished"] * 3 + ["stopped"]
    lab.sweep._run = fake = FakeDriver([0.5, 0.5, 0.5, 0.9])
    fake.go_on.set()
    driver.click("trialSweepGoOn")
    driver.wait(lambda: len(lab.sweep.results) == 4 and not lab.sweep.is_sweeping)
    assert fake.seen["going_on"] == read_record(one_missing.home)
    assert [result.state for result in fake.seen["before"]] == ["finished"] * 3 + ["stopped"]
    assert state.text.startswith("The sweep is over.")
    assert lab.sweep.trials[3].result is not None
    assert lab.sweep.trials[3].result.test_accuracy == 0.9
    assert not driver.find(QAbstractButton, "trialSweepGoOn").isVisible()


def test_one_that_goes_on_elsewhere_is_not_gone_on_with(one_missing: RunStore, driver: Driver, lab: Lab) -> None:
    writer = one_missing.resume(one_missing.rows()[0].id)
    table, state = open_tab(driver, lab), driver.find(Notice, "trialSweepState")
    assert state.text.startswith("The last sweep goes on in another window, or in the terminal. Done: 2 of 4 run")
    assert state.severity == "info"
    assert "training" in {trial.state for trial in table.trials}
    assert not driver.find(QAbstractButton, "trialSweepGoOn").isVisible()
    writer.close()
    show_tab(driver)
    driver.wait(lambda: state.text.startswith("The last sweep ended early"))
    assert driver.find(QAbstractButton, "trialSweepGoOn").isVisible()


def test_it_goes_when_the_lab_is_started_over_and_comes_back_with_its_runs(
    store: RunStore, driver: Driver, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_to_start_over", lambda *_counts, **_options: True)
    open_tab(driver, lab)
    driver.wait(lambda: len(lab.shelf.rows) == 4)
    trigger(driver, "startOverAction")
    assert not lab.sweep.trials
    driver.wait(lambda: len(store.rows()) == 0)
    show_tab(driver)
    driver.wait(lambda: lab.sweep._looking is None)
    assert lab.sweep.plan is None
    trigger(driver, "undoStartOverAction")
    driver.wait(lambda: len(store.rows()) == 4)
    show_tab(driver)
    driver.wait(lambda: len(driver.find(SweepTable, "trialSweepTable").trials) == 4)


def trigger(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def show_tab(driver: Driver) -> None:
    """As a person turns to it from elsewhere."""
    driver.window.show_page_named("trainPage")
    driver.window.show_page_named("experimentsPage")
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(0)
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(2)
