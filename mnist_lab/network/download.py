"""Fetch the full MNIST set: with progress, a way out, a way to go on later, and a sentence for every failure."""

import contextlib
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path

from mnist_lab.network.download_errors import (
    DownloadCancelled,
    DownloadError,
    already_downloading,
    too_large,
    unwritable,
    wrong_checksum,
)
from mnist_lab.network.transfer import ResponseStart, Transfer

__all__ = ["PUBLISHED_ORIGIN", "PUBLISHED_SHA256", "DownloadCancelled", "DownloadError", "download_full"]

PUBLISHED_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
PUBLISHED_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"

SILENCE_SECONDS = 10.0
"""How long a server may say nothing."""

MOST_BYTES = 200 * 1024**2
"""Where a server that never ends is cut off; the published file has 11.5 MB."""

LOCK_SECONDS = 1.0
"""How long to wait for another download to let go: one that was cancelled just now needs a moment."""

_LOOK_SECONDS = 0.1
_LEFT_OVER_SECONDS = 3600

Progress = Callable[[int, int | None], None]


def download_full(
    target: Path,
    progress: Progress,
    is_cancelled: Callable[[], bool],
    *,
    origin: str = PUBLISHED_ORIGIN,
    sha256: str = PUBLISHED_SHA256,
) -> Path:
    """Fetch the full MNIST set to `target`, which is written whole and checked, or not at all.

    What has come is kept in a `.part` file beside `target`; a later call goes on from there. Blocks: call it from a
    background thread.

    Args:
        target: the file to write; one that is there is replaced once the new one is checked.
        progress: told about ten times a second, in the calling thread: bytes so far, at first those of an earlier
            call, and bytes in all if known.
        is_cancelled: asked as often, in the calling thread.
        origin: address of the file, http or https.
        sha256: its checksum, 64 hexadecimal digits.

    Returns:
        `target`.

    Raises:
        DownloadError: one sentence on why not.
        DownloadCancelled: `is_cancelled` said so.
    """
    with _alone(target, is_cancelled), contextlib.closing(_Part(target)) as part:
        _remove_left_overs(target.parent)
        if part.sha256() != sha256:
            _complete(part, origin, sha256, progress, is_cancelled)
        progress(part.size, part.size)
        part.put_in_place()
    return target


def _complete(part: "_Part", origin: str, sha256: str, progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    """Fetch what `part` lacks; all of it if what was there was damaged or belongs to another file."""
    transfer = Transfer(origin, part.size, SILENCE_SECONDS)
    has_gone_on = _receive(transfer, part, progress, is_cancelled)
    if has_gone_on and part.sha256() != sha256:
        part.restart()
        _receive(Transfer(origin, 0, SILENCE_SECONDS), part, progress, is_cancelled)
    if part.sha256() != sha256:
        part.discard()
        raise wrong_checksum(transfer.host)


def _receive(transfer: Transfer, part: "_Part", progress: Progress, is_cancelled: Callable[[], bool]) -> bool:
    """Write what comes; whether the server went on from the bytes that were there."""
    has_gone_on = False
    total: int | None = None
    look_at = time.monotonic()
    transfer.start()
    try:
        for news in transfer.news():
            match news:
                case ResponseStart():
                    total = news.total
                    has_gone_on = news.start > 0
                    if not has_gone_on:
                        part.restart()
                case bytes():
                    part.add(news)
            if max(part.size, total or 0) > MOST_BYTES:
                part.discard()
                raise too_large(transfer.host, MOST_BYTES)
            if time.monotonic() >= look_at:
                if is_cancelled():
                    raise DownloadCancelled
                progress(part.size, total)
                look_at = time.monotonic() + _LOOK_SECONDS
    finally:
        transfer.cut()
    return has_gone_on


class _Part:
    """What has come so far: a file beside the target, on the same disk, which moves into place in one go.

    Attributes:
        size: its bytes.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f"{target.name}.part")
        with _writing(target):
            # Without a buffer every byte is safe when the lab is killed, and closing cannot fail for want of room.
            self._file = FileIO(self._path, "a+")
            self._file.seek(0)
            self._hash = hashlib.file_digest(self._file, "sha256")
            self.size = self._file.tell()

    def sha256(self) -> str:
        """The checksum of what is there."""
        return self._hash.hexdigest()

    def add(self, piece: bytes) -> None:
        """Append `piece`."""
        with _writing(self._target):
            rest = piece
            while rest:  # a nearly full disk takes less than all
                rest = rest[self._file.write(rest) :]
        self._hash.update(piece)
        self.size += len(piece)

    def restart(self) -> None:
        """Begin anew, with nothing."""
        with _writing(self._target):
            self._file.truncate(0)
        self._hash = hashlib.sha256()
        self.size = 0

    def put_in_place(self) -> None:
        """Make it the target."""
        with _writing(self._target):
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._path, self._target)

    def discard(self) -> None:
        """Delete it."""
        with _writing(self._target):
            self._file.close()
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave it for a later call, unless nothing has come."""
        self._file.close()
        if not self.size:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(target: Path, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """Hold the lock beside `target`, so that two windows of the lab never write one part; the empty file stays."""
    from filelock import FileLock, Timeout  # here: it takes 30 ms, and the window opens without it

    lock = FileLock(target.with_name(f"{target.name}.lock"))
    try:
        lock.acquire(timeout=LOCK_SECONDS, cancel_check=is_cancelled)
    except Timeout as error:
        raise (DownloadCancelled() if is_cancelled() else already_downloading()) from error
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(target, error) from error


def _remove_left_overs(folder: Path) -> None:
    """Remove what killed downloads of earlier versions left: folders that `tempfile` named, with Keras's inside.

    A person's own folder may have such a name: one that holds anything else stays.
    """
    before = time.time() - _LEFT_OVER_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (
                re.fullmatch(r"download-[a-z0-9_]{8}", entry.name)
                and entry.is_dir(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_mtime < before
            ):
                _remove_left_over(Path(entry.path))


def _remove_left_over(folder: Path) -> None:
    datasets = folder / "datasets"
    own = {datasets, datasets / "mnist.npz"}
    if own.issuperset(folder.rglob("*")) and not datasets.is_symlink():
        shutil.rmtree(folder)
