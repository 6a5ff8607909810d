"""A snapshot of the bench, taken when a challenge begins and restored when it is left."""

from dataclasses import dataclass

from mnist_lab.descent.functions import Function
from mnist_lab.descent.noise import Batches
from mnist_lab.descent.path import Descent
from mnist_lab.studies.balls import Balls
from mnist_lab.studies.curve_bench import CurveBench


@dataclass(frozen=True, eq=False)
class BenchSnapshot:
    """Everything that a bench holds: its balls with all their steps, and what new balls are made from."""

    function: Function
    start: float
    batches: Batches | None
    looked_at: str
    balls: Balls[Descent]

    @classmethod
    def take(cls, bench: CurveBench) -> "BenchSnapshot":
        """Take it; the bench goes on with new balls of the same rules and settings."""
        snapshot = cls(bench.function, bench.start, bench.batches, bench.looked_at, bench.balls)
        bench.renew_balls()
        return snapshot

    def restore(self, bench: CurveBench) -> None:
        """Restore it."""
        bench.function, bench.start, bench.batches = self.function, self.start, self.batches
        bench.looked_at, bench.balls = self.looked_at, self.balls
