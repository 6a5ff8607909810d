"""A download whose course a test decides."""

import threading
from collections.abc import Callable
from pathlib import Path

from mnist_lab.network.download import DownloadCancelled


class Delivery:
    """Stands in for `network.download.download_full`; a thread waits in it until the test ends it.

    Attributes:
        began: set once a thread waits in it.
        times: how often it was called.
        report: what the caller wants to be told: bytes so far, and bytes in all.
    """

    def __init__(self, bring: Callable[[Path], object], already: int = 0) -> None:
        """Let `bring(target)` write the file, or raise, when the test calls `arrive`; `already` bytes were there."""
        self.began = threading.Event()
        self.times = 0
        self.report: Callable[[int, int | None], None] = lambda _done, _total: None
        self._bring = bring
        self._already = already
        self._over = threading.Event()

    def arrive(self) -> None:
        """Let the waiting thread go on."""
        self._over.set()

    def __call__(
        self, target: Path, progress: Callable[[int, int | None], None], is_cancelled: Callable[[], bool]
    ) -> Path:
        self.times += 1
        self.report = progress
        progress(self._already, None)
        self.began.set()
        while not self._over.wait(0.01):
            if is_cancelled():
                raise DownloadCancelled
        self._bring(target)
        return target
