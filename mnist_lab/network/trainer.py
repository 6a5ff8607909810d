"""Training as a plain function: `train(experiment, digits, publish, control)`, in whatever thread calls it.

It makes a `TrainingSession`, advances it by a `TrainingLoop`, and publishes how it ended.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.batches import check_held_out
from mnist_lab.network.checkpoint import Keep
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.events import (
    Diverged,
    Event,
    Failed,
    Finished,
    Preparing,
    RateChanged,
    Stage,
    Stopped,
)
from mnist_lab.network.halt import Halt
from mnist_lab.network.interruptions import StopAsked
from mnist_lab.network.memory import check_memory, explain_failure
from mnist_lab.network.pace import Pace
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.training_loop import Publish, TrainingLoop
from mnist_lab.network.transplant import adapted

_LOCK_SECONDS = 0.05
"""How long a run that waits for Keras may overlook that it was stopped."""


@dataclass(frozen=True)
class Engine:
    """How the updates are computed; it never changes which.

    Attributes:
        xla: compile whole batches with XLA where it works; without it the bits are those of `train_on_batch`.
        chunk: updates of one compiled call; None follows the measured speed.
    """

    xla: bool = True
    chunk: int | None = None


USUAL = Engine()


def train(
    experiment: Experiment,
    digits: Digits,
    publish: Publish,
    control: Control,
    engine: Engine = USUAL,
    run_id: str = "",
    halt: Halt | None = None,
    keep: Keep | None = None,
    changes: Sequence[RateChanged] = (),
) -> None:
    """Train the experiment's network on `digits`.

    Publishes `Preparing`, `Prepared`, then `Updates` and `EpochEnd` (with `Paused`, `Resumed` as asked), and as
    the last event exactly one of `Finished`, `Stopped`, `Diverged`, `Failed`. The weights at the end, and at each
    pause, lie in the control's mailbox before the event is published. An experiment that cannot be run fails
    before anything is imported; while another job uses Keras, the run waits for it and can be stopped. Each event
    carries `run_id`.

    With the `halt` of an earlier call for the same experiment and digits (but for more epochs) it goes on from there,
    with the same bits as if it had never ended: there is no `Begun`, and updates and epochs are counted on. So it does
    from the halt of a fork, with the settings of `experiment`.

    `keep` gets snapshots, in this thread, between the events: at the start, at epochs' ends and pauses (one a second at
    most, and for 2 % of the time), and at the end, before it is told. From each of them a run goes on with the bits of
    this one. `changes` are changes of the learning rate that are known already, in order: each is made, and told as
    `RateChanged`, before the update that it names. Another rate that is asked for meanwhile takes their place.
    """

    def tell(event: Event) -> None:
        publish(replace(event, run_id=run_id))

    try:
        last: Event = _Run(experiment, digits, tell, control, engine, halt, keep, changes).outcome()
    except Exception as error:  # noqa: BLE001 - whatever it is, the learner is told, by whoever reads the events
        last = Failed(explain_failure(error, experiment))
    tell(last)


@contextmanager
def keras_to_itself(control: Control) -> Iterator[None]:
    """Hold `KERAS_LOCK`; raises `StopAsked` when the run is stopped while it waits for another job."""
    while not KERAS_LOCK.acquire(timeout=_LOCK_SECONDS):
        if control.is_stopped:
            raise StopAsked
    try:
        yield
    finally:
        KERAS_LOCK.release()


class _Run:
    """One run from preparing to its outcome."""

    def __init__(
        self,
        experiment: Experiment,
        digits: Digits,
        publish: Publish,
        control: Control,
        engine: Engine,
        halt: Halt | None,
        keep: Keep | None,
        changes: Sequence[RateChanged],
    ) -> None:
        self._experiment = experiment
        self._digits = digits
        self._publish = publish
        self._control = control
        self._engine = engine
        self._halt = halt
        self._keep = keep
        self._changes = changes

    def outcome(self) -> Finished | Stopped | Diverged:
        """Check, wait until Keras is free, and train to the end, whichever it is."""
        check_memory(self._experiment, len(self._digits.train_images))
        check_held_out(self._experiment, self._digits)
        try:
            self._on_stage("importing")
            with keras_to_itself(self._control):
                return self._outcome_with_keras()
        except StopAsked:
            self._control.halt = self._halt  # from there it can go on as before
            return Stopped(0 if self._halt is None else self._halt.updates)

    def _outcome_with_keras(self) -> Finished | Stopped | Diverged:
        halt = self._halt
        start = None if halt is None or halt.is_fork else halt.snapshot
        session = TrainingSession(self._experiment, self._digits, start, xla=self._engine.xla, on_stage=self._on_stage)
        try:
            if halt is not None and halt.is_fork:
                session.restore(adapted(halt.snapshot, session.snapshot()))
            pace = Pace(self._engine.chunk)
            loop = TrainingLoop(session, self._publish, self._control, pace, halt, self._keep, self._changes)
            return loop.outcome()
        finally:
            session.close()

    def _on_stage(self, stage: Stage) -> None:
        if self._control.is_stopped:
            raise StopAsked
        self._publish(Preparing(stage))
