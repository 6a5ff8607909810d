""".keras files of which anything has changed: a network of the lab's kind, or one sentence."""

import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.network import h5_arrays
from mnist_lab.network import keras_file as keras_file_module
from mnist_lab.network.keras_file import KerasFileError, read_keras
from tests.conftest import REPOSITORY
from tests.network import fuzz_h5
from tests.network.keras_files import USUAL, WEIGHTS, functional, h5_bytes, keras_file
from tests.network.keras_files import dense as dense_layer
from tests.network.keras_files import given as given_input
from tests.runs.conftest import MEMORY

_SUITE, _ACCEPTANCE = 150, 3_000
"""Examples of each test."""

_BYTES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["Dense", "relu", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_CONFIGS = (USUAL, functional(given_input(784), dense_layer(4), dense_layer(3), dense_layer(10, "softmax")))


@pytest.fixture(autouse=True)
def weights_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads them is looked at below: three hundred of them take two minutes."""

    def read_arrays(_content: bytes, datasets: Mapping[str, tuple[int, ...]], *_: object) -> tuple[Any, None]:
        return [np.ones(shape, np.float32) for shape in datasets.values()], None

    monkeypatch.setattr(keras_file_module, "read_arrays", read_arrays)


def _look_at(content: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "one.keras"
        path.write_bytes(content)
        try:
            network = read_keras(path)
        except KerasFileError:
            return
    assert network.activation in ACTIVATIONS
    sizes = [784, *(len(layer.bias) for layer in network.layers)]
    assert [layer.kernel.shape for layer in network.layers] == list(itertools.pairwise(sizes))
    assert sizes[-1] == 10


def _made(config: object) -> bytes:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        return keras_file(Path(folder) / "made.keras", config).read_bytes()


_GOOD = _made(USUAL)


def _change_bytes(changes: list[tuple[float, bytes]], length: float) -> None:
    data = bytearray(_GOOD)
    for where, new in changes:
        at = int(where * len(data))
        data[at : at + len(new)] = new
    _look_at(bytes(data[: int(length * len(data))]))


def _change_config(data: st.DataObject) -> None:
    config = json.loads(json.dumps(data.draw(st.sampled_from(_CONFIGS))))
    for _ in range(data.draw(st.integers(1, 3))):
        told: Any = config
        while True:
            keys = list(told) if isinstance(told, dict) else list(range(len(told)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if not isinstance(told[key], dict | list) or not told[key] or data.draw(st.integers(0, 4)) == 0:
                told[key] = data.draw(_VALUES)
                break
            told = told[key]
    _look_at(_made(config))


@settings(max_examples=_SUITE)
@given(changes=_BYTES, length=st.just(1.0) | st.floats(0, 1))
def test_changed_bytes(changes: list[tuple[float, bytes]], length: float) -> None:
    _change_bytes(changes, length)


@settings(max_examples=_SUITE)
@given(data=st.data())
def test_changed_configs(data: st.DataObject) -> None:
    _change_config(data)


def test_changed_weights(tmp_path: Path) -> None:
    _change_weights(tmp_path, _SUITE)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@settings(max_examples=_ACCEPTANCE)
@given(changes=_BYTES, length=st.just(1.0) | st.floats(0, 1))
def test_thousands_of_changed_bytes(changes: list[tuple[float, bytes]], length: float) -> None:
    _change_bytes(changes, length)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@settings(max_examples=_ACCEPTANCE)
@given(data=st.data())
def test_thousands_of_changed_configs(data: st.DataObject) -> None:
    _change_config(data)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
def test_thousands_of_changed_weights(tmp_path: Path) -> None:
    _change_weights(tmp_path, _ACCEPTANCE)


def _change_weights(folder: Path, count: int) -> None:
    """HDF5's own structures, with checksums of the zip file that are right: whoever changes them sees to that.

    The library may crash over one, or hang: then the next process goes on behind it, and the lab's own reader has a
    sentence. (HDF5 1.14.6 hangs over number 2,753.)
    """
    number = {"optimizer/vars/0": np.array(312, np.int64)}
    content, other = (h5_bytes(weights | number) for weights in (WEIGHTS, {p: 0 * w for p, w in WEIGHTS.items()}))
    (folder / "good.h5").write_bytes(content)
    (folder / "zeros.h5").write_bytes(other)
    (folder / "datasets.json").write_text(json.dumps({path: array.shape for path, array in WEIGHTS.items()}))
    words: Counter[str] = Counter()
    first = 0
    while first < count:
        command = [sys.executable, "-m", fuzz_h5.__name__, str(folder), str(first), str(count)]
        told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
        lines = [line.split() for line in told.stdout.splitlines()]
        words.update(word for _, word in lines)
        first += len(lines)
        if first < count:
            words["crashed"] += 1
            _harms_nobody(keras_file(folder / "crash.keras", weights=fuzz_h5.changed(content, other, first)))
            first += 1
    assert sum(words.values()) == count
    assert words["same"], "some changes matter to nobody"
    assert words["refused"]


def _harms_nobody(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras_file_module, "read_arrays", h5_arrays.read_arrays)
        patch.setattr(h5_arrays, "_SECONDS", 5.0)
        with pytest.raises(KerasFileError, match="its weights cannot be read"):
            read_keras(path)
