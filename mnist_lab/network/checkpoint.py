"""A copy of everything that a gradient update changes, to go back to when training diverges."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.backend import as_array

_SECONDS = 1.0
_SHARE = 0.05
"""Of the time that checkpoints may take: those of a network of a gigabyte take a second each."""


@dataclass(frozen=True)
class Checkpoint:
    """Weights, dropout's random state and the optimizer's state after `updates` gradient updates."""

    updates: int
    values: tuple[NDArray[Any], ...]

    @classmethod
    def of(cls, model: Any, updates: int) -> "Checkpoint":
        """Copy the model's and its optimizer's variables."""
        return cls(updates, tuple(as_array(variable) for variable in model_variables(model)))

    def restore(self, model: Any) -> None:
        """Give the model and its optimizer these values back."""
        for variable, value in zip(model_variables(model), self.values, strict=True):
            variable.assign(value)


class Checkpoints:
    """The newest checkpoint with finite weights, renewed about once a second.

    Attributes:
        newest: where to go back to; the one of the start if there is no later one.
    """

    def __init__(self, model: Callable[[], Any]) -> None:
        """`model()` is the network as it is at that moment."""
        self._model = model
        self.newest = Checkpoint.of(model(), 0)
        self._due = time.perf_counter() + _SECONDS

    def take_if_due(self, updates: int) -> None:
        """Renew it unless that was done just now."""
        if time.perf_counter() > self._due:
            self.take(updates)

    def take(self, updates: int) -> None:
        """Renew it, unless the weights are no longer finite."""
        begin = time.perf_counter()
        model = self._model()
        if weights_are_finite(model):
            self.newest = Checkpoint.of(model, updates)
        end = time.perf_counter()
        self._due = end + max(_SECONDS, (end - begin) / _SHARE)


def weights_are_finite(model: Any) -> bool:
    """Whether no weight is NaN or infinite."""
    return all(bool(np.isfinite(as_array(variable)).all()) for variable in model.trainable_variables)


def model_variables(model: Any) -> list[Any]:
    """Weights, random states and the optimizer's state: all that a gradient update changes."""
    return [*model.variables, *model.optimizer.variables]
