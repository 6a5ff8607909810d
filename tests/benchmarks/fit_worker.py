"""A worker of the training matrix: plain `model.fit` of any setting's network, TensorFlow as it comes.

Argument: the .npz file. The network is built with Keras alone; nothing of the lab's engine or its way to set TensorFlow
up is imported. One epoch is trained first, to leave tracing and the first pass over everything out of the figures.
"""

import gc
import sys
import time
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import CLASSES, PIXELS, Experiment
from tests.benchmarks.matrix_settings import Setting
from tests.benchmarks.processes import Figures
from tests.benchmarks.workers import LEAST_SECONDS, MOST_EPOCHS, serve

_Pairs = tuple[NDArray[np.float32], NDArray[np.float32]]

_OPTIMIZERS: dict[str, tuple[str, dict[str, float | bool]]] = {
    "sgd_momentum": ("sgd", {"momentum": 0.9}),
    "sgd_nesterov": ("sgd", {"momentum": 0.9, "nesterov": True}),
}
"""Keras's name and arguments where the lab has a name of its own; all others are Keras's."""


def main() -> None:
    from keras.utils import to_categorical

    with np.load(sys.argv[1], allow_pickle=False) as archive:
        train, test = [
            (archive[f"x_{part}"].reshape((-1, PIXELS)).astype("float32") / 255, to_categorical(archive[f"y_{part}"]))
            for part in ("train", "test")
        ]
    serve(partial(_measure, train, test))


def _measure(train: _Pairs, test: _Pairs, setting: Setting) -> Figures:
    import keras

    samples = setting.experiment.samples(setting.images)
    validation = _slice(test, 0, setting.test_images)
    if samples < setting.images:
        validation = _slice(train, samples, setting.images)
    ends: list[float] = []

    class Clock(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: object = None) -> None:  # after its validation
            ends.append(time.perf_counter())
            if ends[-1] - ends[0] >= LEAST_SECONDS:
                self.model.stop_training = True

    keras.utils.set_random_seed(0)
    images, labels = _slice(train, 0, samples)
    _network(setting.experiment).fit(
        images,
        labels,
        epochs=MOST_EPOCHS,
        batch_size=setting.experiment.batch_size,
        validation_data=validation,
        verbose=0,
        callbacks=[Clock()],
    )
    keras.backend.clear_session()
    gc.collect()  # now, not while another worker is measured
    updates, seconds = (len(ends) - 1) * setting.updates, ends[-1] - ends[0]
    return {"updates": updates, "seconds": seconds, "updates_per_second": updates / seconds}


def _slice(pairs: _Pairs, start: int, end: int) -> _Pairs:
    return pairs[0][start:end], pairs[1][start:end]


def _network(experiment: Experiment) -> Any:
    import keras

    def dense(units: int, activation: str) -> Any:
        penalty = keras.regularizers.L2(experiment.l2) if experiment.l2 else None
        return keras.layers.Dense(units, activation=activation, kernel_regularizer=penalty)

    network = keras.Sequential([keras.Input((PIXELS,))])
    for units in experiment.hidden_units:
        network.add(dense(units, experiment.activation))
        if experiment.dropout:
            network.add(keras.layers.Dropout(experiment.dropout))
    network.add(dense(CLASSES, "softmax"))
    name, arguments = _OPTIMIZERS.get(experiment.optimizer, (experiment.optimizer, {}))
    config = {"learning_rate": experiment.learning_rate, **arguments, **experiment.optimizer_settings}
    optimizer = keras.optimizers.get({"class_name": name, "config": config})
    network.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return network


if __name__ == "__main__":
    main()
