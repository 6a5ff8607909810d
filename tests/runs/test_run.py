"""The record of a run follows its events."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.events import (
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Paused,
    Prepared,
    Preparing,
    RateChanged,
    Resumed,
    Stopped,
    Updates,
)
from mnist_lab.runs.run import Run, State


def _digits(count: int = 1_000) -> Digits:
    images, labels = np.zeros((count, 28, 28), np.uint8), np.zeros(count, np.uint8)
    return Digits(images, labels, images[:10], labels[:10], "own", "")


def _updates(first: int, count: int, seconds: float) -> Updates:
    return Updates(first, np.full(count, 0.5, np.float32), np.full(count, 0.25, np.float32), seconds)


PREPARED = Prepared(parameters=1, samples=1_000, updates_per_epoch=8, total_updates=16, compile_seconds=0.1)


@pytest.fixture
def run() -> Run:
    return Run(Experiment(epochs=2), _digits())


def test_totals_are_known_from_the_start(run: Run) -> None:
    assert (run.updates_per_epoch, run.total_updates) == (8, 16)
    assert run.state is State.PREPARING
    assert run.seconds_left is None
    assert run.updates_per_second == 0


def test_numbers_add_up(run: Run) -> None:
    for event in (Preparing("compiling"), PREPARED, _updates(0, 3, 0.5), _updates(3, 1, 1.0)):
        run.receive(event)
    assert run.state is State.TRAINING
    assert run.updates == 4
    assert run.updates_per_second == pytest.approx(4)
    assert run.seconds_left == pytest.approx(3)
    assert run.history.losses.values.tolist() == [0.5] * 4
    assert run.history.accuracies.values.tolist() == [0.25] * 4


def test_every_change_of_the_learning_rate_is_kept_with_its_update(run: Run) -> None:
    assert run.rates == [(0, 0.001)]
    for event in (PREPARED, _updates(0, 3, 0.5), RateChanged(3, 0.1), _updates(3, 2, 1.0), RateChanged(5, 0.0)):
        run.receive(event)
    assert run.rates == [(0, 0.001), (3, 0.1), (5, 0.0)]
    # The batch of update 3 is met by a network that was made with the rate before.
    assert [run.rate_before(update) for update in (0, 3, 4, 5, 6)] == [
        (0, 0.001), (0, 0.001), (3, 0.1), (3, 0.1), (5, 0.0)
    ]  # fmt: skip
    run.receive(Diverged(6, float("nan"), 4))
    run.go_on(4)
    assert run.rates == [(0, 0.001), (3, 0.1)]


def test_a_finished_run_that_goes_on_has_an_epoch_more_and_a_stopped_one_has_not(run: Run) -> None:
    first: list[Event] = [PREPARED, _updates(0, 9, 1.0), Stopped(9)]
    for event in first:
        run.receive(event)
    run.go_on(9)
    assert (run.is_live, run.state, run.updates, run.total_updates) == (True, State.PREPARING, 9, 16)
    assert run.experiment.epochs == 2
    rest: list[Event] = [PREPARED, _updates(9, 7, 2.0), Finished(0.1, 0.9, 0.9, 16, 2.0, 0.1, 0.95)]
    for event in rest:
        run.receive(event)
    run.go_on(16)
    assert (run.is_live, run.updates, run.total_updates, run.experiment.epochs) == (True, 16, 24, 3)
    assert run.updates_per_second == 0, "the time between is none of its own"


def test_a_diverged_run_that_goes_on_forgets_what_came_after_its_last_finite_weights(run: Run) -> None:
    end = EpochEnd(1, 8, 0.1, 0.9, 0.1, 0.9, 0.1, 0.95, 10)
    for event in (PREPARED, _updates(0, 8, 1.0), end, _updates(8, 4, 1.5), Diverged(12, float("nan"), 10)):
        run.receive(event)
    run.go_on(10)
    assert (run.updates, len(run.history.accuracies), run.history.epochs) == (10, 10, [end])


def test_a_live_run_s_speed_is_that_of_the_last_seconds_and_an_ended_one_s_of_all(run: Run) -> None:
    run.receive(PREPARED)
    for number, seconds in enumerate((1.0, 2.0, 3.0, 4.0)):  # in slow motion
        run.receive(_updates(number, 1, seconds))
    assert run.updates_per_second == pytest.approx(1)
    run.receive(_updates(4, 4, 4.5))
    run.receive(_updates(8, 4, 5.0))
    run.receive(_updates(12, 2, 6.25))
    assert run.updates_per_second == pytest.approx(10 / 2.25)
    run.receive(Finished(0.1, 0.98, 0.99, 14, 6.25, 0.1, 0.99))
    assert run.updates_per_second == pytest.approx(14 / 6.25)


def test_pausing_and_going_on(run: Run) -> None:
    states = []
    for event in (PREPARED, Paused(0), Resumed(0)):
        run.receive(event)
        states.append(run.state)
    assert states == [State.TRAINING, State.PAUSED, State.TRAINING]


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (Finished(0.1, 0.98, 0.99, 16, 1.0, 0.1, 0.99), State.FINISHED),
        (Stopped(7), State.STOPPED),
        (Diverged(7, float("nan"), 6), State.DIVERGED),
        (Failed(NetworkError("no")), State.FAILED),
    ],
)
def test_the_last_event_is_the_outcome(run: Run, last: Event, state: State) -> None:
    run.receive(PREPARED)
    assert run.is_live
    run.receive(last)
    assert not run.is_live
    assert run.state is state
    assert run.outcome is last


def test_epochs_are_kept(run: Run) -> None:
    end = EpochEnd(1, 8, 0.4, 0.9, 0.3, 0.92, 0.2, 0.95, 10)
    run.receive(end)
    assert run.history.epochs == [end]


def test_an_event_of_another_run_is_refused(run: Run) -> None:
    run.receive(Paused(0, run_id=run.id))
    assert run.state is State.PAUSED
    with pytest.raises(ValueError, match="of run another"):
        run.receive(Resumed(0, run_id="another"))
    assert run.state is State.PAUSED
