"""A copy of everything that a gradient update changes, to go back to when training diverges."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.backend import as_array


@dataclass(frozen=True)
class Checkpoint:
    """Weights, dropout's random state and the optimizer's state after `updates` gradient updates."""

    updates: int
    values: tuple[NDArray[Any], ...]

    @classmethod
    def of(cls, model: Any, updates: int) -> "Checkpoint":
        """Copy the model's and its optimizer's variables."""
        return cls(updates, tuple(as_array(variable) for variable in _variables(model)))

    def restore(self, model: Any) -> None:
        """Give the model and its optimizer these values back."""
        for variable, value in zip(_variables(model), self.values, strict=True):
            variable.assign(value)


def weights_are_finite(model: Any) -> bool:
    """Whether no weight is NaN or infinite."""
    return all(bool(np.isfinite(as_array(variable)).all()) for variable in model.trainable_variables)


def _variables(model: Any) -> list[Any]:
    return [*model.variables, *model.optimizer.variables]
