"""A sweep that trains nothing: it says what a driver says, when it is told to."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mnist_lab.experiment import Experiment
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_events import SweepEvent, SweepResult, TrialBegun, TrialEnded, TrialProgress
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.runs.sweep_rows import is_done


@dataclass
class FakeDriver:
    """Stands for `run_sweep`: the accuracy of each trial is told, and it goes on when it may.

    Attributes:
        accuracies: of the trials, in their order; None: it diverges. Without any they follow from the settings.
        go_on: set when the next trials may end.
        may_end: how many trials may end before it waits for `go_on`.
        seen: what it was called with, beside plan, digits and store.
        error: raised in place of all that.
    """

    accuracies: Sequence[float | None] = ()
    go_on: threading.Event = field(default_factory=threading.Event)
    may_end: int = 0
    seen: dict[str, Any] = field(default_factory=dict)
    error: Exception | None = None

    def __call__(
        self,
        plan: SweepPlan,
        _digits: object,
        _store: object,
        *,
        publish: Callable[[SweepEvent], None],
        control: SweepControl,
        **options: Any,
    ) -> tuple[SweepResult, ...]:
        self.seen = dict(options)
        if self.error is not None:
            raise self.error
        done = {result.index: result for result in options.get("before", ()) if is_done(result)}
        accuracies = self.accuracies or [_plausible(experiment) for experiment in plan.experiments]
        results = []
        for index, (experiment, accuracy) in enumerate(zip(plan.experiments, accuracies, strict=True)):
            if index in done:
                results.append(done[index])
                continue
            publish(TrialBegun(index, f"run{index}"))
            publish(TrialProgress(index, 1, 4, 2.5, 0.1))
            while index >= self.may_end and not self.go_on.is_set() and not control.is_cancelled:
                self.go_on.wait(0.01)
            if control.is_cancelled:
                result = SweepResult(index, experiment, "stopped", updates=1)
            elif accuracy is None:
                result = SweepResult(index, experiment, "diverged", updates=1, run_id=f"run{index}")
            else:
                loss = 1 - accuracy
                result = SweepResult(
                    index, experiment, "finished", accuracy, loss, f"run{index}", index + 1, "h", 1.0, 4
                )
            results.append(result)
            publish(TrialEnded(index, result))
        return tuple(results)


def _plausible(experiment: Experiment) -> float:
    """An accuracy that the learning rate decides, and the units a little."""
    return 0.9 - 0.1 * abs(math.log10(experiment.learning_rate) + 3) + 1e-4 * sum(experiment.hidden_units)
