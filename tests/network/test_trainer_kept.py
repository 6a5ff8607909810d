"""From every snapshot that `train` hands on to be kept, a run ends with the bits of the run that was never cut."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import checkpoint
from mnist_lab.network.control import Control
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Finished,
    Paused,
    Prepared,
    Preparing,
    RateChanged,
    Stopped,
    Updates,
)
from mnist_lab.network.halt import Halt
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.trainer import Engine, train
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from tests.network.runs import PLAIN, SMALL, UPDATES_PER_EPOCH, Listener

pytestmark = pytest.mark.keras

CHUNK_OF_FOUR = Engine(xla=False, chunk=4)
RATES = {4: 0.02, 16: 0.003, 20: 0.01, 24: 0.005}
"""Which learning rate is asked for after how many updates: within an epoch, at the pause, behind it, between epochs."""
PAUSE = 16


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The clock by which snapshots are due: it stands still unless a test sets `now`."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(checkpoint, "time", SimpleNamespace(perf_counter=lambda: clock.now))
    return clock


class Kept:
    """What a run published and handed on, in one order.

    Attributes:
        told: events and snapshots.
    """

    def __init__(self) -> None:
        self.told: list[Event | Snapshot] = []

    def train(
        self,
        experiment: Experiment,
        digits: Digits,
        engine: Engine = PLAIN,
        listener: Listener = lambda _event, _control: None,
        halt: Halt | None = None,
        changes: tuple[RateChanged, ...] = (),
    ) -> "Kept":
        control = Control()

        def publish(event: Event) -> None:
            self.told.append(event)
            listener(event, control)

        train(experiment, digits, publish, control, engine, halt=halt, keep=self.told.append, changes=changes)
        return self

    @property
    def snapshots(self) -> list[Snapshot]:
        return [item for item in self.told if isinstance(item, Snapshot)]

    @property
    def numbers(self) -> list[NDArray[np.float32]]:
        """The losses and the accuracies."""
        updates = [item for item in self.told if isinstance(item, Updates)]
        none = np.empty(0, np.float32)
        return [
            np.concatenate([none, *(event.losses for event in updates)]),
            np.concatenate([none, *(event.accuracies for event in updates)]),
        ]

    @property
    def epochs(self) -> list[EpochEnd]:
        return [item for item in self.told if isinstance(item, EpochEnd)]

    @property
    def changes(self) -> list[RateChanged]:
        return [item for item in self.told if isinstance(item, RateChanged)]

    def cut_at(self, snapshot: Snapshot) -> tuple[Halt, tuple[RateChanged, ...]]:
        """What is left of the run if nothing behind this snapshot counts: where it stood, and what lies ahead."""
        told = max((end.updates for end in self.epochs if end.updates < snapshot.updates), default=0)
        losses, accuracies = (values[told : snapshot.updates] for values in self.numbers)
        # As another process would have it: from the snapshot's bytes.
        halt = Halt(Snapshot.from_bytes(snapshot.to_bytes()), losses, accuracies, training_seconds=1.0)
        return halt, tuple(change for change in self.changes if change.update >= snapshot.updates)


def disturbed(clock: SimpleNamespace) -> Listener:
    """Changes the learning rate, pauses once, and lets a second pass with every event."""

    def listen(event: Event, control: Control) -> None:
        clock.now += 2.0
        if isinstance(event, Updates):
            done = event.first + len(event.losses)
            if done in RATES:
                control.set_learning_rate(RATES[done])
            if done == PAUSE:
                control.pause()
        if isinstance(event, Paused):
            control.resume()

    return listen


def check_snapshots(
    experiment: Experiment, digits: Digits, clock: SimpleNamespace, engine: Engine, *only: int
) -> list[int]:
    """Go on from each snapshot of a disturbed run, or from `only` some, in chunks of another length.

    Returns:
        where they were taken.
    """
    whole = Kept().train(experiment, digits, engine, disturbed(clock))
    end = whole.told[-1]
    assert isinstance(end, Finished)
    for snapshot in whole.snapshots:
        if only and snapshot.updates not in only:
            continue
        halt, changes = whole.cut_at(snapshot)
        rest = Kept().train(experiment, digits, replace(engine, chunk=5), halt=halt, changes=changes)
        assert rest.snapshots[-1].hashes == whole.snapshots[-1].hashes, snapshot.updates
        for ours, all_of_them in zip(rest.numbers, whole.numbers, strict=True):
            assert ours.tobytes() == all_of_them[snapshot.updates :].tobytes()
        assert rest.epochs == [epoch for epoch in whole.epochs if epoch.updates >= snapshot.updates]
        assert rest.changes == list(changes)
        last = rest.told[-1]
        assert isinstance(last, Finished)
        assert replace(last, training_seconds=end.training_seconds) == end
    assert [change.update for change in whole.changes] == list(RATES)
    return [snapshot.updates for snapshot in whole.snapshots]


DISTURBED = SMALL.changed(dropout=0.3, validation="held_out", held_out_share=0.4, epochs=3)
"""Of 620 images 248 are kept aside: each epoch has eleven whole batches and one of twenty images."""


@pytest.mark.parametrize("only", [(PAUSE,), pytest.param((), marks=pytest.mark.acceptance)], ids=["one", "all"])
@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_every_optimizer_with_dropout_held_out_images_and_changed_rates(
    spec: OptimizerSpec, only: tuple[int, ...], digits: Digits, clock: SimpleNamespace
) -> None:
    """In the suite from the middle of an epoch, behind one change of the rate and before three."""
    experiment = DISTURBED.changed(optimizer=spec.identifier)
    assert check_snapshots(experiment, digits, clock, CHUNK_OF_FOUR, *only) == [0, 12, PAUSE, 24, 36]


def test_from_the_start_from_epochs_ends_and_from_the_end(digits: Digits, clock: SimpleNamespace) -> None:
    """A run that was cut between its last epoch's end and its own measures that epoch again."""
    assert check_snapshots(DISTURBED, digits, clock, CHUNK_OF_FOUR) == [0, 12, PAUSE, 24, 36]


