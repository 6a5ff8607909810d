"""The workers of a cluster: which of them begin, what they are given, and what happens when they are lost.

Most tests have a made-up Ray. The last has a real cluster of two nodes, one of which is killed.
"""

import json
import os
import secrets
import subprocess
import sys
import threading
from importlib.util import find_spec

import numpy as np
import pytest

from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import Finished, Paused, Stopped
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import ray_pool
from mnist_lab.runs.ray_cluster import ClusterError
from mnist_lab.runs.ray_pool import RayPool
from mnist_lab.runs.sweep_pool import FromTrial, TrialLost, TrialOver, TrialTask
from tests.conftest import REPOSITORY
from tests.network.runs import SMALL, made_up_digits, run_with_xla
from tests.runs.made_up_ray import MadeUpRay, RayError
from tests.runs.two_ray_nodes import plan


@pytest.fixture
def ray(monkeypatch):
    """A cluster of two computers with one processor each."""
    made_up = MadeUpRay(desk=1, tower=1)
    monkeypatch.setattr(ray_pool, "connect", lambda _address, _token: made_up)
    monkeypatch.setattr(ray_pool, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(ray_pool, "processors", lambda ray: sum(ray.processors.values()))
    monkeypatch.setattr(ray_pool, "check_nodes", lambda _ray: None)
    monkeypatch.setattr(ray_pool, "leave", lambda ray: setattr(ray, "has_left", True))
    return made_up


@pytest.fixture
def problems():
    """Of computers that have joined."""
    return []


@pytest.fixture
def pool(ray, problems):
    pool = RayPool("auto", problem=problems.append)
    pool.start(made_up_digits())
    yield pool
    pool.stop()
    assert ray.has_left


def task(index):
    return TrialTask(index, SMALL, f"run {index}")


def submitted(pool, ray, *indices):
    """The streams of these tasks, whose workers have begun, on one computer each."""
    for index in indices:
        pool.submit(task(index))
    for actor, node in zip(ray.actors, ray.processors, strict=False):
        actor.begins(node)
    assert pool.events(0) == []
    return [actor.streams[-1] for actor in ray.actors if actor.streams]


def test_there_are_no_more_workers_than_tasks_and_processors(pool, ray):
    assert pool.workers == 2
    pool.submit(task(0))
    assert len(ray.actors) == 1
    for index in (1, 2):
        pool.submit(task(index))
    assert len(ray.actors) == 2


def test_a_worker_is_used_again(pool, ray):
    _other, stream = submitted(pool, ray, 0, 1)
    pool.submit(task(2))
    stream.sent += [Paused(1), TrialOver("a hash")]
    stream.is_over = True
    index = stream.task.index
    sent = [event for _turn in range(3) for event in pool.events(0)]  # the third has the end of the stream
    assert [(event.index, type(event.sent)) for event in sent] == [(index, Paused), (index, TrialOver)]
    assert [[given.task.index for given in actor.streams] for actor in ray.actors] == [[1 - index], [index, 2]]


def test_a_computer_that_joins_is_used(pool, ray):
    submitted(pool, ray, 0, 1)
    pool.submit(task(2))
    ray.processors["laptop"] = 1
    pool.events(0)
    ray.actors[2].begins("laptop")
    pool.events(0)
    assert [stream.task.index for stream in ray.actors[2].streams] == [2]


def test_a_computer_that_joins_with_other_versions_is_told_and_left_out(pool, ray, problems):
    submitted(pool, ray, 0, 1)
    pool.submit(task(2))
    ray.processors["laptop"] = 1
    pool.events(0)
    ray.actors[2].begins("laptop", keras="2.0")
    for _turn in range(3):
        pool.events(0)
    assert pool.workers == 2
    assert len(ray.actors) == 3
    assert not ray.actors[2].streams
    assert len(problems) == 1
    assert str(problems[0]).startswith("laptop (10.0.0.2) of the cluster would train other bits: Keras 2.0 (here ")


def test_a_lost_node_loses_its_trials_and_its_idle_workers(pool, ray):
    ray.processors.update(desk=1, tower=2)
    pool.events(0)
    for index in range(3):
        pool.submit(task(index))
    for actor, node in zip(ray.actors, ["desk", "tower", "tower"], strict=True):
        actor.begins(node)
    pool.events(0)
    idle = ray.actors[2].streams[0]
    idle.sent.append(TrialOver(None))
    idle.is_over = True
    pool.events(0)
    pool.events(0)
    del ray.processors["tower"]
    ray.actors[1].streams[0].sent.append(RayError("The node is dead"))
    assert pool.events(0) == [TrialLost(ray.actors[1].streams[0].task.index)]
    assert ray.actors[1].is_killed
    pool.submit(task(3))
    assert len(ray.actors[2].streams) == 1


def test_a_worker_that_is_lost_when_its_trial_is_over_loses_nothing(pool, ray):
    (stream,) = submitted(pool, ray, 0)
    stream.sent += [TrialOver("a hash"), RayError("gone")]
    assert len(pool.events(0)) == 1
    assert pool.events(0) == []
    pool.submit(task(1))
    assert len(ray.actors) == 2


def test_wishes_reach_the_trials_that_go_on(pool, ray):
    submitted(pool, ray, 0, 1)
    for wish in ("pause", "resume", "stop"):
        pool.tell(wish)
    assert [actor.wishes for actor in ray.actors] == [[("pause", 1), ("resume", 1), ("stop", 1)]] * 2


def test_what_waits_is_not_given_out_in_a_pause(pool, ray):
    pool.submit(task(0))
    pool.tell("pause")
    ray.actors[0].begins()
    pool.events(0)
    assert not ray.actors[0].streams
    pool.tell("resume")
    assert len(ray.actors[0].streams) == 1


def test_what_waits_is_stopped_before_it_begins(pool, ray):
    pool.submit(task(0))
    pool.tell("stop")
    first, last = pool.events(0)
    assert (type(first.sent), first.sent.run_id, last.sent) == (Stopped, "run 0", TrialOver(None))
    pool.submit(task(1))  # the wish was not about this one
    ray.actors[0].begins()
    pool.events(0)
    assert [stream.task.index for stream in ray.actors[0].streams] == [1]


def test_where_no_worker_could_tell_anything_a_wish_ends_the_waiting(pool):
    class Told(threading.Event):
        def wait(self, timeout=None):
            waits.set()
            return super().wait(timeout)

    waits, come = threading.Event(), []
    pool._told = Told()
    pool.tell("pause")
    pool.submit(task(0))
    thread = threading.Thread(target=lambda: come.extend(pool.events(threading.TIMEOUT_MAX)), daemon=True)
    thread.start()
    assert waits.wait(60)
    pool.tell("stop")
    thread.join()
    assert [type(event.sent) for event in come] == [Stopped, TrialOver]


def test_where_no_worker_begins_it_is_told_why(pool, ray):
    pool.submit(task(0))
    for _start in range(2):
        ray.actors[-1].answer.value = RayError("in many lines\nno memory is left")
        pool.events(0)
    ray.actors[-1].answer.value = RayError("in many lines\nno memory is left")
    with pytest.raises(ClusterError, match=r"3 workers .* before they began \(no memory is left\)"):
        pool.events(0)


def test_where_no_processor_is_left_it_is_told(pool, ray):
    ray.processors.clear()
    with pytest.raises(ClusterError, match="No computer of the cluster at “auto” offers a processor"):
        pool.events(0)


def test_a_snapshot_outlives_the_cluster(pool, ray):
    """Its arrays lie in Ray's memory, which is gone when the cluster is left."""
    (stream,) = submitted(pool, ray, 0)
    rays = np.ones(3, np.float32)
    runtime = Runtime("1", "3", "2", "2", "x86_64", 2, "AVX2", onednn=False, xla=True)
    stream.sent.append(Snapshot(1, "sgd", {"output/bias": rays}, runtime))
    (event,) = pool.events(0)
    assert isinstance(event, FromTrial)
    assert isinstance(event.sent, Snapshot)
    assert not np.shares_memory(event.sent.variables["output/bias"], rays)
    assert event.sent.variables["output/bias"].tolist() == [1, 1, 1]


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: python -m uv sync --extra cluster")
@pytest.mark.keras
@pytest.mark.timeout(600)  # the nodes start, and each imports TensorFlow
def test_a_sweep_that_loses_a_node_makes_the_networks_that_are_made_here(store, home, tmp_path):
    token = tmp_path / "token"
    token.write_text(secrets.token_hex(32))
    done = subprocess.run(
        [sys.executable, "-m", "tests.runs.two_ray_nodes", home, token],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)  # Ray itself says nothing on stdout
    experiments, digits = plan().experiments, made_up_digits()
    assert told["weights"] == [run_with_xla(experiment, digits).weights.sha256() for experiment in experiments]
    assert len(told["lost"]) == 1  # only the trial of that node
    kept = [store.load(row.id) for row in store.refresh()]
    rates = [(run.experiment.learning_rate, type(run.outcome)) for run in kept]
    assert sorted(rates) == [(experiment.learning_rate, Finished) for experiment in experiments]
