"""Hints from the numbers of a run: each rule says how strongly its case holds, and what could be done about it.

The cases are those that published debuggers of training look for (Amazon SageMaker Debugger, UMLAUT, AUTOTRAINER,
TheDeepChecker); the thresholds are the lab's own, fixed on labelled runs: `tests/course/labelled_runs.py`.
"""

import math

import numpy as np
from numpy.typing import NDArray

from mnist_lab.course import rate_rules
from mnist_lab.course.hint import EXPECTED_LOSS, GOOD, Hint, HintId, Rule
from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.experiment import CLASSES, Experiment

_STAYS = 0.8
"""A hint that was raised, at 1, goes when its strength falls below this: it does not flicker."""


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
            if strength >= (_STAYS if hint_id in before else 1) and _changes_anything(hint, numbers.experiment):
                found[hint_id] = hint
        causes = {symptom for hint_id in found for symptom in _EXPLAINS.get(hint_id, ())}
        self.raised = tuple(hint for hint_id, hint in found.items() if hint_id not in causes)
        return {hint.id for hint in self.raised} != before


def _changes_anything(hint: Hint, experiment: Experiment) -> bool:
    """Whether it advises anything but what is set: else it would prescribe the very value at fault."""
    return not hint.changes or any(getattr(experiment, name) != value for name, value in hint.changes.items())


# The rules

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
_CAN_FALL_SILENT = frozenset({"relu", "silu", "softplus", "sigmoid"})
"""The activations that put out nothing for any sum far below 0."""


def _dead_units(numbers: RunNumbers) -> tuple[float, Hint]:
    """More than half the units of a layer put out nothing for any of 1,000 images, and did not begin so."""
    quiet, experiment = numbers.quiet_shares, numbers.experiment
    if not quiet or experiment.activation not in _CAN_FALL_SILENT or experiment.initial_weights == "zeros":
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
    better, samples = _USUAL_BATCH, experiment.samples(numbers.digits.train_images)
    while better > 1 and samples < _FEW_UPDATES * better:
        better //= 2
    values = {"batch_size": experiment.batch_size, "updates": updates, "better": better}
    hint = Hint("batch_too_large", values, {"batch_size": better})
    if not epochs or experiment.one_batch or epochs[-1].test_accuracy > GOOD or experiment.batch_size <= _USUAL_BATCH:
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
    "rate_moves_nothing": rate_rules.rate_moves_nothing,
    "wrong_start": _wrong_start,
    "rate_too_high": rate_rules.rate_too_high,
    "rate_too_low": rate_rules.rate_too_low,
    "range_test": rate_rules.range_test,
    "batch_too_large": _batch_too_large,
    "plateau": rate_rules.plateau,
    "dead_units": _dead_units,
    "overfitting": _overfitting,
    "class_confusion": _class_confusion,
}
"""What is looked for, the weightiest first. A new hint is one function, one line here, and its words."""

_EXPLAINS: dict[HintId, tuple[HintId, ...]] = {
    "rate_moves_nothing": ("rate_too_low", "batch_too_large", "plateau", "dead_units"),
    "wrong_start": ("rate_too_high", "rate_too_low", "range_test", "plateau", "dead_units"),
    "rate_too_high": ("range_test", "plateau", "dead_units", "overfitting", "class_confusion"),
    "range_test": ("class_confusion",),
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
