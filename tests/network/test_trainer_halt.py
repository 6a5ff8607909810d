"""A run that has ended goes on with the bits of one that never did, wherever and however it ended."""

from typing import cast

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Diverged, EpochEnd, Event, Finished, Preparing, Stopped, Updates
from mnist_lab.network.trainer import Engine
from tests.network.runs import PLAIN, SMALL, UPDATES_PER_EPOCH, Run, run, same_bits

pytestmark = pytest.mark.keras
CHUNK_OF_FIVE = Engine(xla=False, chunk=5)


def stopped_after(updates: int, digits: Digits) -> tuple[Run, Control]:
    """A run of `SMALL` that was stopped as soon as so many updates were told."""
    control = Control()

    def stop(event: Event, _control: Control) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) == updates:
            control.stop()

    return run(SMALL, digits, CHUNK_OF_FIVE, control, stop), control


@pytest.mark.parametrize("updates", [15, UPDATES_PER_EPOCH, 35], ids=["within", "before its epoch is told", "later"])
def test_a_stopped_run_goes_on_as_if_it_had_not_been_stopped(updates: int, digits: Digits, small_run: Run) -> None:
    first, control = stopped_after(updates, digits)
    assert first.last == Stopped(updates)
    rest = run(SMALL, digits, CHUNK_OF_FIVE, halt=control.halt)
    assert same_bits(rest.parameters(), small_run.parameters())
    assert same_bits([np.concatenate([first.losses, rest.losses])], [small_run.losses])
    assert first.epochs + rest.epochs == small_run.epochs, "an epoch's mean is over all of its batches"
    assert rest.updates[0].first == updates
    assert rest.updates[0].training_seconds > first.updates[-1].training_seconds
    assert not rest.of(Begun), "the network's start is still the one that it began with"


def test_a_finished_run_goes_on_with_one_batch_of_an_epoch_more(digits: Digits) -> None:
    control, longer = Control(), SMALL.changed(epochs=3)
    whole = run(longer, digits, PLAIN)
    assert isinstance(run(SMALL, digits, PLAIN, control).last, Finished)
    step = Control(paused=True)
    step.step()

    def stop(event: Event, control: Control) -> None:
        if isinstance(event, Updates):
            control.stop()

    stepped = run(longer, digits, PLAIN, step, stop, control.halt)
    assert (stepped.last, len(stepped.losses)) == (Stopped(41), 1)
    rest = run(longer, digits, PLAIN, halt=step.halt)
    assert same_bits(rest.parameters(), whole.parameters())
    assert rest.epochs == whole.epochs[2:]
    assert cast("Finished", rest.last).test_accuracy == cast("Finished", whole.last).test_accuracy


def test_a_diverged_run_goes_on_from_its_last_finite_weights(digits: Digits) -> None:
    wild = SMALL.changed(optimizer="sgd", learning_rate=1000.0, activation="linear")
    control = Control()
    diverged = run(wild, digits, PLAIN, control).last
    assert isinstance(diverged, Diverged)
    assert control.halt is not None
    assert control.halt.updates == diverged.kept_updates
    again = run(wild, digits, PLAIN, halt=control.halt).last
    assert isinstance(again, Diverged)
    assert again.update == diverged.update, "with the same rate it diverges again"


def test_stopped_before_it_goes_on_a_run_stays_where_it_ended(digits: Digits) -> None:
    _, control = stopped_after(15, digits)
    again = Control()

    def stop(event: Event, control: Control) -> None:
        if isinstance(event, Preparing):
            control.stop()

    assert run(SMALL, digits, CHUNK_OF_FIVE, again, stop, halt=control.halt).last == Stopped(15)
    assert again.halt is control.halt, "it can go on once more"


def test_the_halt_is_there_before_the_end_is_told(digits: Digits) -> None:
    places: list[int] = []

    def look(event: Event, control: Control) -> None:
        if isinstance(event, EpochEnd | Finished):
            places.append(-1 if control.halt is None else control.halt.updates)

    run(SMALL, digits, PLAIN, listener=look)
    assert places == [-1, -1, 40]
