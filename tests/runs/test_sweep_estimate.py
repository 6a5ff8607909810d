"""What a sweep will take is told from what is known, about; its progress counts large networks for more."""

import math
from dataclasses import replace

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.store import SNAPSHOT_BUDGET
from mnist_lab.runs.sweep_estimate import check_disk, cost_of, disk_bytes, estimate_sweep, measured_speed
from mnist_lab.runs.sweep_events import SweepResult, TrialBegun, TrialEnded, TrialProgress
from mnist_lab.runs.sweep_plan import SweepPlan, grid_plan
from mnist_lab.runs.sweep_progress import SweepProgress
from tests.network.runs import made_up_digits
from tests.runs.made_runs import kept_run, row_of
from tests.runs.made_up_pool import MadeUpPool, finished

DIGITS = made_up_digits()
CHAPTER = Experiment()
SIZES = grid_plan(CHAPTER, {"hidden_units": [[512], [1024]]}, "starter")


def row(experiment: Experiment, updates: int, seconds: float):
    return replace(row_of(kept_run(1)), experiment=experiment, updates=updates, training_seconds=seconds)


def test_without_any_kept_run_the_time_is_not_known_but_the_bytes_are():
    estimate = estimate_sweep(SIZES, DIGITS, [], 2)
    assert (estimate.runs, estimate.workers, estimate.seconds, estimate.is_measured) == (2, 2, None, False)
    assert estimate.bytes == sum(disk_bytes(one, DIGITS, None) for one in SIZES.experiments)


def test_a_kept_run_of_the_same_shape_is_taken_the_fastest_of_them():
    rows = [row(CHAPTER, 1000, seconds) for seconds in (3.0, 1.0, 2.0)]
    one = grid_plan(CHAPTER.changed(epochs=1000), {"learning_rate": [0.1, 0.2]}, "starter")
    estimate = estimate_sweep(one, DIGITS, rows, 1)
    updates = 2 * 1000 * (5 + (150 + 1000) / 3 / 128)
    assert estimate.seconds is not None
    assert estimate.is_measured
    assert math.isclose(estimate.seconds, 7 + updates * 0.001), "and 7 s until the first can train"


def test_other_shapes_are_scaled_by_their_size():
    rows = [row(CHAPTER, 1000, 1.0)]
    small, large = (
        estimate_sweep(
            SweepPlan("starter", (CHAPTER.changed(epochs=5000, hidden_units=(units,)),), ()), DIGITS, rows, 1
        )
        for units in (512, 1024)
    )
    assert small.seconds is not None
    assert large.seconds is not None
    assert small.is_measured
    assert not large.is_measured
    assert 1.7 < large.seconds / small.seconds < 2.0


def test_two_workers_are_faster_the_more_so_the_smaller_the_networks():
    gains = []
    for units in (16, 512):
        rows = [row(CHAPTER.changed(hidden_units=(units,)), 1000, 1.0)]
        plan = grid_plan(CHAPTER.changed(hidden_units=(units,), epochs=5000), {"seed": [1, 2, 3, 4]}, "starter")
        one, two = (estimate_sweep(plan, DIGITS, rows, workers, processors=2).seconds for workers in (1, 2))
        assert one is not None
        assert two is not None
        gains.append(one / two)
    assert 1.4 < gains[0] < 2
    assert 1 < gains[1] < 1.3


def test_slow_motion_and_runs_that_hardly_began_say_nothing():
    rows = [row(CHAPTER, 600, 20.0), row(CHAPTER, 10, 0.001), replace(row(CHAPTER, 600, 0.6), kind="network")]
    assert estimate_sweep(SIZES, DIGITS, rows, 2).seconds is None


@pytest.mark.parametrize("identifier", [spec.identifier for spec in OPTIMIZERS])
def test_bytes_are_those_of_snapshots_within_their_budget(identifier):
    short = Experiment(optimizer=identifier, epochs=1)
    long = short.changed(epochs=5000)
    assert 2 * 4 * short.parameters() < disk_bytes(short, DIGITS, None) < 20e6
    assert disk_bytes(long, DIGITS, 1.0) < disk_bytes(long, DIGITS, None) < SNAPSHOT_BUDGET + 1e6


def test_where_the_disk_has_no_room_one_sentence_says_so():
    estimate = estimate_sweep(SIZES, DIGITS, [], 2)
    check_disk(estimate, estimate.bytes)
    with pytest.raises(StoreError, match=r"need about 0.1 GB on disk, and 0.1 GB are free"):
        check_disk(estimate, estimate.bytes - 1)


def test_a_short_trial_tells_the_speed_of_an_experiment_of_middling_size():
    plan = grid_plan(CHAPTER, {"hidden_units": [[512], [1024], [16]]}, "starter")
    pool = MadeUpPool(1, finished)
    speed = measured_speed(pool, plan)
    assert speed is not None
    assert speed.experiment.hidden_units == (512,)
    assert speed.seconds == 0.25
    assert pool.wishes == []
    assert measured_speed(MadeUpPool(1, lambda _task: None), plan) is not None, "what it told before it died"
    cancelled = MadeUpPool(1, lambda _task: [])
    measured_speed(cancelled, plan, lambda: True)
    assert cancelled.wishes == ["stop"]


def ended(index: int, experiment: Experiment) -> TrialEnded:
    return TrialEnded(index, SweepResult(index, experiment, "finished"))


def test_progress_counts_work_and_not_runs():
    progress = SweepProgress(SIZES, DIGITS)
    small, large = (cost_of(experiment, DIGITS) for experiment in SIZES.experiments)
    assert progress.seconds_left(0.0) is None
    progress.receive(TrialBegun(0, "a"), 0.0)
    progress.receive(TrialProgress(0, 5, 10, 1.0, 0.5), 1.0)
    progress.receive(ended(0, SIZES.experiments[0]), 3.0)
    assert progress.ended == 1
    assert math.isclose(progress.share, small / (small + large))
    left = progress.seconds_left(3.0)
    assert left is not None
    assert math.isclose(left, 3.0 * large / small)
    progress.pause(3.0)
    assert progress.seconds_left(100.0) == left, "time of a pause does not count"
    progress.receive(TrialProgress(1, 5, 10, 1.0, 0.5), 100.0)
    progress.receive(ended(1, SIZES.experiments[1]), 102.0)
    assert progress.share == 1.0
    assert progress.seconds_left(102.0) == 0.0
