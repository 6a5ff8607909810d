"""The optimizers' update rules in NumPy. Adding one is one entry in `RULES`, under the optimizer's own identifier.

Labels and settings come from `mnist_lab.optimizers`; the learning rates are the bench's own. Results are those of the
network's optimizers: a test runs both side by side.
In the formulas g is the gradient, w what is moved, η the learning rate; all operations are element by element.
"""

import numpy as np

from mnist_lab.descent.update_rule import Quantities, Quantity, Reals, Settings, Stage, State, UpdateRule
from mnist_lab.words import QT_TRANSLATE_NOOP

_VELOCITY = Quantity("velocity", QT_TRANSLATE_NOOP("descent", "Velocity v"))
_SUM = Quantity("squares", QT_TRANSLATE_NOOP("descent", "Sum of squared gradients s"))
_MEAN_SQUARE = Quantity("squares", QT_TRANSLATE_NOOP("descent", "Mean of squared gradients s"))
_MEAN = Quantity("mean", QT_TRANSLATE_NOOP("descent", "Mean of gradients m"))
_UPDATES = Quantity("updates", QT_TRANSLATE_NOOP("descent", "Updates t"))


def _plain_rate(state: State, rate: Reals, settings: Settings) -> Reals:
    del state, settings
    return rate


def _rate_over_root(state: State, rate: Reals, settings: Settings) -> Reals:
    return np.asarray(rate / np.sqrt(state["squares"] + settings["epsilon"]))


def _adam_rate(state: State, rate: Reals, settings: Settings) -> Reals:
    return np.asarray(_corrected(rate, state["updates"], settings) / (np.sqrt(state["squares"]) + settings["epsilon"]))


def _corrected(rate: Reals, updates: Reals, settings: Settings) -> Reals:
    """Adam's learning rate with the correction for means that began with 0.

    Keras holds β in single precision here; with the default it shows in the fifth digit of the first steps.
    """
    unbiased_mean = 1 - float(np.float32(settings["beta_1"])) ** updates
    unbiased_squares = 1 - float(np.float32(settings["beta_2"])) ** updates
    return np.asarray(rate * np.sqrt(unbiased_squares) / unbiased_mean)


def _step_down(quantities: Quantities, settings: Settings) -> Reals:
    del settings
    return np.asarray(-quantities["rate"] * quantities["gradient"])


def _step_by_effective_rate(quantities: Quantities, settings: Settings) -> Reals:
    return -_rate_over_root(quantities, quantities["rate"], settings) * quantities["gradient"]


def _move(quantities: Quantities, settings: Settings) -> Reals:
    del settings
    return quantities["x"] + quantities["step"]


_TAKE_STEP = Stage("x", "w ← w + step", QT_TRANSLATE_NOOP("descent", "Take the step."), _move)
_DECAY_VELOCITY = Stage(
    "velocity",
    "v ← μ·v",
    QT_TRANSLATE_NOOP("descent", "Decay the velocity: keep only a part of it."),
    lambda quantities, settings: settings["momentum"] * quantities["velocity"],
)
_PUSH_VELOCITY = Stage(
    "velocity",
    "v ← v − η·g",
    QT_TRANSLATE_NOOP("descent", "Add the push of the gradient, downhill."),
    lambda quantities, settings: quantities["velocity"] - quantities["rate"] * quantities["gradient"],
)
_DIVIDE = Stage(
    "step",
    "step = −η·g / √(s + ε)",
    QT_TRANSLATE_NOOP("descent", "Divide the gradient by the root: steep places get a shorter step."),
    _step_by_effective_rate,
)
_AVERAGE_SQUARES = QT_TRANSLATE_NOOP("descent", "Let the mean of the squared gradients follow the newest one.")


