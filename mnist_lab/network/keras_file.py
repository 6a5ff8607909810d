"""Networks out of .keras files that nobody vouches for: the lab builds them itself, and takes nothing but weights.

Keras's own `load_model` makes what a file names, and has been made to run programs, to write outside its folder and to
fill the memory. Here sizes are looked at before anything is unpacked, the file's architecture is read as a description
(`keras_config`), and its weights are read in a process of their own (`h5_arrays`). Keras is not imported.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from mnist_lab.experiment import PIXELS
from mnist_lab.files.archive import Archive, Bounds, NotZipError, open_archive
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.files.json_text import parse_json
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.h5_arrays import read_arrays
from mnist_lab.network.keras_config import KerasArchitecture, read_config
from mnist_lab.words import QT_TRANSLATE_NOOP

_H5_SUFFIXES = (".h5", ".hdf5")

_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"
_BOUNDS = Bounds(members=20, bytes=8 * 1024**3)
_MOST_CONFIG_BYTES = 1024**2
_SPARE_BYTES = 1024**2
"""Of a file of weights, beside them and an optimizer's state: names and tables."""
_SLOTS = 4
"""How many numbers an optimizer keeps for each weight at most: Adam three with AMSGrad, any of them one for a mean."""
_MOST_UPDATES = 2**53
_HDF5 = b"\x89HDF\r\n\x1a\n"


class KerasFileError(NetworkError):
    """A file of Keras's that cannot be taken in: one sentence that says why."""


def read_keras(path: Path, is_wanted: Callable[[], bool] = lambda: True) -> NetworkWeights:
    """The network in a .keras file; `updates` are those that its optimizer has counted, 0 where there is none.

    It takes its time: never call it in the window's thread. `is_wanted` is asked now and then whether anybody waits.

    Raises:
        KerasFileError: it is no such file, or no network of the lab's kind.
        Cancelled: nobody waits for it any more.
    """
    if path.suffix.lower() in _H5_SUFFIXES:
        raise _is_h5(path)
    try:
        with open_archive(path, _BOUNDS) as archive:
            return _network(archive, is_wanted)
    except NotZipError as error:
        if _starts_as_h5(path):
            raise _is_h5(path) from error
        raise _unusable(path, error) from error
    except DamageError as error:
        raise _unusable(path, error) from error
    except FileError as error:
        raise KerasFileError(error.template, **error.values) from error
    except MemoryError as error:
        raise KerasFileError(
            QT_TRANSLATE_NOOP("errors", "The network in “{path}” does not fit into this computer's memory."), path=path
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise KerasFileError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): name a file that can be read."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def _network(archive: Archive, is_wanted: Callable[[], bool]) -> NetworkWeights:
    for name in (_CONFIG, _WEIGHTS):
        if name not in archive.names:
            raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” is missing"), name=name)
    architecture = read_config(parse_json(archive.read(_CONFIG, _MOST_CONFIG_BYTES)))
    shapes = _shapes(architecture)
    most = _SPARE_BYTES + 4 * (1 + _SLOTS) * sum(int(np.prod(shape)) for shape in shapes.values())
    if archive.size(_WEIGHTS) > most:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "“{name}” is {size:,.1f} MB, more than such a network takes"),
            name=_WEIGHTS,
            size=archive.size(_WEIGHTS) / 1e6,
        )
    arrays, updates = read_arrays(archive.read(_WEIGHTS, most), shapes, "optimizer/vars/0", is_wanted)
    if not all(bool(np.isfinite(array).all()) for array in arrays):
        raise DamageError(QT_TRANSLATE_NOOP("errors", "some of its weights are no finite numbers"))
    found = iter(arrays)
    layers = tuple(
        DenseWeights(next(found), next(found) if layer.has_bias else np.zeros(layer.units, np.float32))
        for layer in architecture.layers
    )
    return NetworkWeights(layers, architecture.activation, updates if updates and updates <= _MOST_UPDATES else 0)


def _shapes(architecture: KerasArchitecture) -> dict[str, tuple[int, ...]]:
    """Where Keras keeps the weights: by class and number, whatever the layers are called."""
    shapes: dict[str, tuple[int, ...]] = {}
    inputs = PIXELS
    for number, layer in enumerate(architecture.layers):
        name = f"layers/dense_{number}" if number else "layers/dense"
        shapes[f"{name}/vars/0"] = (inputs, layer.units)
        if layer.has_bias:
            shapes[f"{name}/vars/1"] = (layer.units,)
        inputs = layer.units
    return shapes


def _starts_as_h5(path: Path) -> bool:
    with open_regular(path) as file:
        return file.read(len(_HDF5)) == _HDF5


def _is_h5(path: Path) -> KerasFileError:
    return KerasFileError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” is an HDF5 file, in which a model may bring a program along: where you trust it, load it in "
            "Keras and save it as .keras.",
        ),
        path=path,
    )


def _unusable(path: Path, reason: DamageError) -> KerasFileError:
    return KerasFileError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” holds no network that the lab can show ({reason}): choose a Keras model of Dense layers from 784 "
            "pixels to ten digits.",
        ),
        path=path,
        reason=reason,
    )
