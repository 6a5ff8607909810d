"""What is seen of one ball and of the way it has come; knows no Qt."""

from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

TRAIL = 200
"""How many of the last places are seen."""

Reals = NDArray[np.float64]


class LossChange(Enum):
    """What a step did to the loss; `UNKNOWN` where it has no value before or after."""

    FELL = auto()
    ROSE = auto()
    LEVEL = auto()
    UNKNOWN = auto()


def change(before: float, after: float) -> LossChange:
    """What a step from one loss to another did."""
    if after < before:
        return LossChange.FELL
    if after > before:
        return LossChange.ROSE
    return LossChange.LEVEL if after == before else LossChange.UNKNOWN


@dataclass(frozen=True, eq=False)
class BallPicture:
    """One ball.

    Attributes:
        identifier: of its rule.
        x: (k,) its last places, the present one last.
        y: (k,) the values there.
        first: how many steps led to the first of these places.
        slope: at the present place; NaN where there is none.
        next_x: where the next step would lead, None if there is none or another ball is looked at closely.
        next_y: the value there.
        is_plain_step: whether the next step is nothing but the learning rate times the slope.
        is_looked_at: whether this is the one.
        fan: (m,) estimates of the slope at the present place by batches; none without noise.
    """

    identifier: str
    x: Reals
    y: Reals
    first: int
    slope: float
    next_x: float | None
    next_y: float
    is_plain_step: bool
    is_looked_at: bool
    fan: Reals = field(default_factory=lambda: np.empty(0))

    def moves(self, what: LossChange) -> NDArray[np.intp]:
        """The steps on the trail that did this to the loss, each by the index of the place where it began."""
        before, after = self.y[:-1], self.y[1:]
        chosen = {LossChange.FELL: after < before, LossChange.ROSE: after > before, LossChange.LEVEL: after == before}
        return np.flatnonzero(chosen[what])
