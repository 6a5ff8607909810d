"""The lab's own run without XLA, for its last network alone: it is kept nowhere, and nothing is measured."""

from collections.abc import Callable

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.session import TrainingSession

_AT_ONCE = 20
"""Updates between two looks at whether it is still wanted."""


def plain_weights(
    experiment: Experiment,
    digits: Digits,
    report: Callable[[int], None] = lambda _: None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> NetworkWeights | None:
    """The network at the end of all epochs, for who holds `KERAS_LOCK`; None: it is not wanted any more.

    Args:
        experiment: what to train.
        digits: on what.
        report: told now and then how many gradient updates are done.
        is_wanted: asked between chunks.

    Raises:
        NetworkError: the network does not fit into memory.
    """
    session = TrainingSession(experiment, digits, xla=False, measures=False)
    try:
        while session.updates < session.total_updates:
            if not is_wanted():
                return None
            session.advance(min(_AT_ONCE, session.total_updates - session.updates))
            report(session.updates)
        return session.weights()
    finally:
        session.close()
