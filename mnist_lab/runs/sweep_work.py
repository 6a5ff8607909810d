"""What a sweep has to do: all of its experiments, or those of an earlier sweep that have no result yet."""

from dataclasses import dataclass, replace

from mnist_lab.data.digits import Digits
from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.runs.sweep_record import SweepRecord
from mnist_lab.runs.sweep_rows import is_done


@dataclass(frozen=True, eq=False)
class SweepWork:
    """A sweep that is to be begun, or to go on.

    Attributes:
        plan: all that it trains.
        digits: on what.
        own_digits: see `DataFacts`.
        going_on: how it was begun before; None: it was not.
        before: what came of its experiments until now, in their order; () where it was not begun before.
    """

    plan: SweepPlan
    digits: Digits
    own_digits: int = 0
    going_on: SweepRecord | None = None
    before: tuple[SweepResult, ...] = ()

    @property
    def done(self) -> frozenset[int]:
        """The indices of those that have a result."""
        return frozenset(result.index for result in self.before if is_done(result))

    @property
    def halted(self) -> int:
        """How many of the others go on with a run that is kept."""
        return sum(result.state == "stopped" and result.run_id is not None for result in self.before)

    @property
    def left(self) -> SweepPlan:
        """What is still to be trained, in the order of the plan; maybe nothing."""
        if self.going_on is None:
            return self.plan
        done = self.done
        missing = tuple(one for index, one in enumerate(self.plan.experiments) if index not in done)
        return replace(self.plan, experiments=missing, doubles=0)