RULES: tuple[UpdateRule, ...] = (
    UpdateRule(
        "sgd",
        0.1,
        (),
        (
            Stage(
                "step",
                "step = −η·g",
                QT_TRANSLATE_NOOP("descent", "Take the gradient times the learning rate, downhill."),
                _step_down,
            ),
            _TAKE_STEP,
        ),
        lambda settings: {},
        _plain_rate,
        lambda settings: 2.0,
    ),
    UpdateRule(
        "sgd_momentum",
        0.05,
        (_VELOCITY,),
        (
            _DECAY_VELOCITY,
            _PUSH_VELOCITY,
            Stage(
                "x",
                "w ← w + v",
                QT_TRANSLATE_NOOP("descent", "Move by the velocity."),
                lambda quantities, settings: quantities["x"] + quantities["velocity"],
            ),
        ),
        lambda settings: {"velocity": 0.0},
        _plain_rate,
        lambda settings: 2 * (1 + settings["momentum"]),
    ),
    UpdateRule(
        "sgd_nesterov",
        0.05,
        (_VELOCITY,),
        (
            _DECAY_VELOCITY,
            _PUSH_VELOCITY,
            Stage(
                "step",
                "step = μ·v − η·g",
                QT_TRANSLATE_NOOP("descent", "Look ahead: decay the velocity once more and add the gradient again."),
                lambda quantities, settings: (
                    settings["momentum"] * quantities["velocity"] - quantities["rate"] * quantities["gradient"]
                ),
            ),
            _TAKE_STEP,
        ),
        lambda settings: {"velocity": 0.0},
        _plain_rate,
        lambda settings: 2 * (1 + settings["momentum"]) / (1 + 2 * settings["momentum"]),
    ),
    UpdateRule(
        "adagrad",
        0.5,
        (_SUM,),
        (
            Stage(
                "squares",
                "s ← s + g²",
                QT_TRANSLATE_NOOP("descent", "Add the squared gradient to the sum, which never forgets."),
                lambda quantities, settings: quantities["squares"] + quantities["gradient"] * quantities["gradient"],
            ),
            _DIVIDE,
            _TAKE_STEP,
        ),
        lambda settings: {"squares": settings["initial_accumulator_value"]},
        _rate_over_root,
        None,
    ),
    UpdateRule(
        "rmsprop",
        0.05,
        (_MEAN_SQUARE,),
        (
            Stage(
                "squares",
                "s ← ρ·s + (1−ρ)·g²",
                _AVERAGE_SQUARES,
                lambda quantities, settings: (
                    settings["rho"] * quantities["squares"]
                    + (1 - settings["rho"]) * quantities["gradient"] * quantities["gradient"]
                ),
            ),
            _DIVIDE,
            _TAKE_STEP,
        ),
        lambda settings: {"squares": 0.0},
        _rate_over_root,
        None,
    ),
    UpdateRule(
        "adam",
        0.1,
        (_MEAN, _MEAN_SQUARE, _UPDATES),
        (
            Stage(
                "updates",
                "t ← t + 1",
                QT_TRANSLATE_NOOP("descent", "Count the updates, to correct for means that began with 0."),
                lambda quantities, settings: quantities["updates"] + 1,
            ),
            Stage(
                "mean",
                "m ← β₁·m + (1−β₁)·g",
                QT_TRANSLATE_NOOP("descent", "Let the mean of the gradients follow the newest one."),
                lambda quantities, settings: (
                    settings["beta_1"] * quantities["mean"] + (1 - settings["beta_1"]) * quantities["gradient"]
                ),
            ),
            Stage(
                "squares",
                "s ← β₂·s + (1−β₂)·g²",
                _AVERAGE_SQUARES,
                lambda quantities, settings: (
                    settings["beta_2"] * quantities["squares"]
                    + (1 - settings["beta_2"]) * quantities["gradient"] * quantities["gradient"]
                ),
            ),
            Stage(
                "step",
                "step = −η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√s + ε)",
                QT_TRANSLATE_NOOP("descent", "Divide the mean by the root of the squares, both corrected."),
                lambda quantities, settings: -_adam_rate(quantities, quantities["rate"], settings) * quantities["mean"],
            ),
            _TAKE_STEP,
        ),
        lambda settings: {"mean": 0.0, "squares": 0.0, "updates": 0.0},
        _adam_rate,
        None,
    ),
)

_BY_IDENTIFIER = {rule.identifier: rule for rule in RULES}


def rule_of(identifier: str) -> UpdateRule:
    """The rule of that name; KeyError if there is none."""
    return _BY_IDENTIFIER[identifier]
