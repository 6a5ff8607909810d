"""The case of the moments benchmark. Arguments: the .npz file, how many moments of each kind."""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.recording import Moment, Recording
from mnist_lab.network.replay import Replay
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.turns import in_turn
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.moments import recording_of, snapshot_reader
from mnist_lab.runs.run import Run, State
from mnist_lab.runs.store import RunStore
from tests.benchmarks.budgets import measured
from tests.benchmarks.clock import milliseconds
from tests.benchmarks.processes import report

_EPOCHS_BEFORE = 4
"""Of a live run, before it is asked."""


def main() -> None:
    digits, count = sources.load(sys.argv[1]), int(sys.argv[2])
    store, dice = RunStore(), np.random.default_rng(0)
    finished = Run(Experiment(), digits)
    with trained(store, finished) as (_, thread, _):
        thread.join()
    recording = recording_of(store.load(finished.id), digits, snapshot_reader(store, finished.id))
    replay = Replay()
    places = dice.integers(0, finished.updates, count)
    figures = measured("finished, ms", [taken(replay, recording, place, None) for place in places], 500)
    replay.close()
    figures |= measured("hash, %", [hash_share(digits)], 1)
    live = Run(Experiment(epochs=1_000, seed=1), digits)
    with trained(store, live) as (control, _, keeper):
        while len(live.history.epochs) < _EPOCHS_BEFORE or keeper.number is None:  # short epochs end before it is there
            time.sleep(0.1)
        kept = recording_of(store.load(live.id), digits, snapshot_reader(store, live.id))
        losses = live.history.losses.values.copy()
        of_live = replace(kept, losses=losses)
        places = dice.integers(0, len(losses), count)
        figures |= measured("live, ms", [taken(replay, of_live, place, control) for place in places], 1_000)
        replay.close()
        places = dice.integers(0, finished.updates, count)
        beside = [taken(replay, recording, place, control, is_other=True) for place in places]
        figures |= measured("beside a run, ms", beside, 1_000)
        figures |= measured("pause, ms", [pause_taken(of_live, control, live) for _ in range(5)], 300)
    replay.close()
    report(figures | {"updates a second, while training": finished.updates_per_second})


@contextmanager
def trained(store: RunStore, run: Run) -> Iterator[tuple[Control, threading.Thread, RunKeeper]]:
    """Train and keep a run in a thread of its own, as the window does; stopped in the end."""
    control = Control()
    keeper = RunKeeper(store, run.experiment, run.digits, run_id=run.id)
    training = KeptTraining(run.experiment, run.digits, keeper)
    thread = threading.Thread(target=training.train, args=(run.receive, control))
    thread.start()
    try:
        yield control, thread, keeper
    finally:
        control.stop()
        thread.join()


def taken(
    replay: Replay, recording: Recording, updates: int, control: Control | None, *, is_other: bool = False
) -> float:
    """Milliseconds from asking to the moment."""

    def go(session: TrainingSession | None, is_wanted: Callable[[], bool]) -> Moment | None:
        return replay.go_to(recording, int(updates), None if is_other else session, is_wanted)

    begin = time.perf_counter()
    replay.prepare(recording, int(updates))
    moment = in_turn(control, go)
    seconds = time.perf_counter() - begin
    if moment is None or not moment.identical:
        raise RuntimeError(f"the moment after {updates} updates is not identical")
    return 1000 * seconds


def pause_taken(recording: Recording, control: Control, run: Run) -> float:
    """Milliseconds until a run waits whose thread was busy with a replay; then it goes on."""
    is_busy, replay = threading.Event(), Replay()

    def go(session: TrainingSession | None, is_wanted: Callable[[], bool]) -> Moment | None:
        def is_wanted_and_began() -> bool:
            is_busy.set()
            return is_wanted()

        return replay.go_to(recording, len(recording.losses), session, is_wanted_and_began)

    asker = threading.Thread(target=in_turn, args=(control, go))
    asker.start()
    is_busy.wait()
    begin = time.perf_counter()
    control.pause()
    while run.state is not State.PAUSED:
        time.sleep(0.001)
    seconds = time.perf_counter() - begin
    asker.join()
    replay.close()
    control.resume()
    return 1000 * seconds


def hash_share(digits: Digits) -> float:
    """Percent that the hash adds to an epoch; both in the same minute."""
    shares = []
    session = TrainingSession(Experiment(), digits)
    session.advance(session.updates_per_epoch)
    for _ in range(5):
        begin = time.perf_counter()
        session.advance(session.updates_per_epoch)
        session.measure("validation")
        session.measure("trained")
        epoch = 1000 * (time.perf_counter() - begin)
        shares.append(100 * statistics.median(milliseconds(lambda: session.weights().sha256(), 10)) / epoch)
    session.close()
    return statistics.median(shares)


if __name__ == "__main__":
    main()
