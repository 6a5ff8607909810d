"""The cards of the Local line tab, one idea each."""

from enum import IntEnum


class Card(IntEnum):
    """What is looked at, in the order in which one thing rests on the other."""

    CONTINUITY = 0
    SMOOTHNESS = 1
    LINE = 2
    SIGN = 3
    STEP = 4
    ALL = 5

    @property
    def has_line(self) -> bool:
        """Whether the straight line has been met."""
        return self >= Card.LINE
