"""The learner's hands on a run: nothing here needs a network."""

import threading

import numpy as np
import pytest

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import ObservedUpdate


def weights_after(updates: int) -> NetworkWeights:
    return NetworkWeights((), "relu", updates)


def test_a_new_run_may_run() -> None:
    control = Control()
    assert control.take_turn() == control.take_turn() == "run"
    assert not control.is_paused
    assert not control.is_stopped


def test_a_run_may_begin_paused() -> None:
    control = Control(paused=True)
    assert control.is_paused
    assert control.take_turn() == "wait"


def test_pause_and_resume() -> None:
    control = Control()
    control.pause()
    assert control.take_turn() == "wait"
    control.resume()
    assert control.take_turn() == "run"


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_each_step_is_taken_once(steps: int) -> None:
    control = Control()
    for _ in range(steps):
        control.step()
    assert [control.take_turn() for _ in range(steps + 2)] == ["step"] * steps + ["wait"] * 2
    assert control.is_paused


@pytest.mark.parametrize("change", ["pause", "resume"])
def test_pause_and_resume_forget_steps_not_taken(change: str) -> None:
    control = Control()
    control.step()
    control.step()
    getattr(control, change)()
    assert control.take_turn() == ("wait" if change == "pause" else "run")
    control.pause()
    assert control.take_turn() == "wait"


@pytest.mark.parametrize("before", ["pause", "resume", "step"])
@pytest.mark.parametrize("after", ["pause", "resume", "step"])
def test_stop_is_for_good(before: str, after: str) -> None:
    control = Control()
    getattr(control, before)()
    control.stop()
    getattr(control, after)()
    assert control.is_stopped
    assert control.take_turn() == control.take_turn() == "stop"
    control.wait_while_paused()  # returns at once


@pytest.mark.parametrize(("wake", "turn"), [("resume", "run"), ("step", "step"), ("stop", "stop")])
def test_a_paused_run_is_woken(wake: str, turn: str) -> None:
    control = Control(paused=True)
    turns: list[str] = []

    def wait() -> None:
        control.wait_while_paused()
        turns.append(control.take_turn())

    thread = threading.Thread(target=wait)
    thread.start()
    getattr(control, wake)()
    thread.join(60)
    assert not thread.is_alive()
    assert turns == [turn]


def test_a_paused_run_sleeps_through_what_does_not_concern_it() -> None:
    control = Control(paused=True)
    woken = threading.Event()

    def wait() -> None:
        control.wait_while_paused()
        woken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    control.pause()
    control.set_learning_rate(0.1)
    control.request_weights()
    control.offer_weights(weights_after(1))
    assert not woken.is_set()
    control.resume()
    thread.join(60)
    assert woken.is_set()


def test_the_newest_learning_rate_is_taken_once() -> None:
    control = Control()
    assert control.take_learning_rate() is None
    control.set_learning_rate(0.1)
    control.set_learning_rate(0.0)
    assert control.take_learning_rate() == 0.0
    assert control.take_learning_rate() is None


def test_the_newest_weights_win_and_are_taken_once() -> None:
    control = Control()
    assert control.take_weights() is None
    first, second = weights_after(1), weights_after(2)
    control.offer_weights(first)
    control.offer_weights(second)
    assert control.take_weights() is second
    assert control.take_weights() is None


def test_a_wish_for_weights_is_fulfilled_once() -> None:
    control = Control()
    assert not control.weights_wanted
    control.request_weights()
    control.request_weights()
    assert control.weights_wanted
    control.offer_weights(weights_after(3))
    assert not control.weights_wanted


def test_steps_asked_for_by_many_threads_are_all_taken() -> None:
    control = Control(paused=True)
    taken = 0

    def ask() -> None:
        for _ in range(200):
            control.step()

    def take() -> None:
        nonlocal taken
        while taken < 1600:
            control.wait_while_paused()
            taken += control.take_turn() == "step"

    taker = threading.Thread(target=take)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in (taker, *threads):
        thread.start()
    for thread in (*threads, taker):
        thread.join(60)
    assert taken == 1600
    assert control.take_turn() == "wait"


def test_a_copy_ahead_of_what_is_known_stays_until_it_is_known() -> None:
    control = Control()
    control.offer_weights(weights_after(3))
    control.offer_update(ObservedUpdate(weights_after(2), weights_after(3), np.arange(4, dtype=np.int32), 0.1, 1, 1))
    assert control.take_weights(2) is None
    assert control.take_update(2) is None
    assert control.take_weights(3).updates == 3
    assert control.take_update(3).after.updates == 3
    assert control.take_weights(3) is control.take_update(3) is None
