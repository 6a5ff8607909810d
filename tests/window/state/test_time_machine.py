"""The look goes to any update of a run and back: exact in the end, at once while one drags, the newest wish first."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import Begun, Stopped, Updates
from mnist_lab.network.recording import Moment
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.opening import OpenedRun
from mnist_lab.runs.run import Run
from mnist_lab.window.state import time_machine
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.network_shelf import KeptNetwork
from mnist_lab.window.state.subjects import Subject
from mnist_lab.work import JobHandle
from tests.network.runs import made_up_digits

DIGITS = made_up_digits(200, 20)
EXPERIMENT = Experiment(hidden_units=(8,), epochs=2, batch_size=10)
"""Of 40 updates."""
NEVER_MILLISECONDS = 3_600_000
"""However slow the machine is, nobody who drags has rested before the test is over."""
RUNTIME = Runtime("1", "1", "1", "1", "x86_64", 2, "AVX2", onednn=False, xla=True)


def weights(updates: int) -> NetworkWeights:
    kernel, bias = np.full((784, 10), updates, np.float32), np.zeros(10, np.float32)
    return NetworkWeights((DenseWeights(kernel, bias),), "relu", updates)


def moment(run: Run, updates: int, *, is_replayed: bool) -> Moment:
    snapshot = Snapshot(updates, "rmsprop", {}, RUNTIME)
    return Moment(run.id, updates, snapshot, weights(updates), None, True, 0.0, is_replayed=is_replayed)


class FakeSource:
    """Keeps a network after every ten updates; a replay waits until it is let go, or is not wanted any more."""

    made: list["FakeSource"]
    error: Exception | None = None

    def __init__(self, _store: object, run: Run, *, has_digits: bool) -> None:
        self.run, self.has_digits = run, has_digits
        self.may_go = threading.Event()
        self.replays: list[int] = []
        self.nearests: list[int] = []
        self.is_closed = False
        FakeSource.made.append(self)

    def nearest(self, updates: int) -> Moment:
        self.nearests.append(updates)
        return moment(self.run, updates // 10 * 10, is_replayed=False)

    def exact(self, updates: int, control: object, handle: JobHandle) -> Moment | None:
        self.replays.append(updates)
        while not self.may_go.wait(0.001):
            if handle.is_cancelled:
                return None
        if FakeSource.error is not None:
            raise FakeSource.error
        return moment(self.run, updates, is_replayed=True) if self.has_digits else self.nearest(updates)

    def close(self) -> None:
        self.is_closed = True


def ended_run(updates: int = 40) -> Run:
    run = Run(EXPERIMENT, DIGITS)
    run.receive(Begun(weights(0)))
    run.receive(Updates(0, np.ones(updates, np.float32), np.ones(updates, np.float32), 1.0))
    run.receive(Stopped(updates))
    run.number = 1
    return run


@pytest.fixture
def lab(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A lab that looks at a run; who drags in it rests for so many milliseconds as the parameter says, else never."""
    FakeSource.made, FakeSource.error = [], None
    monkeypatch.setattr(time_machine, "MomentSource", FakeSource)
    monkeypatch.setattr(time_machine, "_REST_MILLISECONDS", getattr(request, "param", NEVER_MILLISECONDS))
    lab = Lab(EXPERIMENT, home=tmp_path)
    run = ended_run()
    lab.look.turn_to(run, weights(run.updates))
    yield lab
    lab.end()


def arrived(lab: Lab) -> Callable[[], bool]:
    return lambda: lab.time.is_there


def test_while_one_drags_the_nearest_comes_and_after_letting_go_the_very_one(lab: Lab, qtbot: QtBot) -> None:
    told: list[frozenset[Subject]] = []
    lab.changed.connect(told.append)
    time = lab.time
    time.go_to(34, is_settled=False)
    assert (time.is_away, time.wanted, time.is_busy, lab.weights.updates) == (True, 34, True, 40)
    assert told == [{Subject.MOMENT}], "no page need show another network yet"
    qtbot.waitUntil(lambda: not time.is_busy)
    assert (lab.weights.updates, time.is_there) == (30, False)
    assert told[-1] >= {Subject.MOMENT, Subject.WEIGHTS, Subject.UPDATE}
    time.go_to(34)
    (source,) = FakeSource.made
    assert lab.weights.updates == 30, "it stays in view until the other comes"
    source.may_go.set()
    qtbot.waitUntil(arrived(lab))
    assert (lab.weights.updates, lab.looked.weights.updates, lab.looked.is_live) == (34, 34, False)
    assert lab.look.network_of_run is lab.weights
    time.go_to(34)
    assert not time.is_busy, "it is there"
    time.back_to_now()
    assert (time.is_away, time.moment, lab.weights.updates) == (False, None, 40)
    assert told[-1] >= {Subject.MOMENT, Subject.WEIGHTS, Subject.UPDATE}
    time.go_to(34)
    assert time.is_busy


