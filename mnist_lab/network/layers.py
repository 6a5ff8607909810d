"""Two layers of the network that is trained under XLA; they have Keras's own variables and give Keras's own numbers.

The classes are made when they are first asked for, as Keras is imported late.
"""

from functools import cache
from typing import Any

from mnist_lab.experiment import CLASSES
from mnist_lab.network.backend import keras_and_tensorflow


@cache
def output_by_class() -> Any:
    """The class of a softmax layer with a kernel of shape (10, units)."""
    keras, _ = keras_and_tensorflow()

    class OutputByClass(keras.layers.Layer):  # type: ignore[misc, name-defined]
        def __init__(self, kernel_regularizer: Any) -> None:
            super().__init__()
            self._kernel_regularizer = kernel_regularizer

        def build(self, input_shape: tuple[int | None, int]) -> None:
            shape = (CLASSES, input_shape[-1])
            self._kernel = self.add_weight(name="kernel", shape=shape, regularizer=self._kernel_regularizer)
            self._bias = self.add_weight(name="bias", shape=(CLASSES,))
            self.built = True

        def call(self, inputs: Any) -> Any:
            logits = keras.ops.add(keras.ops.matmul(inputs, keras.ops.transpose(self._kernel)), self._bias)
            return keras.activations.softmax(logits)

    return OutputByClass


@cache
def dropout_by_mask() -> Any:
    """The class of a Dropout layer that is told what it keeps: see `network.masks`.

    Its attribute `keep`, (n, units) bool, is set before each call while training.
    """
    keras, tensorflow = keras_and_tensorflow()

    class DropoutByMask(keras.layers.Dropout):  # type: ignore[misc, name-defined]
        keep: Any = None

        def call(self, inputs: Any, training: bool = False) -> Any:
            if not training:
                return inputs
            # As tf.nn.experimental.stateless_dropout computes it, which Keras calls.
            return tensorflow.where(self.keep, inputs * (1 / (1 - self.rate)), 0.0)

    return DropoutByMask
