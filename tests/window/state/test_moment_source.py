"""Where moments come from: what is kept waits for no replay, and who gives one up gets back what it holds."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network import replay
from mnist_lab.network.recording import Moment, Past, Recording
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.moment_source import MomentSource
from mnist_lab.work import JobHandle
from tests.network.runs import made_up_digits
from tests.runs.kept import keep

pytestmark = pytest.mark.keras  # the module of replays imports it


class FakeReplay:
    """Takes until it is let go."""

    made: list["FakeReplay"]

    def __init__(self) -> None:
        self.is_at_it, self.may_go, self.is_closed = threading.Event(), threading.Event(), False
        FakeReplay.made.append(self)

    def prepare(self, _recording: Recording, _updates: int) -> None:
        pass

    def nearest(self, _updates: int) -> None:
        return None

    def go_to(self, *_: Any) -> None:
        self.is_at_it.set()
        assert self.may_go.wait(60)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def digits() -> Digits:
    return made_up_digits(10, 5)


@pytest.fixture
def source(tmp_path: Path, digits: Digits, monkeypatch: pytest.MonkeyPatch) -> Iterator[MomentSource]:
    """Of a run of 20 updates with networks kept after 0, 10 and 20."""
    FakeReplay.made = []
    monkeypatch.setattr(replay, "Replay", FakeReplay)
    store = RunStore(tmp_path)
    run = Run.restored(store.load(keep(store).id), digits, None)
    yield MomentSource(store, run, has_digits=True)
    for made in FakeReplay.made:
        made.may_go.set()


def begun(source: MomentSource, updates: int = 15) -> tuple[threading.Thread, FakeReplay]:
    """A replay that is under way."""
    thread = threading.Thread(target=lambda: source.exact(updates, None, JobHandle()))
    thread.start()
    while thread.is_alive() and not FakeReplay.made:
        thread.join(0.001)
    assert FakeReplay.made[0].is_at_it.wait(60)
    return thread, FakeReplay.made[0]


def test_a_kept_network_comes_while_a_replay_is_under_way(source: MomentSource) -> None:
    """The first one takes seconds, in which its programs are compiled: who drags sees something all the same."""
    thread, made = begun(source)
    found: list[Moment] = []
    reader = threading.Thread(target=lambda: found.append(source.nearest(12)), daemon=True)
    reader.start()
    reader.join(30)
    assert [moment.updates for moment in found] == [10]
    made.may_go.set()
    thread.join()


def test_what_it_holds_is_given_back_also_if_a_replay_is_under_way(source: MomentSource) -> None:
    thread, made = begun(source)
    source.close()
    assert not made.is_closed, "it is at it"
    made.may_go.set()
    thread.join()
    assert made.is_closed
    again = JobHandle()
    again.is_cancelled = True
    assert source.exact(15, None, again) is None, "nothing is read for one that is wanted no more"
    assert again.progress is None


def damage(home: Path, updates: int) -> None:
    (path,) = (home / "runs").glob("*.run")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data)) WHERE updates = ?", (updates,))


def test_a_kept_network_that_is_damaged_is_passed_over(source: MomentSource, tmp_path: Path) -> None:
    damage(tmp_path, 10)
    assert source.nearest(12).updates == 0
    damage(tmp_path, 20)
    thread, made = begun(source)
    made.may_go.set()
    thread.join()
    assert source.nearest(20).updates == 0


def test_where_none_is_whole_the_seed_leads_there(source: MomentSource, tmp_path: Path) -> None:
    damage(tmp_path, 0)
    thread, made = begun(source, 7)
    made.may_go.set()
    thread.join()
    with pytest.raises(StoreError, match="changed"):
        source.nearest(7)


def test_networks_of_a_forks_parent_have_its_activation(source: MomentSource) -> None:
    before, run = source.run.experiment, source.run
    run.past, run.experiment = (Past(15, before),), before.changed(activation="tanh")
    assert [source.nearest(updates).weights.activation for updates in (12, 20)] == ["relu", "tanh"]