@pytest.mark.parametrize("lab", [1], indirect=True)
def test_who_rests_while_dragging_gets_the_very_one_too(lab: Lab, qtbot: QtBot) -> None:
    lab.time.go_to(7, is_settled=False)
    qtbot.waitUntil(lambda: bool(FakeSource.made[0].replays))
    FakeSource.made[0].may_go.set()
    qtbot.waitUntil(arrived(lab))
    assert lab.weights.updates == 7


def test_the_newest_wish_wins(lab: Lab, qtbot: QtBot) -> None:
    time = lab.time
    time.go_to(11)
    source = FakeSource.made[0]
    qtbot.waitUntil(lambda: source.replays == [11])
    for updates in range(12, 30):
        time.go_to(updates)
    qtbot.waitUntil(lambda: 29 in source.replays)
    shown: list[int] = []
    lab.changed.connect(lambda _subjects: shown.append(lab.weights.updates))
    source.may_go.set()
    qtbot.waitUntil(arrived(lab))
    assert set(shown) == {29}
    for updates in range(12, 30):
        time.go_to(updates, is_settled=False)
    qtbot.waitUntil(lambda: not time.is_busy)
    assert lab.weights.updates == 20
    assert len(source.nearests) < 18, "one that is not wanted any more is not read"


def test_all_updates_are_now_and_beyond_them_there_is_nothing(lab: Lab) -> None:
    lab.time.go_to(40)
    assert not lab.time.is_away
    lab.time.go_to(-3)
    assert lab.time.wanted == 0
    lab.time.go_to(99)
    assert not lab.time.is_away
    run = lab.time.run
    assert run is not None
    run.number = None
    assert lab.time.run is None, "it has no file yet: there is nothing to read"
    lab.look.turn_to(None)
    assert (lab.time.run, lab.time.last) == (None, 0)
    lab.time.go_to(3)
    lab.time.play()
    assert not lab.time.is_away


def test_another_run_that_is_opened_or_begins_is_looked_at_now(lab: Lab, qtbot: QtBot) -> None:
    time = lab.time
    time.go_to(12)
    (first,) = FakeSource.made
    first.may_go.set()
    qtbot.waitUntil(arrived(lab))
    other = ended_run(30)
    lab.look.open(OpenedRun(other, weights(30), has_digits=False, kept_at=(0, 10, 20, 30)))
    lab.opener.changed.emit(frozenset({Subject.RUN}))
    assert (time.is_away, time.last, lab.weights.updates, first.is_closed) == (False, 30, 30, True)
    time.go_to(12)
    second = FakeSource.made[1]
    second.may_go.set()
    qtbot.waitUntil(lambda: not time.is_busy)
    assert time.has_kept_only
    assert time.stops == (0, 10, 20, 30)
    assert (lab.weights.updates, time.wanted, time.is_there) == (10, 10, True), (
        "without its digits there is what was kept"
    )
    time.go_to(16)
    qtbot.waitUntil(lambda: not time.is_busy)
    assert (lab.weights.updates, time.wanted, time.is_there) == (20, 20, True), "at the nearest one"
    time.go_to(29)
    assert not time.is_away
    time.go_to(4)
    qtbot.waitUntil(lambda: not time.is_busy)
    time.film.show_next(4)
    time.film.due.emit(17)
    qtbot.waitUntil(lambda: not time.is_busy)
    time.pause()
    assert (lab.weights.updates, time.wanted) == (10, 10), "a film stands where there is a network"
    lab.live.queue(EXPERIMENT)
    assert (time.is_away, second.is_closed) == (False, True)
    lab.live.forget_queued()


def test_a_kept_network_that_is_chosen_has_no_other_moment(lab: Lab, qtbot: QtBot) -> None:
    lab.time.go_to(12)
    lab.look.chosen = KeptNetwork("7" * 32, "mine", weights(5))
    lab.opener.changed.emit(frozenset({Subject.NETWORKS, Subject.WEIGHTS}))
    assert (lab.time.is_away, lab.weights.updates) == (False, 5)
    lab.time.go_to(12)
    assert lab.look.chosen is None, "it is the run's moment that is wanted"


