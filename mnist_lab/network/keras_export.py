"""A network in a file of Keras's own, which needs nothing of the lab: `keras.saving.load_model(path)` opens it."""

import tempfile
from pathlib import Path
from typing import Any

from mnist_lab.experiment import CLASSES, PIXELS, Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.model import build_model
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.variables import named_variables


def trained_file(experiment: Experiment, snapshot: Snapshot) -> bytes:
    """The content of a .keras file: the network of a run, compiled, with the state of its optimizer.

    It takes (n, 784) float32 from 0 to 1 and gives ten probabilities. Trained further with the batches that come next,
    it moves as the run does. The caller holds `KERAS_LOCK`, or is the thread that trains.

    Args:
        experiment: the settings with which the run goes on from there.
        snapshot: of the run.

    Raises:
        SnapshotError: it is of another network.
    """
    model = build_model(experiment, is_named=True)
    variables = named_variables(model)
    kinds = {name: (tuple(variable.shape), str(variable.dtype)) for name, variable in variables.items()}
    snapshot.check_fits(experiment.optimizer, kinds)
    for name, variable in variables.items():
        variable.assign(snapshot.variables[name])
    return _saved(model)


def weights_file(weights: NetworkWeights) -> bytes:
    """The same of a network of which nothing but its weights is known: it is not compiled."""
    keras, _ = keras_and_tensorflow()
    units = [len(layer.bias) for layer in weights.layers[:-1]]
    model = keras.Sequential(
        [
            keras.Input((PIXELS,), name="pixels"),
            *(
                keras.layers.Dense(count, activation=weights.activation, name=f"hidden_{number}")
                for number, count in enumerate(units, 1)
            ),
            keras.layers.Dense(CLASSES, activation="softmax", name="output"),
        ]
    )
    model.set_weights([array for layer in weights.layers for array in (layer.kernel, layer.bias)])
    return _saved(model)


def _saved(model: Any) -> bytes:
    model.name = "mnist_lab"
    with tempfile.TemporaryDirectory(prefix="mnist-lab-") as folder:
        path = Path(folder) / "network.keras"  # Keras writes to the very file, so a full disk would leave half of it
        model.save(path)
        return path.read_bytes()
