"""A kept network comes back bit for bit; anything else is refused in one sentence, and nothing is executed."""

from pathlib import Path

import numpy as np
import pytest

from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.network_file import read_network, write_network
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights

GENERATOR = np.random.default_rng(3)


def network(*sizes: int) -> NetworkWeights:
    layers = [
        DenseWeights(
            GENERATOR.normal(size=(inputs, units)).astype(np.float32), GENERATOR.normal(size=units).astype(np.float32)
        )
        for inputs, units in zip((784, *sizes), (*sizes, 10), strict=True)
    ]
    return NetworkWeights(tuple(layers), "tanh", 123)


@pytest.mark.parametrize("sizes", [(1,), (5,), (7, 3), (4, 4, 4, 4)])
def test_it_comes_back_bit_for_bit(sizes: tuple[int, ...], tmp_path: Path) -> None:
    before = network(*sizes)
    path = tmp_path / "deeper" / "one.npz"
    write_network(path, before)
    after = read_network(path)
    assert (after.activation, after.updates) == ("tanh", 123)
    for one, other in zip(before.layers, after.layers, strict=True):
        assert one.kernel.tobytes() == other.kernel.tobytes()
        assert one.bias.tobytes() == other.bias.tobytes()
    assert [file.name for file in path.parent.iterdir()] == ["one.npz"], "no temporary file is left"


def arrays() -> dict[str, np.ndarray]:
    weights = network(3)
    named = {"activation": np.array("relu"), "updates": np.array(7)}
    for index, layer in enumerate(weights.layers):
        named |= {f"kernel_{index}": layer.kernel, f"bias_{index}": layer.bias}
    return named


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"activation": np.array("evil")}, "activation"),
        ({"updates": np.array(-1)}, "trained"),
        ({"updates": np.array([1, 2])}, "trained"),
        ({"kernel_0": np.zeros((783, 3), np.float32)}, "layer 0"),
        ({"kernel_0": np.zeros((784, 3), np.float64)}, "layer 0"),
        ({"bias_1": np.zeros(9, np.float32)}, "layer 1"),
        ({"kernel_1": np.zeros((3, 9), np.float32), "bias_1": np.zeros(9, np.float32)}, "9 outputs"),
        ({"activation": np.array([object()])}, ""),
    ],
)
def test_arrays_that_make_no_network(changes: dict[str, np.ndarray], words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, **(arrays() | changes))
    with pytest.raises(InspectionError) as refused:
        read_network(path)
    assert words in str(refused.value)
    assert "bad.npz" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04cut", b"plain words"])
def test_files_that_are_no_npz(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(InspectionError):
        read_network(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InspectionError):
        read_network(tmp_path / "none.npz")
