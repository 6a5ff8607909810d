"""The racers of a race of an earlier session are found from its tab."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.runs.sweeping import run_sweep
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs.made_up_pool import MadeUpPool, finished
from tests.window.conftest import Driver

PLAN = grid_plan(Experiment(hidden_units=(8,), epochs=1), {"learning_rate": [0.001, 0.01]}, "starter")


@pytest.fixture(autouse=True)
def racers(lab_home: Path, starter: Digits) -> list[str]:
    """Two kept runs, called as racers are; their ids, the first one first."""
    store, pool = RunStore(lab_home), MadeUpPool(2, finished)
    run_sweep(PLAN, starter, store, workers=1, publish=lambda _event: None, control=SweepControl(), pool=pool)
    rows = sorted(store.refresh(), key=lambda row: row.number)
    for row, name in zip(rows, ("race 1: 0.001", "race 1: 0.01"), strict=True):
        store.rename(row.id, name)
    return [row.id for row in rows]


def test_they_are_named_and_can_be_compared(driver: Driver, racers: list[str]) -> None:
    lab = driver.window.lab
    driver.window.show_page_named("experimentsPage")
    notice = driver.find(Notice, "racersNotice")
    driver.wait(lambda: notice.text == "The racers of the last race are kept as runs 1, 2, on the page Runs.")
    assert driver.find(QAbstractButton, "racersCompare").isVisible()
    driver.click("racersCompare")
    driver.wait(lambda: lab.views.of("RunsPage").facts()["selectedRuns"] in (tuple(racers), tuple(reversed(racers))))
    for run_id in racers:
        lab.shelf.rename(run_id, "")
    driver.window.show_page_named("experimentsPage")
    driver.wait(lambda: notice.text.startswith("No race yet."))
    assert not driver.find(QAbstractButton, "racersCompare").isVisible()
