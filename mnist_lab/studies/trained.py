"""What most studies are asked of: a network and the digits that belong to it."""

from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class Trained:
    """A network at one moment and the digits of its run."""

    weights: NetworkWeights
    digits: Digits
