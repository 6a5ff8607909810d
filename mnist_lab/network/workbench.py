"""Compiled networks, leased to sessions and given back.

TensorFlow never gives the memory of a compiled program back (about 10 MB each, measured), and compiling takes half a
second. So a session whose network differs from an earlier one only in its numbers (seed, learning rate, epochs) gets
that one's programs again, once the earlier session has given them back, with every variable set to what a newly built
network starts with. Two sessions that live at the same time never share variables.
"""

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import Experiment
from mnist_lab.network.compiled import CompiledEvaluation, CompiledTraining
from mnist_lab.network.layers import dropout_by_mask
from mnist_lab.network.model import Parts, build_model
from mnist_lab.network.twin import ALL_PIXELS, Twin, has_twin
from mnist_lab.network.variables import assign_values, copied_values, model_variables

MOST_IDLE = 8
"""Workbenches that wait for their next session."""
MOST_IDLE_BYTES = 200e6
"""All their variables together."""
_BYTES = 4
"""Of one float32."""


@dataclass(frozen=True, eq=False)
class Workbench:
    """A network and its compiled programs.

    Attributes:
        model: the `keras.Sequential`.
        training: its gradient updates.
        evaluation: its loss and accuracy.
        pixels: (k,) which of the 784 pixels its training takes.
        shape: all that its programs depend on.
    """

    model: Any
    training: CompiledTraining
    evaluation: CompiledEvaluation
    pixels: NDArray[np.int32]
    shape: tuple[object, ...]

    @property
    def settled(self) -> Any:
        """The `model`, with all updates so far: its twin may be ahead."""
        self.training.settle()
        return self.model

    @property
    def variable_bytes(self) -> int:
        """About how much memory its variables and its twin's take."""
        return 2 * _BYTES * sum(int(np.prod(variable.shape)) for variable in model_variables(self.model))


class WorkbenchPool:
    """Leases workbenches and takes them back. One that comes back waits for the next session of its shape."""

    def __init__(self) -> None:
        self._idle: list[Workbench] = []  # the longest idle first
        self._lock = threading.Lock()  # a session may be dropped, and give its workbench back, in any thread

    @property
    def idle(self) -> tuple[Workbench, ...]:
        """Given back and not leased again, the longest idle first."""
        with self._lock:
            return tuple(self._idle)

    def lease(
        self, experiment: Experiment, samples: int, pixels: NDArray[np.int32] = ALL_PIXELS, *, xla: bool
    ) -> Workbench:
        """A workbench of one's own for `samples` training images: an idle one of the same shape, else a new one.

        Its variables are those that the experiment starts with. The caller holds `KERAS_LOCK`, and calls `give_back`
        in the end.
        """
        shape = _shape(experiment, samples, pixels, xla)
        # Under XLA a network without a twin is trained itself, with masks that are drawn outside.
        parts = Parts(dropout=dropout_by_mask()) if xla and not has_twin(experiment) else Parts()
        model = build_model(experiment, parts=parts)
        workbench = self._take_idle(shape)
        if workbench is None:
            return _new_workbench(experiment, model, samples, pixels, shape, xla)
        assign_values(workbench.settled, copied_values(model))
        return workbench

    def give_back(self, workbench: Workbench) -> None:
        """End a lease, in any thread. What takes more memory than compiling anew is worth is dropped."""
        if workbench.variable_bytes <= MOST_IDLE_BYTES:
            with self._lock:
                self._idle.append(workbench)

    def _take_idle(self, shape: tuple[object, ...]) -> Workbench | None:
        """The latest idle one of that shape; those idle for longest are dropped here, where Keras is ours alone."""
        with self._lock:
            idle = self._idle
            found = next((workbench for workbench in reversed(idle) if workbench.shape == shape), None)
            if found is not None:
                idle.remove(found)
            while len(idle) > MOST_IDLE or sum(workbench.variable_bytes for workbench in idle) > MOST_IDLE_BYTES:
                del idle[0]
        return found


POOL = WorkbenchPool()
"""That of this process: sessions lease from it unless they are given another."""


def _new_workbench(
    experiment: Experiment,
    model: Any,
    samples: int,
    pixels: NDArray[np.int32],
    shape: tuple[object, ...],
    xla: bool,
) -> Workbench:
    """Compile `model`.

    Where XLA works, a twin is trained in the place of all but the largest networks, on `pixels` alone (see
    `network.twin`). Without XLA the network itself is: its bits are those of `train_on_batch`, which sees all pixels.
    """
    twin = Twin(experiment, model, pixels) if xla and has_twin(experiment) else None
    training = CompiledTraining(model, samples, experiment.batch_size, xla=xla, twin=twin)
    if twin is not None and not training.uses_xla:
        training = CompiledTraining(model, samples, experiment.batch_size, xla=False)
        pixels = ALL_PIXELS
    return Workbench(model, training, CompiledEvaluation(model, xla=training.uses_xla), pixels, shape)


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
