"""The same run twice, with XLA and without: how rounding alone parts them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.session import TrainingSession
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_UPDATES = 500
_AT_ONCE = 10
"""Updates of one of both, before it is the other's turn."""


def part(
    experiment: Experiment,
    digits: Digits,
    report: Callable[[NDArray[np.float64]], None],
    is_wanted: Callable[[], bool] = lambda: True,
    most: int = MOST_UPDATES,
) -> NDArray[np.float64] | None:
    """Train both from the same start on the same batches, in turns; for who holds `KERAS_LOCK`.

    Args:
        experiment: what to train; its learning rate stays as it is, and it may go on beyond its epochs.
        digits: on what.
        report: gets what is known so far, now and then.
        is_wanted: whether anybody waits for it still; asked between chunks.
        most: after how many updates it ends. It ends earlier where a loss is no finite number.

    Returns:
        (n,) the absolute difference of each batch's loss, before its update; None: it is not wanted any more.

    Raises:
        NetworkError: the network does not fit into memory, or XLA cannot be used here: both would be the same.
    """
    rounded = TrainingSession(experiment, digits, measures=False)
    try:
        if not rounded.uses_xla:
            raise NetworkError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "XLA cannot be used here, so the lab trains as the program does, and nothing parts them; where it"
                    " can, rounding does.",
                )
            )
        plain = TrainingSession(experiment, digits, xla=False, measures=False)
        try:
            return _parted(rounded, plain, report, is_wanted, most)
        finally:
            plain.close()
    finally:
        rounded.close()


def _parted(
    rounded: TrainingSession,
    plain: TrainingSession,
    report: Callable[[NDArray[np.float64]], None],
    is_wanted: Callable[[], bool],
    most: int,
) -> NDArray[np.float64] | None:
    differences = np.empty(0)
    while len(differences) < most:
        if not is_wanted():
            return None
        count = min(_AT_ONCE, most - len(differences))
        losses = [session.advance(count).losses.astype(np.float64) for session in (rounded, plain)]
        with np.errstate(invalid="ignore"):
            parted = np.abs(losses[0] - losses[1])
        finite = np.isfinite(losses).all(axis=0)
        good = count if finite.all() else int(np.argmin(finite))
        differences = np.concatenate([differences, parted[:good]])
        report(differences)
        if good < count:
            break
    return differences
