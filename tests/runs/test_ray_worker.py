"""What runs on the computers of a cluster, without a cluster: it hands on what a trial sends, and obeys meanwhile."""

import pytest

import mnist_lab
from mnist_lab.network.events import Paused, Stopped
from mnist_lab.runs import ray_worker
from mnist_lab.runs.ray_worker import RayWorker, bits_depend_on
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


def test_another_checkout_of_the_same_version_is_told_apart(tmp_path, monkeypatch):
    def lab(checkout, trains, shows):
        (tmp_path / checkout / "window").mkdir(parents=True)
        (tmp_path / checkout / "trains.py").write_bytes(trains)
        (tmp_path / checkout / "window" / "shows.py").write_bytes(shows)
        monkeypatch.setattr(mnist_lab, "__file__", str(tmp_path / checkout / "__init__.py"))
        return bits_depend_on()["lab"]

    here = lab("here", b"1\n", b"1\n")
    assert lab("window", b"1\n", b"2\n") == here
    assert lab("lines", b"1\r\n", b"1\n") == here
    assert lab("code", b"2\n", b"1\n") != here


@pytest.mark.usefixtures("waiting")
def test_a_trial_is_told_what_is_wished_of_it_even_before_it_has_begun():
    worker = RayWorker(made_up_digits())
    worker.obey("pause", 1)
    sent = worker.train(TASK, 1)
    assert isinstance(next(sent), Paused)
    worker.obey("resume", 1)
    assert [type(one) for one in sent] == [Stopped, TrialOver]


@pytest.mark.usefixtures("waiting")
def test_a_wish_is_of_no_other_trial():
    worker = RayWorker(made_up_digits())
    worker.obey("stop", 1)
    assert [type(one) for one in worker.train(TASK, 1)] == [TrialOver]
    assert [type(one) for one in worker.train(TASK, 2)] == [Stopped, TrialOver]
    worker.obey("stop", 2)
    assert [type(one) for one in worker.train(TASK, 3)] == [Stopped, TrialOver]


@pytest.mark.usefixtures("waiting")
def test_a_trial_whose_driver_is_gone_ends():
    worker = RayWorker(made_up_digits())
    worker.obey("pause", 1)
    sent = worker.train(TASK, 1)
    next(sent)
    sent.close()  # returns when the trial's thread has ended


def test_a_mistake_of_the_labs_own_is_not_lost(monkeypatch):
    def train_trial(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(ray_worker, "train_trial", train_trial)
    with pytest.raises(ZeroDivisionError):
        list(RayWorker(made_up_digits()).train(TASK, 1))
