"""The digits in use, and every way to other ones: loading, opening, downloading, each off the window's thread."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.network.download import DownloadCancelled, download_full
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.words import fill
from mnist_lab.work import JobHandle


class DigitSupply(QObject):
    """Holds the digits in use and fetches others; what is in use stays until something better has arrived.

    Attributes:
        digits: the digits in use; None until the first are loaded.
        choice: how `load` was asked for them; "" until the first are loaded.
        why_none: a sentence, where not even the digits that come with the lab can be had; else "".

    Signals:
        changed(): other digits are in use, or loading or downloading has begun or ended.
        downloaded_more(): `download_progress` has news.
        notice(str): a sentence that something is done, where the learner's own data stay in use.
        problem(str): a sentence on why digits could not be had.
    """

    changed = Signal()
    problem = Signal(str)
    notice = Signal(str)
    downloaded_more = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.digits: Digits | None = None
        self.choice = ""
        self._coming = ""
        self.why_none = ""
        self._loading: Job | None = None
        self._download: Job | None = None
        self._download_began = 0.0

    @property
    def is_loading(self) -> bool:
        """Whether digits are being read."""
        return self._loading is not None

    @property
    def wanted(self) -> str:
        """As `choice`, of the digits that are being read; where none are, of those in use."""
        return self._coming if self.is_loading else self.choice

    @property
    def is_downloading(self) -> bool:
        """Whether the full set is on its way."""
        return self._download is not None

    def load(self, choice: str) -> None:
        """Read digits as `data.sources.load` names them; a later call replaces an earlier one."""
        if self._loading is not None:
            self._loading.cancel()
        self._coming = choice
        self._loading = Job(
            self,
            lambda _handle: _read(choice),
            lambda read: self._use(choice, *read),
            lambda error: self._give_up(choice, error),
        )
        self._loading.start()
        self.changed.emit()

    def open(self, path: Path) -> None:
        """Read a Keras-style .npz file or a folder of IDX files."""
        self.load(str(path.absolute()))

    def download(self) -> None:
        """Fetch the full set; one at a time."""
        if self._download is not None:
            return
        self._download_began = time.monotonic()
        self._download = Job(self, _fetch_full_set, self._use_downloaded, self._fail_download)
        self._download.progressed.connect(self._on_downloaded_more)
        self._download.start()
        self.changed.emit()

    def cancel_download(self) -> None:
        """Give up fetching; the next download goes on from what has arrived."""
        if self._download is not None:
            self._download.cancel()
            self._download = None
            self.changed.emit()

    def download_progress(self) -> tuple[int, int | None, float | None]:
        """Bytes so far, bytes in all (None while unknown), and seconds left (None while unknown)."""
        progress = self._download.handle.progress if self._download is not None else None
        already, done, total = progress or (0, 0, None)
        if done == already or not total:
            return done, total, None
        return done, total, (time.monotonic() - self._download_began) * (total - done) / (done - already)

    def end(self) -> None:
        """Give up everything and wait for its threads."""
        jobs = self.findChildren(Job)
        for job in jobs:  # all of them first: so they end side by side
            job.cancel()
        for job in jobs:
            job.end()
        self._loading = self._download = None
        self.changed.emit()

    @Slot(object)
    def _on_downloaded_more(self, _progress: object) -> None:
        if self.sender() is self._download:
            self.downloaded_more.emit()

    def _use(self, choice: str, digits: Digits, problem: DataError | None) -> None:
        self._loading = None
        self.digits, self.choice = digits, choice
        self.why_none = ""
        if problem is not None:
            self.problem.emit(translation.sentence(problem))
        if self.digits.was_binary:
            self.notice.emit(self.tr("The largest pixel of these digits is 1: the lab takes 0 and 1 as 0 and 255."))
        self.changed.emit()

    def _give_up(self, choice: str, error: Exception) -> None:
        self._loading = None
        sentence = translation.sentence(error)
        if self.digits is not None:
            sentence = fill(self.tr("{problem} The digits in use stay."), problem=sentence)
        self.problem.emit(sentence)
        if self.digits is None and choice != "starter":
            self.load("starter")
        elif self.digits is None:
            self.why_none = sentence
        self.changed.emit()

    def _use_downloaded(self, _path: Path) -> None:
        self._download = None
        if self.digits is None or self.digits.kind == "starter":
            self.load("full")
            return
        self.notice.emit(self.tr("All 70,000 digits are here now: File > Use the full set takes them."))
        self.changed.emit()

    def _fail_download(self, error: Exception) -> None:
        self._download = None
        if not isinstance(error, DownloadCancelled):
            self.problem.emit(translation.sentence(error))
        self.changed.emit()


def _read(choice: str) -> tuple[Digits, DataError | None]:
    """The digits, and why a full set that is there was passed over."""
    full = sources.load_full() if choice == "auto" else sources.FullSet(sources.load(choice), None)
    digits = full.digits or sources.load_starter()
    _ = digits.fingerprint  # kept with them: worked out here, off the window's thread
    return digits, full.problem


def _fetch_full_set(handle: JobHandle) -> Path:
    def report(done: int, total: int | None) -> None:
        # What an earlier download brought took this one no time; a server that begins anew brings it again.
        already = min(done, handle.progress[0]) if handle.progress else done
        handle.report((already, done, total))

    return download_full(sources.lab_cache_file(), report, lambda: handle.is_cancelled)
