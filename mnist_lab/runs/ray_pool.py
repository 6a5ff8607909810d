"""Workers on the computers of a Ray cluster, for whoever outgrows one computer.

Each is an actor of Ray's that asks for one processor. Ray decides on which computer it lives and says when it is gone.
What a trial sends comes back while it trains, and is kept by the driver: no computer of the cluster writes a run.

Ray's own Tune is not used. It would try a lost trial again only from a checkpoint in a folder that all computers share;
a trial that it stops is gone without its last snapshot; and it is given all trials at once, not those that are next.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mnist_lab.data.digits import Digits
from mnist_lab.network.events import Stopped
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.ray_cluster import (
    ClusterError,
    check_nodes,
    check_same,
    last_line,
    living_nodes,
    processors,
)
from mnist_lab.runs.ray_joining import connect, leave
from mnist_lab.runs.ray_worker import RayWorker
from mnist_lab.runs.sweep_pool import FromTrial, Sent, TrialLost, TrialOver, TrialTask, Wish
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""So often the cluster is asked who is there, which takes some milliseconds."""
_FAILED_STARTS = 3
"""So many workers in a row that end before they do anything: no other will fare better."""


@dataclass(eq=False)
class _Actor:
    """A worker somewhere.

    Attributes:
        handle: Ray's.
        node: the id of its computer; "" until it has begun.
        index: of the task that it trains; None where there is none, or it is over.
        trials: how many tasks it was given.
    """

    handle: Any
    node: str = ""
    index: int | None = None
    trials: int = 0


def _log(error: LabError) -> None:
    _logger.warning("%s", error)


