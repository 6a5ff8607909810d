"""What *Do it for me* does, as a person would: each action is one thing done with one control. No Qt.

A step lists its actions once. The window performs them on the controls, and a test performs the same ones with mouse
and keys, so that what a step asks for is known to be possible both ways.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mnist_lab.course.state import LabState


@dataclass(frozen=True)
class Open:
    """Turn to a page, and on it to a tab or a stage.

    Attributes:
        page: its objectName.
        tabs: objectName of a bar of tabs on it; "" for none.
        tab: which tab, from 0.
        stages: name of a bar of stages in that tab; "" for none.
        stage: which stage, from 0.
    """

    page: str
    tabs: str = ""
    tab: int = 0
    stages: str = ""
    stage: int = 0


@dataclass(frozen=True)
class Put:
    """Set a control of the page in view; one that stands there already is moved away and back, so that it counts.

    Attributes:
        name: its objectName.
        value: a number for a field or a slider (infinity: as far as it goes), a text for a line, True or False for a
            check box, and for a list the data of the item, or its index where items have no data.
    """

    name: str
    value: bool | int | float | str


@dataclass(frozen=True)
class Press:
    """Press a button of the page in view, as soon as it can be pressed.

    Attributes:
        name: its objectName.
        instead: that of a button that does the same where the other is not in sight; "" for none.
        if_possible: whether it is left out where it cannot be pressed now.
        unless: it is left out, too, where the lab is so already; None: never.
    """

    name: str
    instead: str = ""
    if_possible: bool = False
    unless: Callable[[LabState], bool] | None = None


@dataclass(frozen=True)
class Pick:
    """Click a place in a picture of the page in view.

    Attributes:
        name: its objectName.
        place: which place, as the picture numbers them: the index of a tile, a cell as (row, column), or a point by its
            share of the width and the height.
        adds: whether Ctrl is held down, so that what is chosen already stays chosen.
    """

    name: str
    place: int | tuple[int, int] | tuple[float, float]
    adds: bool = False


@dataclass(frozen=True)
class Draw:
    """Draw on the pad, which is emptied first.

    Attributes:
        strokes: points as shares of the pad's width and height, from 0 to 1, y down.
    """

    strokes: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Until:
    """Wait until the lab is as a function of its state says.

    Attributes:
        is_so: told the state when the actions began, and the state now.
    """

    is_so: Callable[[LabState, LabState], bool]


Action = Open | Put | Press | Pick | Draw | Until


def _none_is_live(_entry: LabState, now: LabState) -> bool:
    return not now.is_training


NEW_RUN: tuple[Action, ...] = (Press("stopButton", if_possible=True), Until(_none_is_live), Press("startButton"))
"""On the page Train: begin a run, whether one goes on, waits or has ended."""
