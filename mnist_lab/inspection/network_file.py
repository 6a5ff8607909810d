"""A network in a file: its arrays and how they belong together, readable without Keras and without pickle.

Whatever the file holds, reading it takes no more memory than the network its headers describe, and those must describe
a network which the lab can make.
"""

import io
from pathlib import Path

import numpy as np

from mnist_lab.experiment import ACTIVATIONS, CLASSES, LIMITS, MOST_HIDDEN_LAYERS, PIXELS
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.files.errors import FileError
from mnist_lab.files.npz import ArrayHeader, NpzFile, open_npz
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP

SUFFIX = ".npz"

MOST_BYTES = 2 * 1024**3
"""How large a network in a file may be, unpacked: two layers of 16,384 units are half of that."""

_MOST_LAYERS = MOST_HIDDEN_LAYERS + 1
_MOST_UNITS = int(LIMITS["hidden_units"].maximum)
_LONGEST_WORD = 64  # characters


def write_network(path: Path, weights: NetworkWeights) -> None:
    """Write an .npz with kernel_0, bias_0, kernel_1, …, the activation and the updates, whole or not at all.

    Raises:
        InspectionError: the network is larger than `read_network` takes.
        OSError: the folder cannot be written to.
    """
    size = sum(layer.kernel.nbytes + layer.bias.nbytes for layer in weights.layers)
    if size > MOST_BYTES:
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors", "This network has {size:,.1f} GB and cannot be kept: {most:,.1f} GB is the most."
            ),
            size=size / 1e9,
            most=MOST_BYTES / 1e9,
        )
    arrays: dict[str, np.ndarray] = {"activation": np.array(weights.activation), "updates": np.array(weights.updates)}
    for index, layer in enumerate(weights.layers):
        arrays |= {f"kernel_{index}": layer.kernel, f"bias_{index}": layer.bias}
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    write_atomically(path, content.getvalue(), DOCUMENT)


def read_network(path: Path) -> NetworkWeights:
    """Read what `write_network` wrote.

    Raises:
        InspectionError: it is no such file, its arrays do not make a network, or they do not fit into memory.
    """
    try:
        with open_npz(path, MOST_BYTES) as file:
            return _network(file)
    except FileError as error:
        raise InspectionError(error.template, **error.values) from error
    except MemoryError as error:
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "The network in “{path}” does not fit into this computer's memory."), path=path
        ) from error
    except OSError as error:
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): allow it, or remove the file."),
            path=path,
            reason=error.strerror or error,
        ) from error


def is_network(path: Path) -> bool:
    """Whether an .npz file holds a network, by the names of its arrays; else digits, or nothing that is known."""
    try:
        with open_npz(path, MOST_BYTES) as file:
            return "kernel_0" in file
    except (FileError, OSError, ValueError):  # whoever reads it tells why not
        return False


def _network(file: NpzFile) -> NetworkWeights:
    activation, updates = _activation(file), _updates(file)
    names = _layers(file)
    file.check_size([name for pair in names for name in pair])
    layers = tuple(
        DenseWeights(file.read(kernel).astype(np.float32, copy=False), file.read(bias).astype(np.float32, copy=False))
        for kernel, bias in names
    )
    return NetworkWeights(layers, activation, updates)


def _activation(file: NpzFile) -> str:
    if "activation" in file:
        header = file.header("activation")
        longest = np.dtype(f"U{_LONGEST_WORD}").itemsize
        if header.dtype.kind == "U" and not header.shape and header.dtype.itemsize <= longest:
            word = file.read("activation")  # compared by NumPy: Python cannot hold numbers that are no characters
            for activation in ACTIVATIONS:
                if bool(word == activation):
                    return activation
    raise _unreadable(
        file.path,
        InspectionError(QT_TRANSLATE_NOOP("errors", "it does not say which activation its layers have")),
    )


def _updates(file: NpzFile) -> int:
    if "updates" in file:
        header = file.header("updates")
        if header.dtype.kind in "iu" and not header.shape:
            updates = int(file.read("updates").item())
            if updates >= 0:
                return updates
    raise _unreadable(
        file.path,
        InspectionError(QT_TRANSLATE_NOOP("errors", "it does not say how far its layers were trained")),
    )


def _layers(file: NpzFile) -> list[tuple[str, str]]:
    """The names of each layer's kernel and bias, whose headers make a network."""
    names: list[tuple[str, str]] = []
    inputs = PIXELS
    while (kernel := f"kernel_{len(names)}") in file:
        bias = f"bias_{len(names)}"
        if len(names) == _MOST_LAYERS:
            raise _unreadable(
                file.path,
                InspectionError(QT_TRANSLATE_NOOP("errors", "it has more than {most} layers"), most=_MOST_LAYERS),
            )
        if bias not in file or not _fits(file.header(kernel), file.header(bias), inputs):
            raise _unreadable(
                file.path,
                InspectionError(
                    QT_TRANSLATE_NOOP("errors", "its layer {layer} does not fit {inputs} inputs"),
                    layer=len(names),
                    inputs=inputs,
                ),
            )
        names.append((kernel, bias))
        inputs = file.header(kernel).shape[1]
    if not names or inputs != CLASSES:
        raise _unreadable(
            file.path,
            InspectionError(
                QT_TRANSLATE_NOOP("errors", "its last layer has {outputs} outputs instead of {classes}"),
                outputs=inputs if names else 0,
                classes=CLASSES,
            ),
        )
    return names


def _fits(kernel: ArrayHeader, bias: ArrayHeader, inputs: int) -> bool:
    """Whether they are (inputs, units) and (units,) float32, with as many units as a layer may have."""
    return (
        len(kernel.shape) == 2
        and kernel.shape[0] == inputs
        and 1 <= kernel.shape[1] <= _MOST_UNITS
        and bias.shape == kernel.shape[1:]
        and kernel.dtype == bias.dtype == np.float32
    )


def _unreadable(path: Path, reason: InspectionError) -> InspectionError:
    return InspectionError(
        QT_TRANSLATE_NOOP("errors", "“{path}” is no network of this lab ({reason}): open one that the lab has kept."),
        path=path,
        reason=reason,
    )