class RayPool:
    """The workers of one sweep; a `Pool`.

    As many as the cluster has processors, and there are tasks for. A computer that joins is used as soon as a task
    waits for it.
    """

    def __init__(self, address: str, token: Path | None = None, *, problem: Callable[[LabError], None] = _log) -> None:
        """Nothing is imported and nobody called before `start`.

        Args:
            address: host:port of the cluster, or "auto", see `ray_joining.connect`.
            token: a file with its token; None: Ray's usual place.
            problem: told of a computer that has joined meanwhile and cannot be used.
        """
        self._address = address
        self._token = token
        self._problem = problem
        self._ray: Any = None
        self._digits: Any = None  # where Ray has them
        self._make: Any = None
        self._is_paused = False
        self._processors = 0
        self._look_due = 0.0  # on `time.monotonic`'s clock
        self._failed_starts = 0
        self._told = threading.Event()  # there is a task or a wish more
        self._pending: deque[TrialTask] = deque()
        self._own: list[FromTrial] = []  # of tasks that no worker has seen
        self._starting: dict[Any, _Actor] = {}  # by what they will answer
        self._idle: list[_Actor] = []
        self._busy: dict[Any, _Actor] = {}  # by the stream of what they send
        self._unfit: list[_Actor] = []  # they hold a processor on which another would be as unfit

    @property
    def workers(self) -> int:
        """How many tasks the computers can train at a time that are there now."""
        return max(0, self._processors - len(self._unfit))

    def start(self, digits: Digits) -> None:
        """Join the cluster, see that its computers give the same bits, and hand it the digits: once for each of them.

        Raises:
            ClusterError: one sentence on why that cannot be.
        """
        if self._ray is not None:
            return
        self._ray = ray = connect(self._address, self._token)
        self._count_processors()
        check_nodes(ray)
        # One processor is all that is asked for. Two of its threads: one trains, the other hears wishes.
        options = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, concurrency_groups={"wishes": 1})
        self._make = options(RayWorker)
        self._digits = ray.put(digits)

    def submit(self, task: TrialTask) -> None:
        """Have it trained as soon as a worker is free."""
        self._pending.append(task)
        self._hand_out()
        self._told.set()

    def tell(self, wish: Wish) -> None:
        """Hand it on to all trials that go on; those that have not begun follow it, too."""
        self._is_paused = wish == "pause"
        if wish == "stop":
            for task in self._pending:
                stopped = Stopped(0 if task.halt is None else task.halt.updates, run_id=task.run_id)
                self._own += [FromTrial(task.index, stopped), FromTrial(task.index, TrialOver(None))]
            self._pending.clear()
        for actor in self._busy.values():
            actor.handle.obey.options(concurrency_group="wishes").remote(wish, actor.trials)
        self._hand_out()
        self._told.set()

    def events(self, seconds: float) -> Sequence[FromTrial | TrialLost]:
        """What has come; waits up to `seconds` for the first of it.

        Where no worker could tell anything, as in a pause, `submit` and `tell` of another thread end the waiting.

        Raises:
            ClusterError: no processor is left, or no worker can start.
        """
        self._told.clear()
        self._count_processors()
        self._hand_out()
        waited = [*self._starting, *self._busy]
        if not self._own and not waited:
            self._told.wait(seconds)
        if self._own or not waited:
            own, self._own = self._own, []
            return own
        ready, _rest = self._ray.wait(waited, num_returns=1, timeout=seconds, fetch_local=False)
        if ready and len(waited) > 1:
            ready, _rest = self._ray.wait(waited, num_returns=len(waited), timeout=0, fetch_local=False)
        come = []
        for one in ready:
            if one in self._starting:
                self._take_up(self._starting.pop(one), one)
            elif (event := self._next_of(one)) is not None:
                come.append(event)
        self._hand_out()
        return come

    def stop(self) -> None:
        """Leave the cluster; Ray ends all workers."""
        if self._ray is not None:
            leave(self._ray)
            self._ray = None
        for left in (self._pending, self._own, self._starting, self._idle, self._busy, self._unfit):
            left.clear()

    def _count_processors(self) -> None:
        """See how large the cluster is, if that was not done just now.

        Raises:
            ClusterError: it has no processor that could be used.
        """
        if time.monotonic() < self._look_due:
            return
        self._look_due = time.monotonic() + LOOK_SECONDS
        self._processors = processors(self._ray)
        if self._unfit:
            alive = living_nodes(self._ray)
            self._unfit = [actor for actor in self._unfit if actor.node in alive]
        if self.workers < 1:
            raise ClusterError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "No computer of the cluster at “{address}” offers a processor: let one join with “ray start"
                    " --address …”, with --num-cpus 1 or more.",
                ),
                address=self._address,
            )

    def _hand_out(self) -> None:
        """Give what is pending to who is free, and ask Ray for those workers that are missing."""
        if self._is_paused:
            return
        while self._pending and self._idle:
            task, actor = self._pending.popleft(), self._idle.pop()
            actor.index = task.index
            actor.trials += 1
            self._busy[actor.handle.train.options(num_returns="streaming").remote(task, actor.trials)] = actor
        room = self.workers - len(self._starting) - len(self._busy)
        for _place in range(min(room, len(self._pending) - len(self._starting))):
            handle = self._make.remote(self._digits)
            self._starting[handle.introduce.remote()] = _Actor(handle)

    def _take_up(self, actor: _Actor, answer: Any) -> None:
        """Use a worker that has begun, unless it began on a computer that gives other bits."""
        try:
            versions, actor.node = self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            self._let_go(actor)
            self._failed_starts += 1
            if self._failed_starts == _FAILED_STARTS:
                raise ClusterError(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "{count} workers of the cluster ended before they began ({reason}): see “ray status”.",
                    ),
                    count=_FAILED_STARTS,
                    reason=last_line(error),
                ) from error
            return
        self._failed_starts = 0
        try:
            check_same(living_nodes(self._ray).get(actor.node, actor.node), versions)
        except ClusterError as error:
            self._unfit.append(actor)
            self._problem(error)
        else:
            self._idle.append(actor)

    def _next_of(self, stream: Any) -> FromTrial | TrialLost | None:
        """What has come through a stream; None where that was its end, with nothing more to tell."""
        actor = self._busy[stream]
        index = actor.index
        try:
            sent: Sent = self._ray.get(next(stream))
        except StopIteration:
            del self._busy[stream]
            self._idle.append(actor)
            return None
        except self._ray.exceptions.RayError as error:
            _logger.info("a worker of the cluster was lost: %s", last_line(error))
            del self._busy[stream]
            self._let_go(actor)
            self._forget_idle_of_lost_nodes()
            return None if index is None else TrialLost(index)
        assert index is not None  # behind `TrialOver` nothing is sent
        if isinstance(sent, TrialOver):
            actor.index = None
        return FromTrial(index, _own(sent))

    def _forget_idle_of_lost_nodes(self) -> None:
        alive = living_nodes(self._ray)
        self._idle = [actor for actor in self._idle if actor.node in alive]

    def _let_go(self, actor: _Actor) -> None:
        """See that it does not go on somewhere, unheard."""
        self._ray.kill(actor.handle)


def _own(sent: Sent) -> Sent:
    """The same in memory of this process: Ray's own is gone when the cluster is left, and arrays lie in it."""
    if isinstance(sent, Snapshot):
        return replace(sent, variables={name: np.array(value) for name, value in sent.variables.items()})
    return sent
