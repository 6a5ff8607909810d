"""Hints from the numbers of a run: each rule says how strongly its case holds, and what could be done about it.

The cases are those that published debuggers of training look for (Amazon SageMaker Debugger, UMLAUT, AUTOTRAINER,
TheDeepChecker); the thresholds are the lab's own, fixed on labelled runs: `tests/course/labelled_runs.py`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.experiment import CLASSES
from mnist_lab.optimizers import optimizer_spec

EXPECTED_LOSS = math.log(CLASSES)
"""Of a network that holds all ten answers for equally likely."""

_STAYS = 0.8
"""A hint that was raised, at 1, goes when its strength falls below this: it does not flicker."""

HintId = Literal[
    "overfitting",
    "rate_too_high",
    "rate_too_low",
    "dead_units",
    "plateau",
    "class_confusion",
    "wrong_start",
    "batch_too_large",
    "unscaled_input",
]


@dataclass(frozen=True)
class Hint:
    """One thing worth saying.

    Attributes:
        id: which rule raised it; all but "unscaled_input" are about a run.
        values: the learner's own numbers, for the words of the hint; shares are of 1, a gap is in percentage points.
        changes: settings of the next run that would help; empty where settings are not what helps.
    """

    id: HintId
    values: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, object] = field(default_factory=dict)


Rule = Callable[[RunNumbers], tuple[float, Hint]]


class Hints:
    """The hints that hold for a run, as its numbers come in; a hint that is there stays until its case is clearly over.

    Attributes:
        raised: the hints of now, the weightiest first.
    """

    def __init__(self) -> None:
        self.raised: tuple[Hint, ...] = ()

    def look(self, numbers: RunNumbers) -> bool:
        """Take in the newest numbers; whether other hints hold than before."""
        before = {hint.id for hint in self.raised}
        found = {}
        for hint_id, rule in RULES.items():
            strength, hint = rule(numbers)
            if strength >= (_STAYS if hint_id in before else 1):
                found[hint_id] = hint
        causes = {symptom for hint_id in found for symptom in _EXPLAINS.get(hint_id, ())}
        self.raised = tuple(hint for hint_id, hint in found.items() if hint_id not in causes)
        return {hint.id for hint in self.raised} != before


# The rules

_SHORTEST_MEAN = 5
_LEAST_UPDATES = 100
"""Before so many the loss says little of the learning rate."""


def _smoothed(numbers: RunNumbers) -> NDArray[np.float64]:
    """Means of the losses over a quarter of an epoch, at least five batches; empty where there are fewer."""
    span = max(_SHORTEST_MEAN, numbers.updates_per_epoch // 4)
    losses = numbers.losses.astype(float)
    if len(losses) < span:
        return np.empty(0)
    sums = np.cumsum(np.concatenate([[0.0], losses]))
    with np.errstate(invalid="ignore"):  # of a run that diverged: inf − inf
        means: NDArray[np.float64] = (sums[span:] - sums[:-span]) / span
    return means


FAR_ABOVE = 10
"""Times Keras's default, above which a learning rate is far too high: a tenth of it need not be low enough."""
_STILL_HIGH = 0.5
_JUMP = 1.5


def lower_rate(optimizer: str, rate: float) -> float:
    """What to try where a learning rate is too high: a tenth of it, or Keras's default where it is far above that."""
    usual = optimizer_spec(optimizer).default_rate
    return usual if rate > FAR_ABOVE * usual else _plain(rate / 10)


def _plain(value: float) -> float:
    """The number without what dividing by 10 or multiplying leaves behind its first figures."""
    return float(f"{value:.6g}")


def _rate_too_high(numbers: RunNumbers) -> tuple[float, Hint]:
    """It diverged, or the loss has jumped above its start or to twice its least, and has not come down again."""
    rate = numbers.experiment.learning_rate
    better = lower_rate(numbers.experiment.optimizer, rate)
    hint = Hint("rate_too_high", {"rate": rate, "better": better}, {"learning_rate": better})
    if numbers.state == "diverged":
        return math.inf, hint
    means = _smoothed(numbers)
    if not len(means):
        return 0.0, hint
    last, start = float(means[-1]), max(float(numbers.losses[0]), EXPECTED_LOSS)
    if not math.isfinite(last):
        return math.inf, hint
    if last < _STILL_HIGH or numbers.experiment.shuffled_labels:
        return 0.0, hint
    return max(last / (2 * float(means.min())), float(means.max()) / (_JUMP * start)), hint


