"""What a race tells the window, without a network: a race is put in its place that tells just that."""

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Updates
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.live_race import LiveRace
from mnist_lab.words import LabError

Told = list[str]
Train = Callable[[Callable[[Event], None], Callable[[LabError | None], None], list[str]], None]
Racing = Callable[[Train], tuple[LiveRace, Told]]
PAIR = (Experiment(), Experiment(optimizer="sgd"))


@pytest.fixture
def racing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, starter: Digits) -> Racing:
    """Let a race be run by a function that is given `publish`, the keepers' `problem`, and the racers' ids."""
    owner = QObject()

    def run(train: Train) -> tuple[LiveRace, Told]:
        def kept_race(*_arguments: Any, run_ids: list[str], problem: Any, **_fields: Any) -> SimpleNamespace:
            def go(publish: Callable[[Event], None], _control: Control) -> None:
                train(publish, problem, run_ids)

            return SimpleNamespace(train=go, racers=(), keepers=())

        monkeypatch.setitem(sys.modules, "mnist_lab.runs.racing", SimpleNamespace(kept_race=kept_race))
        race = LiveRace(RunStore(), owner)
        told: Told = []
        race.problem.connect(told.append)
        with qtbot.waitSignal(race.ended):
            race.start(PAIR, starter, 0, "seconds")
        return race, told

    return run


def test_why_racers_are_not_kept_is_told_once_until_it_is_over(racing: Racing) -> None:
    def full(_publish: object, problem: Callable[[LabError | None], None], _ids: list[str]) -> None:
        for reason in ("The disk is full.", "The disk is still full.", None, "It is full again."):
            problem(None if reason is None else LabError(reason))

    race, told = racing(full)
    assert told == ["The disk is full.", "It is full again."]
    assert race.trouble == "It is full again."


def test_each_racer_has_its_clock(racing: Racing) -> None:
    def train(publish: Callable[[Event], None], _problem: object, ids: list[str]) -> None:
        for first, count, seconds in ((0, 2, 0.5), (2, 3, 2.0)):
            numbers = np.ones(count, np.float32)
            publish(Updates(first, numbers, numbers, seconds, run_id=ids[1]))

    race, told = racing(train)
    assert [lane.clock for lane in race.lanes] == [[(0, 0.0)], [(0, 0.0), (2, 0.5), (5, 2.0)]]
    assert (race.trouble, told) == ("", [])
