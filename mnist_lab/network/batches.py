"""Which images a run trains on, with which labels, in which order, and which it keeps aside.

The experiment alone decides.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.words import QT_TRANSLATE_NOOP

_ORDER, _HELD_OUT, _LABELS = 3, 4, 5  # streams of randomness, beside those of network.model


def batch_order(experiment: Experiment, samples: int, epoch: int) -> NDArray[np.int32]:
    """The order in which an epoch takes the images that are trained on.

    Args:
        experiment: its seed decides; with the batch order "fixed", every epoch has the order of the first. One batch
            stays as `split_held_out` has drawn it.
        samples: how many images are trained on.
        epoch: its number, from 0.

    Returns:
        (samples,) int32, a permutation of 0 to samples − 1: the first `batch_size` of them are the first batch.
    """
    if experiment.one_batch:
        return np.arange(samples, dtype=np.int32)
    return _permutation(experiment, samples, 0 if experiment.batch_order == "fixed" else epoch)


def _permutation(experiment: Experiment, samples: int, epoch: int) -> NDArray[np.int32]:
    generator = np.random.default_rng([experiment.seed, _ORDER, epoch])
    return generator.permutation(samples).astype(np.int32)


def as_trained(experiment: Experiment, digits: Digits) -> Digits:
    """The digits with the training labels that the experiment trains on.

    Returns:
        `digits` itself, or with shuffled labels the same images with the same labels, dealt out anew by the seed.
    """
    if not experiment.shuffled_labels:
        return digits
    generator = np.random.default_rng([experiment.seed, _LABELS])
    return replace(digits, train_labels=generator.permutation(digits.train_labels))


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
    """Say which images are trained on, and draw those kept aside for validation, by the experiment's seed alone.

    Args:
        experiment: `held_out_samples` says how many are kept aside: none unless it validates on held-out images.
        digits: only the number n of training images counts.

    Returns:
        indices of the training images that are trained on, (`samples(n)`,) intp, and of the k kept aside, (k,) intp.
        Both are ascending, so each part keeps the order of the file; together they are 0 to n − 1, each once. One
        batch is that with which the first epoch of all the others would begin, in its order.
    """
    count = len(digits.train_images)
    shuffled = np.random.default_rng([experiment.seed, _HELD_OUT]).permutation(count)
    held_out = experiment.held_out_samples(count)
    trained = np.sort(shuffled[held_out:])
    if experiment.one_batch:
        trained = trained[_permutation(experiment, len(trained), 0)[: experiment.batch_size]]
    return trained, np.sort(shuffled[:held_out])
