"""Go on: with which learning rate a run does that has ended in this window."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network import trainer
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, RateChanged, Stopped, Updates
from mnist_lab.network.halt import Halt
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.draft import ExperimentDraft
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.starts import Starts
from tests.network.runs import made_up_digits
from tests.runs.kept import snapshot_at

pytestmark = pytest.mark.keras  # the module of the trainer imports it
ONE = np.ones(1, np.float32)
FIRST, CALM, CHOSEN = 0.001, 0.0001, 0.01


def test_a_rate_counts_that_was_put_into_the_form_since_the_run_ended(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fork changes its rate by itself where its parent did: going on must not set it back to that in the form."""
    owner, look, digits = QObject(), Look(), made_up_digits(20, 5)
    live, draft = LiveRun(look, RunStore(), owner), ExperimentDraft(Experiment(learning_rate=FIRST), owner)
    starts = Starts(draft, look, live, lambda: live.begin_queued(digits), owner)
    asked: list[float | None] = []

    def train(
        experiment: Experiment, _digits: object, publish: Callable[[Event], None], control: Control, **_others: object
    ) -> None:
        asked.append(control.take_learning_rate())
        update = len(asked) - 1
        if not update:
            publish(Begun(NetworkWeights((), "relu", 0)))
        publish(RateChanged(update, CALM))
        publish(Updates(update, ONE, ONE, 0.1))
        control.halt = Halt(snapshot_at(update + 1), ONE, ONE, 0.0)
        publish(Stopped(update + 1))

    monkeypatch.setattr(trainer, "train", train)

    def ended() -> None:
        qtbot.waitUntil(lambda: not live.is_training)
        assert look.run.learning_rate == CALM, "what is in force is told as it is"

    starts.start()
    ended()
    starts.go_on(1)
    ended()
    assert asked == [None, None]
    draft.set_experiment(Experiment(learning_rate=CHOSEN))
    starts.go_on(1)
    ended()
    assert asked[2] == CHOSEN
    starts.go_on(1)
    ended()
    assert asked[3] is None, "it was met already"
