"""A network in a file of Keras's own: plain Keras opens it, gives the lab's answers and goes on as the run does."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.inspection.forward import probabilities
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.backend import as_array, runtime
from mnist_lab.network.batches import images_trained_on
from mnist_lab.network.keras_export import trained_file, weights_file
from mnist_lab.network.model import build_model
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.network.variables import named_variables
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.snapshots import network_of
from tests.network.runs import SMALL, scaled

pytestmark = pytest.mark.keras

LAYERS = ((12,), (12, 9), (16, 12, 10, 8))
CASES = [
    SMALL.changed(
        optimizer=OPTIMIZERS[number % len(OPTIMIZERS)].identifier,
        activation=activation,
        hidden_units=LAYERS[number % len(LAYERS)],
        dropout=0.3 if number % 2 else 0,
        l2=0.01 if number % 4 == 0 else 0,
    )
    for number, activation in enumerate(ACTIVATIONS)
]
"""Every activation and every optimizer."""

PLAIN_KERAS = """
import sys
import keras
import numpy as np

given = np.load("given.npz")
answers = {}
for number in range(int(sys.argv[1])):
    network = keras.saving.load_model(f"{number}.keras")
    answers[f"answers_{number}"] = network(given["pixels"]).numpy()
    if f"images_{number}" in given:
        loss, accuracy = network.train_on_batch(given[f"images_{number}"], given[f"labels_{number}"])
        for place, array in enumerate(network.get_weights()):
            answers[f"weight_{number}_{place}"] = array
assert not any(name.startswith("mnist_lab") for name in sys.modules)
np.savez("answers.npz", **answers)
"""


def in_plain_keras(folder: Path, count: int) -> Any:
    """What a script says that knows nothing of the lab; it rounds as the lab does."""
    (folder / "script.py").write_text(PLAIN_KERAS, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    line = [sys.executable, "script.py", str(count)]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with np.load(folder / "answers.npz") as answers:
        return dict(answers)


def test_plain_keras_gives_the_labs_answers_and_trains_on_as_the_run_does(digits: Digits, tmp_path: Path):
    given, expected, trained = {"pixels": scaled(digits.test_images)}, [], {}
    for number, experiment in enumerate(CASES):
        snapshot = snapshot_of(build_model(experiment), experiment)
        if number in (0, 2):  # without dropout, whose random state Keras's files do not keep
            session = TrainingSession(experiment, digits, xla=False)
            session.advance(3)
            snapshot = session.snapshot()
            images, labels = images_trained_on(experiment, digits, session.next_batch())
            given |= {f"images_{number}": scaled(images), f"labels_{number}": np.eye(10, dtype=np.float32)[labels]}
            session.advance(1)
            trained[number] = session.snapshot().weights
            session.close()
        (tmp_path / f"{number}.keras").write_bytes(trained_file(experiment, snapshot))
        expected.append(probabilities(network_of(snapshot, experiment.activation), given["pixels"]))
    layer = DenseWeights(np.full((784, 10), 0.01, np.float32), np.linspace(0, 1, 10, dtype=np.float32))
    network = NetworkWeights((layer,), "relu", 7)
    (tmp_path / f"{len(CASES)}.keras").write_bytes(weights_file(network))
    expected.append(probabilities(network, given["pixels"]))
    np.savez(tmp_path / "given.npz", **given)  # type: ignore[arg-type]
    answers = in_plain_keras(tmp_path, len(CASES) + 1)
    for number, ours in enumerate(expected):
        np.testing.assert_allclose(answers[f"answers_{number}"], ours, rtol=0, atol=1e-6)
    for number, weights in trained.items():
        for place, array in enumerate(weights):
            assert np.array_equal(answers[f"weight_{number}_{place}"], array), CASES[number]


def snapshot_of(model: Any, experiment: Experiment) -> Snapshot:
    """Of a network that nothing has trained: no session need compile anything."""
    variables = {name: as_array(variable) for name, variable in named_variables(model).items()}
    return Snapshot(0, experiment.optimizer, variables, runtime(xla=False))


def test_a_snapshot_of_another_network_is_refused():
    snapshot = snapshot_of(build_model(SMALL), SMALL)
    for other in (SMALL.changed(hidden_units=(13,)), SMALL.changed(optimizer="adam")):
        with pytest.raises(SnapshotError):
            trained_file(other, snapshot)


def test_its_layers_have_names_and_it_is_compiled():
    experiment = Experiment(hidden_units=(8, 4), dropout=0.5)
    content = trained_file(experiment, snapshot_of(build_model(experiment), experiment))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        config = json.loads(archive.read("config.json"))
    names = [layer["config"]["name"] for layer in config["config"]["layers"]]
    assert names == ["pixels", "hidden_1", "dropout_1", "hidden_2", "dropout_2", "output"]
    assert config["compile_config"]["loss"] == "categorical_crossentropy"
