"""What the course learns of a sweep, once it is over: how many runs it had, and which setting mattered."""

from collections.abc import Sequence

from mnist_lab.studies.main_effects import MainEffect, main_effects
from mnist_lab.window.state.live_sweep import LiveSweep


def effects_of(sweep: LiveSweep) -> tuple[MainEffect, ...]:
    """What each setting that varies did, by the trials that came to their own end; none before the first did."""
    results = [result for result in sweep.results if result.state != "stopped"]
    if sweep.plan is None or not results:
        return ()
    accuracies = [result.test_accuracy for result in results]
    return main_effects([result.experiment for result in results], accuracies, sweep.plan.varied)


class SweepFacts:
    """Tells them, again and again; nothing is computed anew while the sweep is the same."""

    def __init__(self, sweep: LiveSweep) -> None:
        self._sweep = sweep
        self._known: object = None
        self._effects: tuple[MainEffect, ...] = ()

    def _of_over(self) -> tuple[MainEffect, ...]:
        """The effects of a sweep that is over; none while one goes on, and of one that has nothing to compare."""
        sweep = self._sweep
        if sweep.is_sweeping:
            return ()
        if sweep.trials is not self._known:
            self._known, self._effects = sweep.trials, effects_of(sweep)
        return self._effects if any(effect.spread for effect in self._effects) else ()

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
