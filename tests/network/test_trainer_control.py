"""Pause, resume, single steps and Stop: obeyed at once, and none of them touches a number."""

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist_lab.data.digits import Digits
from mnist_lab.network.control import KERAS_LOCK, Control, Turn
from mnist_lab.network.events import (
    EpochEnd,
    Event,
    Finished,
    LastEvent,
    Paused,
    Prepared,
    Preparing,
    RateChanged,
    Resumed,
    Stage,
    Stopped,
    Updates,
)
from mnist_lab.network.trainer import Engine
from tests.network.runs import PLAIN, SMALL, Run, RunInThread, run, same_bits

pytestmark = pytest.mark.keras

ENDLESS = SMALL.changed(epochs=10_000)
"""Two hundred thousand updates: nobody waits for its end."""


def assert_ended_once(result: Run) -> None:
    assert [event for event in result.events if isinstance(event, LastEvent)] == [result.last]
    assert not KERAS_LOCK.locked()


class PausesAt:
    """Pauses after the chunk that reaches each of some updates, takes some single steps, and resumes."""

    def __init__(self, pauses: dict[int, int]) -> None:
        self._pauses = dict(sorted(pauses.items()))
        self._steps_left = 0

    def __call__(self, event: Event, control: Control) -> None:
        if isinstance(event, Updates) and not self._steps_left:
            reached = event.first + len(event.losses)
            due = [update for update in self._pauses if update <= reached]
            if due:
                self._steps_left = 1 + self._pauses.pop(due[-1])
                for update in due[:-1]:
                    del self._pauses[update]
                control.pause()
        elif isinstance(event, Paused):
            self._steps_left -= 1
            if self._steps_left:
                control.step()
            else:
                control.resume()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pauses=st.dictionaries(st.integers(1, 39), st.integers(0, 3), max_size=8),
    chunk=st.sampled_from([1, 2, 7, None]),
)
def test_pausing_anywhere_changes_no_bit(
    pauses: dict[int, int], chunk: int | None, digits: Digits, small_run: Run
) -> None:
    result = run(SMALL, digits, Engine(xla=False, chunk=chunk), listener=PausesAt(pauses))
    assert same_bits(result.parameters(), small_run.parameters())
    assert same_bits([result.losses, result.accuracies], [small_run.losses, small_run.accuracies])
    assert result.epochs == small_run.epochs
    assert bool(result.of(Paused)) == bool(pauses)


def test_pausing_with_xla_and_dropout_changes_no_bit(digits: Digits) -> None:
    experiment = SMALL.changed(dropout=0.3, optimizer="adam")
    undisturbed = run(experiment, digits, Engine(xla=True))
    paused = run(experiment, digits, Engine(xla=True, chunk=3), listener=PausesAt({5: 2, 19: 0, 30: 1}))
    assert len(paused.of(Paused)) >= 3
    assert same_bits(paused.parameters(), undisturbed.parameters())
    assert same_bits([paused.losses], [undisturbed.losses])


def test_pauses_from_another_thread_change_no_bit(digits: Digits) -> None:
    experiment = SMALL.changed(epochs=200)
    with RunInThread(experiment, digits) as running:
        for number in range(1, 6):
            running.wait_for(Updates, 5 * number)
            running.control.pause()
            running.wait_for(Paused, number)
            running.control.resume()
        disturbed = running.join()
    assert_ended_once(disturbed)
    assert isinstance(disturbed.last, Finished)
    assert same_bits(disturbed.parameters(), run(experiment, digits).parameters())


def test_a_step_trains_exactly_one_batch(digits: Digits) -> None:
    def three_steps(event: Event, control: Control) -> None:
        if isinstance(event, Paused):
            if event.updates < 3:
                control.step()
            else:
                control.stop()

    result = run(SMALL, digits, control=Control(paused=True), listener=three_steps)
    assert [event.updates for event in result.of(Paused)] == [0, 1, 2, 3]
    assert [(event.first, len(event.losses)) for event in result.updates] == [(0, 1), (1, 1), (2, 1)]
    assert result.last == Stopped(3)


def test_another_learning_rate_is_told_with_its_first_update(digits: Digits) -> None:
    def change_at_ten(event: Event, control: Control) -> None:
        if isinstance(event, Updates):
            done = event.first + len(event.losses)
            if done in (10, 15):
                control.set_learning_rate(SMALL.learning_rate)  # as it is at ten, and again at fifteen
            if done == 10:
                control.set_learning_rate(0.25)
            if done == 25:
                control.stop()

    result = run(SMALL, digits, Engine(xla=False, chunk=5), listener=change_at_ten)
    assert result.of(RateChanged) == [RateChanged(10, 0.25), RateChanged(15, SMALL.learning_rate)]
    told = [event for event in result.events if isinstance(event, Updates | RateChanged)]
    before = told[told.index(RateChanged(10, 0.25)) - 1]
    assert isinstance(before, Updates)
    assert before.first + len(before.losses) == 10


