"""A sweep on a real cluster of two nodes, one of which is lost: `python -m tests.runs.two_ray_nodes HOME TOKEN`.

Both are processes of this one. Each has one processor. When both train, the one that is not the head is killed. What
came of the sweep is printed as one JSON object.
"""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mnist_lab.network.events import Paused
from mnist_lab.runs.ray_pool import RayPool
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_events import SweepEvent, WorkerLost
from mnist_lab.runs.sweep_plan import SweepPlan, grid_plan
from mnist_lab.runs.sweep_pool import FromTrial, TrialLost, TrialOver
from mnist_lab.runs.sweeping import run_sweep
from tests.network.runs import SMALL, made_up_digits

EPOCHS = 100
"""2,000 updates: enough for a kill to come before the end."""


def plan() -> SweepPlan:
    """Three networks with dropout, whose random state a second try must have, too."""
    base = SMALL.changed(epochs=EPOCHS, dropout=0.2, optimizer="adam")
    return grid_plan(base, {"learning_rate": [0.001, 0.003, 0.01]}, "starter")


class KillingPool(RayPool):
    """Lets two trials wait in the midst of their training, kills the node of one, and lets the other go on."""

    def __init__(self, cluster: Any, token: Path) -> None:
        super().__init__(cluster.address, token)
        self._cluster = cluster
        self._victim: Any = cluster.list_all_nodes()[1]
        self._trains: dict[int, bool] = {}  # whether it waits, by its index
        self._is_asked = False

    def events(self, seconds: float) -> Sequence[FromTrial | TrialLost]:
        """What has come; by the way the node is killed."""
        come = super().events(seconds)
        for event in come:
            if isinstance(event, TrialLost) or isinstance(event.sent, TrialOver):
                self._trains.pop(event.index, None)
            else:
                self._trains[event.index] = isinstance(event.sent, Paused)
        if self._victim is not None:
            self._steer()
        return come

    def _steer(self) -> None:
        two = len(self._trains) == 2
        if two and self._is_asked and all(self._trains.values()):
            self._cluster.remove_node(self._victim, allow_graceful=False)
            self._victim = None
            self.tell("resume")
        elif two != self._is_asked:  # one may have ended before it heard that it was to wait
            self._is_asked = two
            self.tell("pause" if two else "resume")


def main(home: Path, token: Path) -> None:
    """Start the cluster, sweep, print what came of it."""
    # Read when Ray is imported: by this process, and by those of the cluster that it starts.
    os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN_PATH=str(token), RAY_USAGE_STATS_ENABLED="0")
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    told: list[SweepEvent] = []
    try:
        cluster.add_node(num_cpus=1)
        pool = KillingPool(cluster, token)
        results = run_sweep(
            plan(),
            made_up_digits(),
            RunStore(home),
            workers=2,
            publish=told.append,
            control=SweepControl(),
            pool=pool,
        )
    finally:
        session = cluster.head_node.get_session_dir_path()
        cluster.shutdown()
        shutil.rmtree(session, ignore_errors=True)
    lost = [event.index for event in told if isinstance(event, WorkerLost)]
    sys.stdout.write(json.dumps({"weights": [result.weights_sha256 for result in results], "lost": lost}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
