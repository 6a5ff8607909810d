"""Which images a run trains on, with which labels, in which order, and which it keeps aside.

The experiment alone decides. Images that are trained on are called by their index among the training images; behind
the last of those, moved copies are counted on: see `split_held_out`.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits, Images, Labels
from mnist_lab.data.moved import moved
from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.streams import HELD_OUT, LABELS, MOVED, ORDER
from mnist_lab.words import QT_TRANSLATE_NOOP


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
    generator = np.random.default_rng([experiment.seed, ORDER, epoch])
    return generator.permutation(samples).astype(np.int32)


def as_trained(experiment: Experiment, digits: Digits) -> Digits:
    """The digits with the training labels that the experiment trains on.

    Returns:
        `digits` itself, or with shuffled labels the same images with the same labels, dealt out anew by the seed.
        Moved copies, which have the labels of their images, are not among them: `images_trained_on` makes them.
    """
    if not experiment.shuffled_labels:
        return digits
    generator = np.random.default_rng([experiment.seed, LABELS])
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
        indices of the images that are trained on, (`samples(n)`,) intp, and of the k kept aside, (k,) intp. Both are
        ascending, so each part keeps the order of the file; together they are 0 to n − 1, each once. Where there are
        moved copies, those of images that are trained on are trained on as well and counted on from n: all of the
        first of these images, then all of the second. One batch is that with which the first epoch of all the others
        would begin, in its order.
    """
    count = len(digits.train_images)
    trained, held_out = _split(experiment, count)
    copies = np.arange(count, count + len(trained) * experiment.moved_copies)
    trained = np.concatenate([trained, copies])
    if experiment.one_batch:
        trained = trained[_permutation(experiment, len(trained), 0)[: experiment.batch_size]]
    return trained, held_out


def _split(experiment: Experiment, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of `count` training images are trained on, and which are kept aside; both ascending."""
    shuffled = np.random.default_rng([experiment.seed, HELD_OUT]).permutation(count)
    held_out = experiment.held_out_samples(count)
    return np.sort(shuffled[held_out:]), np.sort(shuffled[:held_out])


def _nothing() -> None:
    pass


def images_trained_on(
    experiment: Experiment,
    digits: Digits,
    indices: NDArray[np.integer],
    between: Callable[[], None] = _nothing,
) -> tuple[Images, Labels]:
    """The very images that are trained on, with their labels; moved copies are made, and no others than these.

    Args:
        experiment: says which are kept aside and how copies are moved.
        digits: as `as_trained` gives them.
        indices: (k,), as `split_held_out` gives them, or some of those: `ObservedUpdate.indices`.
        between: called now and then while copies are made; what it raises ends that.

    Returns:
        (k, 28, 28) images and (k,) labels.
    """
    count, copies = len(digits.train_images), experiment.moved_copies
    is_copy = indices >= count
    if not is_copy.any():
        return digits.train_images[indices], digits.train_labels[indices]
    originals, _ = _split(experiment, count)
    which = indices[is_copy] - count
    sources = np.array(indices)
    sources[is_copy] = originals[which // copies]
    strengths = experiment.moved_turn, experiment.moved_shear, experiment.moved_scale, experiment.moved_shift
    seed = [experiment.seed, MOVED]
    images = np.empty((len(indices), *digits.train_images.shape[1:]), np.uint8)
    images[~is_copy] = digits.train_images[sources[~is_copy]]
    moving = digits.train_images if len(originals) == count else digits.train_images[originals]
    images[is_copy] = moved(moving, copies, seed, *strengths, which, between)
    return images, digits.train_labels[sources]


def origin(experiment: Experiment, images: int, index: int) -> tuple[int, int]:
    """Which of `images` training images the one that is called `index` is or was made of, and which copy: 0 for none.

    Copies are counted from 1, as the Data page counts them.
    """
    if index < images:
        return index, 0
    place, copy = divmod(index - images, experiment.moved_copies)
    return int(_split(experiment, images)[0][place]), copy + 1


def copies_of(experiment: Experiment, digits: Digits, index: int) -> Images | None:
    """The moved copies of one training image, (`moved_copies`, 28, 28); None where it is kept aside and has none."""
    count = len(digits.train_images)
    originals, _ = _split(experiment, count)
    place = int(np.searchsorted(originals, index))
    if place == len(originals) or originals[place] != index:
        return None
    copies = experiment.moved_copies
    return images_trained_on(experiment, digits, np.arange(place * copies, (place + 1) * copies) + count)[0]
