"""Which images a run trains on, in which order, and which it keeps aside: decided by the experiment alone."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.words import QT_TRANSLATE_NOOP

_ORDER, _HELD_OUT = 3, 4  # streams of randomness, beside those of network.model


def batch_order(experiment: Experiment, samples: int, epoch: int) -> NDArray[np.int32]:
    """The order in which an epoch takes the images that are trained on.

    Args:
        experiment: its seed decides; with the batch order "fixed", every epoch has the order of the first.
        samples: how many images are trained on.
        epoch: its number, from 0.

    Returns:
        (samples,) int32, a permutation of 0 to samples − 1: the first `batch_size` of them are the first batch.
    """
    stream = 0 if experiment.batch_order == "fixed" else epoch
    generator = np.random.default_rng([experiment.seed, _ORDER, stream])
    return generator.permutation(samples).astype(np.int32)


def check_held_out(experiment: Experiment, digits: Digits) -> None:
    """See that something is left to train on beside what is kept aside.

    Raises:
        NetworkError: there is a single training image, and one has to be kept aside.
    """
    if experiment.validation == "held_out" and len(digits.train_images) < 2:
        raise NetworkError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A single training image cannot be trained on and kept aside at once: validate on the test images.",
            )
        )


def split_held_out(experiment: Experiment, digits: Digits) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Draw the images that are kept aside for validation, by the experiment's seed alone.

    Args:
        experiment: `held_out_samples` says how many: none unless it validates on held-out images.
        digits: only the number n of training images counts.

    Returns:
        indices of the training images that are trained on, (n − k,) intp, and of the k kept aside, (k,) intp. Both
        are ascending, so each part keeps the order of the file; together they are 0 to n − 1, each once.
    """
    count = len(digits.train_images)
    shuffled = np.random.default_rng([experiment.seed, _HELD_OUT]).permutation(count)
    held_out = experiment.held_out_samples(count)
    return np.sort(shuffled[held_out:]), np.sort(shuffled[:held_out])
