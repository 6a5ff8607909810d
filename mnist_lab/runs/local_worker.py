"""One worker of this computer, as the process that started it sees it."""

import multiprocessing
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psutil

from mnist_lab.data.digits import Digits
from mnist_lab.runs.sweep_pool import FromTrial, TrialTask, Wish
from mnist_lab.runs.sweep_worker import WorkerFailed, WorkerReady, serve


class LocalWorker:
    """A process that trains one task after the other, and the thread that listens to it.

    Attributes:
        processors: those that it may use; none: all.
        task: what it trains; None: nothing.
        is_ready: whether it can train; nothing but its digits is sent before.
    """

    def __init__(self, digits: Digits, arrived: "queue.SimpleQueue[Arrival]", processors: Sequence[int]) -> None:
        self.processors = processors
        self.task: TrialTask | None = None
        self.is_ready = False
        self._bytes = 0
        self._arrived = arrived
        context = multiprocessing.get_context("spawn")  # a fork would copy threads' locks, and Qt
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, processors), name="sweep worker", daemon=True)
        try:
            with _ctrl_c_kept_off():
                self._process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            theirs.close()  # else nobody would notice that the worker has closed it
        self._thread = threading.Thread(target=self._listen, args=(digits,), name="sweep listener", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        """The worker's."""
        return self._process.pid or 0

    def become_ready(self) -> None:
        """Note that it can train."""
        self.is_ready = True
        self._bytes = self._resident()

    @property
    def grown_bytes(self) -> int:
        """How much memory it takes more than when it became ready."""
        return self._resident() - self._bytes

    def _resident(self) -> int:
        try:
            return int(psutil.Process(self.process_id).memory_info().rss)
        except psutil.Error:  # it is gone, which its thread tells
            return 0

    def send(self, message: TrialTask | Wish) -> None:
        """Hand it on; where the worker is gone, its thread tells of that."""
        try:
            self._pipe.send(message)
        except OSError:
            self._process.kill()

    def kill(self) -> None:
        """End it at once: what it has not sent is lost."""
        self._process.kill()

    def bury(self) -> None:
        """Wait until it is gone, with all that belonged to it."""
        self._process.join()
        self._thread.join()
        self._pipe.close()
        self._process.close()

    def _listen(self, digits: Digits) -> None:
        try:
            self._pipe.send(digits)
            while True:
                self._arrived.put((self, self._pipe.recv()))
        except (EOFError, OSError):  # it is gone
            self._arrived.put((self, None))


Arrival = tuple[LocalWorker, FromTrial | WorkerReady | WorkerFailed | None]
"""Who has sent what; None: it is gone."""


@contextmanager
def _ctrl_c_kept_off() -> Iterator[None]:
    """What is started in here never gets Ctrl-C, which a terminal sends to all its processes: not even at its start."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
