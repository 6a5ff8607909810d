"""A number of the learner's, and where it is read from; the numbers themselves stand in `numbers`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mnist_lab.course.state import LabState, RunSeen

Kind = Literal["whole", "real", "figures", "percent", "certainty", "seconds", "measured", "setting", "text"]


@dataclass(frozen=True)
class Number:
    """A number and how it is written.

    Attributes:
        value: a share of one where it is written in per cent; a text as it is.
        kind: how it is written in the language of the window; "certainty" is a network's, and never rounded to all or
            nothing; "seconds" are waited for, "measured" ones may be short; a "setting" is written as one types it.
        decimals: of "real" and "percent"; of "figures" how many figures are not rounded away.
    """

    value: float | str
    kind: Kind = "whole"
    decimals: int = 1


Reading = Callable[[LabState, LabState], Number | None]
"""Gives a number, of the state when the step was entered and the state now; None where it is not known."""


def of_run(read: Callable[[RunSeen], Number | None]) -> Reading:
    """A number of the run that is looked at."""
    return lambda _entry, now: None if now.run is None else read(now.run)


def share(value: float | None) -> Number | None:
    """A share of one, in per cent."""
    return None if value is None else Number(value, "percent")


def told(name: str, kind: Kind = "whole", decimals: int = 1) -> Reading:
    """A number that a page tells."""

    def read(_entry: LabState, now: LabState) -> Number | None:
        value = now.number(name)
        return None if value is None else Number(value, kind, decimals)

    return read
