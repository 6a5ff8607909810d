"""A session advanced from its start to the end of its last epoch, chunk by chunk.

Between two chunks the loop publishes events and reads `Control`. A chunk lasts about 0.1 s, so the learner's Pause,
Stop and Step are obeyed at once, and Python is free for the window meanwhile.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.checkpoint import Checkpoints, Keep
from mnist_lab.network.control import Control, Turn
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Finished,
    ObservedUpdate,
    Outcome,
    Paused,
    Prepared,
    RateChanged,
    Resumed,
    Stopped,
    Updates,
)
from mnist_lab.network.halt import Halt
from mnist_lab.network.interruptions import DivergenceFound, StopAsked
from mnist_lab.network.pace import Pace
from mnist_lab.network.running_epoch import RunningEpoch
from mnist_lab.network.session import BatchNumbers, LossAndAccuracy, MeasuredOn, TrainingSession

Publish = Callable[[Event], None]
Turns = Generator[None, None, Outcome]  # each `next` begins the run, or measures what is over and trains a chunk


class TrainingLoop:
    """A session advanced from its start to the end of its last epoch, as the learner wishes."""

    def __init__(
        self,
        session: TrainingSession,
        publish: Publish,
        control: Control,
        pace: Pace,
        halt: Halt | None = None,
        keep: Keep | None = None,
        changes: Sequence[RateChanged] = (),
    ) -> None:
        """`session` stands at its start, or at `halt`; `keep` and `changes` are as `train` takes them."""
        self._session = session
        self._publish = publish
        self._control = control
        self._pace = pace
        self._checkpoints = Checkpoints(session, keep)
        self._changes_ahead = deque(changes)
        self._halt = halt
        self._training_seconds = 0.0 if halt is None else halt.training_seconds
        self._epoch = RunningEpoch(session, halt)
        self._chunk, self._is_waiting = (0.0, 0), False  # of the chunk: when the newest began, and its updates

    def outcome(self) -> Outcome:
        """Train to the end and leave the weights, and where it ended, in the mailbox."""
        turns = self.turns()
        while True:
            try:
                next(turns)
            except StopIteration as end:
                return cast("Outcome", end.value)

    def turns(self) -> Turns:
        """The same with others in between: so that several take turns in one thread."""
        self._control.begin_asking()
        try:
            return (yield from self._outcome())
        finally:
            self._control.end_asking()

    def _outcome(self) -> Turns:
        session = self._session
        try:
            self._begin()
            yield
            last = yield from self._train_epochs()
            test = self._test_result(last)
        except StopAsked:
            self._offer_end()
            return Stopped(session.updates)
        except DivergenceFound as divergence:
            self._checkpoints.go_back(divergence.update)
            self._offer_end()
            return Diverged(divergence.update, divergence.loss, session.updates)
        self._offer_end()
        return Finished(
            test_loss=test.loss,
            test_accuracy=test.accuracy,
            train_accuracy=last.train_accuracy,
            updates=session.updates,
            training_seconds=self._training_seconds,
            train_loss_after=last.train_loss_after,
            train_accuracy_after=last.train_accuracy_after,
        )

    def _begin(self) -> None:
        session = self._session
        if self._halt is None:
            self._publish(Begun(session.weights()))
        if self._halt is None or self._halt.is_fork:
            self._checkpoints.keep_newest()
        self._publish(
            Prepared(
                parameters=session.experiment.parameters(),
                samples=session.samples,
                updates_per_epoch=session.updates_per_epoch,
                total_updates=session.total_updates,
                compile_seconds=session.compile_seconds,
            )
        )

    # Training

    def _train_epochs(self) -> Generator[None, None, EpochEnd]:
        for _ in range(self._epoch.index, self._session.experiment.epochs):
            last = yield from self._train_epoch()
        return last

    def _train_epoch(self) -> Generator[None, None, EpochEnd]:
        while not self._epoch.is_whole:
            self._run_chunk(self._await_turn())
            yield
        end = self._end_epoch()
        self._epoch.begin_next()
        if end.updates < self._session.total_updates:  # the last one's is that of the run's end
            self._checkpoints.keep_if_due()
        return end

    def _await_turn(self) -> int:
        """Wait while paused, do what was asked for meanwhile, and say how many updates come next."""
        if self._control.weights_wanted:
            self._offer_weights()
        self._keep_slow()
        while (turn := self._control.take_turn()) == "wait":
            self._offer_weights()
            self._checkpoints.keep_if_due()
            self._publish(Paused(self._session.updates))
            self._is_waiting = True
            self._control.wait_while_paused()
            while self._do_asked("wait"):
                self._control.wait_while_paused()
        if turn == "stop":
            raise StopAsked
        self._apply_learning_rate()
        if turn == "step" or self._control.update_wanted:
            return 1
        if self._is_waiting:
            self._is_waiting = False
            self._publish(Resumed(self._session.updates))
        return self._until_change(self._pace.next_count(self._session.longest_chunk, self._control.slow_motion))

    def _until_change(self, count: int) -> int:
        """At most `count` updates, and none beyond the next change of the learning rate that is known already."""
        return min(count, self._changes_ahead[0].update - self._session.updates) if self._changes_ahead else count

    def _keep_slow(self) -> None:
        """Do what was asked, and wait in slow motion: the time that one watches counts as training.

        In slow motion so does what was asked meanwhile: it is done in that time, and goes on beyond it.
        """
        is_over = False
        while not is_over:
            begin, is_slow = time.perf_counter(), self._control.slow_motion is not None
            self._control.keep_slow(*self._chunk)
            waited = time.perf_counter()
            is_over = not self._do_asked("run")
            self._training_seconds += (time.perf_counter() if is_slow else waited) - begin

    def _do_asked(self, turn: Turn) -> bool:
        """Lend the session to whoever asked for it; whether anybody did. It is as before then, to the last bit."""
        work = self._control.take_asked(turn)
        if work is None:
            return False
        session = self._session
        before = session.snapshot()
        while work is not None:
            work(session)
            work = self._control.take_asked(turn)
        session.restore(before)
        return True

    def _is_observed(self, count: int) -> bool:
        """Whether the next chunk is one update that is looked at closely: asked for, a step, the first, the last."""
        session = self._session
        is_end = session.updates in (0, session.total_updates - 1)
        return count == 1 and (self._control.update_wanted or self._control.is_paused or is_end)

    def _apply_learning_rate(self) -> None:
        while self._changes_ahead and self._changes_ahead[0].update <= self._session.updates:
            change = self._changes_ahead.popleft()
            self._set_learning_rate(change.learning_rate)
            self._publish(RateChanged(self._session.updates, change.learning_rate))
        learning_rate, before = self._control.take_learning_rate(), self._session.learning_rate
        if learning_rate is not None:
            self._set_learning_rate(learning_rate)
            if self._session.learning_rate != before:  # as Keras holds it
                self._changes_ahead.clear()  # what is asked for now takes their place
                self._publish(RateChanged(self._session.updates, learning_rate))

    def _set_learning_rate(self, learning_rate: float) -> None:
        self._session.learning_rate = learning_rate
        self._checkpoints.take()  # repeated updates must have one and the same rate

    def _run_chunk(self, count: int) -> None:
        session = self._session
        before = session.weights() if self._is_observed(count) else None
        indices = None if before is None else session.next_batch()
        first = session.updates
        begin = time.perf_counter()
        numbers = session.advance(count)
        seconds = time.perf_counter() - begin
        self._epoch.take(first, numbers)
        self._chunk = begin, count
        if before is not None and indices is not None:
            self._offer_update(before, indices, numbers)
        self._pace.learn(count, seconds)
        self._training_seconds += seconds
        self._report(first, numbers)
        self._checkpoints.take_if_due()

    def _report(self, first: int, numbers: BatchNumbers) -> None:
        """Publish the updates up to the first whose loss is not finite, which ends the run."""
        bad = np.flatnonzero(~np.isfinite(numbers.losses))
        good = int(bad[0]) if bad.size else len(numbers.losses)
        if good:
            self._publish(Updates(first, numbers.losses[:good], numbers.accuracies[:good], self._training_seconds))
        if bad.size:
            raise DivergenceFound(first + good, float(numbers.losses[good]))

    # Measuring

    def _end_epoch(self) -> EpochEnd:
        session = self._session
        train_loss, train_accuracy = self._epoch.means()
        validation = self._measure("validation")
        trained = session.measure("trained", self._obey_stop)  # it only informs: no outcome of a run depends on it
        end = EpochEnd(
            epoch=self._epoch.index + 1,
            updates=session.updates,
            train_loss=train_loss,
            train_accuracy=train_accuracy,
            validation_loss=validation.loss,
            validation_accuracy=validation.accuracy,
            train_loss_after=trained.loss,
            train_accuracy_after=trained.accuracy,
            train_sample=session.sample_size,
            weights_sha256=session.weights().sha256(),
        )
        self._publish(end)
        return end

    def _test_result(self, last: EpochEnd) -> LossAndAccuracy:
        if self._session.validates_on_test:
            return LossAndAccuracy(last.validation_loss, last.validation_accuracy)
        return self._measure("test")

    def _measure(self, images: MeasuredOn) -> LossAndAccuracy:
        result = self._session.measure(images, self._obey_stop)
        if not np.isfinite(result.loss):
            raise DivergenceFound(self._session.updates, result.loss)
        return result

    def _obey_stop(self) -> None:
        if self._control.is_stopped:
            raise StopAsked

    # Copies

    def _offer_weights(self) -> None:
        self._control.offer_weights(self._session.weights())

    def _offer_end(self) -> None:
        self._offer_weights()
        losses, accuracies = self._epoch.so_far()
        snapshot = self._session.snapshot()
        self._control.halt = Halt(snapshot, losses, accuracies, self._training_seconds, tuple(self._changes_ahead))
        self._checkpoints.keep(snapshot)

    def _offer_update(self, before: NetworkWeights, indices: NDArray[np.int32], numbers: BatchNumbers) -> None:
        session = self._session
        loss, accuracy = float(numbers.losses[0]), float(numbers.accuracies[0])
        self._control.offer_update(
            ObservedUpdate(before, session.weights(), indices, session.learning_rate, loss, accuracy)
        )
