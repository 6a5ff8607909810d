"""The run that goes on: what is told of it belongs together."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network import trainer
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, ObservedUpdate, Paused, Prepared, Stopped, Updates
from mnist_lab.network.halt import Halt
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.keeping import Keeping
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.subjects import Subject
from tests.network.runs import made_up_digits
from tests.runs.kept import snapshot_at

pytestmark = pytest.mark.keras  # the module of the trainer imports it
ONE = np.ones(1, np.float32)


def weights(updates: int) -> NetworkWeights:
    return NetworkWeights((), "relu", updates)


def test_no_picture_knows_more_than_the_curves(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies lie in their slot a moment before the numbers of their update are told."""
    owner, look, is_told = QObject(), Look(), threading.Event()
    live = LiveRun(look, RunStore(), owner)

    def train(
        _experiment: object, _digits: object, publish: Callable[[Event], None], control: Control, **_others: object
    ) -> None:
        publish(Begun(weights(0)))
        control.offer_weights(weights(1))
        control.offer_update(ObservedUpdate(weights(0), weights(1), np.arange(4, dtype=np.int32), 0.1, 1.0, 1.0))
        publish(Paused(0))
        assert is_told.wait(60)
        publish(Updates(0, ONE, ONE, 0.1))
        publish(Stopped(1))

    seen: list[tuple[int, int, bool]] = []

    def note() -> None:
        assert look.run is not None
        copied = 0 if look.run_weights is None else look.run_weights.updates
        seen.append((look.run.updates, copied, look.update is not None))
        if look.run.state.name == "PAUSED":
            is_told.set()

    monkeypatch.setattr(trainer, "train", train)
    live.changed.connect(note)
    live.queue(Experiment())
    live.begin_queued(made_up_digits(20, 5))
    qtbot.waitUntil(lambda: not live.is_training)
    assert (0, 0, False) in seen
    assert seen[-1] == (1, 1, True)
    assert all(copied <= updates and is_looked_at <= (updates > 0) for updates, copied, is_looked_at in seen)
    assert len(live.findChildren(Keeping)) == 1
    live.changed.disconnect(note)
    live.forget()
    qtbot.waitUntil(lambda: not live.findChildren(Keeping))  # which holds the run with its digits


def test_while_it_trains_copies_are_told_in_a_turn_of_their_own(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """No turn of the event loop has to show the curves and the weights; at rest both come together."""
    owner, look = QObject(), Look()
    go_on = [threading.Event(), threading.Event()]
    live = LiveRun(look, RunStore(), owner)

    def train(
        _experiment: object, _digits: object, publish: Callable[[Event], None], control: Control, **_others: object
    ) -> None:
        publish(Prepared(1, 1, 1, 2, 0.1))
        publish(Begun(weights(0)))
        control.offer_weights(weights(1))
        publish(Updates(0, ONE, ONE, 0.1))
        assert go_on[0].wait(60)
        control.offer_weights(weights(2))
        publish(Updates(1, ONE, ONE, 0.1))
        publish(Paused(2))
        assert go_on[1].wait(60)
        publish(Stopped(2))

    told: list[tuple[int, set[str]]] = []

    def note(subjects: frozenset[Subject]) -> None:
        assert look.run is not None
        told.append((look.run.updates, {subject.name for subject in subjects}))

    monkeypatch.setattr(trainer, "train", train)
    live.changed.connect(note)
    live.queue(Experiment())
    live.begin_queued(made_up_digits(20, 5))
    qtbot.waitUntil(lambda: (1, {"WEIGHTS"}) in told)
    assert told[told.index((1, {"WEIGHTS"})) - 1] == (1, {"RUN"})
    go_on[0].set()
    qtbot.waitUntil(lambda: (2, {"RUN", "WEIGHTS"}) in told)
    go_on[1].set()
    qtbot.waitUntil(lambda: not live.is_training)
    live.changed.disconnect(note)
    live.forget()
    qtbot.waitUntil(lambda: not live.findChildren(Keeping))


@pytest.mark.parametrize("updates", [0, 1])
def test_a_run_that_was_stopped_before_its_first_update_never_began(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, updates: int
) -> None:
    """It has no file: what came after would be kept nowhere."""
    owner, look, nothing = QObject(), Look(), np.empty(0, np.float32)
    live = LiveRun(look, RunStore(), owner)

    def train(
        _experiment: object, _digits: object, publish: Callable[[Event], None], control: Control, **_others: object
    ) -> None:
        publish(Begun(weights(0)))
        publish(Prepared(1, 1, 1, 1, 0.1))
        if updates:
            publish(Updates(0, ONE, ONE, 0.1))
        control.halt = Halt(snapshot_at(updates), nothing, nothing, 0.0)
        publish(Stopped(updates))

    monkeypatch.setattr(trainer, "train", train)
    live.queue(Experiment())
    live.begin_queued(made_up_digits(20, 5))
    qtbot.waitUntil(lambda: not live.is_training)
    assert live.can_go_on == (updates > 0)
