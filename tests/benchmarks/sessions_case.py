"""The case of the sessions benchmark. Argument: the .npz file."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import psutil

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.session import TrainingSession
from tests.benchmarks.processes import Figures, report

_SESSIONS = 4
_TURNS = {60: 960, 1: 400}
"""Updates of a turn, and how many of all are measured."""
_SHAPES = (64, 128, 256, 384)
_MEGABYTE = 1e6


def main() -> None:
    digits = sources.load(sys.argv[1])
    figures: Figures = {}
    first = TrainingSession(Experiment(), digits)
    first.advance(500)
    with_one = _resident()
    others = [TrainingSession(Experiment(learning_rate=0.001 * rate), digits) for rate in range(2, _SESSIONS + 1)]
    for session in others:
        session.advance(500)
    figures["MB a session"] = (_resident() - with_one) / len(others)
    for turn, updates in _TURNS.items():
        figures |= _turns([first, *others], turn, updates)
    figures |= _leaving(first)
    for session in (first, *others):
        session.close()
    figures |= _one_after_the_other(digits)
    report(figures)


def _turns(sessions: Sequence[TrainingSession], turn: int, updates: int) -> Figures:
    alone, together = [], []
    for _ in range(3):
        alone.append(_speed(sessions[:1], turn, updates))
        together.append(_speed(sessions, turn, updates))
    one, all_of_them = statistics.median(alone), statistics.median(together)
    return {
        f"one session, turns of {turn}, updates/s": one,
        f"four sessions, turns of {turn}, updates/s": all_of_them,
        f"four to one, turns of {turn}": all_of_them / one,
    }


def _speed(sessions: Sequence[TrainingSession], turn: int, updates: int) -> float:
    done = 0
    begin = time.perf_counter()
    while done < updates:
        for session in sessions:
            session.advance(turn)
            done += turn
    return done / (time.perf_counter() - begin)


def _leaving(session: TrainingSession) -> Figures:
    kept = session.snapshot()
    return {
        "snapshot, ms": _milliseconds(session.snapshot),
        "snapshot to bytes, ms": _milliseconds(lambda: session.snapshot().to_bytes()),
        "restore, ms": _milliseconds(lambda: session.restore(kept)),
    }


def _milliseconds(action: Callable[[], object]) -> float:
    durations = []
    for _ in range(20):
        begin = time.perf_counter()
        action()
        durations.append(time.perf_counter() - begin)
    return 1000 * statistics.median(durations)


def _one_after_the_other(digits: Digits) -> Figures:
    resident = []
    for number in range(1, 61):
        session = TrainingSession(Experiment(hidden_units=(_SHAPES[number % len(_SHAPES)],), seed=number), digits)
        session.advance(50)
        del session
        if number % 20 == 0:
            gc.collect()
            resident.append(_resident())
    return {"MB after 60 sessions": resident[-1], "MB from the 20th to the 60th": resident[-1] - resident[0]}


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / _MEGABYTE


if __name__ == "__main__":
    main()
