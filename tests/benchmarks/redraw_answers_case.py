"""A case of the redraw benchmark: what is computed before something can be painted. Argument: how many times each."""

import statistics
import sys
from functools import partial

import numpy as np

from mnist_lab.data import sources
from mnist_lab.data.preprocess import prepare
from mnist_lab.descent.basins import basin_strip
from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.update_rules import RULES
from mnist_lab.inspection.edits import Prune, SwitchOff
from mnist_lab.inspection.maps import pca
from mnist_lab.studies.edited_copy import EditCase, EditedCopy, EditJudge
from mnist_lab.tensors.digit_statistics import digit_statistics
from tests.benchmarks.budgets import measured
from tests.benchmarks.clock import milliseconds, milliseconds_each
from tests.benchmarks.processes import Figures, full_set, report
from tests.inspection.networks import network, some_images


def main() -> None:
    times = int(sys.argv[1])
    few = max(times // 2, 5)
    report(
        {
            **measured("basin strip, the slowest", _slowest_strip(few), 100),
            **measured("drawing as 28×28 pixels", _drawings(times), 5),
            **measured("two components of 1,000 × 512", _components(few), 1000),
            **measured("edited copy on 10,000 digits", _edits(few), 300),
            **_of_full_set(few),
        }
    )


def _slowest_strip(times: int) -> list[float]:
    """Of 800 starts and 400 steps."""
    taken = [
        milliseconds(partial(basin_strip, function, rule, rule.default_rate), times)
        for function in FUNCTIONS
        for rule in RULES
    ]
    return max(taken, key=statistics.median)


def _drawings(times: int) -> list[float]:
    turn = np.linspace(0, 6, 75)
    strokes = [np.stack([80 * np.cos(turn + start), 90 * np.sin(2 * turn + start)], axis=1) for start in range(4)]
    return milliseconds(lambda: prepare(strokes), times)


def _components(times: int) -> list[float]:
    activations = np.random.default_rng(0).random((1000, 512), np.float32)
    return milliseconds(lambda: pca(activations), times)


def _edits(times: int) -> list[float]:
    """The chapter's network, 784-512-10, on as many images as MNIST has for testing."""
    images, labels = some_images(10_000), np.arange(10_000, dtype=np.uint8) % 10
    copy, judge = EditedCopy(), EditJudge()
    copy.reset(network(784, 512, 10))
    edits = (Prune(50.0), SwitchOff(0, 3), Prune(90.0))

    def one_more(number: int) -> None:
        copy.apply(edits[number % len(edits)])
        assert copy.base is not None
        assert copy.weights is not None
        judge.judge(EditCase(copy.base, copy.weights, lambda: images, labels), lambda: False)

    one_more(0)  # what the base says is asked only once
    return milliseconds_each([partial(one_more, number) for number in range(1, times + 1)])


def _of_full_set(times: int) -> Figures:
    """Nothing where the full set is not at hand."""
    try:
        path = full_set()
    except SystemExit as missing:
        sys.stderr.write(f"{missing}\n")
        return {}
    reading = milliseconds(lambda: sources.load_path(path), times)
    digits = sources.load_path(path)
    images, labels = digits.train_images, digits.train_labels
    plain = milliseconds(lambda: images.astype(np.float64).std(axis=0), times)  # one picture of twenty, no histogram
    all_of_it = milliseconds(lambda: digit_statistics(images, labels), times)
    ratio = statistics.median(all_of_it) / statistics.median(plain)
    return {
        **measured("full set read and checked", reading, 2000),
        **measured("statistics of 60,000 digits, × plain ones", [ratio], 5),
    }


if __name__ == "__main__":
    main()