def test_a_step_while_training_trains_one_batch_and_waits(digits: Digits) -> None:
    def step_at_ten(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) == 10:
            control.step()
        elif isinstance(event, Paused):
            control.stop()

    result = run(SMALL, digits, Engine(xla=False, chunk=5), listener=step_at_ten)
    assert result.of(Paused) == [Paused(11)]
    assert result.last == Stopped(11)


def test_steps_asked_for_together_are_all_taken(digits: Digits) -> None:
    control = Control(paused=True)

    def four_steps_then_stop(event: Event, control: Control) -> None:
        if isinstance(event, Paused):
            if event.updates:
                control.stop()
            for _ in range(4):
                control.step()

    assert run(SMALL, digits, control=control, listener=four_steps_then_stop).last == Stopped(4)


def test_paused_and_resumed_are_told_in_turn_with_the_weights_ready(digits: Digits) -> None:
    seen: list[int] = []

    def listener(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) in (10, 25):
            control.pause()
        elif isinstance(event, Paused):
            weights = control.take_weights()
            assert weights is not None
            seen.append(weights.updates)
            control.resume()

    result = run(SMALL, digits, Engine(xla=False, chunk=5), listener=listener)
    told = [event for event in result.events if isinstance(event, (Paused, Resumed))]
    assert told == [Paused(10), Resumed(10), Paused(25), Resumed(25)]
    assert seen == [10, 25]


class PausedRightAfterATurn(Control):
    """A learner who presses Pause at the worst moment: when the run has just looked what it may do."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = 0

    def _turn(self) -> Turn:
        turn = super()._turn()
        self._looks += 1
        if self._looks == 3:
            self._paused = True
        return turn


def test_a_pause_at_the_worst_moment_is_told(digits: Digits) -> None:
    with RunInThread(SMALL, digits, Engine(xla=False, chunk=5), PausedRightAfterATurn()) as running:
        running.wait_for(Paused)
        running.control.stop()
        assert running.join().last == Stopped(15)


def test_time_spent_paused_is_no_training_time(digits: Digits) -> None:
    """`training_seconds` never goes back, and a run cannot have trained longer than it lasted."""
    result = run(SMALL, digits, Engine(xla=False, chunk=5), listener=PausesAt({5: 1, 22: 0}))
    seconds = [event.training_seconds for event in result.updates]
    assert seconds == sorted(seconds)
    assert isinstance(result.last, Finished)
    assert result.last.training_seconds == seconds[-1] > 0


# Slow motion


def in_slow_motion(updates_per_second: float) -> Control:
    control = Control()
    control.set_slow_motion(updates_per_second)
    return control


def test_slow_motion_changes_no_bit_and_keeps_its_speed(digits: Digits, small_run: Run) -> None:
    times: list[float] = []

    def look_at_the_clock(event: Event, _control: Control) -> None:
        if isinstance(event, Prepared | Updates):
            times.append(time.perf_counter())

    result = run(SMALL, digits, control=in_slow_motion(200.0), listener=look_at_the_clock)
    assert same_bits(result.parameters(), small_run.parameters())
    assert same_bits([result.losses, result.accuracies], [small_run.losses, small_run.accuracies])
    assert isinstance(result.last, Finished)
    before_last = 40 - len(result.updates[-1].losses)
    assert times[-1] - times[0] >= before_last / 200.0
    assert result.last.training_seconds >= 0.5 * before_last / 200.0, "watching counts; validating takes its part"
    assert max(len(event.losses) for event in result.updates) <= 13, "what is due in 66 ms"


def test_at_a_few_updates_a_second_each_batch_is_shown_alone(digits: Digits) -> None:
    def stop_at_three(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first == 2:
            control.stop()

    result = run(SMALL, digits, control=in_slow_motion(20.0), listener=stop_at_three)
    assert [(event.first, len(event.losses)) for event in result.updates] == [(0, 1), (1, 1), (2, 1)]


def test_slow_motion_obeys_at_once(digits: Digits) -> None:
    """At one update in a thousand seconds whatever happens within the test's patience did not wait for its time."""
    with RunInThread(SMALL, digits, control=in_slow_motion(0.001)) as running:
        running.wait_for(Updates)
        running.control.step()
        running.wait_for(Paused)
        assert running.result.of(Paused) == [Paused(2)]
        running.control.resume()
        running.wait_for(Updates, 3)
        running.control.pause()
        running.wait_for(Paused, 2)
        running.control.resume()
        running.control.set_slow_motion(None)
        assert isinstance(running.join().last, Finished)


