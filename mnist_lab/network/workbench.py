"""Compiled networks, kept from run to run.

TensorFlow never gives the memory of a compiled program back (about 10 MB a run, measured), and compiling takes half a
second. So a run whose network differs from an earlier one only in its numbers (seed, learning rate, epochs) gets that
one's programs again, with every variable set to what a newly built network starts with.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from mnist_lab.experiment import Experiment
from mnist_lab.network.checkpoint import Checkpoint
from mnist_lab.network.compiled import CompiledEvaluation, CompiledTraining

_MOST_KEPT = 4
_MOST_PARAMETERS = 5_000_000
"""A larger network is not kept: its weights would take more memory than its programs."""


@dataclass(frozen=True)
class Workbench:
    """A network and its compiled programs.

    Attributes:
        model: the `keras.Sequential`.
        training: its gradient updates.
        evaluation: its loss and accuracy.
    """

    model: Any
    training: CompiledTraining
    evaluation: CompiledEvaluation


_kept: OrderedDict[tuple[object, ...], Workbench] = OrderedDict()


def kept_workbench(experiment: Experiment, model: Any, samples: int, *, xla: bool) -> Workbench | None:
    """An earlier workbench of the same shape, its variables set to those of the new `model`; None if none is kept.

    The caller holds `KERAS_LOCK`.
    """
    key = _shape(experiment, samples, xla)
    if key not in _kept:
        return None
    _kept.move_to_end(key)
    Checkpoint.of(model, 0).restore(_kept[key].model)
    return _kept[key]


def new_workbench(experiment: Experiment, model: Any, samples: int, *, xla: bool) -> Workbench:
    """Compile `model` for `samples` training images and keep it for later runs. The caller holds `KERAS_LOCK`."""
    training = CompiledTraining(model, samples, experiment.batch_size, xla=xla)
    workbench = Workbench(model, training, CompiledEvaluation(model, xla=training.uses_xla))
    if experiment.parameters() <= _MOST_PARAMETERS:
        _kept[_shape(experiment, samples, xla)] = workbench
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return workbench


def _shape(experiment: Experiment, samples: int, xla: bool) -> tuple[object, ...]:
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
        xla,
    )
