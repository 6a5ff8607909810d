"""Races, range tests and sweeps as the course reads them: its goals, and the learner's own numbers."""

from mnist_lab.course.number import Kind, Number, Reading, share, told
from mnist_lab.course.state import LabState
from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.optimizers import optimizer_spec

RACED = "experimentsPage.raceOrder"
"""The fact that tells the optimizers of the racers, the best first, once a race is over."""
TESTED = "experimentsPage.rangeTests"
"""The fact that tells how many range tests came to their end."""
SWEPT = "experimentsPage.sweepOrder"
"""The fact that tells which fields varied in a sweep, the one first that mattered most, once it is over."""
_SWEEPS = "experimentsPage.sweeps"
"""The fact that tells how many sweeps came to their end with something to compare."""
VARIED = "experimentsPage.sweepVaried"
"""The fact that tells which fields are to vary in the next one."""
_SPREADS = "experimentsPage.sweepSpreads"
_MEANS = "experimentsPage.sweepMeans"
_ALIKE = 0.01
"""Of the test digits: by less, two settings matter about the same."""
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


def two_settings_swept(entry: LabState, now: LabState) -> bool:
    """Whether a sweep over two settings or more has come to its end since."""
    order = now.fact(SWEPT)
    return now.is_newer(_SWEEPS, entry) and isinstance(order, tuple) and len(order) > 1


def two_settings_vary(now: LabState) -> bool:
    """Whether at least two settings are to vary in the next sweep."""
    varied = now.fact(VARIED)
    return isinstance(varied, tuple) and len(varied) > 1


def mattered_more(_entry: LabState, now: LabState) -> str | None:
    """Of learning rate and hidden units: "rate", "units" or "alike"; None where others varied."""
    order, spreads = now.fact(SWEPT), now.fact(_SPREADS)
    if not isinstance(order, tuple) or not isinstance(spreads, tuple):
        return None
    by_field = dict(zip(map(str, order), map(float, spreads), strict=True))
    if by_field.keys() != {"learning_rate", "hidden_units"}:
        return None
    difference = by_field["learning_rate"] - by_field["hidden_units"]
    return "alike" if abs(difference) < _ALIKE else "rate" if difference > 0 else "units"


def _mattered(_entry: LabState, now: LabState) -> Number | None:
    """The name of the setting that mattered most."""
    order = now.fact(SWEPT)
    return Number(FIELD_NAMES[str(order[0])], "text") if isinstance(order, tuple) else None


def _mean(place: int) -> Reading:
    def read(_entry: LabState, now: LabState) -> Number | None:
        values = now.fact(_MEANS)
        return share(float(values[place])) if isinstance(values, tuple) else None

    return read


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
        return Number(float(f"{values[place]:.2g}"), "setting") if isinstance(values, tuple) else None  # as on the page

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
    "sweep_runs": told("experimentsPage.sweepRuns"),
    "sweep_best": told("experimentsPage.sweepBest", "percent"),
    "sweep_setting": _mattered,
    "sweep_low": _mean(0),
    "sweep_high": _mean(1),
    "form_rate": lambda _entry, now: Number(now.experiment.learning_rate, _FIGURES, 4),
}
