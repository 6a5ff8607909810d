"""How one looks at a curve; kept outside the plot, which comes and goes with its page."""

from dataclasses import dataclass


@dataclass
class CurveLook:
    """The view options, and the batch that is read.

    Attributes:
        is_log: whether heights are logarithms.
        is_close: whether the upright axis shows the newest heights alone.
        crosshair: the gradient update that is read; None: none.
        left_room: what the labels of the left axis took at most so far, in logical pixels.
    """

    is_log: bool = False
    is_close: bool = False
    crosshair: int | None = None
    left_room: int = 0
