"""The sweep that was begun last is known again, with the runs that it made."""

import json

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_choices import SweepError
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_events import TrialEnded
from mnist_lab.runs.sweep_lock import is_sweep_live
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.runs.sweep_record import FILE_NAME, SweepRecord, read_record, write_record
from mnist_lab.runs.sweep_rows import is_done, results_in
from mnist_lab.runs.sweeping import run_sweep
from tests.network.runs import SMALL, made_up_digits
from tests.runs.made_up_pool import MadeUpPool, finished

PLAN = grid_plan(
    Experiment(optimizer="sgd_momentum"),
    {"hidden_units": [(8,), (16, 4)], "learning_rate": [0.1, 1e-7], "optimizer_settings": [{}, {"momentum": 0.5}]},
    "starter",
)


def test_what_is_written_is_read_again(tmp_path):
    assert read_record(tmp_path) is None
    record = SweepRecord.of(PLAN, 3, made_up_digits())
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record
    write_record(tmp_path, record.once_more())
    again = read_record(tmp_path)
    assert again == record.once_more()
    assert list(again.run_ids(2)) == [again.run_id(2), record.run_id(2)]
    assert len({one.run_id(index) for one in (record, again) for index in range(8)}) == 16


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../.."},
        {"varied": ["colour"]},
        {"first": {"epochs": 0}},
        {"others": [{"epochs": "many"}]},
        {"rounds": 10**9},
        {"version": 2},
        {"number": None},
    ],
)
def test_what_makes_no_sense_is_set_aside_with_one_sentence(tmp_path, change):
    write_record(tmp_path, SweepRecord.of(PLAN, 3, made_up_digits()))
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StoreError, match=r"cannot be shown again, because .* makes no sense"):
        read_record(tmp_path)
    assert read_record(tmp_path) is None
    assert len(list(tmp_path.iterdir())) == 1, "it is called otherwise now"


def sweep(store: RunStore, pool: MadeUpPool, **options) -> list[int]:
    """Run it; the indices of what was trained."""
    trained = []

    def publish(event):
        if isinstance(event, TrialEnded):
            trained.append(event.index)

    plan = grid_plan(SMALL, {"seed": [0, 1, 2]}, "starter")
    digits = options.pop("digits", made_up_digits())
    results = run_sweep(plan, digits, store, workers=1, publish=publish, control=SweepControl(), pool=pool, **options)
    assert [result.index for result in results] == [0, 1, 2]
    return sorted(trained)


def test_a_sweep_goes_on_with_what_is_missing(tmp_path):
    store = RunStore(tmp_path)
    assert sweep(store, MadeUpPool(1, finished)) == [0, 1, 2]
    record = read_record(tmp_path)
    assert record is not None
    found = results_in(record, store.refresh())
    assert [(one.index, one.experiment.seed, one.state) for one in found] == [
        (seed, seed, "finished") for seed in range(3)
    ]
    gone = found[1].run_id or ""
    store.delete(gone)
    store.remove_deleted(gone)
    first, missing, last = results_in(record, store.refresh())
    assert (missing.state, missing.run_id, is_done(missing)) == ("stopped", None, False)
    assert (first.test_accuracy, first.run_number) == (found[0].test_accuracy, found[0].run_number)
    assert sweep(store, MadeUpPool(1, finished), going_on=record, before=[first, missing, last]) == [1]
    again = read_record(tmp_path)
    assert again is not None
    assert (again.id, again.number, again.rounds) == (record.id, record.number, 2)
    assert all(map(is_done, results_in(again, store.refresh())))
    assert sorted(row.name for row in store.rows()) == [f"sweep 1: seed {seed}" for seed in range(3)]


def test_what_was_stopped_goes_on_as_the_same_run_unless_it_was_deleted(tmp_path):
    store = RunStore(tmp_path)

    def cancelled_after_the_first(event):
        if isinstance(event, TrialEnded):
            control.cancel()

    control = SweepControl()
    run_sweep(
        grid_plan(SMALL, {"seed": [0, 1, 2]}, "starter"),
        made_up_digits(),
        store,
        workers=3,
        publish=cancelled_after_the_first,
        control=control,
        pool=MadeUpPool(3, lambda task: finished(task) if task.index == 0 else []),
    )
    record = read_record(tmp_path)
    assert record is not None
    before = results_in(record, store.refresh())
    assert [one.state for one in before] == ["finished", "stopped", "stopped"]
    store.delete(before[2].run_id or "")
    again = MadeUpPool(2, finished)
    assert sweep(store, again, going_on=record, before=before) == [1, 2]
    first, second = sorted(again.submitted, key=lambda task: task.index)
    assert (first.run_id, first.halt is not None) == (before[1].run_id, True)
    assert (second.run_id, second.halt) == (record.once_more().run_id(2), None)
    rows = store.refresh()
    assert sorted(row.state for row in rows) == ["finished"] * 3
    assert all(map(is_done, results_in(record.once_more(), rows)))


def test_it_does_not_go_on_with_other_digits(tmp_path):
    store = RunStore(tmp_path)
    sweep(store, MadeUpPool(1, finished))
    pool = MadeUpPool(1, finished)
    with pytest.raises(SweepError, match="begun on other digits"):
        sweep(store, pool, going_on=read_record(tmp_path), digits=made_up_digits(training=50))


def test_none_goes_on_beside_another_sweep(tmp_path):
    store = RunStore(tmp_path)
    sweep(store, MadeUpPool(1, finished))
    record = read_record(tmp_path)
    assert not is_sweep_live(tmp_path)
    beside = MadeUpPool(1, finished)

    def begun(_record: SweepRecord) -> None:
        assert is_sweep_live(tmp_path)
        with pytest.raises(SweepError, match="goes on in another window"):
            sweep(store, beside, going_on=record)
        assert sweep(store, MadeUpPool(1, finished)) == [0, 1, 2], "a new one may"
        assert is_sweep_live(tmp_path)

    sweep(store, MadeUpPool(1, finished), begun=begun)
    assert not beside.submitted
    assert not is_sweep_live(tmp_path)
