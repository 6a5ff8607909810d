"""Keras is imported late, with TensorFlow below and float32 in every thread that asks."""

import importlib.abc
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.network.backend import as_array, keras_and_tensorflow
from mnist_lab.network.errors import KerasError

PROJECT = Path(__file__).resolve().parents[2]
QT_FREE_CHECK = """
import sys
import mnist_lab.experiment, mnist_lab.network.control, mnist_lab.network.events, mnist_lab.network.memory
import mnist_lab.network.optimizers, mnist_lab.network.session, mnist_lab.network.trainer, mnist_lab.inspection.forward
heavy = {"keras", "tensorflow", "PySide6"} & set(sys.modules)
assert not heavy, heavy
"""


def test_importing_the_engine_imports_neither_keras_nor_qt() -> None:
    subprocess.run([sys.executable, "-c", QT_FREE_CHECK], check=True, timeout=60, cwd=PROJECT)


@pytest.mark.keras
def test_every_thread_gets_float32() -> None:
    keras, _ = keras_and_tensorflow()
    policies: list[str] = []

    def ask() -> None:
        keras_and_tensorflow()
        policies.append(keras.config.dtype_policy().name)

    keras.config.set_dtype_policy("mixed_float16")
    try:
        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        ask()
    finally:
        keras.config.set_dtype_policy("float32")
    assert policies == ["float32"] * 3


@pytest.mark.keras
def test_an_array_of_a_variable_is_a_copy_of_its_own() -> None:
    keras, _ = keras_and_tensorflow()
    variable = keras.Variable(np.arange(3, dtype="float32"))
    copied = as_array(variable)
    variable.assign_add(np.ones(3, dtype="float32"))
    assert copied.tolist() == [0, 1, 2]
    copied[0] = 9  # writable: nobody else looks at it
    assert as_array(variable).tolist() == [1, 2, 3]


_BEATS = """
import sys, threading
from mnist_lab.network import backend, environment

environment.prepare()
loading = threading.Thread(target=backend._load_library)
sys.setswitchinterval(1e-3)
loading.start()
beats = 0
while loading.is_alive():
    loading.join(1e-3)
    beats += 1
assert "tensorflow" not in sys.modules
maps = open("/proc/self/maps").read()
print("libtensorflow_cc" in maps, beats > 3)
"""


@pytest.mark.keras
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is loaded")
def test_while_its_library_is_loaded_other_threads_go_on() -> None:
    child = subprocess.run([sys.executable, "-c", _BEATS], check=True, timeout=100, cwd=PROJECT, capture_output=True)
    assert child.stdout.split() == [b"True", b"True"]


class _Broken(importlib.abc.MetaPathFinder):
    """Fails where Keras is looked for, as this error says."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "keras":
            raise self._error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ModuleNotFoundError("No module named 'keras'", name="keras"), "no module “keras”: install the lab again"),
        (ImportError("x.so: failed to map segment from shared object"), "failed to map segment.*1 GB of free memory"),
        (MemoryError(), "MemoryError.*1 GB of free memory"),
    ],
)
def test_why_keras_cannot_be_loaded_is_one_sentence(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Broken(error), *sys.meta_path])
    with pytest.raises(KerasError, match=words):
        keras_and_tensorflow()
