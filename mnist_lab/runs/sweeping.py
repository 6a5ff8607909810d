"""A sweep: many experiments, trained by the workers of a pool and kept as runs by this process, its driver.

Nothing of a sweep is in memory alone: each run is written as it comes. If the driver is killed, its workers end, and
the runs that went on are interrupted ones, which go on as any other.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence

from mnist_lab.data.digits import Digits
from mnist_lab.network.events import Prepared, Preparing, Updates
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.local_pool import LocalPool
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_choices import SweepError
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_events import (
    SweepEvent,
    SweepResult,
    TrialBegun,
    TrialEnded,
    TrialProgress,
    WorkerLost,
)
from mnist_lab.runs.sweep_keeping import KeptTrial, SweepKeeping
from mnist_lab.runs.sweep_lock import hold_sweep
from mnist_lab.runs.sweep_names import next_sweep_number, sweep_run_name
from mnist_lab.runs.sweep_order import TrialQueue
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.runs.sweep_pool import FromTrial, Pool, TrialLost, TrialOver
from mnist_lab.runs.sweep_record import SweepRecord, write_record
from mnist_lab.runs.sweep_rows import is_done
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_logger = logging.getLogger(__name__)

_ATTEMPTS = 2
"""A worker that dies may have had bad luck; where a second one dies of the same experiment, a third would, too."""
_TURN_SECONDS = 0.1
"""How long a wish may be overlooked while no worker tells anything."""


class TrialError(LabError):
    """A trial whose workers died."""


def run_sweep(
    plan: SweepPlan,
    digits: Digits,
    store: RunStore,
    *,
    workers: int,
    publish: Callable[[SweepEvent], None],
    control: SweepControl,
    pool: Pool | None = None,
    number: int | None = None,
    own_digits: int = 0,
    problem: Callable[[LabError | None], None] = lambda _error: None,
    going_on: SweepRecord | None = None,
    before: Sequence[SweepResult] = (),
    begun: Callable[[SweepRecord], None] = lambda _record: None,
) -> tuple[SweepResult, ...]:
    """Train all experiments of the plan; returns when all is over and written, and the workers are gone.

    Args:
        plan: what to train.
        digits: on what.
        store: where the runs are kept.
        workers: how many are trained at a time, by processes of this computer.
        publish: gets what happens, in this thread.
        control: obeyed between two chunks of updates.
        pool: who trains instead of processes of this computer; it may have been started already, and is stopped here.
        number: of the sweep, by which its runs are called; None: the next in the store.
        own_digits: see `DataFacts`.
        problem: as `RunKeeper` takes it.
        going_on: a sweep of this plan that was begun before, and now goes on; None: it is another.
        before: what came of its experiments until then. Those that came to their own end are not trained any more, and
            nothing is published of them; a run that was stopped goes on where it was.
        begun: gets what lets the sweep go on, should it end early, in this thread, before anything is trained.

    Returns:
        one result for each experiment, in their order.

    Raises:
        LabError: no worker can be had, or a sweep would go on with other digits, or beside another sweep.
    """
    left = len(plan.experiments) - sum(map(is_done, before))
    pool = LocalPool(min(workers, left)) if pool is None else pool
    lock = hold_sweep(store.home, is_going_on=going_on is not None)
    try:
        record = _begun(plan, digits, store, number) if going_on is None else _gone_on(going_on, digits)
        try:
            write_record(store.home, record)
        except StoreError as error:
            problem(error)  # the runs are kept all the same
        begun(record)
        sweep = _Sweep(record, before, SweepKeeping(store, digits, own_digits, problem), pool, publish, control)
        try:
            pool.start(digits)
            return sweep.results()
        finally:
            pool.stop()
            sweep.close()
    finally:
        lock.free()


def _begun(plan: SweepPlan, digits: Digits, store: RunStore, number: int | None) -> SweepRecord:
    if number is None:
        number = next_sweep_number(row.name for row in (*store.refresh(), *store.deleted_rows()))
    return SweepRecord.of(plan, number, digits)


def _gone_on(before: SweepRecord, digits: Digits) -> SweepRecord:
    if before.fingerprint != digits.fingerprint:
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This sweep was begun on other digits than those in use (“{data}”): choose the same ones on Data, then "
                "let it go on.",
            ),
            data=before.plan.data,
        )
    return before.once_more()


class _Sweep:
    def __init__(
        self,
        record: SweepRecord,
        before: Sequence[SweepResult],
        keeping: SweepKeeping,
        pool: Pool,
        publish: Callable[[SweepEvent], None],
        control: SweepControl,
    ) -> None:
        self._record = record
        self._plan = plan = record.plan
        self._keeping = keeping
        self._pool = pool
        self._publish = publish
        self._control = control
        self._results = {result.index: result for result in before if is_done(result)}
        self._halted = {one.index: one.run_id for one in before if one.state == "stopped" and one.run_id is not None}
        self._waiting = TrialQueue(plan.experiments, self._results)
        self._trials: dict[int, KeptTrial] = {}  # those that go on
        self._over: list[int] = []  # of these, whose worker is done with them
        self._freed: deque[int] = deque()  # what was trained last by workers that are free
        self._again: deque[int] = deque()  # of these, whose worker was lost, and which are tried again
        self._is_paused = self._is_cancelled = False  # as the pool knows it

    def results(self) -> tuple[SweepResult, ...]:
        """Train all."""
        while True:
            self._obey()
            self._submit()
            self._end_those_over()
            if len(self._results) == len(self._plan.experiments):
                return tuple(self._results[index] for index in sorted(self._results))
            for event in self._pool.events(_TURN_SECONDS):
                if isinstance(event, TrialLost):
                    self._lose(event.index)
                else:
                    self._take(event)

    def close(self) -> None:
        """Wait until all is written, whatever ended the sweep."""
        for trial in self._trials.values():
            trial.close()

    def _obey(self) -> None:
        if self._control.is_cancelled:
            if not self._is_cancelled:
                self._is_cancelled = True
                self._pool.tell("stop")
                for index in self._waiting.take_all():
                    self._end(SweepResult(index, self._plan.experiments[index], "stopped"))
                self._over.extend(self._again)
                self._again.clear()
        elif self._control.is_paused != self._is_paused:
            self._is_paused = not self._is_paused
            self._pool.tell("pause" if self._is_paused else "resume")

    def _submit(self) -> None:
        going_on = [index for index in self._trials if index not in self._over and index not in self._again]
        freed, self._freed = self._freed, deque()
        while len(going_on) < self._pool.workers and not self._is_paused and (self._again or self._waiting):
            if self._again:
                index = self._again.popleft()
                self._begin_again(index)
            else:
                index = self._waiting.take(freed.popleft() if freed else None, going_on)
                self._begin(index)
            going_on.append(index)

    def _begin(self, index: int) -> None:
        experiment = self._plan.experiments[index]
        name = sweep_run_name(self._record.number, experiment, self._plan.varied)
        run_id = self._record.run_id(index)
        trial = self._trials[index] = KeptTrial(index, experiment, name, run_id, self._keeping)
        if (halted := self._halted.get(index)) is not None:
            try:
                self._pool.submit(trial.take_up(halted))
            except StoreError as error:  # it was deleted, or is damaged: then it begins anew
                _logger.info("a run of the sweep cannot go on: %s", error)
            else:
                return
        self._pool.submit(trial.task)

    def _begin_again(self, index: int) -> None:
        try:
            task = self._trials[index].begin_again()
        except StoreError as error:
            self._give_up(index, error)
        else:
            self._pool.submit(task)

    def _take(self, event: FromTrial) -> None:
        index, trial, sent = event.index, self._trials[event.index], event.sent
        trial.receive(sent)
        match sent:
            case Preparing(stage) if stage == "importing":
                self._publish(TrialBegun(index, trial.task.run_id))
            case Prepared():
                trial.total_updates = sent.total_updates
            case Updates():
                done = sent.first + len(sent.losses)
                loss, accuracy = float(sent.losses[-1]), float(sent.accuracies[-1])
                self._publish(TrialProgress(index, done, trial.total_updates, loss, accuracy))
            case TrialOver():
                self._over.append(index)
                self._freed.append(index)

    def _lose(self, index: int) -> None:
        trial = self._trials[index]
        self._publish(WorkerLost(index, trial.attempt))
        if trial.has_ended or self._is_cancelled:
            self._over.append(index)
        elif trial.attempt < _ATTEMPTS:
            self._again.append(index)
        else:
            template = QT_TRANSLATE_NOOP(
                "errors",
                "The process that trained it ended {count} times; if memory was used up, take fewer workers or smaller "
                "networks.",
            )
            self._give_up(index, TrialError(template, count=trial.attempt))

    def _give_up(self, index: int, error: LabError) -> None:
        trial = self._trials.pop(index)
        trial.close()
        self._end(trial.result(str(error)))

    def _end_those_over(self) -> None:
        """End those whose runs are written. A slow disk is waited for at the end, or where more wait than train."""
        is_last = len(self._over) == len(self._trials) and not self._waiting
        for index in list(self._over):
            if is_last or self._trials[index].is_written or len(self._over) > self._pool.workers:
                self._over.remove(index)
                trial = self._trials.pop(index)
                trial.close()
                self._end(trial.result())

    def _end(self, result: SweepResult) -> None:
        self._results[result.index] = result
        self._publish(TrialEnded(result.index, result))
