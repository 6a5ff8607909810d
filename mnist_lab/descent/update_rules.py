"""The optimizers' update rules in NumPy. Adding one is one entry, under the optimizer's own identifier.

Labels and settings come from `mnist_lab.optimizers`; the learning rates are the bench's own. Results are those of the
network's optimizers: a test runs both side by side.
In the formulas g is the gradient, w what is moved, η the learning rate; all operations are element by element.
"""

import numpy as np

from mnist_lab.descent.adam_rules import ADAM, ADAMW, NADAM
from mnist_lab.descent.rule_stages import AVERAGE_SQUARES, MEAN_SQUARE, TAKE_STEP
from mnist_lab.descent.update_rule import Quantities, Quantity, Reals, Settings, Stage, State, UpdateRule
from mnist_lab.words import QT_TRANSLATE_NOOP

_VELOCITY = Quantity("velocity", QT_TRANSLATE_NOOP("descent", "Velocity v"))
_SUM = Quantity("squares", QT_TRANSLATE_NOOP("descent", "Sum of squared gradients s"))


def _plain_rate(state: State, rate: Reals, settings: Settings) -> Reals:
    del state, settings
    return rate


def _rate_over_root(state: State, rate: Reals, settings: Settings) -> Reals:
    return np.asarray(rate / np.sqrt(state["squares"] + settings["epsilon"]))


def _step_down(quantities: Quantities, settings: Settings) -> Reals:
    del settings
    return np.asarray(-quantities["rate"] * quantities["gradient"])


def _step_by_effective_rate(quantities: Quantities, settings: Settings) -> Reals:
    return -_rate_over_root(quantities, quantities["rate"], settings) * quantities["gradient"]


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
    QT_TRANSLATE_NOOP("descent", "Divide the gradient by the root: steep places get a smaller rate."),
    _step_by_effective_rate,
)


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
            TAKE_STEP,
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
            TAKE_STEP,
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
            TAKE_STEP,
        ),
        lambda settings: {"squares": settings["initial_accumulator_value"]},
        _rate_over_root,
        None,
    ),
    UpdateRule(
        "rmsprop",
        0.05,
        (MEAN_SQUARE,),
        (
            Stage(
                "squares",
                "s ← ρ·s + (1−ρ)·g²",
                AVERAGE_SQUARES,
                lambda quantities, settings: (
                    settings["rho"] * quantities["squares"]
                    + (1 - settings["rho"]) * quantities["gradient"] * quantities["gradient"]
                ),
            ),
            _DIVIDE,
            TAKE_STEP,
        ),
        lambda settings: {"squares": 0.0},
        _rate_over_root,
        None,
    ),
    ADAM,
)
"""Those of the bench, in its order."""

BEYOND_THE_BENCH: tuple[UpdateRule, ...] = (ADAMW, NADAM)
"""Those that only networks use: on one ball they do nearly what Adam does."""

_BY_IDENTIFIER = {rule.identifier: rule for rule in (*RULES, *BEYOND_THE_BENCH)}


def rule_of(identifier: str) -> UpdateRule:
    """The rule of that optimizer, of the bench or not; every optimizer of the registry has one, a test says.

    Raises:
        KeyError: there is none.
    """
    return _BY_IDENTIFIER[identifier]
