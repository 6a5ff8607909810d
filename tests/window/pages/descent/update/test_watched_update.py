"""The update under the microscope is computed with the settings that it was made with."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.network.recording import Past
from mnist_lab.runs.run import Run
from mnist_lab.window.pages.descent.update.watched_update import WatchedUpdate
from mnist_lab.window.state.lab import Lab
from tests.network.runs import made_up_digits

BEFORE, AFTER = Experiment(optimizer="adam", l2=0.1), Experiment(optimizer="sgd")
FORKED_AT = 15


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[Lab]:
    lab = Lab(AFTER)
    yield lab
    lab.end()


def _update(updates: int) -> ObservedUpdate:
    kernel, bias = np.full((784, 10), 0.01, np.float32), np.zeros(10, np.float32)
    before, after = (NetworkWeights((DenseWeights(kernel, bias),), "relu", updates - 1 + step) for step in (0, 1))
    return ObservedUpdate(before, after, np.arange(4, dtype=np.int32), 0.001, 2.3, 0.1)


def test_of_a_fork_they_are_its_parents_up_to_where_that_was_left(lab: Lab, qtbot: QtBot) -> None:
    run = Run(AFTER, made_up_digits(20, 5))
    run.past = (Past(FORKED_AT, BEFORE),)
    watched = WatchedUpdate(lab)
    watched.watch(True)
    for updates, experiment in ((FORKED_AT, BEFORE), (FORKED_AT + 1, AFTER)):
        lab.look.turn_to(run, None, _update(updates))
        watched.follow()
        qtbot.waitUntil(lambda: watched.numbers is not None and watched.numbers.update is lab.look.update)
        assert watched.numbers.experiment is experiment
