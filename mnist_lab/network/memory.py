"""Whether a network fits into memory, asked before anything is built."""

import psutil

from mnist_lab.experiment import PIXELS, Experiment
from mnist_lab.network.errors import NetworkError
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
_SHARE = 0.9
"""Of the free memory that a run may ask for; the rest is for everybody else."""
_GIGABYTE = 1e9


def training_bytes(experiment: Experiment) -> int:
    """About how many bytes a run needs at its height: all copies of the parameters and one batch's activations."""
    for_each_weight = _COPIES + _SLOT_COPIES * optimizer_spec(experiment.optimizer).slots
    for_each_unit = 3 + (_MASKS if experiment.dropout else 0)
    activations = experiment.batch_size * (PIXELS + for_each_unit * sum(experiment.hidden_units))
    return int(_BYTES * (for_each_weight * experiment.parameters() + activations))


def check_memory(experiment: Experiment) -> None:
    """See that the run fits into the memory that is free now.

    Raises:
        NetworkError: it does not; the sentence names parameters and bytes.
    """
    needed, free = training_bytes(experiment), psutil.virtual_memory().available
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
