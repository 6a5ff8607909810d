"""A network in a file: its arrays and how they belong together, readable without Keras and without pickle."""

import io
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from mnist_lab.experiment import ACTIVATIONS, CLASSES, PIXELS
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP

SUFFIX = ".npz"
_MOST_BYTES = 2 * 1024**3
_MOST_LAYERS = 16


def write_network(path: Path, weights: NetworkWeights) -> None:
    """Write an .npz with kernel_0, bias_0, kernel_1, …, the activation and the updates, whole or not at all.

    Raises:
        OSError: the folder cannot be written to.
    """
    arrays: dict[str, np.ndarray] = {"activation": np.array(weights.activation), "updates": np.array(weights.updates)}
    for index, layer in enumerate(weights.layers):
        arrays |= {f"kernel_{index}": layer.kernel, f"bias_{index}": layer.bias}
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.getvalue())
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_network(path: Path) -> NetworkWeights:
    """Read what `write_network` wrote.

    Raises:
        InspectionError: it is no such file, or its arrays do not make a network.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable(path, "it is larger than any network of this lab")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _network(path, {name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path, str(error)) from error


def _network(path: Path, arrays: dict[str, np.ndarray]) -> NetworkWeights:
    activation, updates = str(arrays.get("activation", "")), arrays.get("updates", np.array(-1))
    if activation not in ACTIVATIONS or updates.shape or updates.dtype.kind not in "iu" or updates < 0:
        raise _unreadable(path, "it does not say which activation its layers have and how far they were trained")
    layers: list[DenseWeights] = []
    inputs = PIXELS
    while f"kernel_{len(layers)}" in arrays and len(layers) < _MOST_LAYERS:
        kernel, bias = (arrays.get(f"{name}_{len(layers)}", np.empty(0)) for name in ("kernel", "bias"))
        fits = kernel.ndim == 2 and kernel.shape[0] == inputs and bias.shape == kernel.shape[1:]
        if not fits or kernel.dtype != np.float32 or bias.dtype != np.float32:
            raise _unreadable(path, f"its layer {len(layers)} does not fit {inputs} inputs")
        layers.append(DenseWeights(kernel, bias))
        inputs = kernel.shape[1]
    if not layers or inputs != CLASSES:
        raise _unreadable(path, f"its last layer has {inputs} outputs instead of {CLASSES}")
    return NetworkWeights(tuple(layers), activation, int(updates))


def _unreadable(path: Path, reason: str) -> InspectionError:
    return InspectionError(
        QT_TRANSLATE_NOOP("errors", "“{path}” is no network of this lab ({reason}): open one that the lab has kept."),
        path=path,
        reason=reason,
    )
