"""A worker of the training matrix: the bare matrix products of one gradient update, with NumPy's OpenBLAS.

Whoever trains this network by one update after another does these, so no engine is much faster. (The lab's leaves out
pixels that are black in all training images, a tenth of the first products or so.) One thread beats two in small
products, and in all of them where the other cores are busy: threads that wait for each other lose whole time slices.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnist_lab.experiment import Experiment
from tests.benchmarks.matrix_settings import Setting
from tests.benchmarks.processes import Figures
from tests.benchmarks.workers import LEAST_SECONDS, serve

_Array = NDArray[np.float32]
_WARM_UP_SECONDS = 0.1


def main() -> None:
    serve(_measure)


def _measure(setting: Setting) -> Figures:
    """With one thread and with all of them; the better counts."""
    update = _products(setting.experiment)
    return max((_measure_with(threads, update) for threads in (1, None)), key=lambda each: each["updates_per_second"])


def _measure_with(threads: int | None, update: Callable[[], None]) -> Figures:
    with threadpool_limits(threads):
        for _ in _durations(update, _WARM_UP_SECONDS):
            pass
        durations = list(_durations(update, LEAST_SECONDS))
    return {
        "updates": len(durations),
        "seconds": sum(durations),
        "updates_per_second": 1 / statistics.median(durations),
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


def _products(experiment: Experiment) -> Callable[[], None]:
    """The products of one update, on numbers that stay the same."""
    random = np.random.default_rng(0)
    batch = experiment.batch_size

    def numbers(rows: int, columns: int) -> _Array:
        return random.standard_normal((rows, columns), np.float32)

    layers = experiment.layers()
    inputs = [numbers(batch, layer.inputs) for layer in layers]
    kernels = [numbers(layer.inputs, layer.units) for layer in layers]
    slopes = [numbers(batch, layer.units) for layer in layers]
    # Places for the results: memory that is asked for anew each time would be part of the figures.
    outputs, input_slopes, gradients = ([np.empty_like(each) for each in like] for like in (slopes, inputs, kernels))

    def update() -> None:
        for index, kernel in enumerate(kernels):
            np.matmul(inputs[index], kernel, out=outputs[index])
        for index in reversed(range(len(kernels))):
            np.matmul(inputs[index].T, slopes[index], out=gradients[index])
            if index:  # nobody asks for the slope of the images
                np.matmul(slopes[index], kernels[index].T, out=input_slopes[index])

    return update


if __name__ == "__main__":
    main()
