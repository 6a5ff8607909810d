"""Keras and TensorFlow, imported late and set up the same way for everyone who needs them.

Importing them takes seconds and holds Python's module lock: only a worker thread, the terminal or a test calls
`keras_and_tensorflow`.
"""

import os
from typing import Any

from numpy.typing import NDArray

_ENVIRONMENT = {
    # TensorFlow's start-up notes are no business of a learner's terminal.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # oneDNN's kernels round differently from machine to machine and announce it on stderr; for networks of this
    # size they are not faster (measured: 1,270 updates/s without, 1,300 with).
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
"""Read by TensorFlow when it is imported; whoever sets them otherwise has their way."""


def keras_and_tensorflow() -> tuple[Any, Any]:
    """Import both and set what they must agree on in the calling thread; cheap when done before.

    Keras keeps its data type policy for each thread apart, so every thread that trains calls this itself.

    Returns:
        the modules `keras` and `tensorflow`.
    """
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # The lab's compiled step is TensorFlow's; a machine's keras.json may name another backend.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import keras
    import tensorflow

    # Its hint on "retracing" means loops that compile by mistake; the lab compiles once for each kind of network.
    tensorflow.get_logger().setLevel("ERROR")
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    return keras, tensorflow


def as_array(variable: Any) -> NDArray[Any]:
    """A copy of a Keras variable's value as it is now."""
    # Not np.array(variable): Keras's `__array__` does not know NumPy 2's `copy` and warns at every call.
    return variable.value.numpy()  # type: ignore[no-any-return]
