"""One descent, step by step: forward, back, and everything that was on the way."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from types import MappingProxyType

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.noise import Batches, batch_slope
from mnist_lab.descent.update_rule import Settings, StageResult, UpdateRule

FARTHEST = 1e6
"""The largest |x|: a ball that reaches it has diverged."""

MOST_STEPS = 10_000

_ONE_PLACE = 0.02
"""A ball that keeps within this share of the domain stays where it is."""

_STEPS_AHEAD = 100
_SURE_AHEAD = 50
"""Of the steps that were looked ahead, so many are not looked at again."""


class End(Enum):
    """Why a descent has ended; `OPEN` if it has not."""

    OPEN = auto()
    FARTHEST = auto()
    NO_VALUE = auto()
    NO_SLOPE = auto()
    MOST_STEPS = auto()


@dataclass(frozen=True, eq=False)
class Path:
    """A descent so far. n is the number of steps made; all arrays are float64.

    Attributes:
        x: (n + 1,) where the ball was, the start first; finite, within ±`FARTHEST`.
        loss: (n + 1,) f there; NaN only at the end, where the function has no value.
        slope: (n + 1,) the true f′ there; NaN only at the end, where there is no slope.
        used_slope: (n,) the slope that each step used; with batches an estimate, else the true one.
        rate: (n,) the learning rate of each step.
        effective_rate: (n,) the factor that the rule put before the gradient in each step.
        states: for each quantity of the rule its values, (n + 1,), the initial ones first.
        end: whether and why it can go no further.
        is_noisy: whether a step used a batch's estimate.
    """

    x: Reals
    loss: Reals
    slope: Reals
    used_slope: Reals
    rate: Reals
    effective_rate: Reals
    states: Mapping[str, Reals]
    end: End
    is_noisy: bool

    @property
    def steps(self) -> int:
        """How many steps were made."""
        return len(self.x) - 1

    @cached_property
    def moves(self) -> Reals:
        """How far each step went, (n,), with its sign."""
        return np.diff(self.x)


@dataclass(frozen=True)
class _Level:
    """Known of the steps ahead: at these the slope is smaller than `tolerance`, as long as nothing is set otherwise."""

    tolerance: float
    steps: range
    present: tuple[object, ...]

    def covers(self, tolerance: float, step: int, present: tuple[object, ...]) -> bool:
        return self.tolerance <= tolerance and step in self.steps and self.present == present


class Descent:
    """A ball on a curve. Learning rate, settings and batches may be changed between any two steps.

    Attributes:
        function: the curve.
        rule: how it moves.
        rate: the learning rate of the next steps.
        settings: the rule's own settings for the next steps, complete.
        batches: how the slope of the next steps is estimated; None for the true slope.
    """

    def __init__(
        self,
        function: Function,
        rule: UpdateRule,
        start: float,
        rate: float,
        settings: Settings | None = None,
        batches: Batches | None = None,
    ) -> None:
        self.function = function
        self.rule = rule
        self.rate = rate
        self.settings = rule.resolved(settings)
        self.batches = batches
        self._x: list[float] = []
        self._loss: list[float] = []
        self._slope: list[float] = []
        self._states: list[Mapping[str, Reals]] = [rule.initial_state(np.zeros(1), self.settings)]
        self._used: list[tuple[float, float, float, bool]] = []  # slope, rate, effective rate, from a batch
        self._path: Path | None = None
        self._level: _Level | None = None
        self._arrive(float(np.clip(start, -FARTHEST, FARTHEST)))

    @property
    def x(self) -> float:
        """Where the ball is."""
        return self._x[-1]

    @property
    def slope(self) -> float:
        """The true f′ there; NaN where there is none."""
        return self._slope[-1]

    @property
    def end(self) -> End:
        """Whether and why it has ended."""
        if abs(self.x) >= FARTHEST:
            return End.FARTHEST
        if not np.isfinite(self._loss[-1]):
            return End.NO_VALUE
        if not np.isfinite(self._slope[-1]):
            return End.NO_SLOPE
        return End.MOST_STEPS if len(self._used) >= MOST_STEPS else End.OPEN

    @property
    def path(self) -> Path:
        """All of it so far."""
        if self._path is None:
            used = np.array(self._used, np.float64).reshape(-1, 4)
            states = {
                quantity.name: np.array([state[quantity.name][0] for state in self._states])
                for quantity in self.rule.state
            }
            self._path = Path(
                np.array(self._x),
                np.array(self._loss),
                np.array(self._slope),
                used[:, 0],
                used[:, 1],
                used[:, 2],
                MappingProxyType(states),
                self.end,
                bool(used[:, 3].any()),
            )
        return self._path

    def step(self, steps: int = 1) -> int:
        """Go forward.

        Returns:
            how many steps were made: fewer than asked for if it can go no further.
        """
        for made in range(steps):
            if self.end is not End.OPEN:
                return made
            self._step_once()
        return steps

    def step_back(self, steps: int = 1) -> int:
        """Take steps back; the same steps forward, with the same settings, lead to the same places again.

        Returns:
            how many steps were taken back: fewer than asked for at the start.
        """
        steps = min(steps, len(self._used))
        if steps > 0:
            for column in (self._x, self._loss, self._slope, self._states, self._used):
                del column[-steps:]
            self._path, self._level = None, None
        return steps

    def restart(self) -> None:
        """Back to the same start, with the rule's state reset."""
        start = self._x[0]
        for column in (self._x, self._loss, self._slope, self._states, self._used):
            column.clear()
        self._level = None
        self._states.append(self.rule.initial_state(np.zeros(1), self.settings))
        self._arrive(start)

    def next_stages(self) -> tuple[StageResult, ...]:
        """What the next step would do, stage by stage, each number (1,); empty if there is none."""
        if self.end is not End.OPEN:
            return ()
        gradient = np.array([self._next_slope()[0]])
        with np.errstate(all="ignore"):
            return self.rule.explain(np.array([self.x]), gradient, self._states[-1], self.rate, self.settings)

    def stays_level(self, tolerance: float) -> bool:
        """Whether the slope is smaller than `tolerance` here, and the next hundred steps change nothing about that.

        A ball that only passes a minimum, or that an optimizer is about to push on, does not stay.
        """
        if not abs(self._slope[-1]) < tolerance:
            return False
        if self._level is None or not self._level.covers(tolerance, len(self._used), self._present()):
            self._level = self._level_ahead(tolerance)
        return self._level is not None

    def _level_ahead(self, tolerance: float) -> "_Level | None":
        x, slope, state = self.x, self._slope[-1], self._states[-1]
        first = len(self._used)
        with np.errstate(all="ignore"):
            for step in range(first, first + _STEPS_AHEAD):
                gradient = np.array([self._used_slope(x, slope, step)])
                moved, state = self.rule.step(np.array([x]), gradient, state, self.rate, self.settings)
                x = float(moved[0])
                slope = self.function.slope_at(x)
                if not abs(slope) < tolerance or abs(x - self.x) > _ONE_PLACE * self.function.width:
                    return None
        return _Level(tolerance, range(first, first + _SURE_AHEAD), self._present())

    def _present(self) -> tuple[object, ...]:
        """All that decides on the next steps, but for where the ball is."""
        return self.rate, self.batches, *self.settings.values()

    def _step_once(self) -> None:
        slope, from_batch = self._next_slope()
        if self._level is not None and self._level.present != self._present():
            self._level = None  # a step of other settings leads elsewhere
        with np.errstate(all="ignore"):
            x, state = self.rule.step(np.array([self.x]), np.array([slope]), self._states[-1], self.rate, self.settings)
            effective = self.rule.effective_rate(state, np.array([self.rate]), self.settings)
        self._used.append((slope, self.rate, float(effective[0]), from_batch))
        self._states.append(state)
        self._arrive(float(np.clip(np.nan_to_num(x[0], nan=FARTHEST), -FARTHEST, FARTHEST)))

    def _next_slope(self) -> tuple[float, bool]:
        """The slope that the next step uses, and whether it is a batch's estimate."""
        return self._used_slope(self.x, self._slope[-1], len(self._used)), self.batches is not None

    def _used_slope(self, x: float, slope: float, step: int) -> float:
        """The slope that a step from there uses: the true one, or an estimate of it."""
        return slope if self.batches is None else batch_slope(self.function, x, step, self.batches)

    def _arrive(self, x: float) -> None:
        self._x.append(x)
        with np.errstate(all="ignore"):
            self._loss.append(self.function.value_at(x))
            self._slope.append(self.function.slope_at(x))
        self._path = None


def descend(
    function: Function,
    rule: UpdateRule,
    start: float,
    rate: float,
    steps: int,
    settings: Settings | None = None,
    batches: Batches | None = None,
) -> Path:
    """A whole descent at once; it stops early where it can go no further."""
    descent = Descent(function, rule, start, rate, settings, batches)
    descent.step(steps)
    return descent.path


def as_csv(paths: Mapping[str, Path]) -> str:
    """Tables of several descents as one text: a line for each step of each, numbers as exact as they are.

    Args:
        paths: by the optimizer's identifier.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["optimizer", "step", "x", "loss", "slope", "used_slope", "rate", "effective_rate"])
    for name, path in paths.items():
        for step in range(path.steps + 1):
            row: list[object] = [name, step, *(float(column[step]) for column in (path.x, path.loss, path.slope))]
            if step < path.steps:
                row += [float(column[step]) for column in (path.used_slope, path.rate, path.effective_rate)]
            else:
                row += ["", "", ""]  # no step was made from here
            writer.writerow(row)
    return text.getvalue()
