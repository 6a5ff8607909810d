"""What has come of the walks down a curve that were seen so far, as a lesson asks for it; knows no Qt."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.noise import SAMPLES, Batches
from mnist_lab.descent.path import Descent
from mnist_lab.descent.verdict import Kind
from mnist_lab.descent.verdicts import judge
from mnist_lab.studies.curve_bench import CurveBench

SLOW_STEPS = 20
"""After so many steps a slope of more than half of the first one is slow."""
NOISY_STEPS = 40
_RECENT = 20
"""So many of the last places tell how far a noisy ball jumps about."""
_LOWER = 1e-3
"""A ball that rests lower than another by more than this is in another hollow."""


@dataclass(frozen=True)
class SeenWalk:
    """The newest walk that came out in some way.

    Attributes:
        times: how many walks did by now.
        rate: its learning rate.
        steps: how many steps it took until it was seen.
        amount: of a noisy one the range of its last places; of one with momentum, the momentum; else 0.
    """

    times: int
    rate: float
    steps: int
    amount: float = 0.0

    @property
    def fact(self) -> tuple[float, ...]:
        """As the course reads it."""
        return float(self.times), self.rate, float(self.steps), self.amount


class WalksSeen:
    """Looks at the balls after every step, and notes each way of coming out once a walk.

    Attributes:
        walks: by what came of them: on the bowl with plain SGD "slow", "arrived", "endless" (to and fro between the
            same places for ever), "lost"; on any curve "passed" (with momentum, at rest lower than plain SGD is) and
            "noisy1", "noisy10" (a batch of that size for `NOISY_STEPS` steps).
    """

    def __init__(self) -> None:
        self.walks: dict[str, SeenWalk] = {}
        self._noted: dict[str, Descent] = {}
        self._noisy: tuple[Descent | None, Batches | None, int] = (None, None, 0)

    def fact(self, kind: str) -> tuple[float, ...] | None:
        """What is known of the walks that came out so: times, rate, steps, amount; None before there is one."""
        walk = self.walks.get(kind)
        return None if walk is None else walk.fact

    def look(self, bench: CurveBench) -> None:
        """Note what has come of the balls."""
        for kind, ball, amount in (*_plain(bench), *_passed(bench), *self._noisily(bench)):
            if self._noted.get(kind) is not ball:
                self._noted[kind] = ball
                former = self.walks.get(kind)
                times = 1 if former is None else former.times + 1
                self.walks[kind] = SeenWalk(times, float(ball.path.rate[-1]), ball.path.steps, amount)

    def _noisily(self, bench: CurveBench) -> Iterator[tuple[str, Descent, float]]:
        ball, batches = bench.ball, bench.batches
        if ball is None or batches is None or batches.size >= SAMPLES:
            self._noisy = (None, None, 0)
            return
        if (ball, batches) != self._noisy[:2]:
            self._noisy = (ball, batches, ball.path.steps)
        if ball.path.steps - self._noisy[2] >= NOISY_STEPS:
            yield f"noisy{batches.size}", ball, float(np.ptp(ball.path.x[-_RECENT:]))


def _plain(bench: CurveBench) -> Iterator[tuple[str, Descent, float]]:
    """Plain SGD on the bowl, with the true slope and one learning rate."""
    ball = bench.balls.balls.get("sgd")
    if ball is None or bench.batches is not None or bench.function.identifier != "bowl" or not _has_one_rate(ball):
        return
    path, verdict = ball.path, judge(ball)
    if verdict.kind is Kind.CONVERGED:
        yield "arrived", ball, 0.0
    elif verdict.kind in (Kind.DIVERGED, Kind.MOVES_AWAY):
        yield "lost", ball, 0.0
    elif verdict.kind is Kind.OSCILLATES and "period" in verdict.sentence.values:
        yield "endless", ball, 0.0
    elif path.steps >= SLOW_STEPS and abs(path.slope[-1]) > abs(path.slope[0]) / 2:
        yield "slow", ball, 0.0


def _passed(bench: CurveBench) -> Iterator[tuple[str, Descent, float]]:
    """Momentum has carried a ball through the hollow in which plain SGD stays."""
    balls = bench.balls.balls
    plain, carried = balls.get("sgd"), balls.get("sgd_momentum")
    if plain is None or carried is None or bench.batches is not None or not _has_one_rate(carried):
        return
    if carried.path.loss[-1] < plain.path.loss[-1] - _LOWER and _is_at_rest(plain) and _is_at_rest(carried):
        yield "passed", carried, carried.settings["momentum"]


def _is_at_rest(ball: Descent) -> bool:
    return ball.path.steps > 0 and judge(ball).kind is Kind.CONVERGED


def _has_one_rate(ball: Descent) -> bool:
    rates = ball.path.rate
    return len(rates) > 0 and bool((rates == rates[-1]).all())
