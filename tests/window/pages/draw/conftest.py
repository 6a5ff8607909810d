"""The Draw page with a network."""

import numpy as np
import pytest

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.window.conftest import Driver
from tests.window.pad import Pad


@pytest.fixture
def pad(driver: Driver) -> Pad:
    """The Draw page with a network nobody trained: drawn at random, always the same."""
    generator = np.random.default_rng(5)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, (inputs, units)).astype(np.float32), np.full(units, 0.01, np.float32))
        for inputs, units in ((784, 40), (40, 12), (12, 10))
    )
    driver.window.lab.keep_network("random", NetworkWeights(layers, "relu", 3))
    return Pad(driver)
