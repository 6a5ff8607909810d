"""A process somewhere in a Ray cluster that trains one experiment after the other, for `RayPool`.

`RayPool` makes a Ray actor of `RayWorker`: one is reused for trial after trial, so that TensorFlow is imported once. It
asks for one processor of the cluster as long as it lives.
"""

import hashlib
import platform
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue

import mnist_lab
from mnist_lab.data.digits import Digits
from mnist_lab.network import environment
from mnist_lab.network.control import Control
from mnist_lab.runs.sweep_pool import Sent, TrialTask, Wish
from mnist_lab.runs.sweep_trial import train_trial
from mnist_lab.runs.versions import installed_versions


def bits_depend_on() -> dict[str, str]:
    """What decides a network's bits on this computer beside settings and digits: versions, kind of processor.

    Two checkouts may have one version and other code, so the lab's tells of that, too. Imports neither Keras nor
    TensorFlow.
    """
    versions = installed_versions({})
    return {
        **versions,
        "lab": f"{versions['lab']} ({_code(Path(mnist_lab.__file__).parent)})",
        "kind of processor": platform.machine(),
    }


@cache
def _code(package: Path) -> str:
    """The beginning of a hash of the code that trains: all of the lab's but the window's."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] != "window":
            digest.update(f"{name.as_posix()}\0{path.read_text('utf-8')}\0".encode())  # whichever ends its lines have
    return digest.hexdigest()[:8]


class RayWorker:
    """Trains on the digits that it was made with. `train` runs in one thread, `obey` meanwhile in another.

    Its trials are numbered from 1, in their order: so a wish that comes before its trial has begun, or when that is
    over, is of no other.
    """

    def __init__(self, digits: Digits) -> None:
        environment.prepare()  # threads and instruction set, before TensorFlow is imported
        self._digits = digits
        self._trial = 0
        self._control = Control()  # of that trial
        self._lock = threading.Lock()

    def introduce(self) -> tuple[dict[str, str], str]:
        """What `bits_depend_on` says here, and Ray's id of this computer."""
        import ray

        return bits_depend_on(), ray.get_runtime_context().get_node_id()

    def obey(self, wish: Wish, trial: int) -> None:
        """Let that trial do it."""
        control = self._control_of(trial)
        {"pause": control.pause, "resume": control.resume, "stop": control.stop}[wish]()

    def train(self, task: TrialTask, trial: int) -> Generator[Sent, None, None]:
        """Train it; gives what `train_trial` sends, when it is sent."""
        sent: SimpleQueue[Sent | None] = SimpleQueue()
        control = self._control_of(trial)
        with ThreadPoolExecutor(1, "trial") as thread:
            training = thread.submit(
                train_trial, task.experiment, self._digits, task.run_id, sent.put, control, task.halt, task.changes
            )
            training.add_done_callback(lambda _training: sent.put(None))
            try:
                while (one := sent.get()) is not None:
                    yield one
            finally:
                control.stop()  # where nobody takes what comes any more
            training.result()  # a mistake of the lab's own is not lost

    def _control_of(self, trial: int) -> Control:
        with self._lock:
            if trial > self._trial:
                self._trial, self._control = trial, Control()
            return self._control if trial == self._trial else Control()  # that one is over: nobody hears
