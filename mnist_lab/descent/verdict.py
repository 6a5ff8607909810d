"""What can come of a descent, and the lengths and slopes that every judgement of it goes by."""

from dataclasses import dataclass
from enum import Enum, auto

from mnist_lab.descent.sentences import Sentence

TOLERANCE = 1e-4
"""A slope smaller than this counts as 0."""

STILL = 1e-3
"""A move shorter than this share of the domain counts as none."""

WINDOW = 20
"""The last steps that are looked at together."""


class Kind(Enum):
    """What came of it."""

    NOT_STARTED = auto()
    MOVING = auto()
    CONVERGED = auto()
    NOT_A_MINIMUM = auto()
    NO_SLOPE = auto()
    OSCILLATES = auto()
    MOVES_AWAY = auto()
    JITTERS = auto()
    CRAWLS = auto()
    DIVERGED = auto()


@dataclass(frozen=True)
class Verdict:
    """What came of it, and a sentence that says why, with the numbers that it rests on."""

    kind: Kind
    sentence: Sentence
