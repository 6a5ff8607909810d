"""A gap is graded by what the images leave to chance, and measured with one and the same weights."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.gap import Gap, does_harm
from mnist_lab.runs.run import Run


def run_of(*measured: tuple[float, float, float], tests: int = 1_000, **fields: Any) -> Run:
    """A run whose epochs had these accuracies: while learning, on training digits after it, and on new ones."""
    images, labels = np.broadcast_to(np.uint8(0), (4_000, 28, 28)), np.zeros(4_000, np.uint8)
    run = Run(Experiment(**fields), Digits(images, labels, images[:tests], labels[:tests], "own", ""))
    for epoch, (running, after, new) in enumerate(measured, 1):
        run.receive(EpochEnd(epoch, 32 * epoch, 0.1, running, 0.1, new, 0.1, after, tests))
    return run


def grade(trained: float, new: float, count: int) -> str:
    run = run_of((0.5, trained, new), tests=min(count, 4_000), validation="test")
    return Gap.after(run, run.history.epochs[-1]).grade


@pytest.mark.parametrize(
    ("trained", "new", "count", "expected"),
    [
        (0.980, 0.974, 1_000, "none"),  # 0.6 and 0.9 points, which were called overfitting
        (0.980, 0.971, 1_000, "none"),
        (0.953, 0.931, 1_000, "small"),  # 93.8 – 96.5 % and 91.4 – 94.5 %: more than chance, and they overlap
        (0.980, 0.951, 1_000, "overfitting"),
        (0.992, 0.981, 4_000, "overfitting"),
        (0.9925, 0.9845, 4_000, "small"),  # they lie apart, but less than a point
        (0.9990, 0.9955, 4_000, "none"),  # certain, and less than half a point
        (0.95, 0.95, 1_000, "none"),
        (0.92, 0.95, 1_000, "reversed"),
        (0.945, 0.95, 1_000, "none"),
        (1.0, 0.98, 50, "none"),
        (1.0, 0.1, 50, "overfitting"),
    ],
)
def test_the_gap_is_graded_by_both_intervals_and_its_size(
    trained: float, new: float, count: int, expected: str
) -> None:
    assert grade(trained, new, count) == expected


def test_held_out_images_count_as_many_as_are_held_out() -> None:
    run = run_of((0.9, 0.95, 0.93), validation="held_out", held_out_share=0.05)
    gap = Gap.after(run, run.history.epochs[0])
    assert (gap.new.count, gap.new.right, gap.trained.count, gap.trained.right) == (200, 186, 1_000, 950)


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([(0.90, 0.97, 0.95), (0.884, 0.969, 0.95)], False),  # dropout 0.8: only the mean while learning falls
        ([(0.97, 0.976, 0.95), (0.96, 0.970, 0.95)], False),  # what steps of usual size do
        ([(0.70, 0.72, 0.70), (0.276, 0.25, 0.26)], True),
        ([(0.70, 0.25, 0.26)], False),
        ([], False),
    ],
)
def test_updates_do_harm_where_the_network_itself_becomes_worse(
    measured: list[tuple[float, float, float]], expected: bool
) -> None:
    assert does_harm(run_of(*measured)) == expected


def test_single_updates_on_one_batch_may_swing() -> None:
    assert not does_harm(run_of((0.70, 0.72, 0.70), (0.276, 0.25, 0.26), one_batch=True))
