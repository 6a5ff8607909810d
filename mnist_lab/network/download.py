"""Fetch the full MNIST set with Keras's own loader: with progress, a way out, and a sentence for every failure."""

import contextlib
import http.client
import os
import shutil
import socket
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.download_errors import (
    DownloadCancelled,
    DownloadError,
    explain,
    too_large,
    unwritable,
    wrong_checksum,
)

__all__ = ["PUBLISHED_ORIGIN", "PUBLISHED_SHA256", "DownloadCancelled", "DownloadError", "download_full"]

PUBLISHED_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
PUBLISHED_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"

SILENCE_SECONDS = 10.0
"""How long a server may say nothing."""

MOST_BYTES = 200 * 1024**2
"""Where a server that never ends is cut off; the published file has 11.5 MB."""

_LOOK_SECONDS = 0.1
_FAREWELL_SECONDS = 1.0

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

    Blocks and imports Keras: call it from a background thread.

    Args:
        target: the file to write; one that is there is replaced once the new one is checked.
        progress: told about ten times a second, in the calling thread: bytes so far, and bytes in all if known.
        is_cancelled: asked as often, in the calling thread.
        origin: address of the file.
        sha256: its checksum, 64 hexadecimal digits.

    Returns:
        `target`.

    Raises:
        DownloadError: one sentence on why not.
        DownloadCancelled: `is_cancelled` said so.
    """
    with _folder_beside(target) as folder:
        transfer = _Transfer(origin, sha256, folder)
        transfer.start()
        try:
            _watch(transfer, progress, is_cancelled)
        finally:
            transfer.cancel()
        path = _checked(transfer, target)
        size = path.stat().st_size
        progress(size, size)
        try:
            os.replace(path, target)
        except OSError as error:
            raise unwritable(target, error) from error
    return target


def _watch(transfer: "_Transfer", progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    """Wait for the end of `transfer`, or for the wish to end it."""
    while not transfer.wait(_LOOK_SECONDS):
        if is_cancelled():
            raise DownloadCancelled
        received = transfer.received()
        if received > MOST_BYTES:
            raise too_large(transfer.host, MOST_BYTES)
        progress(received, transfer.total)


def _checked(transfer: "_Transfer", target: Path) -> Path:
    """The file of a transfer that is over, or the sentence on why there is none."""
    error = transfer.error
    if error is None:
        return transfer.file
    if isinstance(error, ValueError) and transfer.file.exists():  # Keras leaves a file whose checksum it refuses
        raise wrong_checksum(transfer.host) from error
    raise explain(error, transfer.host, target, SILENCE_SECONDS) from error


@contextlib.contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """A folder of its own on the target's disk, so that the finished file moves into place in one go."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="download-", dir=target.parent))
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        yield folder
    finally:
        # A transfer that hangs may still hold its file open, and not every system lets go of such a file.
        shutil.rmtree(folder, ignore_errors=True)


class _Transfer(threading.Thread):
    """The thread that waits for the network, while its maker stays free to count, to report and to give up.

    It is a thread of its own because it cannot be interrupted while it looks up a name, connects, or imports Keras.
    As a daemon it keeps nobody from leaving, and it works in a folder of its own. Keras's quietness, which belongs
    to a thread, stays here, too.

    Attributes:
        host: who sends the file.
        total: bytes of the whole file, or None while unknown.
        file: what is written; complete and checked once the thread is over and `error` is None.
        error: why there is no such file.
    """

    def __init__(self, origin: str, sha256: str, folder: Path) -> None:
        super().__init__(name="download", daemon=True)
        self.host = urllib.request.Request(origin).host or origin
        self.total: int | None = None
        self.file = folder / "datasets" / "mnist.npz"
        self.error: Exception | None = None
        self._origin = origin
        self._sha256 = sha256
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._connection: socket.socket | None = None

    def run(self) -> None:
        """Fetch the file; what goes wrong is kept in `error`."""
        try:
            self._fetch()
        except Exception as error:  # noqa: BLE001 - `_checked` raises it in the thread that can tell the learner
            self.error = error
        finally:
            with self._lock:
                if self._connection is not None:
                    self._connection.close()
                    self._connection = None

    def wait(self, seconds: float) -> bool:
        """Whether the transfer is over, after waiting for it at most `seconds`."""
        self.join(seconds)
        return not self.is_alive()

    def received(self) -> int:
        """Bytes written so far."""
        try:
            return self.file.stat().st_size
        except FileNotFoundError:
            return 0

    def cancel(self) -> None:
        """End the transfer soon; no harm if it has ended."""
        with self._lock:
            self._is_cancelled = True
            if self._connection is not None:
                with contextlib.suppress(OSError):  # the server was faster in hanging up
                    self._connection.shutdown(socket.SHUT_RDWR)
        self.join(_FAREWELL_SECONDS)

    def note_answer(self, response: http.client.HTTPResponse) -> None:
        """Remember how long the file is, and how to cut the connection."""
        length = response.headers.get("Content-Length", "")
        with self._lock:
            if self._is_cancelled:
                response.close()
            self._go_on()
            self.total = int(length) if length.isdecimal() else None
            if self._connection is None and not response.isclosed():
                self._connection = socket.fromfd(response.fileno(), socket.AF_INET, socket.SOCK_STREAM)

    def _fetch(self) -> None:
        keras, _ = keras_and_tensorflow()
        keras.config.disable_interactive_logging()  # of this thread alone; else it prints a bar
        with self._lock:
            self._go_on()  # a cancelled transfer's folder is gone, and Keras would choose another
        # WORKAROUND keras.utils.get_file (3.12 to 3.15) tells only a printed bar how far it is, cannot be ended, and
        # waits for a silent server for ever. It asks urllib for the file, and urllib's documented place for such
        # wishes is an installed opener: `_Courier` sets the patience and notes length and connection, and leaves the
        # requests of all other threads alone. How far it is, the growing file tells.
        urllib.request.install_opener(urllib.request.build_opener(_Courier()))
        keras.utils.get_file(
            self.file.name,
            self._origin,
            cache_dir=str(self.file.parents[1]),
            cache_subdir=self.file.parent.name,
            file_hash=self._sha256,
            hash_algorithm="sha256",
        )

    def _go_on(self) -> None:
        if self._is_cancelled:
            raise InterruptedError


class _Courier(urllib.request.BaseHandler):
    """Goes along with each request of urllib, and acts on those of a `_Transfer`."""

    handler_order = 1500  # after urllib's own handler of errors and redirections, so that it sees the last answer

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Let no server be silent for ever."""
        if isinstance(threading.current_thread(), _Transfer):
            request.timeout = SILENCE_SECONDS
        return request

    def http_response(
        self, request: urllib.request.Request, response: http.client.HTTPResponse
    ) -> http.client.HTTPResponse:
        """Note what the server says about the file."""
        del request
        thread = threading.current_thread()
        if isinstance(thread, _Transfer):
            thread.note_answer(response)
        return response

    https_request = http_request
    https_response = http_response
