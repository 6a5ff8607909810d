"""A pool without processes: what its trials tell is made up at once, and they end when a test says so."""

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from mnist_lab.data.digits import Digits
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import (
    Diverged,
    EpochEnd,
    Failed,
    Finished,
    Prepared,
    Preparing,
    Stopped,
    Updates,
)
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.sweep_pool import FromTrial, Sent, TrialLost, TrialOver, TrialTask, Wish

RUNTIME = Runtime("1", "3", "2", "2", "made up", 2, "", onednn=False, xla=True)
SHA = "ab" * 32


def begun(task: TrialTask, total: int = 4) -> list[Sent]:
    """What a trial tells until its first updates are done."""
    first = 0 if task.halt is None else task.halt.updates
    weights = {"output/kernel": np.ones((784, 10), np.float32), "optimizer/learning_rate": np.array(0.1, np.float32)}
    snapshot = Snapshot(first, task.experiment.optimizer, weights, RUNTIME)
    numbers = np.ones(2, np.float32)
    return [
        Preparing("importing"),
        *([snapshot] if task.halt is None else []),
        Prepared(7850, 4, 4, total, 0.1),
        Updates(first, numbers, numbers, 0.5),
    ]


def finished(task: TrialTask) -> list[Sent]:
    """What a trial tells from its first two updates to its end."""
    numbers, accuracy = np.ones(2, np.float32), 0.5 + task.index / 100
    return [
        Updates(2, numbers, numbers, 1.0),
        EpochEnd(1, 4, 1.0, 0.5, 1.0, accuracy, 1.0, 0.5, 4, SHA),
        Finished(1.0, accuracy, 0.5, 4, 1.0, 1.0, 0.5),
        TrialOver(SHA),
    ]


class MadeUpPool:
    """Begins what it is given at once, and asks `then` for what becomes of it at the next call of `events`.

    Attributes:
        submitted: all tasks, in order.
        wishes: all that were told.
        most: of tasks at a time.
        is_stopped: whether it was.
        begins: what a task tells at once.
    """

    def __init__(self, workers: int, then: Callable[[TrialTask], Sequence[Sent] | None]) -> None:
        """`then`: None lets the task's process die; an empty list lets it go on until a wish stops it."""
        self.workers = workers
        self.submitted: list[TrialTask] = []
        self.wishes: list[Wish] = []
        self.most = 0
        self.is_stopped = False
        self.begins: Callable[[TrialTask], Sequence[Sent]] = begun
        self._then = then
        self._live: dict[int, TrialTask] = {}
        self._told: deque[FromTrial | TrialLost] = deque()
        self._new: deque[TrialTask] = deque()

    def start(self, digits: Digits) -> None:
        assert digits is not None

    def submit(self, task: TrialTask) -> None:
        assert task.index not in self._live
        self.submitted.append(task)
        self._live[task.index] = task
        self.most = max(self.most, len(self._live))
        self._tell(task, self.begins(task))
        self._new.append(task)

    def tell(self, wish: Wish) -> None:
        self.wishes.append(wish)
        if wish == "stop":
            self._new.clear()
            for task in list(self._live.values()):
                self._tell(task, [Stopped(2), TrialOver(SHA)])

    def events(self, seconds: float) -> list[FromTrial | TrialLost]:
        assert seconds > 0
        found = list(self._told)
        self._told.clear()
        if not found:
            while self._new:
                task = self._new.popleft()
                sent = self._then(task)
                if sent is None:
                    del self._live[task.index]
                    self._told.append(TrialLost(task.index))
                else:
                    self._tell(task, sent)
        return found

    def stop(self) -> None:
        self.is_stopped = True

    def _tell(self, task: TrialTask, sent: Sequence[Sent]) -> None:
        for one in sent:
            self._told.append(FromTrial(task.index, one))
            if isinstance(one, TrialOver):
                del self._live[task.index]


def diverged(_task: TrialTask) -> list[Sent]:
    return [Diverged(2, float("nan"), 2), TrialOver(SHA)]


def failed(_task: TrialTask) -> list[Sent]:
    return [Failed(RuntimeError("no luck")), TrialOver(None)]
