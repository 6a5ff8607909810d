"""What runs on the computers of a cluster, without a cluster: it hands on what a trial sends, and obeys meanwhile."""

import pytest

from mnist_lab.network.events import Paused, Stopped
from mnist_lab.runs import ray_worker
from mnist_lab.runs.ray_worker import RayWorker
from mnist_lab.runs.sweep_pool import TrialOver, TrialTask
from tests.network.runs import SMALL, made_up_digits

TASK = TrialTask(0, SMALL, "an id")


@pytest.fixture
def waiting(monkeypatch):
    """Trials that do nothing but wait while they are paused, and say so."""

    def train_trial(_experiment, _digits, run_id, send, control, _halt, _changes):
        while (turn := control.take_turn()) != "stop":
            send((Paused if turn == "wait" else Stopped)(0, run_id=run_id))
            if turn == "run":
                break
            control.wait_while_paused()
        send(TrialOver(None))

    monkeypatch.setattr(ray_worker, "train_trial", train_trial)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("is_paused_before", [True, False])
def test_a_trial_is_told_what_the_sweep_wishes(is_paused_before):
    worker = RayWorker(made_up_digits(), "pause" if is_paused_before else "resume")
    if not is_paused_before:
        worker.obey("pause")
    sent = worker.train(TASK)
    assert isinstance(next(sent), Paused)
    worker.obey("resume")
    assert [type(one) for one in sent] == [Stopped, TrialOver]


@pytest.mark.usefixtures("waiting")
def test_a_wish_counts_for_the_trials_that_come():
    worker = RayWorker(made_up_digits(), "resume")
    worker.obey("stop")
    for _trial in range(2):
        assert [type(one) for one in worker.train(TASK)] == [TrialOver]


@pytest.mark.usefixtures("waiting")
def test_a_trial_whose_driver_is_gone_ends():
    worker = RayWorker(made_up_digits(), "pause")
    sent = worker.train(TASK)
    next(sent)
    sent.close()  # returns when the trial's thread has ended


def test_a_mistake_of_the_labs_own_is_not_lost(monkeypatch):
    def train_trial(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(ray_worker, "train_trial", train_trial)
    with pytest.raises(ZeroDivisionError):
        list(RayWorker(made_up_digits(), "resume").train(TASK))
