"""The facts of the optimizers a learner can choose: names, rules, sources, settings with their limits.

Experiment, form, terminal, descent bench and network read them here; `network.optimizers` has Keras make them. In the
formulas g is the gradient, w a weight, η the learning rate, t the number of the update, from 1; all operations are
element by element, and what a rule keeps begins with 0 where no setting says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

Settings = Mapping[str, float | bool]


class OptimizerError(LabError, ValueError):
    """No such optimizer, no such setting, or a value outside its limits; a ValueError, so that pydantic reports it."""


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
        formula: the update rule, as Keras computes it; “;  ” stands between its assignments.
        source: the publication it comes from: authors, title, year. A name, so it is not translated.
        slots: how many numbers the optimizer keeps for each weight.
        settings: its own settings.
        momentum: the setting that says how much of earlier gradients an update follows; "" where it never does.
        decay: the setting that shrinks every weight, whatever its gradient is; "" where there is none.
    """

    identifier: str
    label: str
    default_rate: float
    formula: str
    source: str
    slots: int
    settings: tuple[Setting, ...]
    momentum: str = ""
    decay: str = ""

    def follows_earlier_gradients(self, settings: Settings) -> bool:
        """Whether an update also moves along earlier batches' gradients, so that a weight can move with its slope.

        Raises:
            OptimizerError: as `resolved`.
        """
        return self._is_on(self.momentum, settings)

    def shrinks_weights(self, settings: Settings) -> bool:
        """Whether every weight decays, whatever its gradient is.

        Raises:
            OptimizerError: as `resolved`.
        """
        return self._is_on(self.decay, settings)

    def is_plain(self, settings: Settings) -> bool:
        """Whether an update subtracts the learning rate times the gradient, and nothing else, from every weight.

        Raises:
            OptimizerError: as `resolved`.
        """
        return self.identifier.startswith("sgd") and not self.follows_earlier_gradients(settings)

    def _is_on(self, name: str, settings: Settings) -> bool:
        return bool(name) and bool(self.resolved(settings)[name])

    def resolved(self, settings: Settings) -> dict[str, float | bool]:
        """The defaults with `settings` on top.

        Raises:
            OptimizerError: a name this optimizer does not have, a value outside its limits (NaN is outside), or a
                yes/no where a number is asked for.
        """
        known = {setting.name: setting for setting in self.settings}
        for name, value in settings.items():
            if name not in known:
                raise OptimizerError(
                    QT_TRANSLATE_NOOP("errors", "{optimizer} has no setting “{name}”; it has: {names}."),
                    optimizer=self.label,
                    name=name,
                    names=", ".join(known) or "–",
                )
            setting = known[name]
            is_wrong_kind = isinstance(value, bool) and not isinstance(setting.default, bool)
            if is_wrong_kind or not setting.minimum <= value <= setting.maximum:
                raise OptimizerError(
                    QT_TRANSLATE_NOOP(
                        "errors", "{name} of {optimizer} cannot be {value}: choose {minimum} to {maximum}."
                    ),
                    name=name,
                    optimizer=self.label,
                    value=value,
                    minimum=setting.minimum,
                    maximum=setting.maximum,
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


OPTIMIZERS: tuple[OptimizerSpec, ...] = (
    OptimizerSpec(
        "rmsprop",
        QT_TRANSLATE_NOOP("optimizers", "RMSprop"),
        0.001,
        "s ← ρ·s + (1−ρ)·g²;  w ← w − η·g / √(s + ε)",
        "T. Tieleman and G. Hinton, Lecture 6.5 – RMSProp: Divide the gradient by a running average of its recent "
        "magnitude, 2012",
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
    ),
    OptimizerSpec(
        "sgd",
        QT_TRANSLATE_NOOP("optimizers", "SGD"),
        0.01,
        "w ← w − η·g",
        "H. Robbins and S. Monro, A stochastic approximation method, 1951",
        0,
        (),
    ),
    OptimizerSpec(
        "sgd_momentum",
        QT_TRANSLATE_NOOP("optimizers", "SGD with momentum"),
        0.01,
        "v ← μ·v − η·g;  w ← w + v",
        "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
        1,
        (_momentum(0.9),),
        momentum="momentum",
    ),
    OptimizerSpec(
        "sgd_nesterov",
        QT_TRANSLATE_NOOP("optimizers", "SGD with Nesterov momentum"),
        0.01,
        "v ← μ·v − η·g;  w ← w + μ·v − η·g",
        "Y. Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), 1983; "
        "I. Sutskever et al., On the importance of initialization and momentum in deep learning, 2013",
        1,
        (_momentum(0.9),),
        momentum="momentum",
    ),
    OptimizerSpec(
        "adagrad",
        QT_TRANSLATE_NOOP("optimizers", "Adagrad"),
        0.001,
        "s ← s + g²;  w ← w − η·g / √(s + ε)",
        "J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic "
        "optimization, 2011",
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
    ),
    OptimizerSpec(
        "adam",
        QT_TRANSLATE_NOOP("optimizers", "Adam"),
        0.001,
        "m ← β₁·m + (1−β₁)·g;  s ← β₂·s + (1−β₂)·g²;  w ← w − η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√s + ε)",
        "D. P. Kingma and J. Ba, Adam: A method for stochastic optimization, 2015",
        2,
        (_BETA_1, _BETA_2, _EPSILON),
        momentum="beta_1",
    ),
    OptimizerSpec(
        "adamw",
        QT_TRANSLATE_NOOP("optimizers", "AdamW"),
        0.001,
        "w ← w − η·λ·w;  m ← β₁·m + (1−β₁)·g;  s ← β₂·s + (1−β₂)·g²;  w ← w − η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√s + ε)",
        "I. Loshchilov and F. Hutter, Decoupled weight decay regularization, 2019",
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
        momentum="beta_1",
        decay="weight_decay",
    ),
    OptimizerSpec(
        "nadam",
        QT_TRANSLATE_NOOP("optimizers", "Nadam"),
        0.001,
        "μₜ = β₁·(1 − 0.96ᵗ/2);  P = μ₁·…·μₜ;  m ← β₁·m + (1−β₁)·g;  s ← β₂·s + (1−β₂)·g²;  "
        "w ← w − η · (μₜ₊₁·m/(1 − μₜ₊₁·P) + (1−μₜ)·g/(1−P)) / (√(s/(1−β₂ᵗ)) + ε)",
        "T. Dozat, Incorporating Nesterov momentum into Adam, 2016",
        2,
        (_BETA_1, _BETA_2, _EPSILON),
        momentum="beta_1",
    ),
)

_BY_IDENTIFIER = {spec.identifier: spec for spec in OPTIMIZERS}


def optimizer_spec(identifier: str) -> OptimizerSpec:
    """The optimizer of that name.

    Raises:
        OptimizerError: no such optimizer, with the list of those there are.
    """
    if identifier not in _BY_IDENTIFIER:
        raise OptimizerError(
            QT_TRANSLATE_NOOP("errors", "There is no optimizer “{identifier}”; choose one of: {choices}."),
            identifier=identifier,
            choices=", ".join(_BY_IDENTIFIER),
        )
    return _BY_IDENTIFIER[identifier]
