"""What can change in the lab. Whoever changes something says which of these; pages show anew what depends on them."""

from enum import Enum, auto


class Subject(Enum):
    """What can change."""

    EXPERIMENT = auto()
    DATA = auto()
    RUN = auto()
    WEIGHTS = auto()
    UPDATE = auto()
    MOMENT = auto()
    DRAWING = auto()
    OWN_DIGITS = auto()
    NETWORKS = auto()
    RUNS = auto()
    KERAS = auto()
