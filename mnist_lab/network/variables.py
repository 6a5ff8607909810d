"""All that a gradient update changes in a network, under the lab's own names.

Keras's paths count up within a process (`dense_7`, `rms_sprop_2`) and differ from network to network; the lab's names
tell what a variable is: `hidden_1/kernel`, `dropout_1/random_state`, `optimizer/velocity/hidden_1/kernel`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.backend import as_array


def model_variables(model: Any) -> list[Any]:
    """Weights, random states and the optimizer's state, in Keras's order, which is the same for a network's twin."""
    return [*model.variables, *model.optimizer.variables]


def named_variables(model: Any) -> dict[str, Any]:
    """The same by name: the weights from the first layer to the last, random states, the optimizer's state.

    Raises:
        RuntimeError: Keras has a variable that the lab knows no name for.
    """
    layers = _layer_variables(model)
    named = layers | _optimizer_variables(model.optimizer, layers)
    if {id(variable) for variable in named.values()} != {id(variable) for variable in model_variables(model)}:
        raise RuntimeError(f"not every variable has a name: {sorted(named)}")
    return named


def copied_values(model: Any) -> list[NDArray[Any]]:
    """A copy of every variable's value, in the order of `model_variables`."""
    return [as_array(variable) for variable in model_variables(model)]


def assign_values(model: Any, values: list[NDArray[Any]]) -> None:
    """Give every variable its value, in the order of `model_variables`."""
    for variable, value in zip(model_variables(model), values, strict=True):
        variable.assign(value)


def weights_are_finite(model: Any) -> bool:
    """Whether no weight is NaN or infinite."""
    return all(bool(np.isfinite(as_array(variable)).all()) for variable in model.trainable_variables)


def _layer_variables(model: Any) -> dict[str, Any]:
    named: dict[str, Any] = {}
    dense = [layer for layer in model.layers if hasattr(layer, "kernel")]
    for number, layer in enumerate(dense, start=1):
        name = "output" if layer is dense[-1] else f"hidden_{number}"
        named[f"{name}/kernel"], named[f"{name}/bias"] = layer.kernel, layer.bias
    dropout = [layer for layer in model.layers if hasattr(layer, "seed_generator")]
    for number, layer in enumerate(dropout, start=1):
        named[f"dropout_{number}/random_state"] = layer.seed_generator.state
    return named


def _optimizer_variables(optimizer: Any, layers: dict[str, Any]) -> dict[str, Any]:
    by_prefix = {variable.path.replace("/", "_") + "_": name for name, variable in layers.items()}
    return {f"optimizer/{_state_name(optimizer, state, by_prefix)}": state for state in optimizer.variables}


def _state_name(optimizer: Any, state: Any, by_prefix: dict[str, str]) -> str:
    if state is optimizer.iterations:
        return "iterations"
    if state is optimizer.learning_rate:
        return "learning_rate"
    if state is getattr(optimizer, "_u_product", None):  # Nadam's; Keras leaves it without a name
        return "u_product"
    # Keras names what it keeps for a weight by the weight's path and the kind: `sequential_dense_1_kernel_velocity`.
    prefix = max((prefix for prefix in by_prefix if state.name.startswith(prefix)), key=len)
    return f"{state.name.removeprefix(prefix)}/{by_prefix[prefix]}"
