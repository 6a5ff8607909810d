"""Keras and TensorFlow, imported late and set up the same way for everyone who needs them.

Importing them takes seconds and holds Python's module lock: only a worker thread, the terminal or a test calls
`keras_and_tensorflow`.
"""

import ctypes
import importlib.abc
import importlib.machinery
import importlib.util
import os
import platform
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab import __version__
from mnist_lab.network import environment
from mnist_lab.network.errors import explain_import
from mnist_lab.network.memory import check_address_space

_NOT_NEEDED = frozenset({"sklearn", "pandas"})
"""What Keras imports beside itself if it is installed: seconds for wrappers that the lab does not use."""


@dataclass(frozen=True)
class Runtime:
    """All that decides the bits of a run beside its experiment and its digits.

    Attributes:
        lab: version of MNIST Lab.
        keras: version of Keras.
        tensorflow: version of TensorFlow.
        numpy: version of NumPy.
        machine: kind of processor, "x86_64" for instance.
        intra_op_threads: threads that share one operation.
        max_isa: the instruction set that XLA was limited to; empty where it was not.
        onednn: whether oneDNN's kernels were used.
        xla: whether whole batches ran through XLA.
    """

    lab: str
    keras: str
    tensorflow: str
    numpy: str
    machine: str
    intra_op_threads: int
    max_isa: str
    onednn: bool
    xla: bool


def keras_and_tensorflow() -> tuple[Any, Any]:
    """Import both and set what they must agree on in the calling thread; cheap when done before.

    Keras keeps its data type policy for each thread apart, so every thread that trains calls this itself.

    Returns:
        the modules `keras` and `tensorflow`.

    Raises:
        KerasError: they cannot be imported.
    """
    if "keras" not in sys.modules:
        environment.prepare()
        check_address_space()
        _load_library()
    try:
        with _left_out(_NOT_NEEDED):
            import keras
            import tensorflow
    except Exception as error:
        raise explain_import(error) from error

    threading_of = tensorflow.config.threading
    if threading_of.get_intra_op_parallelism_threads() != environment.INTRA_OP_THREADS:
        threading_of.set_intra_op_parallelism_threads(environment.INTRA_OP_THREADS)
    # Its hint on "retracing" means loops that compile by mistake; the lab compiles once for each kind of network.
    tensorflow.get_logger().setLevel("ERROR")
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    return keras, tensorflow


def runtime(*, xla: bool) -> Runtime:
    """What decides the bits here and now; `xla` as it was for the run in question."""
    keras, tensorflow = keras_and_tensorflow()
    return Runtime(
        lab=__version__,
        keras=keras.__version__,
        tensorflow=tensorflow.__version__,
        numpy=np.__version__,
        machine=platform.machine(),
        intra_op_threads=environment.INTRA_OP_THREADS,
        max_isa=environment.MAX_ISA if environment.is_x86() else "",
        onednn=False,
        xla=xla,
    )


def as_array(variable: Any) -> NDArray[Any]:
    """A copy of a Keras variable's value as it is now."""
    # Not np.array(variable): Keras's `__array__` does not know NumPy 2's `copy` and warns at every call. A variable
    # without axes gives a scalar, which is no array.
    return np.asarray(variable.value.numpy())


def _load_library() -> None:
    """Load TensorFlow's library by itself, so that other threads go on.

    Python keeps its lock while an import loads one: of this size for 0.3 s of the processor's time, in which a window
    would stand still. What cannot be loaded here is told by the import that follows.
    """
    spec = importlib.util.find_spec("tensorflow")  # which imports nothing
    if sys.platform == "win32" or spec is None or spec.origin is None:
        return
    load = ctypes.CDLL(None).dlopen  # a function of C, called without the lock; `ctypes.CDLL` of the path would hold it
    load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    for path in Path(spec.origin).parent.glob("libtensorflow_cc.*"):
        load(os.fsencode(path), sys.getdlopenflags())


class _NotHere(importlib.abc.MetaPathFinder):
    """Says in one thread that some packages are not installed; other threads import them meanwhile."""

    def __init__(self, packages: frozenset[str]) -> None:
        self._packages = packages
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Refuse the packages; leave all else to the other finders."""
        del path, target
        if fullname in self._packages and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is not needed here", name=fullname)
        return None


@contextmanager
def _left_out(packages: frozenset[str]) -> Iterator[None]:
    """Let this thread import nothing of `packages` that is not imported yet."""
    if "keras" in sys.modules:
        yield
        return
    finder = _NotHere(packages)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
