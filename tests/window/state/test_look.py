"""Which network is looked at is decided in one place, and stays one object until something of it changes."""

import numpy as np

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import Begun, ObservedUpdate, Stopped
from mnist_lab.network.recording import Moment
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.run import Run
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.network_shelf import KeptNetwork
from tests.network.runs import made_up_digits

DIGITS, OTHERS = made_up_digits(20, 5), made_up_digits(30, 5)


def weights(updates: int) -> NetworkWeights:
    kernel, bias = np.full((784, 10), updates, np.float32), np.zeros(10, np.float32)
    return NetworkWeights((DenseWeights(kernel, bias),), "relu", updates)


def test_nothing_is_looked_at_before_there_are_weights_and_digits() -> None:
    look = Look()
    assert (look.source_id, look.looked_run, look.weights, look.looked(DIGITS)) == ("", None, None, None)
    look.run = Run(Experiment(), DIGITS)
    assert look.looked(DIGITS) is None
    assert look.looked_run is look.run
    assert look.source_id == look.run.id


def test_a_run_brings_its_own_digits_and_start() -> None:
    look = Look()
    look.run = Run(Experiment(), DIGITS)
    look.run.receive(Begun(weights(0)))
    look.run_weights = weights(3)
    looked = look.looked(OTHERS)
    assert looked is not None
    assert looked.digits is DIGITS
    assert (looked.source_id, looked.experiment, looked.update) == (look.run.id, look.run.experiment, None)
    assert (looked.weights.updates, looked.start_weights.updates, looked.is_live) == (3, 0, True)
    assert look.looked(OTHERS) is looked, "the same until something changes"
    look.run_update = ObservedUpdate(weights(2), weights(3), np.arange(4, dtype=np.int32), 0.1, 0.5, 0.9)
    assert look.looked(OTHERS).update is look.update
    looked = look.looked(OTHERS)
    look.run.receive(Stopped(3))
    assert look.looked(OTHERS) is not looked
    assert not look.looked(OTHERS).is_live


def test_a_kept_network_has_no_run_and_does_not_learn() -> None:
    look = Look()
    look.run, look.run_weights = Run(Experiment(), DIGITS), weights(3)
    look.chosen = KeptNetwork("7" * 32, "mine", weights(7))
    looked = look.looked(OTHERS)
    assert looked is not None
    assert (looked.source_id, looked.experiment) == ("7" * 32, None)
    assert look.looked_run is None
    assert (looked.weights.updates, looked.start_weights, looked.is_live) == (7, None, False)
    look.run = None
    assert look.looked(OTHERS).digits is OTHERS


def test_with_shuffled_labels_a_run_is_looked_at_with_those_and_a_kept_network_with_the_true_ones() -> None:
    look = Look()
    look.run, look.run_weights = Run(Experiment(shuffled_labels=True), DIGITS), weights(3)
    digits = look.looked(OTHERS).digits
    assert (digits.train_labels != DIGITS.train_labels).any()
    assert digits.test_labels is DIGITS.test_labels
    assert look.looked(OTHERS).digits is digits
    look.chosen = KeptNetwork("7" * 32, "mine", weights(7))
    assert look.looked(OTHERS).digits is DIGITS


def test_at_an_earlier_moment_the_run_s_network_and_update_are_those_of_then() -> None:
    look = Look()
    look.turn_to(Run(Experiment(), DIGITS), weights(9))
    now = look.looked(OTHERS)
    led_there = ObservedUpdate(weights(4), weights(5), np.arange(4, dtype=np.int32), 0.1, 0.5, 0.9)
    snapshot = Snapshot(5, "rmsprop", {}, Runtime("1", "1", "1", "1", "x86_64", 2, "AVX2", onednn=False, xla=True))
    assert look.run is not None
    look.moment = Moment(look.run.id, 5, snapshot, led_there.after, led_there, True, 0.0, is_replayed=True)
    looked = look.looked(OTHERS)
    assert (looked.weights, looked.update, looked.is_live) == (led_there.after, led_there, False)
    assert look.network_of_run is led_there.after
    assert (now.source_id, now.is_live) == (looked.source_id, True), "it is the same run"
    assert look.run_weights.updates == 9
    look.chosen = KeptNetwork("7" * 32, "mine", weights(7))
    assert (look.weights.updates, look.network_of_run.updates) == (7, 5)
    look.turn_to(Run(Experiment(), DIGITS), weights(1))
    assert (look.moment, look.weights.updates) == (None, 1)
