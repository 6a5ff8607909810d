"""The optimizers a learner can choose. Adding one is one entry in `OPTIMIZERS`; form, terminal and tests follow.

Importing this module does not import Keras: the makers are given it.
In the formulas g is the gradient, w a weight, η the learning rate; all operations are element by element.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mnist_lab.network.errors import NetworkError
from mnist_lab.words import QT_TRANSLATE_NOOP

Settings = Mapping[str, float | bool]


@dataclass(frozen=True)
class Setting:
    """One of an optimizer's own settings: a number from `minimum` to `maximum`, or a yes/no.

    Attributes:
        name: Keras's argument.
        label: words for the form.
        default: used where the learner sets nothing; a bool makes it a yes/no.
        minimum: smallest value, included.
        maximum: largest value, included.
        explanation: one sentence for the tooltip.
    """

    name: str
    label: str
    default: float | bool
    minimum: float
    maximum: float
    explanation: str


@dataclass(frozen=True)
class OptimizerSpec:
    """What the lab knows of one optimizer.

    Attributes:
        identifier: Keras's own name; where Keras has one name for several rules, the lab's.
        label: words for the form.
        default_rate: Keras's own default learning rate, which suits the rule.
        formula: the update rule.
        slots: how many numbers the optimizer keeps for each weight.
        settings: its own settings.
        make: makes the Keras optimizer from the module `keras`, the learning rate and all settings.
    """

    identifier: str
    label: str
    default_rate: float
    formula: str
    slots: int
    settings: tuple[Setting, ...]
    make: Callable[[Any, float, Settings], Any]

    def resolved(self, settings: Settings) -> dict[str, float | bool]:
        """The defaults with `settings` on top.

        Raises:
            NetworkError: a name this optimizer does not have, or a value outside its limits.
        """
        known = {setting.name: setting for setting in self.settings}
        for name, value in settings.items():
            if name not in known:
                raise NetworkError(
                    QT_TRANSLATE_NOOP("errors", "{optimizer} has no setting “{name}”; it has: {names}."),
                    optimizer=self.label,
                    name=name,
                    names=", ".join(known) or "–",
                )
            if not known[name].minimum <= value <= known[name].maximum:
                raise NetworkError(
                    QT_TRANSLATE_NOOP(
                        "errors", "{name} of {optimizer} cannot be {value}: choose {minimum} to {maximum}."
                    ),
                    name=name,
                    optimizer=self.label,
                    value=value,
                    minimum=known[name].minimum,
                    maximum=known[name].maximum,
                )
        return {name: type(known[name].default)(settings.get(name, known[name].default)) for name in known}


def _momentum(default: float) -> Setting:
    return Setting(
        "momentum",
        QT_TRANSLATE_NOOP("optimizers", "Momentum"),
        default,
        0.0,
        0.9999,
        QT_TRANSLATE_NOOP("optimizers", "How much of the last step is kept in the next one."),
    )


def _decay(name: str, label: str, default: float, explanation: str) -> Setting:
    return Setting(name, label, default, 0.0, 0.999999, explanation)


_EPSILON = Setting(
    "epsilon",
    QT_TRANSLATE_NOOP("optimizers", "Epsilon"),
    1e-7,
    1e-12,
    1.0,
    QT_TRANSLATE_NOOP("optimizers", "A small number that keeps the division finite."),
)
_BETA_1 = _decay(
    "beta_1",
    QT_TRANSLATE_NOOP("optimizers", "Beta 1"),
    0.9,
    QT_TRANSLATE_NOOP("optimizers", "How slowly the mean of the gradients forgets."),
)
_BETA_2 = _decay(
    "beta_2",
    QT_TRANSLATE_NOOP("optimizers", "Beta 2"),
    0.999,
    QT_TRANSLATE_NOOP("optimizers", "How slowly the mean of the squared gradients forgets."),
)


def _keras_class(class_name: str) -> Callable[[Any, float, Settings], Any]:
    """A maker that hands all settings to the Keras class of that name."""

    def make(keras: Any, learning_rate: float, settings: Settings) -> Any:
        return getattr(keras.optimizers, class_name)(learning_rate=learning_rate, **settings)

    return make


def _make_nesterov(keras: Any, learning_rate: float, settings: Settings) -> Any:
    return keras.optimizers.SGD(learning_rate=learning_rate, nesterov=True, **settings)


OPTIMIZERS: tuple[OptimizerSpec, ...] = (
    OptimizerSpec(
        "rmsprop",
        QT_TRANSLATE_NOOP("optimizers", "RMSprop"),
        0.001,
        "s ← ρ·s + (1−ρ)·g²;  w ← w − η·g / √(s + ε)",
        1,
        (
            _decay(
                "rho",
                QT_TRANSLATE_NOOP("optimizers", "Rho"),
                0.9,
                QT_TRANSLATE_NOOP("optimizers", "How slowly the mean of the squared gradients forgets."),
            ),
            _EPSILON,
        ),
        _keras_class("RMSprop"),
    ),
    OptimizerSpec(
        "sgd",
        QT_TRANSLATE_NOOP("optimizers", "SGD"),
        0.01,
        "w ← w − η·g",
        0,
        (),
        _keras_class("SGD"),
    ),
    OptimizerSpec(
        "sgd_momentum",
        QT_TRANSLATE_NOOP("optimizers", "SGD with momentum"),
        0.01,
        "v ← μ·v − η·g;  w ← w + v",
        1,
        (_momentum(0.9),),
        _keras_class("SGD"),
    ),
    OptimizerSpec(
        "sgd_nesterov",
        QT_TRANSLATE_NOOP("optimizers", "SGD with Nesterov momentum"),
        0.01,
        "v ← μ·v − η·g;  w ← w + μ·v − η·g",
        1,
        (_momentum(0.9),),
        _make_nesterov,
    ),
    OptimizerSpec(
        "adagrad",
        QT_TRANSLATE_NOOP("optimizers", "Adagrad"),
        0.001,
        "s ← s + g²;  w ← w − η·g / √(s + ε)",
        1,
        (
            Setting(
                "initial_accumulator_value",
                QT_TRANSLATE_NOOP("optimizers", "Start of the sum"),
                0.1,
                0.0,
                100.0,
                QT_TRANSLATE_NOOP("optimizers", "What the sum of squared gradients begins with."),
            ),
            _EPSILON,
        ),
        _keras_class("Adagrad"),
    ),
    OptimizerSpec(
        "adam",
        QT_TRANSLATE_NOOP("optimizers", "Adam"),
        0.001,
        "m ← β₁·m + (1−β₁)·g;  s ← β₂·s + (1−β₂)·g²;  w ← w − η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√s + ε)",
        2,
        (_BETA_1, _BETA_2, _EPSILON),
        _keras_class("Adam"),
    ),
    OptimizerSpec(
        "adamw",
        QT_TRANSLATE_NOOP("optimizers", "AdamW"),
        0.001,
        "w ← w − η·λ·w, then Adam's step",
        2,
        (
            Setting(
                "weight_decay",
                QT_TRANSLATE_NOOP("optimizers", "Weight decay"),
                0.004,
                0.0,
                1.0,
                QT_TRANSLATE_NOOP("optimizers", "How much every weight shrinks at each update, times the rate."),
            ),
            _BETA_1,
            _BETA_2,
            _EPSILON,
        ),
        _keras_class("AdamW"),
    ),
    OptimizerSpec(
        "nadam",
        QT_TRANSLATE_NOOP("optimizers", "Nadam"),
        0.001,
        "Adam, with the mean of the gradients looked up one update ahead (Nesterov)",
        2,
        (_BETA_1, _BETA_2, _EPSILON),
        _keras_class("Nadam"),
    ),
)

_BY_IDENTIFIER = {spec.identifier: spec for spec in OPTIMIZERS}


def optimizer_spec(identifier: str) -> OptimizerSpec:
    """The optimizer of that name.

    Raises:
        NetworkError: no such optimizer, with the list of those there are.
    """
    if identifier not in _BY_IDENTIFIER:
        raise NetworkError(
            QT_TRANSLATE_NOOP("errors", "There is no optimizer “{identifier}”; choose one of: {choices}."),
            identifier=identifier,
            choices=", ".join(_BY_IDENTIFIER),
        )
    return _BY_IDENTIFIER[identifier]
