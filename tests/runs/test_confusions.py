"""Two networks' answers to the same images."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.runs.confusions import confusion_pair
from mnist_lab.work import Cancelled, JobHandle

LABELS = np.array([1, 1, 2, 2, 2, 7], np.uint8)
DIGITS = Digits(np.zeros((1, 28, 28), np.uint8), LABELS[:1], np.zeros((6, 28, 28), np.uint8), LABELS, "own", "")


def always(digit: int) -> NetworkWeights:
    """A network that answers one digit, whatever it sees."""
    bias = np.zeros(10, np.float32)
    bias[digit] = 5
    return NetworkWeights((DenseWeights(np.zeros((784, 10), np.float32), bias),), "relu", 7)


NETWORKS = {"one": always(1), "two": always(2)}


def test_both_are_asked_about_the_same_images() -> None:
    pair = confusion_pair(NETWORKS.__getitem__, ("one", "two"), DIGITS, JobHandle())
    assert pair.ids == ("one", "two")
    assert pair.first[:, 1].tolist() == pair.second[:, 2].tolist() == np.bincount(LABELS, minlength=10).tolist()
    assert pair.difference[2].tolist() == [0, 3, -3, 0, 0, 0, 0, 0, 0, 0]
    assert pair.images == 6
    assert pair.right == pair.only_right == (2, 3)


def test_nobody_waits_for_what_was_cancelled() -> None:
    handle = JobHandle()
    handle.is_cancelled = True
    with pytest.raises(Cancelled):
        confusion_pair(NETWORKS.__getitem__, ("one", "two"), DIGITS, handle)
