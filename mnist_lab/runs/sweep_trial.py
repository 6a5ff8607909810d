"""One experiment of a sweep, as a worker trains it, on this computer or on another: what `train` does, and no more."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Failed, RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.sweep_pool import Sent, TrialOver
from mnist_lab.words import LabError


def train_trial(
    experiment: Experiment,
    digits: Digits,
    run_id: str,
    send: Callable[[Sent], None],
    control: Control,
    halt: Halt | None = None,
    changes: Sequence[RateChanged] = (),
) -> None:
    """Train it in this thread and send all that a `RunKeeper` needs, then `TrialOver`; other processes can read it.

    The weights have the bits of the same settings trained in the window or by `train`. Of a process that does nothing
    else `network.environment.prepare` must have set the environment before TensorFlow is imported.

    Args:
        experiment: what to train.
        digits: on what.
        run_id: the run's.
        send: takes what happens, in order, in this thread.
        control: obeyed as by `train`.
        halt: where it goes on; None: at its start.
        changes: of the learning rate, which are known already.
    """
    from mnist_lab.network.trainer import train

    def publish(event: Event) -> None:
        if not isinstance(event, Begun):  # weights, which the first snapshot has, too
            send(_to_be_sent(event))

    train(experiment, digits, publish, control, run_id=run_id, halt=halt, keep=send, changes=changes)
    weights = control.take_weights()
    send(TrialOver(None if weights is None else weights.sha256()))


def _to_be_sent(event: Event) -> Event:
    """The event without anything that only this process knows: errors of libraries become their text."""
    if isinstance(event, Failed) and not isinstance(event.error, LabError):
        return replace(event, error=RuntimeError(f"{type(event.error).__name__}: {event.error}"))
    return event
