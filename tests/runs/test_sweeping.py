"""A sweep keeps each of its trials as a run, whatever becomes of workers and of itself."""

import os
import signal

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Finished
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.local_pool import LocalPool, WorkerError, default_workers, processors_of, usable_cores
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_events import SweepEvent, SweepResult, TrialBegun, TrialEnded, TrialProgress, WorkerLost
from mnist_lab.runs.sweep_names import next_sweep_number, sweep_run_name, trial_name
from mnist_lab.runs.sweep_order import TrialQueue
from mnist_lab.runs.sweep_plan import SweepPlan, grid_plan
from mnist_lab.runs.sweep_pool import Sent, TrialTask
from mnist_lab.runs.sweeping import run_sweep
from tests.network.runs import SMALL, made_up_digits, run_with_xla
from tests.runs.made_up_pool import SHA, MadeUpPool, begun, diverged, failed, finished

FIVE = grid_plan(SMALL, {"seed": [0, 1, 2, 3, 4]}, "starter")


class Sweep:
    """A sweep of five over a pool that is made up, and what it told."""

    def __init__(self, store: RunStore, pool: MadeUpPool, plan: SweepPlan = FIVE) -> None:
        self.store, self.pool, self.plan = store, pool, plan
        self.control = SweepControl()
        self.events: list[SweepEvent] = []
        self.on_event = lambda _event: None

    def run(self) -> tuple[SweepResult, ...]:
        def publish(event: SweepEvent) -> None:
            self.events.append(event)
            self.on_event(event)

        results = run_sweep(
            self.plan,
            made_up_digits(),
            self.store,
            workers=1,
            publish=publish,
            control=self.control,
            pool=self.pool,
        )
        assert self.pool.is_stopped
        assert [result.index for result in results] == list(range(len(self.plan.experiments)))
        assert [result.experiment for result in results] == list(self.plan.experiments)
        ended = [event for event in self.events if isinstance(event, TrialEnded)]
        assert {event.index: event.result for event in ended} == {result.index: result for result in results}
        assert len(ended) == len(results)
        return results


def test_each_trial_is_kept_as_a_run_with_what_varies_in_its_name(store):
    earlier = MadeUpPool(1, finished)
    run_sweep(
        SweepPlan("starter", (SMALL,), ("seed",)),
        made_up_digits(),
        store,
        workers=1,
        publish=lambda _event: None,
        control=SweepControl(),
        pool=earlier,
        number=6,
    )
    sweep = Sweep(store, MadeUpPool(2, finished))
    results = sweep.run()
    assert sweep.pool.most == 2
    for result in results:
        assert (result.state, result.updates, result.seconds) == ("finished", 4, 1.0)
        assert result.test_accuracy == 0.5 + result.index / 100
        assert result.weights_sha256 == SHA
        kept = store.load(result.run_id)
        assert kept.name == f"sweep 7: seed {result.index}"
        assert kept.experiment == result.experiment
        assert isinstance(kept.outcome, Finished)
        assert kept.facts.number == result.run_number
    of_first = [event for event in sweep.events if event.index == 0]
    assert results[0].run_id is not None
    assert of_first == [
        TrialBegun(0, results[0].run_id),
        TrialProgress(0, 2, 4, 1.0, 1.0),
        TrialProgress(0, 4, 4, 1.0, 1.0),
        TrialEnded(0, results[0]),
    ]


def test_what_diverges_or_fails_is_told_and_the_others_go_on(store):
    ends = {1: diverged, 3: failed}
    results = Sweep(store, MadeUpPool(2, lambda task: ends.get(task.index, finished)(task))).run()
    assert [result.state for result in results] == ["finished", "diverged", "finished", "failed", "finished"]
    assert results[3].problem == "no luck"
    assert results[1].test_accuracy is results[3].test_accuracy is None
    assert store.load(results[1].run_id).state == "diverged"


class LostOnce:
    """Lets the process of the second network die, once."""

    def __init__(self) -> None:
        self.has_died = False

    def __call__(self, task: TrialTask) -> list[Sent] | None:
        if task.index == 1 and not self.has_died:
            self.has_died = True
            return None
        return finished(task)


