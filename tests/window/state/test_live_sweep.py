"""The sweep in the window: what its driver tells, and how it is steered; nothing is trained here."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_choices import SweepError
from mnist_lab.runs.sweep_events import WorkerLost
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.window.state.live_sweep import LiveSweep
from tests.window.state.sweeps import FakeDriver

PLAN = grid_plan(Experiment(hidden_units=(8,), epochs=1), {"learning_rate": [0.001, 0.01, 0.1]}, "starter")


@pytest.fixture
def driver() -> FakeDriver:
    return FakeDriver([0.9, 0.95, None])


@pytest.fixture
def sweep(qtbot: QtBot, driver: FakeDriver) -> LiveSweep:
    owner = QObject()
    sweep = LiveSweep(RunStore(), owner, driver)
    sweep.owner = owner  # type: ignore[attr-defined]  # it lives as long
    return sweep


def test_a_sweep_from_start_to_end(qtbot: QtBot, sweep: LiveSweep, driver: FakeDriver, starter: Digits) -> None:
    assert not sweep.is_sweeping
    with qtbot.waitSignal(sweep.ended):
        driver.go_on.set()
        sweep.start(PLAN, starter, 3, 2)
        assert sweep.is_sweeping
    assert [trial.state for trial in sweep.trials] == ["finished", "finished", "diverged"]
    assert [result.test_accuracy for result in sweep.results] == [0.9, 0.95, None]
    assert (driver.seen["workers"], driver.seen["own_digits"]) == (2, 3)
    assert not sweep.is_sweeping
    assert sweep.progress.done == sweep.progress.total


def test_progress_counts_what_is_done(qtbot: QtBot, sweep: LiveSweep, driver: FakeDriver, starter: Digits) -> None:
    driver.may_end = 1
    sweep.start(PLAN, starter, 0, 1)
    qtbot.waitUntil(lambda: sweep.trials[1].updates == 1)
    assert sweep.progress.done == round(sweep.progress.total * 1.25 / 3), "one of three, and a quarter of the next"
    assert sweep.progress.seconds_left is not None
    assert [trial.state for trial in sweep.trials] == ["finished", "training", "waiting"]
    with qtbot.waitSignal(sweep.ended):
        driver.go_on.set()


def test_pause_goes_on_and_stop_end_it(qtbot: QtBot, sweep: LiveSweep, driver: FakeDriver, starter: Digits) -> None:
    steered: list[tuple[bool, bool, bool]] = []
    sweep.steered.connect(lambda: steered.append((sweep.is_sweeping, sweep.is_paused, sweep.is_ending)))
    sweep.start(PLAN, starter, 0, 1)
    sweep.pause()
    sweep.resume()
    sweep.pause()
    with qtbot.waitSignal(sweep.ended):
        sweep.stop()
    assert steered == [
        (True, False, False),
        (True, True, False),
        (True, False, False),
        (True, True, False),
        (True, False, True),
        (False, False, False),
    ]
    assert {trial.state for trial in sweep.trials} == {"stopped"}


def test_end_waits_for_the_driver(sweep: LiveSweep, starter: Digits) -> None:
    sweep.start(PLAN, starter, 0, 1)
    sweep.end()
    assert not sweep.is_sweeping
    assert {trial.state for trial in sweep.trials} == {"stopped"}


def test_why_there_can_be_no_workers_is_told(
    qtbot: QtBot, sweep: LiveSweep, driver: FakeDriver, starter: Digits
) -> None:
    driver.error = SweepError("No worker can be had: {reason}.", reason="no room")
    with qtbot.waitSignal(sweep.problem) as told:
        sweep.start(PLAN, starter, 0, 1)
    assert told.args == ["No worker can be had: no room."]
    assert not sweep.is_sweeping


def test_a_lost_worker_is_counted_and_its_trial_waits(
    qtbot: QtBot, sweep: LiveSweep, driver: FakeDriver, starter: Digits
) -> None:
    sweep.start(PLAN, starter, 0, 1)
    qtbot.waitUntil(lambda: sweep.trials[0].updates == 1)
    sweep._events.append(WorkerLost(0, 1))
    sweep._drain()
    assert (sweep.lost_workers, sweep.trials[0].state) == (1, "waiting")
    with qtbot.waitSignal(sweep.ended):
        driver.go_on.set()
