"""A keeper writes all that a run tells, whatever the disk does, and training never waits for it."""

import math
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import (
    Diverged,
    EpochEnd,
    Failed,
    Finished,
    Paused,
    Prepared,
    Preparing,
    RateChanged,
    Stopped,
    Updates,
)
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch, DataFacts
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.waiting import Waiting
from mnist_lab.words import LabError

PATIENCE_SECONDS = 30.0
NEVER = 1e6
"""Seconds: what is only done after so long was done for another reason."""
SNAPSHOT_BYTES = 4_000
RUNTIME = Runtime("1", "2", "3", "4", "machine", 2, "AVX2", onednn=False, xla=True)
FINISHED = Finished(0.5, 0.9, 0.8, 40, 1.0, 0.4, 0.95)


def digits() -> Digits:
    images, labels = np.zeros((3, 28, 28), np.uint8), np.zeros(3, np.uint8)
    return Digits(images, labels, images.copy(), labels.copy(), "own", "nowhere")


def updates(first: int, count: int = 5) -> Updates:
    losses = np.arange(first, first + count, dtype=np.float32)
    return Updates(first, losses, losses / np.float32(1000), first + count)


def snapshot(after: int) -> Snapshot:
    return Snapshot(after, "sgd", {"output/kernel": np.zeros(SNAPSHOT_BYTES // 4, np.float32)}, RUNTIME)


class FakeWriter:
    """Notes what is written; waits where `gate` is closed and fails where the store is full."""

    def __init__(self, store: "FakeStore") -> None:
        self.number, self.updates = 7, 5
        self._store = store

    def write(self, batch: Batch) -> None:
        store = self._store
        store.attempts.release()
        assert store.gate.wait(PATIENCE_SECONDS)
        if store.error is not None:
            raise store.error
        store.batches.append(batch)
        store.written.release()

    def set_experiment(self, experiment: Experiment) -> None:
        self._store.experiments.append(experiment)

    def close(self) -> None:
        self._store.is_closed = True


class FakeStore:
    """A store in memory.

    Attributes:
        begun: what each new run was begun with.
        resumed: run and place of each that goes on.
        attempts: released with every attempt to write.
        written: released with every batch that was written.
        error: what writing fails with.
    """

    def __init__(self) -> None:
        self.begun: list[dict[str, Any]] = []
        self.resumed: list[tuple[str, int | None]] = []
        self.batches: list[Batch] = []
        self.experiments: list[Experiment] = []
        self.is_closed = False
        self.gate = threading.Event()
        self.gate.set()
        self.attempts, self.written = threading.Semaphore(0), threading.Semaphore(0)
        self.error: Exception | None = None

    def begin(self, experiment: Experiment, data: DataFacts, **others: Any) -> FakeWriter:
        self.begun.append({"experiment": experiment, "data": data, **others})
        return FakeWriter(self)

    def begin_fork(self, fork: Fork, first: Snapshot, run_id: str = "") -> FakeWriter:
        self.begun.append({"fork": fork, "first": first, "run_id": run_id})
        return FakeWriter(self)

    def resume(self, run_id: str, at: int | None = None) -> FakeWriter:
        self.resumed.append((run_id, at))
        return FakeWriter(self)

    @property
    def losses(self) -> list[float]:
        """All that are written."""
        return [float(loss) for batch in self.batches for event in batch.updates for loss in event.losses]

    @property
    def snapshots(self) -> list[int]:
        """After how many updates those are that are written."""
        return [batch.snapshot.updates for batch in self.batches if batch.snapshot is not None]


Made = Callable[..., RunKeeper]


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def keeper(store: FakeStore) -> Made:
    """Makes keepers over `store`; without other wishes they collect for ever unless the run ends."""

    def make(**wishes: Any) -> RunKeeper:
        return RunKeeper(store, Experiment(), digits(), **({"seconds": NEVER, "retry_seconds": NEVER} | wishes))

    return make


def wait_for(semaphore: threading.Semaphore) -> None:
    assert semaphore.acquire(timeout=PATIENCE_SECONDS)


def test_what_a_run_tells_is_written_in_order_each_snapshot_with_its_numbers(store: FakeStore, keeper: Made) -> None:
    kept = keeper(run_id="a" * 32, name="mine", own_digits=2)
    end, change = EpochEnd(1, 10, 1.0, 0.5, 1.0, 0.5, 1.0, 0.5, 3), RateChanged(10, 0.5)
    kept.receive(Preparing("importing"))
    kept.offer(snapshot(0))
    for event in (Prepared(1, 3, 10, 20, 0.1), updates(0), Paused(5), updates(5), end):
        kept.receive(event)
    kept.offer(snapshot(10))
    kept.receive(change)
    kept.receive(updates(10, 10))
    kept.offer(snapshot(20))
    assert kept.number is None
    assert store.begun == [], "nothing before the end of the time for which numbers are collected"
    kept.receive(FINISHED)
    kept.close()
    assert store.losses == list(range(20))
    assert store.snapshots == [0, 10, 20]
    assert [len(batch.updates) for batch in store.batches] == [0, 2, 1]
    assert [tuple(batch.epochs) for batch in store.batches] == [(), (end,), ()]
    assert [tuple(batch.changes) for batch in store.batches] == [(), (), (change,)]
    assert [batch.outcome for batch in store.batches] == [None, None, FINISHED]
    (begun,) = store.begun
    assert begun["data"] == DataFacts.of(digits(), 2)
    assert begun["runtime"] == RUNTIME
    assert (begun["run_id"], begun["name"]) == ("a" * 32, "mine")
    assert (kept.run_id, kept.number, kept.is_whole) == ("a" * 32, 7, True)
    assert store.is_closed


def test_numbers_are_written_while_the_run_goes_on(store: FakeStore, keeper: Made) -> None:
    kept = keeper(seconds=0.0)
    for first in (0, 5):
        kept.receive(updates(first))
        wait_for(store.written)
    assert store.losses == list(range(10))
    kept.close()
    assert store.is_closed


def test_a_run_that_ends_is_written_at_once_and_the_keeper_ends_by_itself(store: FakeStore, keeper: Made) -> None:
    kept = keeper()
    kept.receive(updates(0))
    kept.receive(Stopped(5))
    wait_for(store.written)
    assert store.batches[0].outcome == Stopped(5)
    kept.close()


@pytest.mark.parametrize("last", [Stopped(0), Failed(LabError("Too large."))])
def test_a_run_without_an_update_leaves_nothing(last: Any, store: FakeStore, keeper: Made) -> None:
    kept = keeper()
    kept.offer(snapshot(0))
    kept.receive(last)
    kept.close()
    assert store.begun == []
    assert (kept.number, kept.is_whole) == (None, True)


def test_a_slow_disk_drops_no_number_and_only_snapshots_between_the_first_and_the_newest(
    store: FakeStore, keeper: Made
) -> None:
    """The store stands while the run tells a thousand updates: were training to wait for it, this would never end."""
    kept = keeper(seconds=0.0, most_waiting_bytes=4 * SNAPSHOT_BYTES)
    store.gate.clear()
    kept.receive(updates(0))
    wait_for(store.attempts)
    for first in range(5, 1000, 5):
        kept.receive(updates(first))
        if first % 100 == 0:
            kept.offer(snapshot(first + 5))
    kept.receive(Stopped(1000))
    store.gate.set()
    kept.close()
    assert store.losses == list(range(1000))
    assert store.snapshots == [105, 705, 805, 905]
    assert store.batches[-1].outcome == Stopped(1000)


def test_a_snapshot_that_is_being_written_is_not_dropped(store: FakeStore, keeper: Made) -> None:
    kept = keeper(seconds=0.0, most_waiting_bytes=SNAPSHOT_BYTES)
    store.gate.clear()
    kept.offer(snapshot(0))
    kept.receive(updates(0))
    wait_for(store.attempts)
    for after in (5, 6, 7):
        kept.offer(snapshot(after))
    store.gate.set()
    kept.close()
    assert store.snapshots == [0, 7]
    assert store.losses == list(range(5))


@pytest.mark.parametrize("error", [StoreError("The disk is full."), MemoryError()], ids=["disk", "memory"])
def test_a_full_disk_is_told_once_and_tried_again(error: Exception, store: FakeStore, keeper: Made) -> None:
    problems: list[LabError | None] = []
    kept = keeper(seconds=0.0, retry_seconds=0.0, problem=problems.append)
    kept.receive(updates(0))
    wait_for(store.written)
    store.error = error
    kept.receive(updates(5))
    for _ in range(4):
        wait_for(store.attempts)
    assert not kept.is_whole
    store.error = None
    wait_for(store.written)
    kept.receive(Stopped(10))
    kept.close()
    assert store.losses == list(range(10))
    told, recovered = problems
    assert "what came after gradient update 5 is not kept yet; the lab tries again every few seconds." in str(told)
    assert str(told).startswith(("The disk is full. Training goes on", "There is no memory left"))
    assert recovered is None


def test_what_cannot_be_written_at_the_end_is_given_up_with_its_file_closed(store: FakeStore, keeper: Made) -> None:
    problems: list[LabError | None] = []
    store.error = StoreError("The folder cannot be written.")
    kept = keeper(problem=problems.append)
    kept.receive(updates(0))
    kept.receive(Stopped(5))
    kept.close()
    assert [str(problem) for problem in problems] == [
        "The folder cannot be written. The run has ended, and it is not kept."
    ]
    assert not kept.is_whole
    assert store.is_closed


def test_a_mistake_of_the_labs_own_is_told_and_the_file_closed(
    store: FakeStore, keeper: Made, caplog: pytest.LogCaptureFixture
) -> None:
    problems: list[LabError | None] = []
    kept = keeper(seconds=0.0, problem=problems.append)
    kept.receive(updates(0))
    wait_for(store.written)
    store.error = ValueError("numbers out of order")
    kept.receive(updates(5))
    kept.receive(Stopped(10))
    kept.close()
    assert [str(problem) for problem in problems] == [
        "Something went wrong that the lab did not expect (ValueError: numbers out of order). Only the first 5 gradient"
        " updates of this run are kept."
    ]
    assert caplog.records[-1].exc_info is not None
    caplog.clear()  # else it counts as an error of this test
    assert not kept.is_whole
    assert store.is_closed


def test_it_is_told_once_more_if_a_run_ends_that_cannot_be_written(store: FakeStore, keeper: Made) -> None:
    problems: list[LabError | None] = []
    told = threading.Semaphore(0)

    def tell(problem: LabError | None) -> None:
        problems.append(problem)
        told.release()

    kept = keeper(seconds=0.0, retry_seconds=0.0, problem=tell)
    kept.receive(updates(0))
    wait_for(store.written)
    store.error = StoreError("The disk is full.")
    kept.receive(updates(5))
    wait_for(told)
    kept.receive(Stopped(10))
    wait_for(told)
    store.error = None
    wait_for(store.written)
    kept.close()
    assert [str(problem).partition(". ")[2] for problem in problems] == [
        "Training goes on, but what came after gradient update 5 is not kept yet; the lab tries again every few"
        " seconds.",
        "The run has ended, and only its first 5 updates are kept.",
        "",
    ]


@pytest.mark.parametrize("end", [Stopped(5), Failed(LabError("Too large."))])
def test_a_run_that_is_to_go_on_and_does_nothing_stays_as_it_was(
    store: FakeStore, keeper: Made, end: Stopped | Failed
) -> None:
    for kept in (keeper(resumed=FakeWriter(store)), keeper(run_id="c" * 32, going_on=5)):
        kept.offer(snapshot(5))
        kept.receive(RateChanged(5, 0.1))  # known already
        kept.receive(end)
        kept.close()
        assert kept.is_whole
    assert (store.batches, store.resumed, store.experiments) == ([], [], [])


def test_a_run_that_goes_on_notes_its_epochs_and_its_end(store: FakeStore, keeper: Made) -> None:
    problems: list[LabError | None] = []
    store.error = StoreError("The disk is full.")
    kept = keeper(resumed=FakeWriter(store), retry_seconds=0.0, problem=problems.append)
    assert kept.number == 7
    kept.receive(Diverged(5, math.nan, 5))  # in its first update
    wait_for(store.attempts)
    store.error = None
    kept.close()
    assert str(problems[0]) == "The disk is full. The run has ended, and only its first 5 updates are kept."
    more = keeper(run_id="c" * 32, going_on=5)
    more.receive(updates(5))
    more.receive(Stopped(10))
    more.close()
    assert store.resumed == [("c" * 32, 5)]
    assert store.begun == []
    assert store.experiments == [Experiment()] * 2


@given(st.lists(st.sampled_from(["number", "snapshot", "take", "fail", "succeed"]), max_size=60))
def test_whatever_happens_in_whatever_order_no_number_is_lost_or_doubled(steps: list[str]) -> None:
    waiting = Waiting(2 * SNAPSHOT_BYTES)
    told, written, in_hand = 0, [], None
    for step in [*steps, "take", "succeed"] + ["take", "succeed"] * steps.count("snapshot"):
        match step:
            case "number":
                waiting.add(updates(told, 1))
                told += 1
            case "snapshot":
                waiting.offer(snapshot(told))
            case "take":
                in_hand = waiting.take_in_hand()
            case "fail":
                waiting.put_back()
                in_hand = None
            case "succeed" if in_hand is not None:
                written.append(in_hand)
                waiting.forget_batch()
                in_hand = None
    assert waiting.is_empty
    numbers = [event.first for batch in written for event in batch.updates]
    assert numbers == list(range(told))
    done = 0
    for batch in written:
        done += len(batch.updates)
        assert batch.snapshot is None or batch.snapshot.updates == done
