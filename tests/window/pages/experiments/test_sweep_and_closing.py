"""A window that is closed in the middle of a sweep ends its workers, and keeps what was trained."""

import psutil
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.runs.sweep_plan import grid_plan
from tests.window.conftest import Driver


@pytest.mark.keras
def test_closing_ends_the_sweep_and_its_workers_and_keeps_its_runs(driver: Driver) -> None:
    lab = driver.window.lab
    driver.wait(lambda: lab.digits is not None)
    digits = lab.digits
    assert digits is not None
    before = set(psutil.Process().children(recursive=True))
    plan = grid_plan(Experiment(hidden_units=(16,), epochs=10_000), {"seed": [0, 1, 2]}, "starter")
    lab.sweep.start(plan, digits, 0, 1)
    driver.wait(lambda: lab.sweep.trials[0].updates > 0)
    workers = set(psutil.Process().children(recursive=True)) - before
    assert workers
    driver.window.close()
    assert not lab.sweep.is_sweeping
    assert not [worker for worker in workers if worker.is_running() and "resource_tracker" not in _line(worker)]
    assert {trial.state for trial in lab.sweep.trials} == {"stopped"}
    result = lab.sweep.trials[0].result
    assert result is not None
    assert result.run_id is not None
    assert lab.store.load(result.run_id).state == "stopped"


def _line(process: psutil.Process) -> str:
    """Its command line; Python's own helper, which counts what processes share, lives as long as this one."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