_HARDLY_MOVED = 0.06
_GOOD = 0.85
"""Test accuracy from which on nothing is said of slowness: what one layer of a few units reaches in no time."""
_FALLS = 1e-4
_FADES = 0.5


def _rate_too_low(numbers: RunNumbers) -> tuple[float, Hint]:
    """The loss falls from epoch to epoch, and does not level off, but the weights have hardly moved."""
    rate = numbers.experiment.learning_rate
    better = _plain(rate * 10)
    hint = Hint("rate_too_low", {"rate": rate, "better": better}, {"learning_rate": better})
    epochs, moved = numbers.epochs, numbers.movement
    if len(epochs) < 3 or len(numbers.losses) < _LEAST_UPDATES or not moved or epochs[-1].test_accuracy > _GOOD:
        return 0.0, hint
    before, last = (epochs[-3].train_loss - epochs[-2].train_loss, epochs[-2].train_loss - epochs[-1].train_loss)
    falls = last > _FALLS * epochs[-2].train_loss and last > _FADES * before
    return min(_HARDLY_MOVED / moved, 10.0) if falls else 0.0, hint


_STANDS_STILL = 2e-3


def _plateau(numbers: RunNumbers) -> tuple[float, Hint]:
    """Over two epochs the loss has changed by less than two thousandths, far from what a small network reaches."""
    experiment, epochs = numbers.experiment, numbers.epochs
    starts_anew = experiment.initial_weights == "zeros"
    changes: dict[str, object] = {"initial_weights": "glorot"} if starts_anew else {"activation": "relu"}
    if not starts_anew and experiment.activation == "relu":
        changes = {"learning_rate": _plain(experiment.learning_rate * 3)}
    hint = Hint("plateau", {"loss": epochs[-1].train_loss if epochs else math.nan}, changes)
    if len(epochs) < 3 or epochs[-1].test_accuracy > _GOOD or experiment.shuffled_labels or experiment.one_batch:
        return 0.0, hint
    losses = [epoch.train_loss for epoch in epochs[-3:]]
    if not all(map(math.isfinite, losses)):
        return 0.0, hint
    change = (max(losses) - min(losses)) / min(losses)
    return min(_STANDS_STILL / change, 10.0) if change else 10.0, hint


_WORSE = 1.05
_LATER = 3


def _overfitting(numbers: RunNumbers) -> tuple[float, Hint]:
    """The test loss has been above its best for three epochs, while the training loss went on falling."""
    epochs, experiment = numbers.epochs, numbers.experiment
    if len(epochs) <= _LATER or experiment.shuffled_labels or experiment.one_batch:
        return 0.0, Hint("overfitting")
    best = int(np.argmin([epoch.test_loss for epoch in epochs]))
    gap = 100 * (epochs[-1].train_accuracy_after - epochs[-1].test_accuracy)
    hint = Hint("overfitting", {"gap": gap, "best_epoch": best + 1}, {"epochs": best + 1})
    worse = min(epoch.test_loss for epoch in epochs[-_LATER:]) / max(epochs[best].test_loss, 1e-9)
    falls = epochs[-1].train_loss < epochs[best].train_loss
    later = len(epochs) - 1 - best
    return (later / _LATER if falls and worse > _WORSE else 0.0), hint


_MANY = 0.5


def _dead_units(numbers: RunNumbers) -> tuple[float, Hint]:
    """More than half the units of a layer put out nothing for any of 1,000 images."""
    quiet = numbers.quiet_shares
    if not quiet:
        return 0.0, Hint("dead_units")
    layer = int(np.argmax(quiet))
    units = numbers.experiment.hidden_units[layer]
    values = {"units": round(quiet[layer] * units), "of": units, "layer": layer + 1}
    return quiet[layer] / _MANY, Hint("dead_units", values, {"activation": "leaky_relu"})


_NEAR, _NEAR_OF_ONE_IMAGE = 1.0, 2.0