def test_one_batch_with_xla(digits: Digits, clock: SimpleNamespace) -> None:
    """Each epoch is one update, and each end of an epoch is kept."""
    experiment = SMALL.changed(one_batch=True, epochs=26, optimizer="adam")
    assert check_snapshots(experiment, digits, clock, Engine(xla=True, chunk=4), PAUSE, 25) == [*range(27)]


def test_what_is_kept_when(digits: Digits, clock: SimpleNamespace) -> None:
    told = Kept().train(DISTURBED, digits, CHUNK_OF_FOUR, disturbed(clock)).told
    kinds = [type(item) for item in told if not isinstance(item, Preparing | Updates | RateChanged)]
    middle = [EpochEnd, Snapshot, Snapshot, Paused]
    assert kinds[:3] == [Begun, Snapshot, Prepared]
    assert kinds[3:7] == middle
    assert kinds[-3:] == [EpochEnd, Snapshot, Finished], "the end is handed on once, before it is told"


def test_within_a_second_nothing_is_kept_but_start_and_end(digits: Digits, clock: SimpleNamespace) -> None:
    def stop(event: Event, control: Control) -> None:
        if isinstance(event, EpochEnd):
            control.stop()

    kept = Kept().train(SMALL.changed(epochs=3), digits, PLAIN, stop)
    assert kept.told[-1] == Stopped(UPDATES_PER_EPOCH)
    assert [snapshot.updates for snapshot in kept.snapshots] == [0, UPDATES_PER_EPOCH]


def test_of_a_diverged_run_the_last_finite_weights_are_kept(digits: Digits) -> None:
    wild = SMALL.changed(optimizer="sgd", learning_rate=1000.0, activation="linear")
    kept = Kept().train(wild, digits)
    last = kept.told[-1]
    assert isinstance(last, Diverged)
    assert kept.snapshots[-1].updates == last.kept_updates
    assert kept.snapshots[-1].is_finite()


def test_a_rate_that_is_asked_for_takes_the_place_of_those_that_were_to_come(digits: Digits) -> None:
    def ask_for(rate: float) -> Kept:
        def ask(event: Event, control: Control) -> None:
            if isinstance(event, Updates) and event.first == 2:
                control.set_learning_rate(rate)

        return Kept().train(SMALL.changed(epochs=1), digits, Engine(xla=False, chunk=3), ask, changes=ahead)

    ahead = (RateChanged(2, 0.25), RateChanged(2, 0.125), RateChanged(15, 0.02))
    assert ask_for(0.125).changes == [*ahead], "that is the one in force"
    kept = ask_for(0.5)
    assert kept.changes == [*ahead[:2], RateChanged(5, 0.5)]
    assert [event.first for event in kept.told if isinstance(event, Updates)][:4] == [0, 2, 5, 8]
