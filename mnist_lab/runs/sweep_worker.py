"""A process that trains one experiment after the other, for `LocalPool`; TensorFlow is imported once.

It ends itself when its pipe is closed: whoever started it is gone then, however that ended, and nobody waits for what
it does. What goes through the pipe is pickled; both ends are processes of one program, and nothing of it comes from a
file.
"""

import os
import queue
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from mnist_lab.data.digits import Digits
from mnist_lab.network import environment
from mnist_lab.network.control import Control
from mnist_lab.runs.sweep_pool import FromTrial, Sent, TrialTask, Wish
from mnist_lab.runs.sweep_trial import train_trial
from mnist_lab.words import LabError

_NICENESS = 5
"""Whatever else the computer is used for goes first: a window in which the results appear, for instance."""


@dataclass(frozen=True)
class WorkerReady:
    """The worker has its digits, and TensorFlow is imported."""


@dataclass(frozen=True, eq=False)
class WorkerFailed:
    """The worker can train nothing, and neither could another one: Keras cannot be imported, for instance."""

    error: LabError


def serve(pipe: Connection, processors: Sequence[int] = ()) -> None:
    """Train what comes through the pipe: the digits first, then tasks, one at a time, and wishes about them.

    Args:
        pipe: to the process that started it.
        processors: those that it may use, by their numbers; none: all.
    """
    # Ctrl-C reaches every process of a terminal; what it means is decided by the one that started this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICENESS)
    environment.prepare()
    if processors:
        # Before TensorFlow is imported: its threads are on the processors that this one is on.
        os.sched_setaffinity(0, processors)
    try:
        _Worker(pipe).serve()
    except (EOFError, OSError):
        # The pipe is closed. Nothing is put in order: TensorFlow's threads would be waited for.
        os._exit(0)


class _Worker:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._tasks: queue.SimpleQueue[tuple[TrialTask, Control]] = queue.SimpleQueue()

    def serve(self) -> None:
        """Train in this thread, listen in another.

        Raises:
            EOFError, OSError: the pipe is closed.
        """
        received: Digits = self._pipe.recv()
        digits = replace(received)  # read-only again, which no pipe keeps
        threading.Thread(target=self._listen, name="listener", daemon=True).start()
        from mnist_lab.network.backend import keras_and_tensorflow

        try:
            keras_and_tensorflow()
        except LabError as error:
            self._pipe.send(WorkerFailed(error))
            return
        self._pipe.send(WorkerReady())
        while True:
            task, control = self._tasks.get()

            def send(sent: Sent, index: int = task.index) -> None:
                self._pipe.send(FromTrial(index, sent))

            train_trial(task.experiment, digits, task.run_id, send, control, task.halt, task.changes)

    def _listen(self) -> None:
        control = Control()
        try:
            while True:
                message: TrialTask | Wish = self._pipe.recv()
                if isinstance(message, TrialTask):
                    control = Control()
                    self._tasks.put((message, control))
                else:
                    {"pause": control.pause, "resume": control.resume, "stop": control.stop}[message]()
        except (EOFError, OSError):
            os._exit(0)  # as in `serve`
