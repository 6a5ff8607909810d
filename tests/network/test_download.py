"""The loader against a small server on this computer that behaves well, badly, or not at all."""

import errno
import hashlib
import http.client
import inspect
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mnist_lab.network import download
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.download import DownloadCancelled, DownloadError, download_full
from mnist_lab.network.download_errors import explain

CONTENT = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HALF = len(CONTENT) // 2


class Server(ThreadingHTTPServer):
    """Serves CONTENT in the way that the path names; `go_on` lets those continue that wait."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.go_on = threading.Event()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        try:
            getattr(self, self.path.strip("/"))()
        except ConnectionError:
            self.close_connection = True  # the client was tired of waiting

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def begin(self, status: int = 200, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def whole(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT)

    def unmeasured(self) -> None:
        self.begin()
        self.wfile.write(CONTENT)

    def in_two_parts(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT[:HALF])
        self.server.go_on.wait()
        self.wfile.write(CONTENT[HALF:])

    def mute(self) -> None:
        self.server.go_on.wait()

    def torn(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT[:HALF])

    def garbled(self) -> None:
        self.wfile.write(b"hello\r\n\r\n")

    def endless(self) -> None:
        self.begin()
        while True:
            self.wfile.write(CONTENT)

    def elsewhere(self) -> None:
        self.begin(302, Location=self.server.address("whole"), Content_Length=0)

    def lost(self) -> None:
        self.send_error(404)

    def broken(self) -> None:
        self.send_error(500)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()
    for thread in download_threads():
        thread.join()


def download_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "download"]


def fetch(
    server: Server,
    path: str,
    target: Path,
    progress: download.Progress = lambda received, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    sha256: str = SHA256,
) -> Path:
    return download_full(target, progress, is_cancelled, origin=server.address(path), sha256=sha256)


def assert_nothing_left(target: Path) -> None:
    assert not target.exists()
    assert list(target.parent.iterdir()) == []


@pytest.mark.keras
@pytest.mark.parametrize("path", ["whole", "unmeasured", "elsewhere"])
def test_the_file_arrives_whole_and_alone(
    server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    target = tmp_path / "new" / "folder" / "mnist.npz"
    told: list[tuple[int, int | None]] = []

    assert fetch(server, path, target, lambda *numbers: told.append(numbers)) == target

    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert capfd.readouterr().out == ""


@pytest.mark.keras
def test_progress_is_told_on_the_way_in_the_calling_thread(server: Server, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    threads = set()

    def progress(received: int, total: int | None) -> None:
        told.append((received, total))
        threads.add(threading.current_thread())
        if 0 < received < len(CONTENT):
            server.go_on.set()

    fetch(server, "in_two_parts", tmp_path / "mnist.npz", progress)

    on_the_way = [numbers for numbers in told if 0 < numbers[0] < len(CONTENT)]
    assert on_the_way
    assert all(received <= HALF and total == len(CONTENT) for received, total in on_the_way)
    assert [received for received, _ in told] == sorted(received for received, _ in told)
    assert threads == {threading.current_thread()}


@pytest.mark.keras
def test_cancelling_in_the_middle_takes_effect_at_once_and_ends_the_thread(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "mnist.npz"
    wished_at: list[float] = []

    def progress(received: int, total: int | None) -> None:
        if received and not wished_at:
            wished_at.append(time.monotonic())

    with pytest.raises(DownloadCancelled):
        fetch(server, "in_two_parts", target, progress, lambda: bool(wished_at))

    assert time.monotonic() - wished_at[0] < 1
    assert download_threads() == []
    assert_nothing_left(target)


@pytest.mark.keras
def test_cancelling_does_not_wait_for_a_server_that_never_answered(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "mnist.npz"
    started_at = time.monotonic()

    with pytest.raises(DownloadCancelled):
        fetch(server, "mute", target, is_cancelled=lambda: True)

    assert time.monotonic() - started_at < 2
    assert_nothing_left(target)


@pytest.mark.keras
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("lost", "answered 404"),
        ("broken", "answered 500"),
        ("torn", "hung up"),
        ("garbled", "hung up"),
        ("mute", "was silent"),
        ("in_two_parts", "was silent"),
        ("endless", "more than 2 MB"),
    ],
)
def test_a_failure_is_one_sentence_and_leaves_what_was_there(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str
) -> None:
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(download, "MOST_BYTES", 2 * 1024**2)
    target = tmp_path / "mnist.npz"
    target.write_bytes(b"older")

    with pytest.raises(DownloadError, match=sentence) as caught:
        fetch(server, path, target)

    assert "127.0.0.1" in str(caught.value)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.keras
def test_another_file_than_the_published_one_is_refused(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="checksum"):
        fetch(server, "whole", tmp_path / "mnist.npz", sha256="0" * 64)
    assert_nothing_left(tmp_path / "mnist.npz")


@pytest.mark.keras
def test_nobody_listening_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:\d+ cannot be reached"):
        download_full(
            tmp_path / "mnist.npz",
            lambda received, total: None,
            lambda: False,
            origin=f"http://127.0.0.1:{port}/whole",
            sha256=SHA256,
        )


def test_a_target_below_a_file_is_one_sentence(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DownloadError, match="cannot be written"):
        fetch(server, "whole", tmp_path / "file" / "mnist.npz")


@pytest.mark.keras
def test_a_folder_in_the_target_s_place_is_one_sentence(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "mnist.npz"
    target.mkdir()
    (target / "kept").touch()
    with pytest.raises(DownloadError, match="cannot be written"):
        fetch(server, "whole", target)
    assert (target / "kept").exists()


@pytest.mark.keras
def test_a_failing_listener_ends_the_download(server: Server, tmp_path: Path) -> None:
    def progress(received: int, total: int | None) -> None:
        if received:
            raise LookupError("the window is gone")

    with pytest.raises(LookupError):
        fetch(server, "in_two_parts", tmp_path / "mnist.npz", progress)
    assert download_threads() == []
    assert_nothing_left(tmp_path / "mnist.npz")


def test_requests_of_other_threads_keep_their_own_patience() -> None:
    request = urllib.request.Request("http://127.0.0.1/")
    request.timeout = 77.0
    assert download._Courier().http_request(request).timeout == 77.0


@pytest.mark.keras
def test_the_published_file_is_the_one_that_keras_loads() -> None:
    keras, _ = keras_and_tensorflow()
    source = inspect.getsource(keras.datasets.mnist.load_data)
    folder, name = download.PUBLISHED_ORIGIN.rsplit("/", 1)
    assert folder in source
    assert name in source
    assert download.PUBLISHED_SHA256 in source


def wrapped(error: Exception) -> Exception:
    """As `get_file` hands on what urllib raised: an Exception that was raised while another was handled."""
    outer = Exception(f"URL fetch failure -- {error}")
    outer.__context__ = error
    return outer


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (wrapped(urllib.error.URLError(socket.gaierror(-2, "Name or service not known"))), "Name or service"),
        (wrapped(urllib.error.URLError(ConnectionRefusedError(111, "Connection refused"))), "cannot be reached"),
        (wrapped(urllib.error.URLError(OSError(errno.ENETUNREACH, "Network is unreachable"))), "cannot be reached"),
        (wrapped(urllib.error.URLError(TimeoutError("timed out"))), "silent for 10 seconds"),
        (wrapped(urllib.error.URLError(ssl.SSLCertVerificationError("self-signed"))), "certificates"),
        (wrapped(urllib.error.URLError("no host given")), "no host given"),
        (wrapped(urllib.error.HTTPError("u", 503, "Busy", Message(), None)), r"answered 503 \(Busy\)"),
        (wrapped(urllib.error.ContentTooShortError("short", None)), "hung up"),  # type: ignore[arg-type]
        (http.client.RemoteDisconnected("closed"), "hung up"),
        (ConnectionResetError(104, "reset"), "hung up"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "cannot be reached"),
        (OSError(errno.ENOSPC, "No space left on device"), r"“mnist.npz” cannot be written \(No space left"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot be written"),
        (RuntimeError("odd"), r"failed \(odd\)"),
    ],
)
def test_each_cause_has_its_sentence(error: Exception, sentence: str) -> None:
    explained = explain(error, "example.org", Path("mnist.npz"), 10)
    assert isinstance(explained, DownloadError)
    with pytest.raises(DownloadError, match=sentence):
        raise explained
