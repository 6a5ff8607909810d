"""Parts of the network that is trained under XLA; they have Keras's own variables and give Keras's own numbers.

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
def penalty_by_rows() -> Any:
    """The class of an L2 penalty that adds up the squares of a kernel row by row.

    XLA adds up all of a matrix one after the other. A product with a vector of ones it does with all lanes of the
    processor, if it does not see that they are ones: so they are a variable. 784-512-10 with a penalty does 826 updates
    a second instead of 676 (measured). The gradient is the same, and so are the bits of every weight.
    """
    keras, tf = keras_and_tensorflow()

    class PenaltyByRows(keras.regularizers.L2):  # type: ignore[misc, name-defined]
        def __init__(self, l2: float) -> None:
            super().__init__(l2)
            self._ones: dict[int, Any] = {}

        def __call__(self, kernel: Any) -> Any:
            kernel = tf.convert_to_tensor(kernel)
            width = int(kernel.shape[1])
            if width not in self._ones:
                with tf.init_scope():
                    self._ones[width] = tf.Variable(tf.ones([width, 1]), trainable=False)

            @tf.custom_gradient  # type: ignore[untyped-decorator]
            def penalty(weights: Any, ones: Any) -> Any:
                squares = tf.reduce_sum(tf.matmul(weights * weights, ones))
                return self.l2 * squares, lambda upstream: (upstream * 2 * self.l2 * weights, None)

            return penalty(kernel, tf.convert_to_tensor(self._ones[width]))

    return PenaltyByRows


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
