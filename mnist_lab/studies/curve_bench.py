"""The state of the Descent tab without its pictures: curve, start, batches and balls; knows no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.functions import FUNCTIONS, Function, Reals
from mnist_lab.descent.minima import Minimum, minima
from mnist_lab.descent.noise import Batches, slope_cloud
from mnist_lab.descent.path import Descent, End, as_csv
from mnist_lab.descent.stability import straight_limit
from mnist_lab.descent.update_rule import Settings, UpdateRule, stability_limit
from mnist_lab.descent.update_rules import RULES, rule_of
from mnist_lab.descent.verdict import TOLERANCE
from mnist_lab.descent.verdicts import is_over
from mnist_lab.studies.ball_picture import TRAIL, BallPicture
from mnist_lab.studies.balls import Balls

FIRST_RATE = 0.1
BASIN_STEPS = 400
"""So many steps are made from each start to see where it ends."""
_FAN = 60
"""How many batches' slopes are drawn at the ball."""


@dataclass(frozen=True, eq=False)
class BasinCase:
    """What the basin strip depends on: one curve, and one rule with its settings and learning rate."""

    function: Function
    rule: UpdateRule
    rate: float
    settings: Settings

    def equals(self, other: "BasinCase") -> bool:
        """Whether both have the same basins."""
        is_same_rule = self.rule is other.rule and self.settings == other.settings
        return self.function is other.function and is_same_rule and self.rate == other.rate


@dataclass(frozen=True)
class Limit:
    """A minimum, and what it bears of the rule that is looked at.

    Attributes:
        minimum: the one.
        rate: the learning rate up to which it is stable; infinity if it sets no limit itself, None where there is none.
        straight: the one up to which a ball close by comes in from one side; otherwise like `rate`.
    """

    minimum: Minimum
    rate: float | None
    straight: float | None


class CurveBench:
    """Several descents on one curve.

    Attributes:
        function: the curve.
        start: where all balls begin.
        batches: how slopes are estimated; None for the true slope.
        balls: the descents.
        looked_at: the rule that is looked at closely.
    """

    def __init__(self) -> None:
        self.function = FUNCTIONS[0]
        self.start = self.function.start
        self.batches: Batches | None = None
        self.looked_at = "sgd"
        self.balls: Balls[Descent] = Balls(self._make, ("sgd",), FIRST_RATE)
        self._case = self._present_case()

    def _make(self, rule: UpdateRule, rate: float, settings: Settings) -> Descent:
        return Descent(self.function, rule, self.start, rate, settings, self.batches)

    def renew_balls(self) -> None:
        """Go on with other balls of the same rules and settings; the former ones stay as they are."""
        former = self.balls
        self.balls = Balls(self._make, former.balls, former.rate)
        for rule in RULES:
            for name, value in former.settings_of(rule.identifier).items():
                self.balls.set_setting(rule.identifier, name, value)

    def set_function(self, function: Function) -> None:
        """Walk down another curve, from its own start."""
        self.function = function
        self.set_start(function.start)

    def set_start(self, start: float) -> None:
        """Begin elsewhere."""
        self.start = start
        self.balls.begin(self._make)

    def choose(self, identifiers: Iterable[str]) -> None:
        """Let these rules go; the one looked at is always among them, if there are any."""
        self.balls.choose(identifiers)
        if self.looked_at not in self.balls.balls and self.balls.balls:
            self.looked_at = next(iter(self.balls.balls))

    def set_batches(self, batches: Batches | None) -> None:
        """Estimate slopes otherwise from the next step on."""
        self.batches = batches
        for ball in self.balls.balls.values():
            ball.batches = batches

    @property
    def ball(self) -> Descent | None:
        """The one looked at; None while no rule is chosen."""
        return self.balls.balls.get(self.looked_at)

    @property
    def case(self) -> BasinCase:
        """For the basin strip; the same object as long as nothing of it changes."""
        case = self._present_case()
        if not case.equals(self._case):
            self._case = case
        return self._case

    def _present_case(self) -> BasinCase:
        name = self.looked_at
        return BasinCase(self.function, rule_of(name), self.balls.rate, self.balls.settings_of(name))

    @property
    def csv(self) -> str:
        """The tables of all balls."""
        return as_csv({name: ball.path for name, ball in self.balls.balls.items()})

    @property
    def floor(self) -> float:
        """The value of the deepest minimum if it is below 0, else 0: what a logarithmic loss is measured from."""
        return min(0.0, *(one.value for one in minima(self.function)), 0.0)

    def limits(self) -> tuple[Limit, ...]:
        """What each minimum bears under the rule that is looked at, from left to right."""
        rule, settings = rule_of(self.looked_at), self.balls.settings_of(self.looked_at)
        return tuple(
            Limit(
                one,
                stability_limit(rule, one.curvature, settings),
                straight_limit(rule, one.curvature, settings),
            )
            for one in minima(self.function)
        )

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of any ball, so that there is nothing to wait for."""
        balls = self.balls.balls.values()
        may_be_over = all(ball.end is not End.OPEN or abs(ball.slope) < TOLERANCE for ball in balls)
        return may_be_over and all(is_over(ball) for ball in balls)  # the second question takes longer

    def run(self, steps: int) -> None:
        """Go forward together, but no farther than until it is over."""
        for _ in range(steps):
            if not self.is_over:
                self.balls.step()

    def pictures(self) -> tuple[BallPicture, ...]:
        """All balls as they stand."""
        return tuple(self._picture(name, ball) for name, ball in self.balls.balls.items())

    def pictures_at(self, step: int, rule: str) -> tuple[BallPicture, ...]:
        """Where those balls were that have made that many steps, that of `rule` as the one looked at."""
        shown = []
        for name, ball in self.balls.balls.items():
            path = ball.path
            if step <= path.steps:
                place = slice(step, step + 1)
                here = path.x[place], path.loss[place], step
                shown.append(BallPicture(name, *here, np.nan, None, np.nan, False, name == rule))
        return tuple(shown)

    def _picture(self, name: str, ball: Descent) -> BallPicture:
        path, is_looked_at = ball.path, name == self.looked_at
        next_x, next_y = None, float("nan")
        stages = ball.next_stages() if is_looked_at else ()
        if stages and np.isfinite(stages[-1].after[0]):
            next_x = float(stages[-1].after[0])
            with np.errstate(all="ignore"):
                next_y = self.function.value_at(next_x)
        first = max(path.steps + 1 - TRAIL, 0)
        recent = path.x[first:], path.loss[first:], first
        slope = float(path.slope[-1])
        is_plain = name == "sgd" and self.batches is None
        return BallPicture(name, *recent, slope, next_x, next_y, is_plain, is_looked_at, self._fan(ball, is_looked_at))

    def _fan(self, ball: Descent, is_looked_at: bool) -> Reals:
        """The batches' estimates of the slope where the ball that is looked at stands."""
        if self.batches is None or not is_looked_at or not np.isfinite(ball.path.slope[-1]):
            return np.empty(0)
        with np.errstate(all="ignore"):
            return slope_cloud(self.function, ball.x, self.batches, _FAN)
