"""What the course learns of a sweep, once it is over: how many runs it had, and which setting mattered."""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.studies.main_effects import MainEffect, main_effects
from mnist_lab.window.state.live_sweep import LiveSweep


@dataclass(frozen=True, eq=False)
class SweepSoFar:
    """What a sweep has brought.

    Attributes:
        varied: the fields that vary.
        results: of the trials that came to their own end.
    """

    varied: tuple[str, ...]
    results: tuple[SweepResult, ...]

    def effects(self) -> tuple[MainEffect, ...]:
        """What each setting that varies did; of thousands of results that takes a moment."""
        accuracies = [result.test_accuracy for result in self.results]
        return main_effects([result.experiment for result in self.results], accuracies, self.varied)


def so_far(sweep: LiveSweep) -> SweepSoFar | None:
    """What it has brought; None before the first result."""
    results = tuple(result for result in sweep.results if result.state != "stopped")
    return SweepSoFar(sweep.plan.varied, results) if sweep.plan is not None and results else None


class SweepFacts:
    """Tells them, again and again; nothing is computed anew while the sweep is the same."""

    def __init__(self, sweep: LiveSweep) -> None:
        self._sweep = sweep
        self._known: object = None
        self._effects: tuple[MainEffect, ...] = ()
        self._count = 0

    def _of_over(self) -> tuple[MainEffect, ...]:
        """The effects of a sweep that is over and was begun here; none of one that has nothing to compare."""
        sweep = self._sweep
        if sweep.is_sweeping or sweep.is_from_before:
            return ()
        if sweep.trials is not self._known:
            known = so_far(sweep)
            effects = () if known is None else known.effects()
            self._known, self._effects = sweep.trials, effects if any(effect.spread for effect in effects) else ()
            self._count += bool(self._effects)
        return self._effects

    def count(self) -> int:
        """How many sweeps came to their end with something to compare: the next may bring the very same again."""
        self._of_over()
        return self._count

    def order(self) -> tuple[str, ...] | None:
        """The fields that varied, the one first that mattered most."""
        return tuple(effect.field for effect in self._of_over()) or None

    def spreads(self) -> tuple[float, ...] | None:
        """From the lowest to the highest mean of each, as shares of all test digits, in that order."""
        return tuple(effect.spread for effect in self._of_over()) or None

    def means(self) -> tuple[float, ...] | None:
        """The lowest and the highest mean of the one that mattered most."""
        effects: Sequence[MainEffect] = self._of_over()
        worst, best = (effects[0].worst, effects[0].best) if effects else (None, None)
        if worst is None or best is None or worst.mean is None or best.mean is None:
            return None
        return worst.mean, best.mean

    def best(self) -> float | None:
        """The highest accuracy on the test digits."""
        known = [result.test_accuracy for result in self._sweep.results if result.test_accuracy is not None]
        return max(known) if self._of_over() and known else None

    def runs(self) -> int | None:
        """How many runs it had."""
        return len(self._sweep.results) if self._of_over() else None
