"""Races and range tests as the course reads them: its goals, and the learner's own numbers."""

from mnist_lab.course.number import Kind, Number, Reading, share
from mnist_lab.course.state import LabState
from mnist_lab.optimizers import optimizer_spec

RACED = "experimentsPage.raceOrder"
"""The fact that tells the optimizers of the racers, the best first, once a race is over."""
TESTED = "experimentsPage.rangeTests"
"""The fact that tells how many range tests came to their end."""
_ACCURACIES = "experimentsPage.raceAccuracies"
_UPDATES = "experimentsPage.raceUpdates"
_RANGE = "experimentsPage.rangeFound"
_OPTIMIZERS = 2
"""That many came in at least, each another, where a race has compared optimizers."""
_KINDS_OF_WINNERS = {
    "sgd": "sgd",
    "sgd_momentum": "momentum",
    "adagrad": "adagrad",
    "rmsprop": "scaled",
    "adam": "scaled",
}


def optimizers_raced(entry: LabState, now: LabState) -> bool:
    """Whether a race of optimizers has come to its end since."""
    order = now.fact(RACED)
    return now.is_newer(RACED, entry) and isinstance(order, tuple) and len(set(order)) >= _OPTIMIZERS


def winner(_entry: LabState, now: LabState) -> str | None:
    """Who came in first: "sgd", "momentum", "adagrad", or "scaled" for RMSprop and Adam; None for others."""
    order = now.fact(RACED)
    return _KINDS_OF_WINNERS.get(str(order[0])) if isinstance(order, tuple) else None


def where_rate_lies(_entry: LabState, now: LabState) -> str | None:
    """Where the form's learning rate lies: "below", "within" or "above" the range that was found; None without one."""
    found, rate = now.fact(_RANGE), now.experiment.learning_rate
    if not isinstance(found, tuple):
        return None
    low, high = float(found[0]), float(found[1])
    return "below" if rate < low else "above" if rate > high else "within"


def _place(place: int) -> tuple[Reading, Reading]:
    """The name and the accuracy of the racer that came in there."""

    def name(_entry: LabState, now: LabState) -> Number | None:
        order = now.fact(RACED)
        return Number(optimizer_spec(str(order[place])).label, "text") if isinstance(order, tuple) else None

    def accuracy(_entry: LabState, now: LabState) -> Number | None:
        values = now.fact(_ACCURACIES)
        return share(float(values[place])) if isinstance(values, tuple) else None

    return name, accuracy


def _of_range(place: int) -> Reading:
    def read(_entry: LabState, now: LabState) -> Number | None:
        values = now.fact(_RANGE)
        return Number(float(values[place]), _FIGURES, 2) if isinstance(values, tuple) else None

    return read


def _updates(_entry: LabState, now: LabState) -> Number | None:
    value = now.number(_UPDATES)
    return None if value is None else Number(value)


_FIGURES: Kind = "figures"
_FIRST, _LAST = _place(0), _place(-1)
OF_TRIALS: dict[str, Reading] = {
    "race_first": _FIRST[0],
    "race_first_accuracy": _FIRST[1],
    "race_last": _LAST[0],
    "race_last_accuracy": _LAST[1],
    "race_updates": _updates,
    "range_low": _of_range(0),
    "range_high": _of_range(1),
    "range_rate": _of_range(2),
    "form_rate": lambda _entry, now: Number(now.experiment.learning_rate, _FIGURES, 4),
}
