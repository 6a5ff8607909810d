"""Whether a network fits into memory, asked before anything is built; and what to say where it did not."""

import sys

import psutil

from mnist_lab.experiment import PIXELS, Experiment
from mnist_lab.network.errors import KerasError, NetworkError
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.words import QT_TRANSLATE_NOOP

_BYTES = 4
"""Of one float32."""
_COPIES = 5
"""Weights, gradient, the copy that is looked at, the last checkpoint, and the next while it is made."""
_SLOT_COPIES = 3
"""An optimizer's slot, and its part of both checkpoints."""
_MASKS = 1.5
"""What Dropout draws for an output: a number, and a bool that it becomes (a quarter), which is copied."""
_IMAGE_COPIES = 3
"""Of an image that is trained on, one byte a pixel: as it was made, its inked pixels, and those as a tensor."""
_NUMBERS_OF_A_COPY = 200
"""Bytes: what a moved copy draws, and how it looks up its pixels."""
_SHARE = 0.9
"""Of the free memory that a run may ask for; the rest is for everybody else."""
_GIGABYTE = 1e9
_LEAST_ADDRESS_SPACE = 2.3e9
"""TensorFlow and the chapter's network: with less, XLA ends the process instead of saying so (measured: 2.1)."""


def training_bytes(experiment: Experiment) -> int:
    """About how many bytes a run needs at its height: all copies of the parameters and one batch's activations.

    Images are not counted: those that are trained on as they are lie in memory already, for the copies see
    `bytes_of_copies`.
    """
    for_each_weight = _COPIES + _SLOT_COPIES * optimizer_spec(experiment.optimizer).slots
    for_each_unit = 3 + (_MASKS if experiment.dropout else 0)
    activations = experiment.batch_size * (PIXELS + for_each_unit * sum(experiment.hidden_units))
    return int(_BYTES * (for_each_weight * experiment.parameters() + activations))


def bytes_of_copies(experiment: Experiment, images: int) -> int:
    """About how many bytes moved copies of `images` training images need while they are made; 0 without any."""
    if not experiment.moved_copies:
        return 0
    every = images * experiment.moved_copies
    return _IMAGE_COPIES * PIXELS * experiment.samples(images) + _NUMBERS_OF_A_COPY * every


def check_memory(experiment: Experiment, images: int = 0) -> None:
    """See that the run fits into the memory that is free now.

    Args:
        experiment: what is to be trained.
        images: how many training images there are; they count where there are moved copies of them.

    Raises:
        NetworkError: it does not; the sentence names parameters, or images, and bytes, or the limit of this process.
    """
    copies = bytes_of_copies(experiment, images)
    needed, free = training_bytes(experiment) + copies, psutil.virtual_memory().available
    check_address_space(needed)
    if needed > _SHARE * free and 2 * copies > needed:
        raise NetworkError(
            QT_TRANSLATE_NOOP(
                "errors",
                "With {copies:,} moved copies of each image an epoch has {samples:,} images, and they need about"
                " {needed:.1f} GB, but only {free:.1f} GB are free: choose fewer moved copies.",
            ),
            copies=experiment.moved_copies,
            samples=experiment.samples(images),
            needed=needed / _GIGABYTE,
            free=free / _GIGABYTE,
        )
    if needed > _SHARE * free:
        raise NetworkError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This network has {parameters:,} parameters and needs about {needed:.1f} GB to train, but only"
                " {free:.1f} GB are free: choose fewer hidden units, fewer layers or smaller batches.",
            ),
            parameters=experiment.parameters(),
            needed=needed / _GIGABYTE,
            free=free / _GIGABYTE,
        )


def check_address_space(beside: int = 0) -> None:
    """See that this process is allowed the memory without which TensorFlow ends it (`ulimit -v` sets that).

    Args:
        beside: bytes that are needed beside TensorFlow.

    Raises:
        KerasError: it is not.
    """
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    needed = _LEAST_ADDRESS_SPACE + beside
    if limit not in (resource.RLIM_INFINITY, -1) and limit < needed:
        raise KerasError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This program may take no more than {limit:.1f} GB of memory (“ulimit -v” set that), and training"
                " needs {needed:.1f} GB: raise the limit.",
            ),
            limit=limit / _GIGABYTE,
            needed=needed / _GIGABYTE,
        )


def explain_failure(error: Exception, experiment: Experiment) -> Exception:
    """The sentence for a run that ended for want of memory, else `error` itself."""
    # By its name: nothing but `backend` imports TensorFlow, whose error this is.
    if not isinstance(error, MemoryError) and type(error).__name__ != "ResourceExhaustedError":
        return error
    explained = NetworkError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The memory is used up: a run of {parameters:,} parameters with batches of {batch_size:,} images does not"
            " fit beside the other programs; close some, or choose fewer hidden units or smaller batches.",
        ),
        parameters=experiment.parameters(),
        batch_size=experiment.batch_size,
    )
    explained.__cause__ = error
    return explained
