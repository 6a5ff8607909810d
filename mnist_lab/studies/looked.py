"""What pages look at and studies are asked of: a network at one moment, and what belongs to it."""

from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import ObservedUpdate


@dataclass(frozen=True, eq=False)
class Looked:
    """A network at one moment: a live run's, a run's that is over, or a kept one. No page asks which.

    Attributes:
        source_id: the id of its run, or of the kept network: it stays while the weights go on changing.
        experiment: how it was trained; None where that is not known.
        weights: the network; `weights.updates` is the moment.
        start_weights: the network before its first update; None where that is not known.
        digits: what belongs to it: those of its run, or of the next.
        is_live: whether it goes on learning.
        update: the gradient update of its run that was last looked at closely; None before the first.
    """

    source_id: str
    experiment: Experiment | None
    weights: NetworkWeights
    start_weights: NetworkWeights | None
    digits: Digits
    is_live: bool
    update: ObservedUpdate | None = None
