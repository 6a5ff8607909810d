"""Which digits two kept networks take for which, on the same images; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.work import Cancelled, JobHandle

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ConfusionPair:
    """The answers of two networks to the same labelled images.

    Attributes:
        ids: of both runs.
        first: (10, 10) int64 counts of the one: rows the true digits, columns the answers.
        second: those of the other.
        images: how many images there were.
        right: how many of them each has right.
        only_right: how many of them the one has right and the other has not, and the reverse.
    """

    ids: tuple[str, str]
    first: Counts
    second: Counts
    images: int
    right: tuple[int, int]
    only_right: tuple[int, int]

    @property
    def difference(self) -> Counts:
        """(10, 10) int64: how many more the one has in each cell than the other."""
        return self.first - self.second


def confusion_pair(
    weights_of: Callable[[str], NetworkWeights], ids: tuple[str, str], digits: Digits, handle: JobHandle
) -> ConfusionPair:
    """Ask the networks of two runs about all test images: for a job, it takes a moment.

    Args:
        weights_of: reads the network of a run, as `RunStore.network_weights` does; what it raises is raised here.
        ids: of both runs.
        digits: whose test images are asked about.
        handle: of the job.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    one, other = (_evaluation(weights_of, run_id, digits, handle) for run_id in ids)
    return ConfusionPair(
        ids,
        one.confusion(),
        other.confusion(),
        len(digits.test_labels),
        (one.right_count, other.right_count),
        (int(np.count_nonzero(one.right & ~other.right)), int(np.count_nonzero(other.right & ~one.right))),
    )


def _evaluation(
    weights_of: Callable[[str], NetworkWeights], run_id: str, digits: Digits, handle: JobHandle
) -> Evaluation:
    handle.check()
    weights = weights_of(run_id)
    evaluation = evaluate(weights, digits.test_images, digits.test_labels, lambda: handle.is_cancelled)
    if evaluation is None:
        raise Cancelled
    return evaluation