def test_what_goes_wrong_is_told_and_one_stays_where_one_looked(lab: Lab, qtbot: QtBot) -> None:
    told: list[str] = []
    lab.problem.connect(told.append)
    FakeSource.error = StoreError("No.")
    lab.time.go_to(12)
    FakeSource.made[0].may_go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert (told, lab.time.is_away) == (["No."], False)
    FakeSource.error = None
    lab.time.go_to(12)
    qtbot.waitUntil(arrived(lab))
    FakeSource.error = StoreError("Again no.")
    lab.time.go_to(13)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert lab.time.is_there
    assert lab.weights.updates == 12


def test_the_film_goes_on_to_now_and_stands_where_one_goes_elsewhere(lab: Lab, qtbot: QtBot) -> None:
    time, seen = lab.time, [-1]

    def note(_subjects: object) -> None:
        if time.moment is not None and time.moment.updates != seen[-1]:
            seen.append(time.moment.updates)

    time.changed.connect(note)
    time.play()
    FakeSource.made[0].may_go.set()
    qtbot.waitUntil(lambda: not time.film.is_running)
    assert not time.is_away
    assert seen[:2] == [-1, 0]
    assert seen == sorted(seen)
    assert len(seen) > 3
    time.set_speed(1000)
    time.go_to(20)
    qtbot.waitUntil(arrived(lab))
    time.play()
    time.pause()
    assert (time.film.is_running, time.wanted) == (False, 20)
    time.play()
    time.go_to(5)
    assert (time.film.is_running, time.wanted) == (False, 5)


def test_a_lab_that_ends_waits_for_no_replay(lab: Lab) -> None:
    lab.time.go_to(12)
    lab.end()
    assert not lab.findChildren(Job) or all(job.isFinished() for job in lab.findChildren(Job))


# With real networks


def _waited(qtbot: QtBot, lab: Lab, updates: int) -> Moment:
    lab.time.go_to(updates)
    qtbot.waitUntil(lambda: lab.time.is_there)
    found = lab.time.moment
    assert found is not None
    return found


@pytest.mark.keras
def test_the_moments_of_runs_that_have_ended_and_that_go_on_are_the_very_bits(
    qtbot: QtBot, tmp_path: Path, starter: Digits
) -> None:
    experiment = Experiment(hidden_units=(16,), epochs=2)
    session = TrainingSession(experiment, starter)
    bits = {}
    for updates in (1, 20, 21, 40):
        session.advance(updates - session.updates)
        bits[updates] = session.weights().sha256()
    session.close()
    lab = Lab(experiment, home=tmp_path)
    lab.supply.load("starter")
    qtbot.waitUntil(lambda: lab.digits is not None)
    lab.start()
    qtbot.waitUntil(lambda: lab.run is not None and not lab.live.is_training)
    end = lab.weights.sha256()
    for updates in (40, 20, 21, 1):
        found = _waited(qtbot, lab, updates)
        assert (found.identical, lab.weights.sha256()) == (True, bits[updates])
        assert lab.look.update.after is lab.weights
    first = lab.run
    lab.draft.set_experiment(experiment.changed(epochs=10_000))
    lab.start()
    qtbot.waitUntil(lambda: lab.run is not first and lab.run.updates > 100 and lab.run.number is not None)
    assert not lab.time.is_away
    for updates in (20, 40):
        _waited(qtbot, lab, updates)
        assert lab.weights.sha256() == bits[updates], "it begins with the same batches"
    updates = lab.run.updates
    qtbot.waitUntil(lambda: lab.run.updates > updates + 50)
    assert (lab.weights.updates, lab.live.is_training) == (40, True), "its copies do not get in between"
    lab.live.pause()
    qtbot.waitUntil(lambda: lab.run.state.name == "PAUSED")
    updates = lab.run.updates
    _waited(qtbot, lab, 21)
    lab.open_run(first.id)
    qtbot.waitUntil(lambda: lab.run.id == first.id)
    _waited(qtbot, lab, 21)
    assert (lab.weights.sha256(), lab.live.run.updates) == (bits[21], updates), "the other run waits as before"
    lab.live.stop()
    qtbot.waitUntil(lambda: not lab.live.is_training)
    lab.time.back_to_now()
    assert lab.weights.sha256() == end
    lab.end()
