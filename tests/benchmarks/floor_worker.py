"""A worker of the training matrix: the bare matrix products of what is timed, with NumPy's OpenBLAS.

These are the products of every gradient update, and those of the validation that fit and engine do after an epoch.
Whoever trains this network by one update after another does them, so no engine is much faster. (The lab's leaves out
pixels that are black in all training images, a tenth of the first products or so.) One thread beats two in small
products, and in all of them where the other cores are busy: threads that wait for each other lose whole time slices.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnist_lab.experiment import LayerSize
from tests.benchmarks.matrix_settings import Setting
from tests.benchmarks.processes import Figures
from tests.benchmarks.workers import LEAST_SECONDS, serve

_Array = NDArray[np.float32]
_WARM_UP_SECONDS = 0.1
_PART = 1_000
"""Images that are validated at once, as the engine does."""


def main() -> None:
    serve(_measure)


def _measure(setting: Setting) -> Figures:
    """With one thread and with all of them; the better counts."""
    experiment = setting.experiment
    update = _products(experiment.layers(), experiment.batch_size, is_training=True)
    validate = _products(experiment.layers(), _PART, is_training=False)
    return max(
        (_measure_with(threads, update, validate, setting) for threads in (1, None)),
        key=lambda each: each["updates_per_second"],
    )


def _measure_with(
    threads: int | None, update: Callable[[], None], validate: Callable[[], None], setting: Setting
) -> Figures:
    with threadpool_limits(threads):
        for _ in _durations(update, _WARM_UP_SECONDS):
            pass
        updates = list(_durations(update, LEAST_SECONDS))
        parts = list(_durations(validate, _WARM_UP_SECONDS))
    validation = statistics.median(parts) * setting.validation_images / _PART
    seconds = statistics.median(updates) + validation / setting.updates
    return {
        "updates": len(updates),
        "seconds": sum(updates) + sum(parts),
        "updates_per_second": 1 / seconds,
        "threads": threads or os.cpu_count() or 1,
    }


def _durations(update: Callable[[], None], seconds: float) -> Iterator[float]:
    """How long each update took, over that time."""
    begin = now = time.perf_counter()
    while now - begin < seconds:
        before = time.perf_counter()
        update()
        now = time.perf_counter()
        yield now - before


def _products(layers: Sequence[LayerSize], images: int, *, is_training: bool) -> Callable[[], None]:
    """The products of one update, or of asking the network about so many images, on numbers that stay the same."""
    random = np.random.default_rng(0)

    def numbers(rows: int, columns: int) -> _Array:
        return random.standard_normal((rows, columns), np.float32)

    inputs = [numbers(images, layer.inputs) for layer in layers]
    kernels = [numbers(layer.inputs, layer.units) for layer in layers]
    slopes = [numbers(images, layer.units) for layer in layers]
    # Places for the results: memory that is asked for anew each time would be part of the figures.
    outputs, input_slopes, gradients = ([np.empty_like(each) for each in like] for like in (slopes, inputs, kernels))

    def forward() -> None:
        for index, kernel in enumerate(kernels):
            np.matmul(inputs[index], kernel, out=outputs[index])

    def update() -> None:
        forward()
        for index in reversed(range(len(kernels))):
            np.matmul(inputs[index].T, slopes[index], out=gradients[index])
            if index:  # nobody asks for the slope of the images
                np.matmul(slopes[index], kernels[index].T, out=input_slopes[index])

    return update if is_training else forward


if __name__ == "__main__":
    main()
