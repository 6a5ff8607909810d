"""A process somewhere in a Ray cluster that trains one experiment after the other, for `RayPool`.

`RayPool` makes a Ray actor of `RayWorker`: one is reused for trial after trial, so that TensorFlow is imported once. It
asks for one processor of the cluster as long as it lives.
"""

import platform
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from mnist_lab.data.digits import Digits
from mnist_lab.network import environment
from mnist_lab.network.control import Control
from mnist_lab.runs.sweep_pool import Sent, TrialTask, Wish
from mnist_lab.runs.sweep_trial import train_trial
from mnist_lab.runs.versions import installed_versions


def bits_depend_on() -> dict[str, str]:
    """What decides a network's bits on this computer beside settings and digits: versions, kind of processor.

    Imports neither Keras nor TensorFlow.
    """
    return {**installed_versions({}), "kind of processor": platform.machine()}


class RayWorker:
    """Trains on the digits that it was made with. `train` runs in one thread, `obey` meanwhile in another."""

    def __init__(self, digits: Digits, wish: Wish) -> None:
        """`wish`: the newest of the sweep; "resume" where there is none."""
        environment.prepare()  # threads and instruction set, before TensorFlow is imported
        self._digits = digits
        self._wish = wish
        self._control = Control()
        self._lock = threading.Lock()

    def introduce(self) -> tuple[dict[str, str], str]:
        """What `bits_depend_on` says here, and Ray's id of this computer."""
        import ray

        return bits_depend_on(), ray.get_runtime_context().get_node_id()

    def obey(self, wish: Wish) -> None:
        """Let the trial that goes on do it, and those that come."""
        with self._lock:
            self._wish = wish
            _tell(self._control, wish)

    def train(self, task: TrialTask) -> Generator[Sent, None, None]:
        """Train it; gives what `train_trial` sends, when it is sent."""
        sent: SimpleQueue[Sent | None] = SimpleQueue()
        control = Control()
        with self._lock:
            self._control = control
            _tell(control, self._wish)
        with ThreadPoolExecutor(1, "trial") as thread:
            trial = thread.submit(
                train_trial, task.experiment, self._digits, task.run_id, sent.put, control, task.halt, task.changes
            )
            trial.add_done_callback(lambda _trial: sent.put(None))
            try:
                while (one := sent.get()) is not None:
                    yield one
            finally:
                control.stop()  # where nobody takes what comes any more
            trial.result()  # a mistake of the lab's own is not lost


def _tell(control: Control, wish: Wish) -> None:
    {"pause": control.pause, "resume": control.resume, "stop": control.stop}[wish]()
