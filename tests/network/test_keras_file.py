"""Networks out of .keras files: the weights that are in them, or one sentence; nothing in them is ever run."""

import copy
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from mnist_lab.inspection.forward import probabilities
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network import h5_arrays
from mnist_lab.network.keras_file import KerasFileError, read_keras
from mnist_lab.work import Cancelled
from tests.files.archives import mark_encrypted
from tests.files.test_npz import little_memory
from tests.network.keras_files import (
    USUAL,
    WEIGHTS,
    arrays,
    dense,
    functional,
    given,
    h5_bytes,
    keras_file,
    layer,
    sequential,
)


def refusal(path: Path) -> str:
    with pytest.raises(KerasFileError) as refused:
        read_keras(path)
    sentence = str(refused.value)
    assert path.name in sentence
    assert "\n" not in sentence
    return sentence


def test_the_weights_are_those_of_the_file(tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras", weights=WEIGHTS | {"optimizer/vars/0": np.array(312, np.int64)})
    network = read_keras(path)
    assert (network.activation, network.updates) == ("relu", 312)
    assert [layer.kernel.shape for layer in network.layers] == [(784, 4), (4, 3), (3, 10)]
    found = [array for layer in network.layers for array in (layer.kernel, layer.bias)]
    for array, expected in zip(found, WEIGHTS.values(), strict=True):
        np.testing.assert_array_equal(array, expected)
        assert not array.flags.writeable


PICTURES = sequential(
    given(28, 28, 1), layer("Rescaling", scale=1 / 255, offset=0.0), layer("Flatten"), dense(4), dense(10, "softmax")
)


@pytest.mark.parametrize(
    ("config", "activation"),
    [
        (functional(given(784), dense(4, "tanh"), dense(10, "softmax")), "tanh"),
        (sequential(given(784), dense(4, "swish"), dense(10, "linear")), "silu"),
        (sequential(given(784), dense(4, None), dense(10, None), layer("Softmax", axis=-1)), "linear"),
        (sequential(given(28, 28), layer("Reshape", target_shape=[784]), dense(4, "elu"), dense(10, "softmax")), "elu"),
        (PICTURES, "relu"),
        (sequential(given(784), dense(4, "linear"), layer("ReLU"), dense(10), layer("Softmax")), None),
        (sequential(given(784), dense(4, "linear"), layer("ReLU"), dense(10, "linear"), layer("Softmax")), "relu"),
        (
            sequential(
                given(784), dense(4, "linear"), layer("LeakyReLU", negative_slope=0.2), layer("Dropout", rate=0.5),
                dense(10, "linear"), layer("Activation", activation="softmax"),
            ),
            "leaky_relu",
        ),
    ],
)  # fmt: skip
def test_every_way_to_write_such_a_network(config: dict[str, Any], activation: str | None, tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras", config, arrays(4, 10))
    if activation is None:
        assert "one of its activations follows another one" in refusal(path)
    else:
        assert read_keras(path).activation == activation


def test_a_large_file_is_read_as_well(tmp_path: Path) -> None:
    """Larger than what a pipe takes at once."""
    weights = arrays(512, 10)
    network = read_keras(
        keras_file(tmp_path / "mine.keras", sequential(given(784), dense(512), dense(10, None)), weights)
    )
    np.testing.assert_array_equal(network.layers[0].kernel, weights["layers/dense/vars/0"])


def test_layers_without_a_bias_have_one_of_zeros(tmp_path: Path) -> None:
    config = sequential(given(784), dense(4, use_bias=False), dense(10, "softmax", use_bias=False))
    network = read_keras(keras_file(tmp_path / "mine.keras", config, arrays(4, 10, bias=False)))
    assert [layer.bias.tolist() for layer in network.layers] == [[0.0] * 4, [0.0] * 10]


def test_a_model_that_was_built_by_its_first_batch_has_no_input_layer(tmp_path: Path) -> None:
    config = sequential(dense(4), dense(10, "softmax"))
    assert "it does not say what its input is" in refusal(keras_file(tmp_path / "one.keras", config, arrays(4, 10)))
    config["config"]["build_input_shape"] = [None, 784]
    assert len(read_keras(keras_file(tmp_path / "two.keras", config, arrays(4, 10))).layers) == 2


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([given(784), layer("Lambda", function="import os"), dense(10, "softmax")], "of the class “Lambda”"),
        ([given(784), layer("BatchNormalization"), dense(4), dense(10)], "of the class “BatchNormalization”"),
        ([given(28, 28, 1), layer("Conv2D"), dense(10)], "of the class “Conv2D”"),
        ([given(784), dense(4) | {"module": "os"}, dense(10)], "of the class “Dense”"),
        ([given(784), {"class_name": ["Dense"], "module": "keras.layers", "config": {}}], "of the class “['Dense']”"),
        ([given(784), USUAL], "of the class “Sequential”"),
        ([given(32, 32, 3), dense(4), dense(10)], "its input is 32×32×3, not 784 pixels"),
        ([given(100), dense(4), dense(10)], "its input is 100, not 784 pixels"),
        ([given(28, 28), dense(4), dense(10)], "does not receive the 784 pixels in a row"),
        ([given(784), layer("Rescaling", scale=2.0, offset=-1.0), dense(4), dense(10)], "does not divide pixels"),
        ([given(784), dense(10, "softmax")], "it has no hidden Dense layer"),
        ([given(784)], "it has no hidden Dense layer"),
        ([given(784), dense(4), dense(3, "softmax")], "its last layer has 3 outputs, not one for each digit"),
        ([given(784), dense(4), dense(10, "sigmoid")], "the activation “sigmoid”, not a softmax"),
        ([given(784), dense(4), dense(4, "tanh"), dense(10, None)], "have the activations relu, tanh, and"),
        ([given(784), dense(4, "gelu"), dense(10, None)], "have the activations gelu, and the lab knows one"),
        ([given(784), dense(4, {"class_name": "x"}), dense(10)], "an activation of its own making"),
        ([given(784), dense(20_000), dense(10)], "a layer in it has 20,000 units, and the lab's have 1 to 16,384"),
        ([given(784), dense(0), dense(10)], "a layer in it has 0 units"),
        ([given(784), dense(True), dense(10)], "describes no model of Keras 3"),
        ([given(784), *[dense(4)] * 5, dense(10)], "it has more than 4 hidden layers"),
        ([given(784), dense(4, "linear"), layer("LeakyReLU", negative_slope=0.3), dense(10)], "has settings that"),
        ([given(784), layer("Softmax"), dense(4), dense(10)], "follows another one, or no layer"),
    ],
)  # fmt: skip
def test_what_is_no_such_network_is_refused_with_the_reason(layers: list[Any], words: str, tmp_path: Path) -> None:
    sentence = refusal(keras_file(tmp_path / "mine.keras", sequential(*layers)))
    assert words in sentence
    assert sentence.endswith("choose a Keras model of Dense layers from 784 pixels to ten digits.")


