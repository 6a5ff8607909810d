"""Several descents from one start that go step by step together; knows no Qt."""

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from mnist_lab.descent.update_rule import Settings, UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of

MOST_STEPS = 2_000
"""After so many steps everything has been seen, and the pictures stay quick."""


class _Path(Protocol):
    @property
    def steps(self) -> int:
        """How many steps were made."""


class Ball(Protocol):
    """What a descent on a curve and one on a surface have in common."""

    rate: float
    settings: dict[str, float]

    @property
    def path(self) -> _Path:
        """All of it so far."""

    def step(self, steps: int = 1) -> int:
        """Go forward; returns how many steps were made."""

    def step_back(self, steps: int = 1) -> int:
        """Take steps back; returns how many."""


AnyBall = TypeVar("AnyBall", bound=Ball)
Make = Callable[[UpdateRule, float, Settings], AnyBall]


class Balls(Generic[AnyBall]):
    """One ball for each chosen rule.

    Attributes:
        balls: by the rule's identifier, in the order of `RULES`.
        steps: how many steps were made together; a ball that could not go on has fewer.
        rate: the learning rate of the next steps.
    """

    def __init__(self, make: Make[AnyBall], chosen: Iterable[str], rate: float) -> None:
        """Begin; `make(rule, rate, settings)` puts a ball at the start."""
        self._make = make
        self.rate = rate
        self.steps = 0
        self._settings: dict[str, dict[str, float]] = {rule.identifier: rule.resolved() for rule in RULES}
        self.balls: dict[str, AnyBall] = {}
        self.choose(chosen)

    @property
    def can_step(self) -> bool:
        """Whether the next step may change anything."""
        return self.steps < MOST_STEPS and bool(self.balls)

    def begin(self, make: Make[AnyBall] | None = None) -> None:
        """Put all balls at the start; with `make` at another, or on something else."""
        self._make = make or self._make
        self.steps = 0
        self.balls = {name: self._new(name) for name in self.balls}

    def choose(self, identifiers: Iterable[str]) -> None:
        """Keep these rules; one that is new makes up for the steps of the others."""
        chosen = set(identifiers)
        balls = {}
        for rule in RULES:
            name = rule.identifier
            if name not in chosen:
                continue
            if name in self.balls:
                balls[name] = self.balls[name]
            else:
                balls[name] = self._new(name)
                balls[name].step(self.steps)
        self.balls = balls

    def set_rate(self, rate: float) -> None:
        """Take another learning rate from the next step on."""
        self.rate = rate
        for ball in self.balls.values():
            ball.rate = rate

    def settings_of(self, identifier: str) -> dict[str, float]:
        """All settings of a rule."""
        return dict(self._settings[identifier])

    def set_setting(self, identifier: str, name: str, value: float) -> None:
        """Take another setting from the next step on."""
        self._settings[identifier][name] = value
        if identifier in self.balls:
            self.balls[identifier].settings = dict(self._settings[identifier])

    def step(self, steps: int = 1) -> None:
        """Go forward together, up to `MOST_STEPS`."""
        steps = min(steps, MOST_STEPS - self.steps)
        if not self.balls or steps <= 0:
            return
        made = max(self._catch_up(ball, steps) for ball in self.balls.values())
        self.steps += made

    def step_back(self, steps: int = 1) -> None:
        """Take steps back together."""
        self.steps = max(self.steps - steps, 0)
        for ball in self.balls.values():
            ball.step_back(max(ball.path.steps - self.steps, 0))

    def _catch_up(self, ball: AnyBall, steps: int) -> int:
        """One that could not go on stays where it is."""
        return ball.step(steps) if ball.path.steps == self.steps else 0

    def _new(self, identifier: str) -> AnyBall:
        return self._make(rule_of(identifier), self.rate, self._settings[identifier])
