"""A loss that is no finite number ends the run with the last finite weights, exactly those."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import checkpoint
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.events import Diverged, Event, LastEvent, Prepared, Updates
from mnist_lab.network.trainer import Engine
from tests.network.runs import SMALL, UPDATES_PER_EPOCH, Run, run, same_bits

pytestmark = pytest.mark.keras

WILD = SMALL.changed(activation="linear", hidden_units=(12, 12), optimizer="sgd", learning_rate=1000.0, epochs=3)
"""Grows by powers: its products overflow within a few updates."""


def stopped_after(updates: int, experiment: Experiment, digits: Digits, engine: Engine) -> Run:
    """The same run, stopped by single steps after exactly so many updates."""

    def listener(event: Event, control: Control) -> None:
        if isinstance(event, Updates):
            if event.first + 1 == updates:
                control.stop()
        elif isinstance(event, Prepared) and updates == 0:
            control.stop()

    return run(experiment, digits, Engine(engine.xla, chunk=1), listener=listener)


def assert_kept_the_last_finite_weights(result: Run, experiment: Experiment, digits: Digits, engine: Engine) -> None:
    diverged = result.last
    assert isinstance(diverged, Diverged), result.events[-3:]
    assert [event for event in result.events if isinstance(event, LastEvent)] == [diverged]
    assert not np.isfinite(diverged.loss)
    assert diverged.kept_updates <= diverged.update
    if result.updates:
        assert np.isfinite(result.losses).all()
        assert len(result.losses) == diverged.update
    assert result.weights is not None
    assert result.weights.updates == diverged.kept_updates
    assert all(np.isfinite(array).all() for array in result.parameters())
    alone = stopped_after(diverged.kept_updates, experiment, digits, engine)
    assert same_bits(result.parameters(), alone.parameters())
    if diverged.kept_updates < diverged.update:  # no finite weights are thrown away
        one_more = stopped_after(diverged.kept_updates + 1, experiment, digits, engine)
        assert not all(np.isfinite(array).all() for array in one_more.parameters())
    assert not KERAS_LOCK.locked()


@pytest.mark.parametrize("engine", [Engine(False, 1), Engine(False, 256), Engine(True, 7), Engine(True, None)], ids=str)
def test_a_run_that_diverges(engine: Engine, digits: Digits) -> None:
    result = run(WILD, digits, engine)
    assert_kept_the_last_finite_weights(result, WILD, digits, engine)
    assert isinstance(result.last, Diverged)
    assert 0 < result.last.update < 3 * UPDATES_PER_EPOCH


def test_the_chunks_length_does_not_decide_where_it_diverges(digits: Digits) -> None:
    ends = [run(WILD, digits, Engine(xla=False, chunk=chunk)).last for chunk in (1, 7, 256)]
    assert all(isinstance(end, Diverged) for end in ends)
    assert len({(end.update, end.kept_updates) for end in ends if isinstance(end, Diverged)}) == 1


def test_divergence_with_dropout_and_momentum_repeats_the_same_updates(digits: Digits) -> None:
    """Going back restores dropout's random state and the optimizer's memory, not the weights alone."""
    experiment = WILD.changed(dropout=0.3, optimizer="sgd_momentum", learning_rate=200.0)
    engine = Engine(xla=False)
    assert_kept_the_last_finite_weights(run(experiment, digits, engine), experiment, digits, engine)


def test_divergence_after_a_later_checkpoint(monkeypatch: pytest.MonkeyPatch, digits: Digits) -> None:
    """With a checkpoint after every chunk, the way back is short but ends at the same weights."""
    from_the_start = run(WILD, digits, Engine(xla=False, chunk=2))
    monkeypatch.setattr(checkpoint, "_SECONDS", -1.0)
    monkeypatch.setattr(checkpoint, "_SHARE", float("inf"))
    engine = Engine(xla=False, chunk=2)
    result = run(WILD, digits, engine)
    assert_kept_the_last_finite_weights(result, WILD, digits, engine)
    assert same_bits(result.parameters(), from_the_start.parameters())


class TurnsUp:
    """A learner who turns the learning rate up beyond all measure so that update `wild` is the first with it."""

    def __init__(self, wild: int, stop_after: int | None = None) -> None:
        self._wild = wild
        self._stop_after = stop_after

    def __call__(self, event: Event, control: Control) -> None:
        reached = 0 if isinstance(event, Prepared) else None
        if isinstance(event, Updates):
            reached = event.first + len(event.losses)
        if reached is not None and reached == self._wild:
            control.set_learning_rate(1e38)
        if reached is not None and reached == self._stop_after:
            control.stop()


@pytest.mark.parametrize(
    ("wild", "where", "optimizer", "xla"),
    [
        (0, "the run's second batch", "sgd", False),
        (0, "the run's second batch", "adam", True),
        (17, "the epoch's last whole batch", "adam", False),
        (18, "the epoch's short batch", "sgd_momentum", False),
        (18, "the epoch's short batch", "adam", True),
        (19, "the epoch's validation", "rmsprop", False),
        (19, "the epoch's validation", "sgd", True),
        (20, "the second batch of the second epoch", "adam", False),
        (38, "the run's last batch", "sgd_momentum", False),
        (39, "the run's last validation", "adam", False),
    ],
)
def test_divergence_wherever_it_comes(wild: int, where: str, optimizer: str, xla: bool, digits: Digits) -> None:
    """The rate is turned up before update `wild`; the next loss, of a batch or of a validation, is not finite."""
    calm = SMALL.changed(activation="linear", optimizer=optimizer)
    engine = Engine(xla, chunk=1)
    result = run(calm, digits, engine, listener=TurnsUp(wild))
    diverged = result.last
    assert isinstance(diverged, Diverged), where
    assert diverged.update == wild + 1
    assert diverged.kept_updates in (wild, wild + 1)
    assert not np.isfinite(diverged.loss)
    assert len(result.losses) == wild + 1
    assert np.isfinite(result.losses).all()
    assert all(np.isfinite([end.train_loss, end.validation_loss]).all() for end in result.epochs)
    assert len(result.epochs) == (wild + 1) // UPDATES_PER_EPOCH - ((wild + 1) % UPDATES_PER_EPOCH == 0)
    assert all(np.isfinite(array).all() for array in result.parameters())

    alone = run(calm, digits, engine, listener=TurnsUp(wild, stop_after=diverged.kept_updates))
    assert same_bits(result.parameters(), alone.parameters())
    if diverged.kept_updates == wild:  # no finite weights are thrown away
        one_more = run(calm, digits, engine, listener=TurnsUp(wild, stop_after=wild + 1))
        assert not all(np.isfinite(array).all() for array in one_more.parameters())


def test_the_next_run_after_a_divergence_is_as_if_nothing_had_been(digits: Digits, small_run: Run) -> None:
    assert isinstance(run(WILD, digits).last, Diverged)
    assert same_bits(run(SMALL, digits).parameters(), small_run.parameters())