def _branching() -> dict[str, Any]:
    config = copy.deepcopy(functional(given(784), dense(4), dense(4), dense(10, "softmax")))
    config["config"]["layers"][3]["inbound_nodes"][0]["args"][0]["config"]["keras_history"][0] = "layer_1"
    return config


@pytest.mark.parametrize(
    "change",
    [
        lambda config: config["layers"][2].update(inbound_nodes=[]),
        lambda config: config["layers"][2].update(name="layer_1"),
        lambda config: config["layers"].reverse(),
        lambda config: config.update(output_layers=["layer_1", 0, 0]),
        lambda config: config.update(input_layers=[["layer_0", 0, 0], ["layer_1", 0, 0]]),
        lambda config: config["layers"][2]["inbound_nodes"].append(config["layers"][2]["inbound_nodes"][0]),
    ],
)
def test_layers_that_branch_or_join(change: Callable[[dict[str, Any]], object], tmp_path: Path) -> None:
    assert "do not follow one another in a row" in refusal(keras_file(tmp_path / "one.keras", _branching()))
    config = copy.deepcopy(functional(given(784), dense(4), dense(4), dense(10, "softmax")))
    change(config["config"])
    assert "do not follow one another in a row" in refusal(keras_file(tmp_path / "two.keras", config))


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (b"", "it is no JSON"),
        (b"[" * 100_000, "brackets stand within brackets without end"),
        (b'{"class_name": ' + b"9" * 5000 + b"}", "it is no JSON"),
        ([], "describes no model of Keras 3"),
        ({"class_name": "Sequential"}, "describes no model of Keras 3"),
        ({"class_name": "Sequential", "config": {"layers": {}}}, "describes no model of Keras 3"),
        ({"class_name": "Sequential", "config": {"layers": [3]}}, "describes no model of Keras 3"),
        ({"class_name": "Sequential", "config": {"layers": []}}, "it does not say what its input is"),
        ({"class_name": "Functional", "config": {"layers": []}}, "do not follow one another"),
        ({"class_name": "MyModel", "module": "os", "config": {}}, "of the class “MyModel”"),
        ({"class_name": "Sequential", "config": {"layers": [given(784), {"class_name": "Dense"}]}}, "class “Dense”"),
    ],
)
def test_configs_that_are_none(config: object, words: str, tmp_path: Path) -> None:
    assert words in refusal(keras_file(tmp_path / "mine.keras", config))