def test_a_lost_worker_loses_only_its_run_which_goes_on_where_it_was(store):
    sweep = Sweep(store, MadeUpPool(2, LostOnce()))
    results = sweep.run()
    assert [result.state for result in results] == ["finished"] * 5
    assert [event for event in sweep.events if isinstance(event, WorkerLost)] == [WorkerLost(1, 1)]
    first, again = [task for task in sweep.pool.submitted if task.index == 1]
    assert first.run_id == again.run_id == results[1].run_id
    assert again.halt.updates == 0, "the only snapshot that came"
    assert store.load(results[1].run_id).state == "finished"
    assert len(store.refresh()) == 5, "and no run is left that nobody knows"


def test_a_worker_that_is_lost_before_the_first_update_loses_nothing_either(store):
    then = LostOnce()
    pool = MadeUpPool(2, then)
    pool.begins = lambda task: begun(task)[:1] if task.index == 1 and not then.has_died else begun(task)
    results = Sweep(store, pool).run()
    assert then.has_died
    assert [result.state for result in results] == ["finished"] * 5
    assert store.load(results[1].run_id).name == "sweep 1: seed 1"
    assert len(store.refresh()) == 5


def test_a_trial_whose_workers_die_twice_has_failed(store):
    results = Sweep(store, MadeUpPool(2, lambda task: None if task.index == 2 else finished(task))).run()
    assert [result.state for result in results] == ["finished", "finished", "failed", "finished", "finished"]
    assert "ended 2 times" in results[2].problem
    assert store.load(results[2].run_id).state == "interrupted", "so that a person can go on with it"


def test_cancel_stops_those_that_go_on_begins_no_other_and_keeps_what_was_trained(store):
    sweep = Sweep(store, MadeUpPool(2, lambda _task: []))
    sweep.on_event = lambda event: sweep.control.cancel() if isinstance(event, TrialProgress) else None
    results = sweep.run()
    assert [result.state for result in results] == ["stopped"] * 5
    assert [result.run_id is not None for result in results] == [True, True, False, False, False]
    assert [store.load(result.run_id).state for result in results[:2]] == ["stopped"] * 2
    assert sweep.pool.wishes == ["stop"]


def test_cancel_while_a_lost_trial_waits_for_its_second_attempt(store):
    sweep = Sweep(store, MadeUpPool(1, lambda _task: None))
    sweep.on_event = lambda event: sweep.control.cancel() if isinstance(event, WorkerLost) else None
    results = sweep.run()
    assert [result.state for result in results] == ["stopped"] * 5
    assert store.load(results[0].run_id).state == "interrupted"


def test_a_paused_sweep_begins_no_other_until_it_goes_on(store, monkeypatch):
    sweep = Sweep(store, MadeUpPool(1, finished))
    seen: list[int] = []

    def on_event(event: SweepEvent) -> None:
        if isinstance(event, TrialBegun):
            seen.append(event.index)
            if event.index == 1:
                sweep.control.pause()

    turns = iter(range(1000))

    def events(seconds: float):
        if sweep.control.is_paused and next(turns) == 20:
            assert seen == [0, 1]
            sweep.control.resume()
        return of_pool(seconds)

    of_pool = sweep.pool.events
    monkeypatch.setattr(sweep.pool, "events", events)
    sweep.on_event = on_event
    assert [result.state for result in sweep.run()] == ["finished"] * 5
    assert sweep.pool.wishes == ["pause", "resume"]


def test_where_no_worker_can_be_had_all_is_put_away_and_the_sentence_comes_out(store):
    class NoPool(MadeUpPool):
        def events(self, seconds: float):
            raise WorkerError("There is none.")

    pool = NoPool(1, finished)
    with pytest.raises(WorkerError, match=r"There is none."):
        run_sweep(
            FIVE, made_up_digits(), store, workers=1, publish=lambda _event: None, control=SweepControl(), pool=pool
        )
    assert pool.is_stopped


