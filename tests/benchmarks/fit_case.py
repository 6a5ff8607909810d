"""One case of the training benchmark: the chapter's own cells, `model.fit` as it comes, TensorFlow as it comes.

Arguments: the .npz file and the number of epochs. One more epoch is trained first, to leave tracing and the first
pass over everything out of the figures.
"""

import sys
import time

import numpy as np

from tests.benchmarks.processes import report


def main() -> None:
    path, epochs = sys.argv[1], int(sys.argv[2])
    import keras
    from keras.utils import to_categorical

    with np.load(path, allow_pickle=False) as archive:
        train_images = archive["x_train"].reshape((-1, 28 * 28)).astype("float32") / 255
        test_images = archive["x_test"].reshape((-1, 28 * 28)).astype("float32") / 255
        train_labels, test_labels = to_categorical(archive["y_train"]), to_categorical(archive["y_test"])
    keras.utils.set_random_seed(0)
    network = keras.Sequential(
        [
            keras.Input((28 * 28,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    ends: list[float] = []

    class Clock(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: object = None) -> None:  # after its validation
            ends.append(time.perf_counter())

    history = network.fit(
        train_images,
        train_labels,
        epochs=1 + epochs,
        batch_size=128,
        validation_data=(test_images, test_labels),
        verbose=0,
        callbacks=[Clock()],
    )
    updates = epochs * -(-len(train_images) // 128)
    report(
        {
            "updates": updates,
            "updates_per_second": updates / (ends[-1] - ends[0]),
            "test_accuracy": history.history["val_accuracy"][-1],
        }
    )


if __name__ == "__main__":
    main()
