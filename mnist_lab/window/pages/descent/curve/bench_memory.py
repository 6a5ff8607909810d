"""What a learner had on the Descent tab before a challenge, kept whole with every step, and brought back."""

from dataclasses import dataclass

from mnist_lab.descent.functions import Function
from mnist_lab.descent.noise import Batches
from mnist_lab.descent.path import Descent
from mnist_lab.studies.balls import Balls
from mnist_lab.studies.curve_bench import CurveBench


@dataclass(frozen=True, eq=False)
class BenchMemory:
    """All that a bench holds: its balls with the steps they made, and what the next ones would be made of."""

    function: Function
    start: float
    batches: Batches | None
    looked_at: str
    balls: Balls[Descent]

    @classmethod
    def of(cls, bench: CurveBench) -> "BenchMemory":
        """Keep what is there; the bench goes on with balls of its own, of the same rules and settings."""
        memory = cls(bench.function, bench.start, bench.batches, bench.looked_at, bench.balls)
        bench.renew_balls()
        return memory

    def bring_back(self, bench: CurveBench) -> None:
        """Put everything back as it was."""
        bench.function, bench.start, bench.batches = self.function, self.start, self.batches
        bench.looked_at, bench.balls = self.looked_at, self.balls
