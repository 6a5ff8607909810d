"""A window that is closed in the middle of a race ends it, and keeps what was trained."""

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import State
from tests.window.conftest import Driver


@pytest.mark.keras
def test_closing_ends_the_race_and_keeps_its_runs(driver: Driver) -> None:
    lab = driver.window.lab
    driver.wait(lambda: lab.digits is not None)
    digits = lab.digits
    assert digits is not None
    long = Experiment(hidden_units=(16,), epochs=10_000)
    lab.race.start((long, long.changed(optimizer="sgd")), digits, 0, "seconds")
    driver.wait(lambda: all(lane.run.updates > 0 for lane in lab.race.lanes))
    driver.window.close()
    assert {lane.run.state for lane in lab.race.lanes} == {State.STOPPED}
    assert all(lab.store.load(lane.run.id).state == "stopped" for lane in lab.race.lanes)