def _wrong_start(numbers: RunNumbers) -> tuple[float, Hint]:
    """The first loss is more than 1 from ln 10, for small batches a little more: a sure answer before any learning."""
    experiment = numbers.experiment
    if not len(numbers.losses) or (experiment.l2 and experiment.initial_weights != "large"):
        return 0.0, Hint("wrong_start")
    first = float(numbers.losses[0])
    near = _NEAR + _NEAR_OF_ONE_IMAGE / math.sqrt(experiment.batch_size)
    hint = Hint("wrong_start", {"loss": first, "expected": EXPECTED_LOSS}, {"initial_weights": "glorot"})
    return (first - EXPECTED_LOSS) / near, hint


_FEW_UPDATES = 4
_USUAL_BATCH = 128


def _batch_too_large(numbers: RunNumbers) -> tuple[float, Hint]:
    """A batch is so large a part of the set that an epoch has hardly any updates, and little was learned."""
    updates, epochs, experiment = numbers.updates_per_epoch, numbers.epochs, numbers.experiment
    values = {"batch_size": experiment.batch_size, "updates": updates, "better": _USUAL_BATCH}
    hint = Hint("batch_too_large", values, {"batch_size": _USUAL_BATCH})
    if not epochs or experiment.one_batch or epochs[-1].test_accuracy > _GOOD or experiment.batch_size <= _USUAL_BATCH:
        return 0.0, hint
    return _FEW_UPDATES / updates, hint


_SHARE_OF_CLASS = 0.08
_TIMES_THE_MEDIAN = 3.0
_LEARNED = 0.8
_NORMAL = 1.96


def _class_confusion(numbers: RunNumbers) -> tuple[float, Hint]:
    """One digit is taken for one other far more often than others are: by more than chance (Wilson's interval)."""
    hint = Hint("class_confusion")
    counts = numbers.confusion
    if counts is None or numbers.experiment.shuffled_labels or counts.trace() < _LEARNED * counts.sum():
        return 0.0, hint
    of_class = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    wrong = np.where(np.eye(CLASSES, dtype=bool), 0, counts)
    shares = wrong / of_class
    digit, answer = (int(one) for one in np.unravel_index(shares.argmax(), shares.shape))
    share, images = float(shares[digit, answer]), float(of_class[digit, 0])
    others = shares[wrong > 0]
    usual = float(np.median(others)) if len(others) else 0.0
    hint = Hint("class_confusion", {"digit": digit, "answer": answer, "share": share})
    if share < _TIMES_THE_MEDIAN * usual:
        return 0.0, hint
    return _least_likely(share, images) / _SHARE_OF_CLASS, hint


def _least_likely(share: float, count: float) -> float:
    """The lower end of Wilson's 95 % interval of a share of so many."""
    square = _NORMAL**2
    middle = share + square / (2 * count)
    return (middle - _NORMAL * math.sqrt(share * (1 - share) / count + square / (4 * count**2))) / (1 + square / count)


RULES: dict[HintId, Rule] = {
    "wrong_start": _wrong_start,
    "rate_too_high": _rate_too_high,
    "rate_too_low": _rate_too_low,
    "batch_too_large": _batch_too_large,
    "plateau": _plateau,
    "dead_units": _dead_units,
    "overfitting": _overfitting,
    "class_confusion": _class_confusion,
}
"""What is looked for, the weightiest first. A new hint is one function, one line here, and its words."""

_EXPLAINS: dict[HintId, tuple[HintId, ...]] = {
    "wrong_start": ("rate_too_high", "rate_too_low", "plateau", "dead_units"),
    "rate_too_high": ("plateau", "dead_units", "overfitting", "class_confusion"),
    "rate_too_low": ("plateau", "batch_too_large"),
    "plateau": ("dead_units",),
    "batch_too_large": ("rate_too_low", "class_confusion"),
}
"""What is only a symptom where another hint holds."""


# What goes in

_LARGEST_SCALED = 2.0


def unscaled_input(values: NDArray[np.float32]) -> Hint | None:
    """Whether numbers that a network gets are far larger than the 0 to 1 on which it was trained."""
    largest = float(np.abs(values).max(initial=0))
    return Hint("unscaled_input", {"largest": largest}) if largest > _LARGEST_SCALED else None
