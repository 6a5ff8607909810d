"""How the learner steers a run from another thread: flags read between two chunks, and a slot for what it looks at.

Plain Python: the window, the terminal and the tests hold the same object. Nothing here ever blocks the caller
but `wait_while_paused`, `keep_slow` and `KERAS_LOCK`, which belong to the thread that trains.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.network.halt import Halt

if TYPE_CHECKING:  # all the engine stands behind it, and the window opens without
    from mnist_lab.network.session import TrainingSession

Turn = Literal["run", "step", "stop", "wait"]
Work = Callable[["TrainingSession | None"], None]
"""Something to be done between two chunks with the run's session; None is handed over where the run ended before."""

KERAS_LOCK = threading.Lock()
"""Held by whoever uses Keras objects: TensorFlow's models and graphs are not safe for two threads at once."""


class Control:
    """Stop, pause, resume, step, slow motion, learning rate, the mailbox and the guests of one run.

    Attributes:
        is_paused: whether the run was asked to wait.
        is_stopped: whether the run was asked to end.
        halt: where it has ended, to go on from there; None before, and if it failed before its first update. It is
            there before the last event is published.
    """

    def __init__(self, *, paused: bool = False) -> None:
        self._changed = threading.Condition()
        self._stopped = False
        self._paused = paused
        self._steps = 0
        self._slow_motion: float | None = None
        self._learning_rate: float | None = None
        self._weights: NetworkWeights | None = None
        self._weights_wanted = False
        self._update: ObservedUpdate | None = None
        self._update_wanted = False
        self._wishes = 0
        self._asked: deque[Work] | None = None  # None: nobody is there to do it
        self.halt: Halt | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the run was asked to wait."""
        return self._paused

    @property
    def is_stopped(self) -> bool:
        """Whether the run was asked to end."""
        return self._stopped

    def stop(self) -> None:
        """End the run after the chunk at hand, also if it is paused."""
        with self._changed:
            self._stopped = True
            self._tell_wish()

    def pause(self) -> None:
        """Wait after the chunk at hand."""
        with self._changed:
            self._paused = True
            self._steps = 0
            self._tell_wish()

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._paused = False
            self._steps = 0
            self._tell_wish()

    def step(self) -> None:
        """Train exactly one batch, then wait (again)."""
        with self._changed:
            self._paused = True
            self._steps += 1
            self._tell_wish()

    def _tell_wish(self) -> None:
        self._wishes += 1
        self._changed.notify_all()

    @property
    def wishes(self) -> int:
        """How often the run was asked to stop, pause, go on or step: who takes its time looks whether it is more."""
        return self._wishes

    @property
    def slow_motion(self) -> float | None:
        """How many gradient updates a second the run may do at most; None: as many as it can."""
        return self._slow_motion

    def set_slow_motion(self, updates_per_second: float | None) -> None:
        """Let the run be watched: from now on it does at most so many updates a second; None: as many as it can."""
        with self._changed:
            self._slow_motion = updates_per_second
            self._changed.notify_all()

    def set_learning_rate(self, learning_rate: float) -> None:
        """From the next chunk on."""
        with self._changed:
            self._learning_rate = learning_rate

    def take_learning_rate(self) -> float | None:
        """The learning rate asked for since the last call, or None (for the thread that trains)."""
        with self._changed:
            learning_rate, self._learning_rate = self._learning_rate, None
            return learning_rate

    def take_turn(self) -> Turn:
        """What the run does next, without waiting. Taking "step" uses it up (for the thread that trains)."""
        with self._changed:
            turn = self._turn()
            if turn == "step":
                self._steps -= 1
            return turn

    def wait_while_paused(self) -> None:
        """Sleep until the turn is another than "wait", or something was asked (for the thread that trains)."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn() != "wait" or self._asked)

    def keep_slow(self, since: float, updates: int) -> None:
        """Sleep until `updates` in slow motion may be over that began at `since`, on `time.perf_counter`'s clock.

        A pause, a step, a stop, another speed or something that was asked counts at once. For the thread that trains.
        """
        with self._changed:
            while not self._asked and (rest := self._rest(since, updates)) > 0:
                self._changed.wait(rest)

    def _rest(self, since: float, updates: int) -> float:
        if self._slow_motion is None or self._turn() != "run":
            return 0.0
        return since + updates / self._slow_motion - time.perf_counter()

    def _turn(self) -> Turn:
        if self._stopped:
            return "stop"
        if not self._paused:
            return "run"
        return "step" if self._steps else "wait"

    def ask(self, work: Work) -> bool:
        """Let `work` be done between two chunks, also while the run is paused or in slow motion.

        It is called once, in the thread that trains, with the run's session, and may do with it what it likes: it is
        as before when the run goes on. It tells what comes out and what goes wrong itself, and never raises. Where
        the run ends before, it is called with None: whoever asked does it otherwise (`network.turns`).

        Returns:
            whether somebody will do it: not before the run's network stands, nor after its end.
        """
        with self._changed:
            if self._asked is None:
                return False
            self._asked.append(work)
            self._changed.notify_all()
            return True

    def begin_asking(self) -> None:
        """From now on the run does what is asked (for the thread that trains)."""
        with self._changed:
            self._asked = deque()

    def take_asked(self, turn: Turn) -> Work | None:
        """What was asked first, once; None if nothing was, or the turn is another than `turn` now.

        What the learner wishes comes first. For the thread that trains.
        """
        with self._changed:
            return self._asked.popleft() if self._asked and self._turn() == turn else None

    def end_asking(self) -> None:
        """Hand back what was asked and is not done (for the thread that trains)."""
        with self._changed:
            asked, self._asked = self._asked, None
        for work in asked or ():
            work(None)

    def request_weights(self) -> None:
        """Ask for a copy of the weights after the chunk at hand."""
        self._weights_wanted = True

    @property
    def weights_wanted(self) -> bool:
        """Whether somebody waits for a copy (for the thread that trains)."""
        return self._weights_wanted

    def offer_weights(self, weights: NetworkWeights) -> None:
        """Put a copy in the slot; it replaces one that nobody took (for the thread that trains)."""
        with self._changed:
            self._weights = weights
            self._weights_wanted = False

    def take_weights(self, known: int | None = None) -> NetworkWeights | None:
        """The newest copy, once; None if there is none since the last call.

        Args:
            known: how many gradient updates the caller has been told of; a copy that is ahead of them stays in its
                slot, so that no picture knows more than the curves. None: whatever is there.
        """
        with self._changed:
            weights = self._weights
            if weights is None or (known is not None and weights.updates > known):
                return None
            self._weights = None
            return weights

    def request_update(self) -> None:
        """Ask for the next gradient update, with the weights before and after it."""
        self._update_wanted = True

    @property
    def update_wanted(self) -> bool:
        """Whether somebody waits for one gradient update (for the thread that trains)."""
        return self._update_wanted

    def offer_update(self, update: ObservedUpdate) -> None:
        """Put an observed update in its slot; it replaces one that nobody took (for the thread that trains)."""
        with self._changed:
            self._update = update
            self._update_wanted = False

    def take_update(self, known: int | None = None) -> ObservedUpdate | None:
        """The newest observed update, once; None if there is none since the last call, or it is ahead of `known`."""
        with self._changed:
            update = self._update
            if update is None or (known is not None and update.after.updates > known):
                return None
            self._update = None
            return update
