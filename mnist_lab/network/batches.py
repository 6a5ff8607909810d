"""Which images a run trains on, in which order, and which it keeps aside: decided by the experiment alone."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment

_ORDER, _HELD_OUT = 3, 4  # streams of randomness, beside those of network.model


def batch_order(experiment: Experiment, samples: int, epoch: int) -> NDArray[np.int32]:
    """The order of an epoch (from 0): (samples,) int32, a permutation decided by seed and epoch alone."""
    stream = 0 if experiment.batch_order == "fixed" else epoch
    generator = np.random.default_rng([experiment.seed, _ORDER, stream])
    return generator.permutation(samples).astype(np.int32)


def split_held_out(experiment: Experiment, digits: Digits) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Indices of the training images that are trained on, and of those kept aside for validation."""
    count = len(digits.train_images)
    shuffled = np.random.default_rng([experiment.seed, _HELD_OUT]).permutation(count)
    held_out = experiment.held_out_samples(count)
    return np.sort(shuffled[held_out:]), np.sort(shuffled[:held_out])
