"""Several runs in one thread, turn by turn, so that none has more of the machine than another.

Each racer is a `TrainingLoop` of its own, with the bits of the same settings trained alone. Between two turns the race
obeys its `Control`: it pauses and stops all of them, and lends a session to whoever asks for one.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.batches import check_held_out
from mnist_lab.network.checkpoint import Keep
from mnist_lab.network.control import Control
from mnist_lab.network.events import (
    Diverged,
    Event,
    Failed,
    Finished,
    Paused,
    Preparing,
    Resumed,
    Stage,
    Stopped,
    Updates,
)
from mnist_lab.network.interruptions import StopAsked
from mnist_lab.network.memory import check_memory, explain_failure
from mnist_lab.network.pace import Fairness, Pace
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trainer import USUAL, Engine, keras_to_itself
from mnist_lab.network.training_loop import Publish, TrainingLoop, Turns


@dataclass(frozen=True, eq=False)
class Racer:
    """One run of a race.

    Attributes:
        experiment: what it trains.
        run_id: its events carry it.
        keep: gets its snapshots, as that of `train`; None: nobody does.
        control: from it come copies of its weights, asked for by `request_weights`; pause and stop the race instead.
    """

    experiment: Experiment
    run_id: str
    keep: Keep | None = None
    control: Control = field(default_factory=Control)


def race(
    racers: Sequence[Racer],
    digits: Digits,
    publish: Publish,
    control: Control,
    fairness: Fairness = "updates",
    engine: Engine = USUAL,
) -> None:
    """Train all racers on the same digits, each to the end of its epochs.

    Publishes for each what `train` publishes, in the order in which it happens. All networks stand before the first
    update. A racer that diverges or fails leaves the race; the others go on.

    With `fairness` "updates" no racer begins another update before all that are still racing have as many; chunks are
    as long as the slowest can do in about 0.1 s. With "seconds" the one that has trained for the shortest time is next.
    """
    starters = [_Starter(racer, publish) for racer in racers]
    try:
        _check(racers, digits)
        for starter in starters:
            starter.tell(Preparing("importing"))
        with keras_to_itself(control):
            _Race(starters, digits, control, fairness, engine).run()
    except StopAsked:
        for starter in starters:
            starter.tell(Stopped(0))
    except Exception as error:  # noqa: BLE001 - whatever it is, the learner is told, by whoever reads the events
        for starter in starters:
            starter.fail(error)


def _check(racers: Sequence[Racer], digits: Digits) -> None:
    for racer in racers:
        check_memory(racer.experiment, len(digits.train_images))
        check_held_out(racer.experiment, digits)


class _Pace(Pace):
    """Of a racer: a chunk may not be longer than the others allow.

    Attributes:
        limit: updates that the next chunk may have; None: as many as it likes.
    """

    def __init__(self, fixed: int | None) -> None:
        super().__init__(fixed)
        self.limit: int | None = None

    @property
    def wanted(self) -> int:
        """Updates of a chunk that lasts as long as it should."""
        return super().next_count(1 << 30)

    def next_count(self, longest: int, slow_motion: float | None = None) -> int:
        count = super().next_count(longest, slow_motion)
        return count if self.limit is None else min(count, self.limit)


class _Starter:
    """A racer in the race.

    Attributes:
        racer: what it is.
        updates: gradient updates so far.
        seconds: it has trained for.
        has_ended: whether its last event was told.
        session: its network; None before it stands, and after its end.
        pace: says how long its chunks are.
    """

    def __init__(self, racer: Racer, publish: Publish) -> None:
        self.racer = racer
        self.updates = 0
        self.seconds = 0.0
        self.has_ended = False
        self.session: TrainingSession | None = None
        self.pace = _Pace(None)
        self._publish = publish
        self._turns: Turns | None = None

    def tell(self, event: Event) -> None:
        """Publish what happens to it; nothing comes after its last event."""
        if self.has_ended:
            return
        if isinstance(event, Updates):
            self.updates, self.seconds = event.first + len(event.losses), event.training_seconds
        self.has_ended = isinstance(event, Stopped | Finished | Diverged | Failed)
        self._publish(replace(event, run_id=self.racer.run_id))

    def fail(self, error: Exception) -> None:
        """Leave the race because of `error`."""
        self.tell(Failed(explain_failure(error, self.racer.experiment)))

    def prepare(self, digits: Digits, engine: Engine, on_stage: Callable[[Stage], None]) -> None:
        """Build and compile its network."""

        def tell_stage(stage: Stage) -> None:
            on_stage(stage)
            self.tell(Preparing(stage))

        session = TrainingSession(self.racer.experiment, digits, xla=engine.xla, on_stage=tell_stage)
        self.session, self.pace = session, _Pace(engine.chunk)
        loop = TrainingLoop(session, self.tell, self.racer.control, self.pace, keep=self.racer.keep)
        self._turns = loop.turns()

    def take_turn(self) -> None:
        """Begin, train a chunk, or end."""
        assert self._turns is not None  # as it is prepared
        try:
            next(self._turns)
        except StopIteration as end:
            self.tell(end.value)
        except Exception as error:  # noqa: BLE001 - the others go on
            self.fail(error)

    def leave(self) -> None:
        """End now, with the weights as they are."""
        self.racer.control.stop()
        while not self.has_ended:
            self.take_turn()

    def close(self) -> None:
        """Give its workbench back."""
        if self.session is not None:
            self.session.close()
            self.session = None


class _Race:
    """The race from preparing to the last racer's end."""

    def __init__(
        self, starters: Sequence[_Starter], digits: Digits, control: Control, fairness: Fairness, engine: Engine
    ) -> None:
        self._starters = starters
        self._digits = digits
        self._control = control
        self._fairness = fairness
        self._engine = engine

    def run(self) -> None:
        """Prepare all, then let them take turns."""
        with contextlib.ExitStack() as stack:
            for starter in self._starters:
                stack.callback(starter.close)
                self._prepare(starter)
            self._control.begin_asking()
            stack.callback(self._control.end_asking)
            for starter in self._racing():
                starter.take_turn()  # it begins
            while racing := self._racing():
                if self._await_turn() == "stop":
                    for starter in racing:
                        starter.leave()
                else:
                    self._next(racing).take_turn()

    def _racing(self) -> list[_Starter]:
        return [starter for starter in self._starters if not starter.has_ended]

    def _prepare(self, starter: _Starter) -> None:
        try:
            starter.prepare(self._digits, self._engine, self._obey_stop)
        except StopAsked:
            raise
        except Exception as error:  # noqa: BLE001 - the others race without it
            starter.fail(error)

    def _obey_stop(self, _stage: Stage) -> None:
        if self._control.is_stopped:
            raise StopAsked

    # Turns

    def _next(self, racing: Sequence[_Starter]) -> _Starter:
        """Whose turn it is, with as many updates as are fair."""
        if self._fairness == "seconds":
            return min(racing, key=lambda starter: starter.seconds)
        behind = min(racing, key=lambda starter: starter.updates)
        ahead = max(starter.updates for starter in racing)
        together = ahead == behind.updates
        behind.pace.limit = min(one.pace.wanted for one in racing) if together else ahead - behind.updates
        return behind

    def _await_turn(self) -> str:
        """Wait while paused, and do what was asked for meanwhile."""
        waited = False
        self._do_asked("run")
        while (turn := self._control.take_turn()) == "wait":
            if not waited:
                self._tell_paused()
                waited = True
            self._control.wait_while_paused()
            self._do_asked("wait")
        if waited and turn != "stop":
            for starter in self._racing():
                starter.tell(Resumed(starter.updates))
        return turn

    def _tell_paused(self) -> None:
        for starter in self._racing():
            if starter.session is not None:
                starter.racer.control.offer_weights(starter.session.weights())
            starter.tell(Paused(starter.updates))

    def _do_asked(self, turn: Literal["run", "wait"]) -> None:
        """Lend a racer's session to whoever asked; it is as before then, to the last bit."""
        while (work := self._control.take_asked(turn)) is not None:
            session = self._racing()[0].session
            assert session is not None  # who races has one
            before = session.snapshot()
            work(session)
            session.restore(before)
