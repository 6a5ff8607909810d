"""Real runs that are kept, and forks of them, for the tests: small networks without XLA."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Updates
from mnist_lab.network.halt import Halt
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.trainer import Engine, train
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.forking import forked_run, plan_fork
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.moments import moment_of
from mnist_lab.runs.store import RunStore

Steer = Callable[[Control, int], None]
"""Told after how many updates the run is."""


def stop_after(count: int) -> Steer:
    """Stop a run as soon as it has made so many updates."""
    return lambda control, updates: control.stop() if updates >= count else None


def change_rate_after(count: int, rate: float) -> Steer:
    """Change the learning rate of a run as soon as it has made so many updates."""
    return lambda control, updates: control.set_learning_rate(rate) if updates == count else None


@dataclass(frozen=True, eq=False)
class Runs:
    """A store and the digits of all its runs."""

    store: RunStore
    digits: Digits

    def run(self, experiment: Experiment, *steers: Steer) -> KeptRun:
        """A new run."""
        keeper = RunKeeper(self.store, experiment, self.digits)
        return self._train(experiment, self.digits, keeper, None, steers)

    def plan(self, parent: KeptRun, updates: int, digits: Digits | None = None, **changes: Any) -> Fork:
        """How a run is to go on from another."""
        digits = digits or self.digits
        return plan_fork(self.store, parent, updates, changes, digits, self.moment(parent, updates, digits))

    def fork(
        self, parent: KeptRun, updates: int, *steers: Steer, digits: Digits | None = None, **changes: Any
    ) -> KeptRun:
        """A run that goes on from another."""
        digits = digits or self.digits
        fork = self.plan(parent, updates, digits, **changes)
        forked = forked_run(fork, digits)
        keeper = RunKeeper(self.store, fork.experiment, digits, run_id=forked.run.id, fork=fork)
        return self._train(fork.experiment, digits, keeper, fork.halt, steers)

    def resumed(self, kept: KeptRun, *steers: Steer) -> KeptRun:
        """The same run, gone on from its newest snapshot."""
        writer = self.store.resume(kept.facts.id)
        assert kept.experiment is not None
        keeper = RunKeeper(self.store, kept.experiment, self.digits, run_id=kept.facts.id, resumed=writer)
        return self._train(kept.experiment, self.digits, keeper, writer.halt(), steers)

    def moment(self, parent: KeptRun, updates: int, *others: Digits) -> Snapshot:
        """The parent's network there, by a replay."""
        moment = moment_of(self.store, parent.facts.id, updates, [self.digits, *others])
        assert moment is not None
        assert moment.identical
        return moment.snapshot

    def _train(
        self,
        experiment: Experiment,
        digits: Digits,
        keeper: RunKeeper,
        halt: Halt | None,
        steers: tuple[Steer, ...],
    ) -> KeptRun:
        control = Control()

        def publish(event: Event) -> None:
            keeper.receive(event)
            if isinstance(event, Updates):
                for steer in steers:
                    steer(control, event.first + len(event.losses))

        changes = () if halt is None else halt.changes
        try:
            train(
                *(experiment, digits, publish, control, Engine(xla=False, chunk=5)),
                halt=halt,
                keep=keeper.offer,
                changes=changes,
            )
        finally:
            keeper.close()
        return self.store.load(keeper.run_id)