def test_a_run_in_slow_motion_can_be_stopped(digits: Digits) -> None:
    with RunInThread(SMALL, digits, control=in_slow_motion(0.001)) as running:
        running.wait_for(Updates)
        running.control.stop()
        assert running.join().last == Stopped(1)


# Stop


@pytest.mark.parametrize("stage", ["importing", "building", "compiling"])
def test_stop_while_preparing(stage: Stage, digits: Digits) -> None:
    def stop_at_stage(event: Event, control: Control) -> None:
        if event == Preparing(stage):
            control.stop()

    result = run(SMALL, digits, listener=stop_at_stage)
    assert result.last == Stopped(0)
    assert result.updates == []
    assert_ended_once(result)
    if stage == "compiling":
        assert result.weights is not None
        assert result.weights.updates == 0


def test_stop_before_the_start(digits: Digits) -> None:
    control = Control()
    control.stop()
    result = run(SMALL, digits, control=control)
    assert result.events == [Stopped(0)]


def test_stop_while_another_job_uses_keras(digits: Digits) -> None:
    with KERAS_LOCK, RunInThread(SMALL, digits) as running:
        running.wait_for(Preparing)
        running.control.stop()
        result = running.join()
    assert result.events == [Preparing("importing"), Stopped(0)]


def test_a_run_waits_until_another_job_has_done_with_keras(digits: Digits, small_run: Run) -> None:
    with KERAS_LOCK:
        running = RunInThread(SMALL, digits).__enter__()
        running.wait_for(Preparing)
        assert running.result.events == [Preparing("importing")]
    result = running.join()
    assert same_bits(result.parameters(), small_run.parameters())


def test_stop_while_training(digits: Digits) -> None:
    with RunInThread(ENDLESS, digits) as running:
        running.wait_for(Updates, 3)
        running.control.stop()
        result = running.join()
    assert_ended_once(result)
    assert isinstance(result.last, Stopped)
    assert result.last.updates == len(result.losses) > 0
    assert result.weights is not None
    assert result.weights.updates == result.last.updates


def test_stop_while_paused(digits: Digits) -> None:
    with RunInThread(ENDLESS, digits) as running:
        running.wait_for(Updates)
        running.control.pause()
        running.wait_for(Paused)
        running.control.stop()
        result = running.join()
    assert_ended_once(result)
    assert isinstance(result.last, Stopped)
    assert result.weights is not None
    assert result.weights.updates == result.last.updates == len(result.losses)


def test_stop_during_validation(digits: Digits) -> None:
    """Stop comes after the epoch's last update: no half-measured epoch is told."""

    def stop_after_last_update(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) == 20:
            control.stop()

    result = run(SMALL, digits, Engine(xla=False, chunk=1), listener=stop_after_last_update)
    assert result.last == Stopped(20)
    assert result.epochs == []
    assert result.weights is not None
    assert result.weights.updates == 20
    assert_ended_once(result)


def test_the_weights_of_a_stopped_run_are_those_of_that_many_updates(digits: Digits) -> None:
    def stop_at_twenty(event: Event, control: Control) -> None:
        if isinstance(event, EpochEnd):
            control.stop()

    stopped = run(SMALL, digits, PLAIN, listener=stop_at_twenty)
    assert stopped.last == Stopped(20)
    assert same_bits(stopped.parameters(), run(SMALL.changed(epochs=1), digits).parameters())


def test_runs_in_threads_leave_no_thread_behind(digits: Digits) -> None:
    before = set(threading.enumerate())
    for _ in range(4):
        with RunInThread(ENDLESS, digits) as running:
            running.wait_for(Prepared)
        assert isinstance(running.result.last, Stopped)
    assert set(threading.enumerate()) <= before


def test_two_runs_at_once_take_turns(digits: Digits, small_run: Run) -> None:
    """TensorFlow never sees both: the second prepares only after the first has ended."""
    first, second = RunInThread(SMALL, digits), RunInThread(SMALL, digits)
    with first, second:
        for running in (first, second):
            running.wait_for(Finished)
    for running in (first, second):
        assert same_bits(running.join().parameters(), small_run.parameters())
