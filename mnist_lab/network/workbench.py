"""Compiled networks, kept from run to run.

TensorFlow never gives the memory of a compiled program back (about 10 MB a run, measured), and compiling takes half a
second. So a run whose network differs from an earlier one only in its numbers (seed, learning rate, epochs) gets that
one's programs again, with every variable set to what a newly built network starts with.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import Experiment
from mnist_lab.network.checkpoint import Checkpoint
from mnist_lab.network.compiled import CompiledEvaluation, CompiledTraining
from mnist_lab.network.twin import ALL_PIXELS, Twin, has_twin

_MOST_KEPT = 4


@dataclass(frozen=True)
class Workbench:
    """A network and its compiled programs.

    Attributes:
        model: the `keras.Sequential`.
        training: its gradient updates.
        evaluation: its loss and accuracy.
        pixels: (k,) which of the 784 pixels its training takes.
    """

    model: Any
    training: CompiledTraining
    evaluation: CompiledEvaluation
    pixels: NDArray[np.int32]

    @property
    def settled(self) -> Any:
        """The `model`, with all updates so far: its twin may be ahead."""
        self.training.settle()
        return self.model


_kept: OrderedDict[tuple[object, ...], Workbench] = OrderedDict()


def kept_workbench(
    experiment: Experiment, model: Any, samples: int, pixels: NDArray[np.int32] = ALL_PIXELS, *, xla: bool
) -> Workbench | None:
    """An earlier workbench of the same shape, its variables set to those of the new `model`; None if none is kept.

    The caller holds `KERAS_LOCK`.
    """
    key = _shape(experiment, samples, pixels, xla)
    if key not in _kept:
        return None
    _kept.move_to_end(key)
    kept = _kept[key]
    kept.training.settle()
    Checkpoint.of(model, 0).restore(kept.model)
    return kept


def new_workbench(
    experiment: Experiment, model: Any, samples: int, pixels: NDArray[np.int32] = ALL_PIXELS, *, xla: bool
) -> Workbench:
    """Compile `model` for `samples` training images and keep it for later runs. The caller holds `KERAS_LOCK`.

    Where XLA works, a twin is trained in the place of all but the largest networks, on `pixels` alone (see
    `network.twin`). Without XLA the network itself is: its bits are those of `train_on_batch`, which sees all pixels.
    """
    twin = Twin(experiment, model, pixels) if xla and has_twin(experiment) else None
    training = CompiledTraining(model, samples, experiment.batch_size, xla=xla, twin=twin)
    pixels_trained = pixels
    if twin is not None and not training.uses_xla:
        training = CompiledTraining(model, samples, experiment.batch_size, xla=False)
        pixels_trained = ALL_PIXELS
    workbench = Workbench(model, training, CompiledEvaluation(model, xla=training.uses_xla), pixels_trained)
    if has_twin(experiment):  # the weights of a larger one take more memory than its programs
        _kept[_shape(experiment, samples, pixels, xla)] = workbench
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return workbench


def _shape(experiment: Experiment, samples: int, pixels: NDArray[np.int32], xla: bool) -> tuple[object, ...]:
    """All that a compiled program depends on; the rest are values of variables."""
    return (
        experiment.hidden_units,
        experiment.activation,
        experiment.dropout,
        experiment.l2,
        experiment.optimizer,
        tuple(sorted(experiment.optimizer_settings.items())),
        experiment.batch_size,
        samples,
        pixels.tobytes(),
        xla,
    )
