"""From an experiment to the chapter's `keras.Sequential`, and from its weights to a copy to look at."""

from dataclasses import dataclass
from typing import Any

from mnist_lab.experiment import CLASSES, PIXELS, Experiment, InitialWeights
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.backend import as_array, keras_and_tensorflow
from mnist_lab.network.optimizers import make_optimizer
from mnist_lab.network.streams import DROPOUT, KERNEL, derived_seed

TOO_LARGE = 1.0
"""Standard deviation of "large" initial weights: a unit with 784 inputs needs about 0.05."""


@dataclass(frozen=True)
class Parts:
    """Classes that stand in for Keras's own in a network that is trained under XLA (see `network.layers`).

    Attributes:
        output: for the last Dense layer; made with its regularizer.
        dropout: for `keras.layers.Dropout`.
        penalty: for `keras.regularizers.L2`.
    """

    output: Any = None
    dropout: Any = None
    penalty: Any = None


def build_model(experiment: Experiment, pixels: int = PIXELS, parts: Parts = Parts(), *, is_named: bool = False) -> Any:
    """A compiled `keras.Sequential`: hidden Dense layers, then a softmax over ten classes.

    Input (n, pixels) float32 from 0 to 1, target (n, 10) one-hot, loss categorical cross-entropy.

    With `is_named` the layers have the lab's names, for a file that other programs open. Never for a network that is
    trained here: TensorFlow orders some products by names, and softplus with dropout would have other last bits than
    the same network of plain Keras, and than runs of before.
    """
    keras, _ = keras_and_tensorflow()
    dropout = parts.dropout or keras.layers.Dropout
    penalty = (parts.penalty or keras.regularizers.L2)(experiment.l2) if experiment.l2 else None

    def dense(index: int, units: int, activation: str) -> Any:
        seed = derived_seed(experiment.seed, KERNEL, index)
        kernel = _initializer(keras, experiment.initial_weights, seed)
        name = (f"hidden_{index + 1}" if index < last else "output") if is_named else None
        return keras.layers.Dense(
            units, activation=activation, kernel_initializer=kernel, kernel_regularizer=penalty, name=name
        )

    layers: list[Any] = [keras.Input((pixels,), name="pixels" if is_named else None)]
    last = len(experiment.hidden_units)
    for index, units in enumerate(experiment.hidden_units):
        layers.append(dense(index, units, experiment.activation))
        if experiment.dropout:
            seed = derived_seed(experiment.seed, DROPOUT, index)
            name = f"dropout_{index + 1}" if is_named else None
            layers.append(dropout(experiment.dropout, seed=seed, name=name))
    layers.append(parts.output(penalty) if parts.output else dense(last, CLASSES, "softmax"))
    model = keras.Sequential(layers)
    optimizer = make_optimizer(keras, experiment)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    optimizer.build(model.trainable_variables)
    return model


def _initializer(keras: Any, initial_weights: InitialWeights, seed: int) -> Any:
    match initial_weights:
        case "glorot":
            return keras.initializers.GlorotUniform(seed)
        case "he":
            return keras.initializers.HeNormal(seed)
        case "zeros":
            return keras.initializers.Zeros()
        case "large":
            return keras.initializers.RandomNormal(stddev=TOO_LARGE, seed=seed)


def copy_weights(model: Any, updates: int) -> NetworkWeights:
    """The model's weights as they are now, `updates` gradient updates after its start."""
    dense = [layer for layer in model.layers if hasattr(layer, "kernel")]
    return NetworkWeights(
        tuple(DenseWeights(as_array(layer.kernel), as_array(layer.bias)) for layer in dense),
        dense[0].activation.__name__,
        updates,
    )
