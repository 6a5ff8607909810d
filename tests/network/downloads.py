"""A download from the server of these tests, and what it leaves and tells."""

import threading
from collections.abc import Callable
from pathlib import Path

from mnist_lab.network import download
from mnist_lab.network.download import download_full
from tests.network.mnist_server import HALF, SHA256, Server


def fetch(
    server: Server,
    path: str,
    target: Path,
    progress: download.Progress = lambda received, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    sha256: str = SHA256,
) -> Path:
    return download_full(target, progress, is_cancelled, origin=server.address(path), sha256=sha256)


def files_beside(target: Path) -> set[str]:
    """The names in the target's folder, but for the empty lock, which stays."""
    lock = target.with_name("mnist.npz.lock")
    assert not lock.exists() or lock.stat().st_size == 0
    return {path.name for path in target.parent.iterdir()} - {lock.name}


def threads_end() -> bool:
    """Whether no thread of a download is left, after waiting for those that are about to end."""
    threads = [thread for thread in threading.enumerate() if thread.name == "download"]
    for thread in threads:
        thread.join(60)
    return not any(thread.is_alive() for thread in threads)


class Progress:
    """Notes what it is told.

    Attributes:
        told: bytes so far and in all, at each call.
        threads: which threads called.
        half: set once half of the file is there.
    """

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []
        self.threads: set[threading.Thread] = set()
        self.half = threading.Event()

    def __call__(self, received: int, total: int | None) -> None:
        self.told.append((received, total))
        self.threads.add(threading.current_thread())
        if received == HALF:
            self.half.set()


class Asked:
    """Says what `is_cancelled` says.

    Attributes:
        answers: what it said, each time that it was asked.
    """

    def __init__(self, is_cancelled: Callable[[], bool]) -> None:
        self._is_cancelled = is_cancelled
        self.answers: list[bool] = []

    def __call__(self) -> bool:
        self.answers.append(self._is_cancelled())
        return self.answers[-1]
