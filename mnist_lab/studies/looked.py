"""What pages look at and studies are asked of: a network at one moment, and what belongs to it."""

from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class Looked:
    """A network at one moment: a live run's, a run's that is over, or a kept one. No page asks which.

    Attributes:
        source: what stays the same while its weights go on changing: the run, or the kept network.
        weights: the network; `weights.updates` is the moment.
        start_weights: the network before its first update; None where that is not known.
        digits: what belongs to it: those of its run, or of the next.
        is_live: whether it goes on learning.
    """

    source: object
    weights: NetworkWeights
    start_weights: NetworkWeights | None
    digits: Digits
    is_live: bool