def test_a_worker_goes_on_with_what_it_has_compiled():
    rates, sizes = [0.1, 0.2, 0.3], [(4,), (8,)]
    plan = grid_plan(SMALL, {"hidden_units": sizes, "learning_rate": rates}, "starter")
    waiting = TrialQueue(plan.experiments)
    assert [waiting.take(None, []), waiting.take(None, [0])] == [0, 3], "the second worker begins with another network"
    assert [waiting.take(3, [0]), waiting.take(0, [4])] == [4, 1]
    assert waiting.take(4, [1]) == 5
    assert waiting.take(5, [1]) == 2, "what is left"
    assert len(waiting) == 0
    assert TrialQueue(plan.experiments).take_all() == list(range(6))
    turned = TrialQueue([SMALL.changed(moved_turn=1.0)])
    assert turned.take(None, [0]) == 0


def test_sweeps_are_counted_and_their_runs_named_by_what_varies():
    assert next_sweep_number([]) == 1
    one = Experiment(learning_rate=0.01, optimizer="adam", hidden_units=(128, 64), shuffled_labels=True)
    name = sweep_run_name(3, one, ("learning_rate", "optimizer"))
    assert name == "sweep 3: learning rate 0.01, adam"
    assert next_sweep_number([name, "race 9: sgd", "sweep"]) == 4
    assert trial_name(one, ("hidden_units", "shuffled_labels")) == "hidden units 128+64, shuffled labels true"
    assert trial_name(one, ("optimizer_settings",)) == "optimizer settings –"
    assert len(sweep_run_name(3, one, tuple(Experiment.model_fields))) <= 200


def test_there_is_one_worker_for_each_processor_at_most_fewer_for_large_networks():
    assert 1 <= default_workers() <= usable_cores()
    assert default_workers([Experiment(), Experiment(hidden_units=(16_384,) * 4)]) <= default_workers()


@pytest.mark.parametrize(
    ("workers", "usable", "expected"),
    [
        (1, [0, 1], [[]]),
        (2, [3, 1], [[1], [3]]),
        (3, [0, 1], [[0], [1], [0]]),
        (2, [0, 1, 2], [[0, 2], [1]]),
        (5, [*range(8)], [[0, 5], [1, 6], [2, 7], [3], [4]]),
        (2, [0, 1, 2, 3], [[], []]),
        (2, [], [[], []]),
    ],
)
def test_workers_share_processors_only_where_there_are_too_few(workers, usable, expected):
    assert [processors_of(place, workers, usable) for place in range(workers)] == expected


@pytest.mark.keras
@pytest.mark.timeout(900)  # TensorFlow is imported in three processes or more
@pytest.mark.parametrize(
    ("identifiers", "workers"),
    [
        (["sgd", "adam"], 1),
        pytest.param([spec.identifier for spec in OPTIMIZERS], 2, marks=pytest.mark.acceptance),
    ],
)
def test_networks_of_workers_have_the_bits_of_train_also_where_one_is_killed(store, identifiers, workers):
    digits = made_up_digits()
    plan = grid_plan(SMALL.changed(epochs=60, dropout=0.2), {"optimizer": identifiers}, "starter")
    most_grown = 10**7 if workers == 1 else 10**9  # so little: a worker trains one network, and another comes
    pool, lost = LocalPool(workers, most_grown=most_grown), []

    def publish(event: SweepEvent) -> None:
        if isinstance(event, WorkerLost):
            lost.append(event)
        if isinstance(event, TrialProgress) and event.updates > 200 and not lost:
            os.kill(pool.process_ids[0], getattr(signal, "SIGKILL", signal.SIGTERM))

    results = run_sweep(plan, digits, store, workers=workers, publish=publish, control=SweepControl(), pool=pool)
    assert lost
    assert len(store.refresh()) == len(results)
    for result in results:
        alone = run_with_xla(result.experiment, digits)
        assert result.state == "finished"
        assert result.weights_sha256 == alone.weights.sha256(), result.experiment.optimizer
        assert store.load(result.run_id).losses.tobytes() == alone.losses.tobytes()
