"""What is in the way of something that was asked for: the banner shows it as long as it is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Hindrance:
    """Why something cannot be done now, and could be later.

    Attributes:
        sentence: what is in the way, and what would be right.
        holds: whether it still is.
    """

    sentence: str
    holds: Callable[[], bool]
