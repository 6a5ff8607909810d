"""A run that is trained in the calling thread and kept meanwhile, from its start or from where it was left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import EpochEnd, Event, RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.keeper import RunKeeper


@dataclass(frozen=True, eq=False)
class KeptTraining:
    """What is to be trained, and who keeps it.

    Attributes:
        experiment: what to train.
        digits: on what.
        keeper: keeps it; None: nobody does.
        is_plain: whether without XLA.
        halt: where it goes on; None: at its start.
        changes: of the learning rate, which are known already.
        epochs: those behind it.
    """

    experiment: Experiment
    digits: Digits
    keeper: RunKeeper | None
    is_plain: bool = False
    halt: Halt | None = None
    changes: Sequence[RateChanged] = ()
    epochs: Sequence[EpochEnd] = ()

    def train(self, publish: Callable[[Event], None], control: Control) -> None:
        """Train it, as `network.trainer.train` does; returns when all is written that is kept."""
        from mnist_lab.network.trainer import Engine, train

        engine, keeper = Engine(xla=not self.is_plain), self.keeper
        if keeper is None:
            train(self.experiment, self.digits, publish, control, engine, halt=self.halt, changes=self.changes)
            return

        def publish_and_keep(event: Event) -> None:
            keeper.receive(event)
            publish(event)

        try:
            train(
                self.experiment,
                self.digits,
                publish_and_keep,
                control,
                engine,
                halt=self.halt,
                keep=keeper.offer,
                changes=self.changes,
            )
        finally:
            keeper.close()

    @property
    def taken_over(self) -> tuple[int, float]:
        """Updates, and training seconds, that it has from the run that it was forked from; 0 and 0 without one."""
        halt = self.halt
        return (halt.updates, halt.training_seconds) if halt is not None and halt.is_fork else (0, 0.0)

    @property
    def kept_number(self) -> int | None:
        """The run's number; None where it is not kept, or not all of it."""
        return self.keeper.number if self.keeper is not None and self.keeper.is_whole else None
