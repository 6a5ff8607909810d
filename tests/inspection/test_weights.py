"""Copied weights can be looked at from every thread, because nobody can change them."""

import dataclasses

import numpy as np
import pytest

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights


def test_arrays_are_read_only() -> None:
    layer = DenseWeights(np.ones((2, 3), np.float32), np.zeros(3, np.float32))
    for array in (layer.kernel, layer.bias):
        with pytest.raises(ValueError, match="read-only"):
            array += 1


def test_fields_cannot_be_replaced() -> None:
    weights = NetworkWeights((), "relu", 0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        weights.updates = 1  # type: ignore[misc]
