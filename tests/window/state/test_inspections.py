"""Samples of the layers belong to what is looked at, and to nothing that was looked at before."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.looked import Looked
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.inspections import Inspections
from tests.inspection.networks import network
from tests.network.runs import made_up_digits

DIGITS = made_up_digits(20, 5)


def _looked(source: str, updates: int) -> Looked:
    layers = network(784, 6, 10, seed=updates).layers
    return Looked(source, Experiment(), NetworkWeights(layers, "relu", updates), None, DIGITS, is_live=True)


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    for derived in owner.findChildren(Derived):
        derived.end()
    for job in owner.findChildren(Job):
        job.end()


def _updates(inspections: Inspections) -> list[int]:
    return [sample.updates for sample in inspections.samples]


def test_a_new_run_begins_without_the_samples_of_the_one_before(owner: QObject, qtbot: QtBot) -> None:
    inspections = Inspections(owner)
    inspections.set_looked(_looked("first", 1), "first")
    qtbot.waitUntil(lambda: _updates(inspections) == [1])
    inspections.set_looked(_looked("first", 5), "first")  # its sample is on the way when another run begins
    inspections.set_looked(None, "second")
    assert _updates(inspections) == []
    inspections.set_looked(_looked("second", 1), "second")
    qtbot.waitUntil(lambda: bool(inspections.samples))
    assert _updates(inspections) == [1]


def test_who_looks_at_the_layers_sees_the_newest_weights(owner: QObject, qtbot: QtBot) -> None:
    inspections = Inspections(owner)
    inspections.set_looked(_looked("run", 10), "run")
    qtbot.waitUntil(lambda: _updates(inspections) == [10])
    inspections.set_looked(_looked("run", 12), "run")  # before the next mark
    inspections.watch_samples(True)
    qtbot.waitUntil(lambda: _updates(inspections) == [10, 12])
    inspections.watch_samples(False)
    inspections.watch_samples(True)
    pending = [derived for derived in owner.findChildren(Derived) if derived.is_pending]
    assert not pending, "the same weights are sampled once"


def _has(inspections: Inspections, updates: int) -> bool:
    return updates in _updates(inspections)


def test_samples_of_earlier_moments_take_their_place_among_the_others(owner: QObject, qtbot: QtBot) -> None:
    inspections = Inspections(owner)
    inspections.watch_samples(True)
    for updates in (40, 12, 20, 12, 41):
        inspections.set_looked(_looked("run", updates), "run")
        qtbot.waitUntil(partial(_has, inspections, updates))
    assert _updates(inspections) == [12, 20, 40, 41]
    inspections.watch_samples(False)
    inspections.set_looked(_looked("run", 30), "run")
    assert not any(derived.is_pending for derived in owner.findChildren(Derived)), "the next mark lies beyond"


def test_the_network_that_a_short_run_began_with_is_sampled_too(owner: QObject, qtbot: QtBot) -> None:
    """Though it is over before anything could be computed; and the last one is not forgotten for it."""
    inspections = Inspections(owner)
    inspections.watch_samples(True)
    for updates in (0, 4, 9):
        inspections.set_looked(_looked("a", updates), "a")
    qtbot.waitUntil(lambda: _updates(inspections) == [0, 9])
    for updates in (0, 1):
        inspections.set_looked(_looked("b", updates), "b")
    inspections.set_looked(_looked("c", 3), "c")
    qtbot.waitUntil(lambda: _updates(inspections) == [3])
