"""Hints are measured for somebody who looks, once an epoch, with the newest copies that there are, and run by run."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pydantic import JsonValue
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.events import EpochEnd, Finished, Updates
from mnist_lab.runs.run import Run
from mnist_lab.window.state.hinting import VIEW, Hinting, hinting_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from tests.inspection.networks import network

UNITS = 8


@pytest.fixture
def lab(qtbot: QtBot, lab_home: Path) -> Iterator[Lab]:
    lab = Lab(Experiment())
    yield lab
    lab.end()


def _weights(*, silent: int) -> NetworkWeights:
    """A network of which so many hidden units put out nothing."""
    hidden, output = network(784, UNITS, 10).layers
    bias = np.full(UNITS, 1e3, np.float32)
    bias[:silent] = -1e3
    return NetworkWeights((DenseWeights(hidden.kernel, bias), output), "relu", 32)


def _epoch(lab: Lab, run: Run, weights: NetworkWeights) -> None:
    """Train it for an epoch in which it learns as it should, and look at it."""
    number = len(run.history.epochs) + 1
    falling = np.linspace(2.3 / number, 2.3 / (number + 1), 32, dtype=np.float32)
    run.receive(Updates(32 * (number - 1), falling, falling, 0.1))
    run.receive(EpochEnd(number, 32 * number, 1 / number, 0.5, 1 / number, 0.5, 1 / number, 0.5, 1000))
    lab.look.run_weights = weights
    lab.changed.emit(frozenset({Subject.RUN}))


def _ids(hinting: Hinting) -> list[str]:
    return [hint.id for hint in hinting.hints]


def _run(lab: Lab, starter: Digits) -> Run:
    run = Run(Experiment(hidden_units=(UNITS,), epochs=2), starter)
    lab.look.turn_to(run)
    return run


def test_units_that_are_quiet_twice_are_told_run_by_run(lab: Lab, starter: Digits, qtbot: QtBot) -> None:
    hinting, run = hinting_of(lab), _run(lab, starter)
    _epoch(lab, run, _weights(silent=6))
    assert not lab.is_computing, "nobody looks"
    hinting.watch(True)
    assert lab.is_computing
    qtbot.waitUntil(lambda: not lab.is_computing)
    assert _ids(hinting) == [], "they were quiet once"
    _epoch(lab, run, _weights(silent=7))
    run.receive(Finished(0.5, 0.5, 0.5, 64, 0.2, 0.5, 0.5))
    lab.changed.emit(frozenset({Subject.RUN}))
    with qtbot.waitSignal(hinting.changed):
        pass
    (hint,) = hinting.hints
    assert (hint.id, hint.values) == ("dead_units", {"units": 6, "of": UNITS, "layer": 1})

    other = _run(lab, starter)
    lab.changed.emit(frozenset({Subject.RUN}))
    assert _ids(hinting) == []
    lab.look.turn_to(run, _weights(silent=7))
    lab.changed.emit(frozenset({Subject.RUN}))
    assert _ids(hinting) == ["dead_units"], "it is known"
    hinting.put_away(run.id, hint)
    assert _ids(hinting) == []
    assert not hinting.is_put_away(other.id, hint)
    hinting.watch(False)


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (None, (True, [])),
        ("nonsense", (True, [])),
        ({"is_on": False, "put_away": ["a dead_units", 3]}, (False, ["a dead_units"])),
        ({"is_on": "no", "put_away": 1}, (True, [])),
    ],
)
def test_what_a_session_kept_is_judged(lab: Lab, kept: JsonValue, expected: tuple[bool, list[str]]) -> None:
    lab.views.restore({VIEW: {"hints": kept}})
    hinting = hinting_of(lab)
    told = lab.views.to_keep()[VIEW]["hints"]
    assert (hinting.is_on, told) == (expected[0], {"is_on": expected[0], "put_away": expected[1]})
