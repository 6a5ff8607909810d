"""A sample of the layers is what the single functions say."""

import numpy as np

from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.gradient import batch_gradient, gradient_strength, inactive_share
from mnist_lab.inspection.samples import sample_layers
from tests.inspection.test_network_file import network


def test_it_holds_strength_and_inactivity_of_each_layer() -> None:
    generator = np.random.default_rng(1)
    weights = network(6, 4)
    images, labels = generator.random((20, 784), np.float32), generator.integers(0, 10, 20)
    sample = sample_layers(weights, images, labels)
    assert sample.updates == 123
    assert sample.strengths.tolist() == gradient_strength(batch_gradient(weights, images, labels)).tolist()
    assert sample.inactive.tolist() == inactive_share(trace(weights, images)).tolist()
    assert sample.strengths.shape == (3,)
    assert sample.inactive.shape == (2,)
