"""The first run of a new home can be watched; every later one goes as fast as it can, and so do others."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.data.settings_file import SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.network import trainer
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Finished, Stopped
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.first_run import FirstRun, watchable_speed
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look

pytestmark = pytest.mark.keras  # the module of the trainer imports it


class Laboratory:
    """A window's live run and its settings; its runs train nothing: they end as they are told.

    Attributes:
        speeds: at how many updates a second each run began.
        ends: whether runs finish, or are stopped.
    """

    def __init__(self, qtbot: QtBot, settings: Path, starter: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
        self.speeds: list[float | None] = []
        self.ends: Finished | Stopped = Finished(0.3, 0.9, 0.9, 160, 10.0, 0.3, 0.9)
        self.owner, self.qtbot, self.starter = QObject(), qtbot, starter
        self.live = LiveRun(Look(), RunStore(), self.owner)
        FirstRun(self.live, SettingsFile(settings), self.owner)
        monkeypatch.setattr(trainer, "train", self._train)

    def _train(
        self,
        _experiment: object,
        _digits: object,
        publish: Callable[[Event], None],
        control: Control,
        **_others: object,
    ) -> None:
        self.speeds.append(control.slow_motion)
        publish(self.ends)

    def run(self, experiment: Experiment | None = None, digits: Digits | None = None) -> None:
        self.live.queue(experiment or Experiment())
        self.live.begin_queued(digits or self.starter)
        self.qtbot.waitUntil(lambda: not self.live.is_training)


@pytest.fixture
def lab(qtbot: QtBot, tmp_path: Path, starter: Digits, monkeypatch: pytest.MonkeyPatch) -> Laboratory:
    return Laboratory(qtbot, tmp_path / "settings.ini", starter, monkeypatch)


def test_it_lasts_about_ten_seconds(starter: Digits) -> None:
    run = Run(Experiment(), starter)
    speed = watchable_speed(run)
    assert speed is not None
    assert 9 <= run.total_updates / speed <= 11


def test_other_settings_and_other_digits_show_who_knows_the_lab(starter: Digits) -> None:
    assert watchable_speed(Run(Experiment(seed=1), starter)) is None
    assert watchable_speed(Run(Experiment(), replace(starter, kind="full"))) is None


def test_only_the_first_run_that_finishes_is_slow_in_this_home(
    lab: Laboratory, qtbot: QtBot, tmp_path: Path, starter: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished, lab.ends = lab.ends, Stopped(3)
    lab.run()
    lab.ends = finished
    lab.run()
    lab.run()
    assert lab.speeds == [16, 16, None]
    assert lab.live.slow_motion is None
    again = Laboratory(qtbot, tmp_path / "settings.ini", starter, monkeypatch)
    again.run()
    assert again.speeds == [None]


def test_the_learners_own_speed_wins_also_if_it_is_the_fastest(lab: Laboratory) -> None:
    lab.live.set_slow_motion(None)
    lab.run()
    lab.live.set_slow_motion(3)
    lab.run()
    assert lab.speeds == [None, 3]


def test_full_speed_ends_it_at_once(lab: Laboratory) -> None:
    heard = []
    lab.live.changed.connect(lambda _subjects: heard.append((lab.live.is_slowed_first, lab.live.slow_motion)))
    lab.live.queue(Experiment())
    lab.live.begin_queued(lab.starter)
    assert heard[-1] == (True, 16)
    lab.live.set_slow_motion(None)
    assert heard[-1] == (False, None)
    lab.qtbot.waitUntil(lambda: not lab.live.is_training)


def test_settings_that_cannot_be_kept_are_told(
    qtbot: QtBot, tmp_path: Path, starter: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    lab = Laboratory(qtbot, tmp_path / "file" / "settings.ini", starter, monkeypatch)
    with qtbot.waitSignal(lab.live.problem) as told:
        lab.run()
    assert "cannot be kept" in told.args[0]
