"""How the comparison is looked at; kept outside its widgets, which come and go with their page."""

from dataclasses import dataclass, field

from mnist_lab.data.digits import Digits
from mnist_lab.runs.confusions import ConfusionPair


@dataclass
class ComparisonLook:
    """What is read, and what was computed.

    Attributes:
        read_at: the place on the curves' axis that is read; None: none.
        left_room: what the labels of the curves' left axis took at most so far, in logical pixels.
        pair: ids of the two runs whose answers are compared; None: the first two.
        confusions: what was computed of a pair last.
        digits: whose test images both were asked about.
        folded: ids of runs whose children are not shown in their family.
    """

    read_at: float | None = None
    left_room: int = 0
    pair: tuple[str, str] | None = None
    confusions: ConfusionPair | None = None
    digits: Digits | None = None
    folded: set[str] = field(default_factory=set)