# The archive


def test_sizes_are_looked_at_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "mine.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b" " * 90_000_000)
        archive.writestr("model.weights.h5", b"")
    with little_memory(10e6):
        assert "more than 100 times its own size" in refusal(path)
    keras_file(path, b" " * 2_000_000)
    assert "“config.json” in" in refusal(path)
    keras_file(path, weights=bytes(3_000_000))
    assert "“model.weights.h5” is 3.0 MB, more than such a network takes" in refusal(path)
    keras_file(path, more=[(f"assets/{number}", b"") for number in range(30)])
    assert "it holds 33 parts, and 20 is the most" in refusal(path)
    keras_file(path, more=[("../evil", b"")])
    assert "could lead out of it" in refusal(path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.keras"]


def test_archives_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "mine.keras"
    path.write_bytes(b"words")
    assert "it is no zip file" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", b"{}")
    assert "“config.json” is missing" in refusal(path)
    assert "it is encrypted" in refusal(mark_encrypted(path))
    assert "cannot be read" in refusal(tmp_path / "none.keras")
    (tmp_path / "folder.keras").mkdir()
    assert "is no ordinary file" in refusal(tmp_path / "folder.keras")


@pytest.mark.parametrize("name", ["mine.h5", "mine.hdf5", "mine.H5", "mine.keras"])
def test_h5_is_refused_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(h5_bytes(WEIGHTS))
    assert "is an HDF5 file, in which a model may bring a program along" in refusal(path)


# The weights


def _replaced(path: str, make: Callable[[h5py.File], object]) -> bytes:
    def change(file: h5py.File) -> None:
        del file[path]
        make(file)

    return h5_bytes(WEIGHTS, change)


KERNEL, BIAS = "layers/dense/vars/0", "layers/dense/vars/1"
BOMB = (784, 4)


def _bomb(file: h5py.File) -> None:
    """A dataset that says it is there, and whose numbers were never written."""
    space = h5py.h5s.create_simple(BOMB)
    h5py.h5d.create(file[KERNEL.rpartition("/")[0]].id, b"0", h5py.h5t.IEEE_F32LE, space)


@pytest.mark.parametrize(
    "make",
    [
        lambda file: None,
        lambda file: file.create_group(KERNEL),
        lambda file: file.create_dataset(KERNEL, data=np.ones((4, 784), np.float32)),
        lambda file: file.create_dataset(KERNEL, data=np.ones((784, 4), np.float64)),
        lambda file: file.create_dataset(KERNEL, data=np.ones((784, 4), ">f4")),
        lambda file: file.create_dataset(KERNEL, data=np.ones((784, 4), np.float16)),
        lambda file: file.create_dataset(KERNEL, shape=(10**9, 10**9), dtype="f4", chunks=(100, 100)),
        lambda file: file.create_dataset(KERNEL, data=np.ones((784, 4), np.float32), compression="gzip"),
        lambda file: file.create_dataset(KERNEL, data=np.ones((784, 4), np.float32), chunks=True),
        lambda file: file.create_dataset(KERNEL, (784, 4), "f4", external=[("/etc/passwd", 0, 784 * 16)]),
        lambda file: file.create_virtual_dataset(KERNEL, h5py.VirtualLayout((784, 4), "f4")),
        lambda file: file.__setitem__(KERNEL, h5py.SoftLink("/layers/dense_1/vars/0")),
        lambda file: file.__setitem__(KERNEL, h5py.ExternalLink("/etc/passwd", "/x")),
        _bomb,
    ],
)  # fmt: skip
def test_weights_that_are_elsewhere_packed_or_others(make: Callable[[h5py.File], object], tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras", weights=_replaced(KERNEL, make))
    assert f"its weights “{KERNEL}” are missing, or of another shape or dtype" in refusal(path)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers(value: float, tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras", weights=WEIGHTS | {BIAS: np.full(4, value, np.float32)})
    assert "some of its weights are no finite numbers" in refusal(path)


@pytest.mark.parametrize("number", [np.array(-5, np.int64), np.array(2**60, np.int64), np.array(3.5), np.arange(3)])
def test_an_odd_number_of_updates_is_none(number: np.ndarray, tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras", weights=WEIGHTS | {"optimizer/vars/0": number})
    assert read_keras(path).updates == 0


def test_what_crashes_hangs_or_is_greedy_harms_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = keras_file(tmp_path / "mine.keras")
    worker = tmp_path / "worker.py"
    monkeypatch.setattr(h5_arrays, "_WORKER", worker)
    for program in ("import os\nos.abort()", "print('odd')", "raise ValueError", "x = bytearray(10**13)"):
        worker.write_text(program)
        assert "its weights cannot be read" in refusal(path)
    monkeypatch.setattr(h5_arrays, "_SECONDS", 0.5)
    worker.write_text("while True: pass")
    assert "its weights cannot be read" in refusal(path)
    with pytest.raises(Cancelled):
        read_keras(path, lambda: False)


def test_the_process_that_reads_them_takes_no_more_than_it_may() -> None:
    if sys.platform != "linux":
        pytest.skip("other systems do not keep to it")
    program = f"import sys; sys.path.insert(0, {str(Path(h5_arrays.__file__).parent)!r}); import h5_worker\n"
    program += "h5_worker._limit(3 * 10**9)\ntry: bytearray(4 * 10**9)\nexcept MemoryError: print('refused')"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "refused\n"


# Keras itself


@pytest.mark.keras
def test_what_keras_writes_gives_keras_s_answers(tmp_path: Path) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    random = np.random.default_rng(0)
    images = random.random((20, 784), np.float32)
    inputs = keras.Input((784,))
    outputs = keras.layers.Dense(10)(keras.layers.ReLU()(keras.layers.Dense(5, use_bias=False)(inputs)))
    models = {
        "sequential": keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Dense(6, "tanh", name="any"),
                keras.layers.Dropout(0.3),
                keras.layers.Dense(5, "tanh"),
                keras.layers.Dense(10, "softmax"),
            ]
        ),
        "functional": keras.Model(inputs, keras.layers.Softmax()(outputs)),
    }
    for name, model in models.items():
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(images, random.integers(0, 10, 20), batch_size=5, verbose=0)
        path = tmp_path / f"{name}.keras"
        model.save(path)
        network = read_keras(path)
        assert network.updates == 4
        np.testing.assert_allclose(probabilities(network, images), model(images).numpy(), atol=1e-6)


def test_reading_needs_no_keras(tmp_path: Path) -> None:
    path = keras_file(tmp_path / "mine.keras")
    program = f"""
import sys
from pathlib import Path
from mnist_lab.network.keras_file import read_keras
read_keras(Path({str(path)!r}))
print([name for name in ("keras", "tensorflow", "h5py") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


@pytest.mark.keras
def test_what_the_lab_writes_it_reads(tmp_path: Path) -> None:
    """Every activation; a kept network, and a run's with its optimizer's state."""
    from mnist_lab.experiment import ACTIVATIONS, Experiment
    from mnist_lab.network.keras_export import trained_file, weights_file
    from mnist_lab.network.session import TrainingSession
    from tests.network.runs import made_up_digits

    path = tmp_path / "mine.keras"
    weights = read_keras(keras_file(path))
    for activation in ACTIVATIONS:
        path.write_bytes(weights_file(NetworkWeights(weights.layers, activation, 0)))
        again = read_keras(path)
        assert (again.activation, again.sha256()) == (activation, weights.sha256())
    experiment = Experiment(hidden_units=(5, 4), dropout=0.3, optimizer="adam", batch_size=20)
    session = TrainingSession(experiment, made_up_digits(100, 20), xla=False)
    try:
        session.advance(3)
        snapshot = session.snapshot()
    finally:
        session.close()
    path.write_bytes(trained_file(experiment, snapshot))
    network = read_keras(path)
    assert (network.sha256(), network.updates) == (snapshot.weights_sha256, 3)
