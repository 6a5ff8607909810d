"""A slice of a real network's loss: over the way it has come, and one random direction beside it. No Qt."""

from collections.abc import Callable

import numpy as np

from mnist_lab.data.digits import Digits
from mnist_lab.descent.sampled_surface import sampled_surface
from mnist_lab.descent.surfaces import Surface
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.frozen_loss import FrozenLoss, flat
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

LINES = 25
"""Grid lines each way: 625 forward passes, two to three seconds for 784-512-10."""
_REACH = 1.25
_START_RATE_SHARE = 0.05
_ALONG_THE_WAY = QT_TRANSLATE_NOOP(
    "descent",
    "Measured at 625 points, smoothed between, flat beyond; x = −1: where the run began; 0: now; y: random.",
)
_AT_RANDOM = QT_TRANSLATE_NOOP(
    "descent",
    "Measured at 625 points, smoothed between, flat beyond; 0, 0: now; x and y: random, for no earlier weights are "
    "known.",
)


class SliceError(LabError):
    """A network whose loss cannot be measured."""


def measure_slice(
    weights: NetworkWeights,
    beginning: NetworkWeights | None,
    digits: Digits,
    is_cancelled: Callable[[], bool],
    report: Callable[[int], None] = lambda _rows: None,
) -> Surface | None:
    """The loss on the frozen batch around the weights W: W + x·(W − W0) + y·r.

    Args:
        weights: W.
        beginning: W0, so that x = −1 is where the run began; None (or the same weights): a second random direction.
        digits: whose first training images are the batch.
        is_cancelled: asked between two rows.
        report: told after each of the `LINES` rows how many are done.

    Returns:
        the surface over x and y from −1.25 to 1.25; None if it was cancelled.

    Raises:
        SliceError: the loss is not finite everywhere.
    """
    loss = FrozenLoss(weights, digits.train_images, digits.train_labels)
    along, beside, is_the_way = _directions(loss.start, beginning)
    places = np.linspace(-_REACH, _REACH, LINES)
    values = np.empty((LINES, LINES))
    for row, x in enumerate(places):
        if is_cancelled():
            return None
        base = loss.start + x * along
        values[row] = [loss(base + y * beside) for y in places]
        report(row + 1)
    if not np.isfinite(values).all():
        raise SliceError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This network's loss is not a number around here: its run diverged; train another.",
            )
        )
    # So that the first step is short of the slice's width, however steep it is.
    steepest = float(np.abs(np.diff(values, axis=0)).max() / (places[1] - places[0]))
    rate = _START_RATE_SHARE / steepest if steepest > 0 else 0.1
    return sampled_surface(
        "network_slice",
        QT_TRANSLATE_NOOP("descent", "Network's own loss"),
        "L(W + x·(W − W0) + y·r)" if is_the_way else "L(W + x·q + y·r)",
        _ALONG_THE_WAY if is_the_way else _AT_RANDOM,
        places,
        places,
        values,
        (-1.0, 0.5),
        rate,
    )


def _directions(now: np.ndarray, beginning: NetworkWeights | None) -> tuple[np.ndarray, np.ndarray, bool]:
    """Two directions at right angles, as long, of the shape of `now`.

    And whether the first is the way that the weights have come; if no way is known both are random.
    """
    generator = np.random.default_rng(0)
    along = np.zeros_like(now) if beginning is None else now - flat(beginning.layers)
    is_the_way = bool(along.any())
    if not is_the_way:
        along = generator.normal(size=now.shape)
        along *= (np.linalg.norm(now) or 1.0) / np.linalg.norm(along)
    beside = generator.normal(size=now.shape)
    beside -= along * (beside @ along) / (along @ along)
    return along, beside * np.linalg.norm(along) / np.linalg.norm(beside), is_the_way
