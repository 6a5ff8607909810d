"""Adam and its two relatives in NumPy: AdamW, which also lets the weights decay, and Nadam, which looks ahead.

In the formulas g is the gradient, w what is moved, η the learning rate, t the number of the update, from 1; all
operations are element by element.
"""

import numpy as np

from mnist_lab.descent.rule_stages import AVERAGE_SQUARES, MEAN_SQUARE, TAKE_STEP
from mnist_lab.descent.update_rule import Quantities, Quantity, Reals, Settings, Stage, State, UpdateRule
from mnist_lab.words import QT_TRANSLATE_NOOP

_MEAN = Quantity("mean", QT_TRANSLATE_NOOP("descent", "Mean of gradients m"))
_UPDATES = Quantity("updates", QT_TRANSLATE_NOOP("descent", "Updates t"))
_PRODUCT = Quantity("product", QT_TRANSLATE_NOOP("descent", "Product of all μ so far, P"))
_NADAM_DECAY = float(np.float32(0.96))  # rounded as Keras does


def _adam_rate(state: State, rate: Reals, settings: Settings) -> Reals:
    return np.asarray(_corrected(rate, state["updates"], settings) / (np.sqrt(state["squares"]) + settings["epsilon"]))


def _corrected(rate: Reals, updates: Reals, settings: Settings) -> Reals:
    """Adam's learning rate with the correction for means that began with 0.

    That Keras rounds β here shows, with the default, in the fifth digit of the first steps.
    """
    unbiased_mean = 1 - _single(settings["beta_1"]) ** updates
    unbiased_squares = 1 - _single(settings["beta_2"]) ** updates
    return np.asarray(rate * np.sqrt(unbiased_squares) / unbiased_mean)


def _single(value: float) -> float:
    """The nearest number of single precision, in which Keras holds Adam's β in its powers, and all of Nadam's."""
    return float(np.float32(value))


def _mixed(mean: Reals, newest: Reals, beta: float) -> Reals:
    """A running mean after one more value."""
    return beta * mean + (1 - beta) * newest


def _nadam_rate(state: State, rate: Reals, settings: Settings) -> Reals:
    """What stands before the mean that looks ahead."""
    unbiased = state["squares"] / (1 - _single(settings["beta_2"]) ** state["updates"])
    return np.asarray(rate / (np.sqrt(unbiased) + settings["epsilon"]))


def _mu(updates: Reals, settings: Settings) -> Reals:
    """Nadam's μₜ: how much of the mean of gradients counts in update t."""
    return np.asarray(_single(settings["beta_1"]) * (1 - 0.5 * _NADAM_DECAY**updates))


def _nadam_step(quantities: Quantities, settings: Settings) -> Reals:
    updates, product = quantities["updates"], quantities["product"]
    following = _mu(updates + 1, settings)
    ahead = following * quantities["mean"] / (1 - following * product)
    now = (1 - _mu(updates, settings)) * quantities["gradient"] / (1 - product)
    return np.asarray(-_nadam_rate(quantities, quantities["rate"], settings) * (ahead + now))


_COUNT = Stage(
    "updates",
    "t ← t + 1",
    QT_TRANSLATE_NOOP("descent", "Count the updates, to correct for means that began with 0."),
    lambda quantities, settings: quantities["updates"] + 1,
)
_MEAN_FORMULA, _SQUARES_FORMULA = "m ← β₁·m + (1−β₁)·g", "s ← β₂·s + (1−β₂)·g²"
_AVERAGE_GRADIENTS = QT_TRANSLATE_NOOP("descent", "Let the mean of the gradients follow the newest one.")
_AVERAGE = Stage(
    "mean",
    _MEAN_FORMULA,
    _AVERAGE_GRADIENTS,
    lambda quantities, settings: _mixed(quantities["mean"], quantities["gradient"], settings["beta_1"]),
)
_SQUARE = Stage(
    "squares",
    _SQUARES_FORMULA,
    AVERAGE_SQUARES,
    lambda quantities, settings: _mixed(quantities["squares"], quantities["gradient"] ** 2, settings["beta_2"]),
)
_NADAM_AVERAGE = Stage(
    "mean",
    _MEAN_FORMULA,
    _AVERAGE_GRADIENTS,
    lambda quantities, settings: _mixed(quantities["mean"], quantities["gradient"], _single(settings["beta_1"])),
)
_NADAM_SQUARE = Stage(
    "squares",
    _SQUARES_FORMULA,
    AVERAGE_SQUARES,
    lambda quantities, settings: _mixed(
        quantities["squares"], quantities["gradient"] ** 2, _single(settings["beta_2"])
    ),
)
_DIVIDE_MEAN = Stage(
    "step",
    "step = −η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√s + ε)",
    QT_TRANSLATE_NOOP("descent", "Divide the mean by the root of the squares, both corrected."),
    lambda quantities, settings: -_adam_rate(quantities, quantities["rate"], settings) * quantities["mean"],
)
_DECAY_WEIGHT = Stage(
    "x",
    "w ← w − η·λ·w",
    QT_TRANSLATE_NOOP("descent", "Shrink the weight a little towards 0, whatever its gradient is."),
    lambda quantities, settings: quantities["x"] * (1 - settings["weight_decay"] * quantities["rate"]),
)
_MULTIPLY = Stage(
    "product",
    "P ← P·μₜ,  μₜ = β₁·(1 − 0.96ᵗ/2)",
    QT_TRANSLATE_NOOP("descent", "Multiply all μ so far, to correct for means that began with 0."),
    lambda quantities, settings: quantities["product"] * _mu(quantities["updates"], settings),
)
_LOOK_AHEAD = Stage(
    "step",
    "step = −η · (μₜ₊₁·m/(1 − μₜ₊₁·P) + (1−μₜ)·g/(1−P)) / (√(s/(1−β₂ᵗ)) + ε)",
    QT_TRANSLATE_NOOP("descent", "Mix the mean that the next update will see with the gradient; divide by the root."),
    _nadam_step,
)


def _beginning(settings: Settings) -> dict[str, float]:
    del settings
    return {"mean": 0.0, "squares": 0.0, "updates": 0.0}


ADAM = UpdateRule(
    "adam",
    0.1,
    (_MEAN, MEAN_SQUARE, _UPDATES),
    (_COUNT, _AVERAGE, _SQUARE, _DIVIDE_MEAN, TAKE_STEP),
    _beginning,
    _adam_rate,
    None,
)
ADAMW = UpdateRule(
    "adamw",
    0.1,
    (_MEAN, MEAN_SQUARE, _UPDATES),
    (_DECAY_WEIGHT, _COUNT, _AVERAGE, _SQUARE, _DIVIDE_MEAN, TAKE_STEP),
    _beginning,
    _adam_rate,
    None,
)
NADAM = UpdateRule(
    "nadam",
    0.1,
    (_MEAN, MEAN_SQUARE, _UPDATES, _PRODUCT),
    (_COUNT, _MULTIPLY, _NADAM_AVERAGE, _NADAM_SQUARE, _LOOK_AHEAD, TAKE_STEP),
    lambda settings: {**_beginning(settings), "product": 1.0},
    _nadam_rate,
    None,
)
