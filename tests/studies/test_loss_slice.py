"""The slice is the network's own loss: at its weights, at the start of its run, and between."""

import numpy as np
import pytest

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.studies.frozen_loss import FrozenLoss, flat
from mnist_lab.studies.loss_slice import SliceError, measure_slice
from tests.inspection.test_network_file import network
from tests.network.runs import made_up_digits


def test_heights_are_forward_passes() -> None:
    now, beginning, digits = network(5), network(5), made_up_digits(200, 10)
    rows: list[int] = []
    surface = measure_slice(now, beginning, digits, lambda: False, rows.append)
    assert rows == list(range(1, 26))
    assert surface is not None
    assert "x = −1: where the run began" in surface.teaches
    loss = FrozenLoss(now, digits.train_images, digits.train_labels)
    origin, past = np.zeros(1), -np.ones(1)
    assert surface.f(origin, origin)[0] == pytest.approx(loss(loss.start), rel=1e-3)
    half = flat(beginning.layers) / 2 + loss.start / 2
    assert surface.f(past / 2, origin)[0] == pytest.approx(loss(half), rel=0.05)
    assert surface.f(past, origin)[0] == pytest.approx(loss(flat(beginning.layers)), rel=0.05)


def test_without_a_beginning_no_direction_is_called_the_way_of_the_run() -> None:
    surface = measure_slice(network(3), None, made_up_digits(10, 10), lambda: False)
    assert surface is not None
    assert "x and y: random" in surface.teaches
    assert "began" not in surface.teaches
    assert "W0" not in surface.formula


def test_a_network_of_zeros_has_a_slice_too() -> None:
    nothing = DenseWeights(np.zeros((784, 10), np.float32), np.zeros(10, np.float32))
    surface = measure_slice(NetworkWeights((nothing,), "relu", 0), None, made_up_digits(20, 10), lambda: False)
    assert surface is not None
    assert surface.f(np.zeros(1), np.zeros(1))[0] == pytest.approx(np.log(10), rel=1e-3)


def test_it_can_be_cancelled_and_a_diverged_network_is_told() -> None:
    digits = made_up_digits(200, 10)
    assert measure_slice(network(3), None, digits, lambda: True) is None
    broken = DenseWeights(np.full((784, 10), np.nan, np.float32), np.zeros(10, np.float32))
    with pytest.raises(SliceError):
        measure_slice(NetworkWeights((broken,), "relu", 1), None, digits, lambda: False)
