"""What an optimizer's update rule is: a few stages in NumPy, so that each can be shown with its numbers.

The rules themselves stand in `update_rules`. All work element by element on arrays of any shape: one ball, eight
hundred starts, or the two coordinates of a surface.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.optimizers import Setting, optimizer_spec

Reals = NDArray[np.float64]
State = Mapping[str, Reals]
Settings = Mapping[str, float]
Quantities = dict[str, Reals]
"""What a stage can read: `x`, `gradient`, `rate`, the rule's state by name, and what earlier stages computed."""


@dataclass(frozen=True)
class Quantity:
    """One number of a rule's state, kept from step to step."""

    name: str
    label: str


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of the rule's update.

    Attributes:
        quantity: which value it computes: a name of the state, an intermediate one, or `x` in the last stage.
        formula: the move in symbols.
        sentence: the same in words.
        compute: from all quantities so far, and the settings, to the new value.
    """

    quantity: str
    formula: str
    sentence: str
    compute: Callable[[Quantities, Settings], Reals]


@dataclass(frozen=True, eq=False)
class StageResult:
    """What one stage did to the numbers: `before` is None for a quantity that did not exist yet."""

    stage: Stage
    before: Reals | None
    after: Reals


@dataclass(frozen=True, eq=False)
class UpdateRule:
    """How one optimizer moves x.

    Attributes:
        identifier: the one it has in `mnist_lab.optimizers`.
        default_rate: a learning rate that shows the rule at work on the gallery's functions.
        state: what it keeps from step to step.
        stages: its moves, in order; the last one computes `x`.
        initial: from the settings to what each quantity of the state begins with.
        effective_rate: from the state after a step, the learning rate and the settings to the factor that the rule
            puts before the gradient (Adam: before the mean of the gradients) in that step.
        largest_curvature_rate: from the settings to the largest η·f″ at which a minimum still attracts; None where
            that does not depend on the curvature alone.
    """

    identifier: str
    default_rate: float
    state: tuple[Quantity, ...]
    stages: tuple[Stage, ...]
    initial: Callable[[Settings], Mapping[str, float]]
    effective_rate: Callable[[State, Reals, Settings], Reals]
    largest_curvature_rate: Callable[[Settings], float] | None

    @property
    def label(self) -> str:
        """The optimizer's name, words for the form."""
        return optimizer_spec(self.identifier).label

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The optimizer's own settings."""
        return optimizer_spec(self.identifier).settings

    def resolved(self, settings: Settings | None = None) -> dict[str, float]:
        """The defaults with `settings` on top.

        Raises:
            OptimizerError: a name this rule does not have, or a value outside its limits.
        """
        return optimizer_spec(self.identifier).resolved(settings or {})

    def initial_state(self, x: Reals, settings: Settings | None = None) -> dict[str, Reals]:
        """The state before the first step, each array of the shape of `x`."""
        begin = self.initial(self.resolved(settings))
        return {name: np.full(np.shape(x), value) for name, value in begin.items()}

    def step(
        self, x: Reals, gradient: Reals, state: State, rate: Reals | float, settings: Settings | None = None
    ) -> tuple[Reals, dict[str, Reals]]:
        """One update.

        Args:
            x: float64 array.
            gradient: the slope at `x`, same shape.
            state: from `initial_state` or the step before.
            rate: the learning rate η, one or of the same shape.
            settings: all settings as `resolved` gives them, or None for the defaults.

        Returns:
            x after the step, and the state after it; nothing is changed in place.
        """
        settings = self.resolved() if settings is None else settings
        quantities: Quantities = {"x": x, "gradient": gradient, "rate": np.asarray(rate, np.float64), **state}
        for stage in self.stages:
            quantities[stage.quantity] = stage.compute(quantities, settings)
        return quantities["x"], {name: quantities[name] for name in state}

    def explain(
        self, x: Reals, gradient: Reals, state: State, rate: Reals | float, settings: Settings | None = None
    ) -> tuple[StageResult, ...]:
        """The same update as `step`, stage by stage, with the numbers before and after each.

        Args:
            x: float64 array of any shape, one value for each ball.
            gradient: the slope at `x`, float64, same shape.
            state: from `initial_state` or the step before; arrays of the same shape.
            rate: the learning rate η, one number or an array of the same shape.
            settings: all settings as `resolved` gives them, or None for the defaults.

        Returns:
            a result for each of `stages`, in order. Its numbers have the shape of `x`; `after` of the last one is x
            after the step. Nothing is changed in place.
        """
        settings = self.resolved() if settings is None else settings
        quantities: Quantities = {"x": x, "gradient": gradient, "rate": np.asarray(rate, np.float64), **state}
        results = []
        for stage in self.stages:
            before = quantities.get(stage.quantity)
            quantities[stage.quantity] = stage.compute(quantities, settings)
            results.append(StageResult(stage, before, quantities[stage.quantity]))
        return tuple(results)


def stability_limit(rule: UpdateRule, curvature: float, settings: Settings | None = None) -> float | None:
    """The learning rate above which a minimum of that curvature is unstable: η* = 2/f″ for plain SGD.

    Returns:
        infinity where the curvature is 0 (the minimum itself sets no limit); None where the rule rescales the
        gradient, so that no such rate exists, or where the curvature is negative or unknown (NaN).
    """
    if rule.largest_curvature_rate is None or not curvature >= 0:
        return None
    largest = rule.largest_curvature_rate(rule.resolved(settings))
    return largest / curvature if curvature > 0 else np.inf
