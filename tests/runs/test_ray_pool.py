"""A sweep on a real cluster of two nodes, one of which is killed, makes the networks that this computer alone makes."""

import json
import os
import secrets
import subprocess
import sys
from importlib.util import find_spec

import pytest

from mnist_lab.network.events import Finished
from tests.conftest import REPOSITORY
from tests.network.runs import made_up_digits, run_with_xla
from tests.runs.two_ray_nodes import plan

pytestmark = [
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: python -m uv sync --extra cluster"),
    pytest.mark.keras,
    pytest.mark.timeout(600),  # the nodes start, and each imports TensorFlow
]


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
