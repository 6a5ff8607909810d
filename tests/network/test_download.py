"""The download against a small server on this computer that behaves well, badly, or not at all."""

import errno
import inspect
import socket
import subprocess
import sys
import threading
import urllib.request
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from mnist_lab.network import download
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.download import DownloadCancelled, DownloadError, download_full
from tests.network.downloads import Asked, Progress, fetch, files_beside, threads_end
from tests.network.mnist_server import CERTIFICATE, CONTENT, HALF, SHA256, Server


@pytest.mark.parametrize("path", ["whole", "unmeasured", "chunked", "elsewhere", "elsewhere_with_an_endless_text"])
def test_the_file_arrives_whole_and_alone(
    server: Server, target: Path, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    progress = Progress()

    assert fetch(server, path, target, progress) == target

    assert target.read_bytes() == CONTENT
    assert files_beside(target) == {"mnist.npz"}
    assert progress.told[-1] == (len(CONTENT), len(CONTENT))
    assert set(server.ranges) == {None}
    assert capfd.readouterr() == ("", "")


def test_an_older_file_is_replaced(server: Server, target: Path, part: Path) -> None:
    target.write_bytes(b"older")
    fetch(server, "whole", target)
    assert target.read_bytes() == CONTENT


def test_progress_is_told_on_the_way_in_the_calling_thread(server: Server, target: Path) -> None:
    progress = Progress()

    def note(received: int, total: int | None) -> None:
        progress(received, total)
        if received == HALF:
            server.go_on.set()

    fetch(server, "in_two_parts", target, note)

    assert progress.told[0][0] == 0
    assert (HALF, len(CONTENT)) in progress.told
    received = [numbers[0] for numbers in progress.told]
    assert received == sorted(received)
    assert progress.threads == {threading.current_thread()}


def test_a_certified_server_is_trusted(
    server: Server, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.speak_tls(tmp_path)
    (tmp_path / "trusted.pem").write_text(CERTIFICATE)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    fetch(server, "whole", target)
    assert target.read_bytes() == CONTENT


def test_a_proxy_of_the_environment_is_used(server: Server, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address(""))
    download_full(
        target, lambda received, total: None, lambda: False, origin="http://mnist.invalid/whole", sha256=SHA256
    )
    assert target.read_bytes() == CONTENT


def test_the_opener_of_the_process_is_left_alone(server: Server, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = object()
    monkeypatch.setattr(urllib.request, "_opener", opener)
    fetch(server, "whole", target)
    assert vars(urllib.request)["_opener"] is opener


def test_keras_is_not_imported(server: Server, target: Path) -> None:
    script = (
        "import pathlib, sys, urllib.request\n"
        "from mnist_lab.network.download import download_full\n"
        "path, origin, sha256 = sys.argv[1:]\n"
        "download_full(pathlib.Path(path), print, lambda: False, origin=origin, sha256=sha256)\n"
        "assert urllib.request._opener is None\n"
        "assert not {'keras', 'tensorflow', 'PySide6'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, target, server.address("whole"), SHA256], check=True, timeout=60)
    assert target.read_bytes() == CONTENT


@pytest.mark.keras
def test_the_published_file_is_the_one_that_keras_loads() -> None:
    keras, _ = keras_and_tensorflow()
    source = inspect.getsource(keras.datasets.mnist.load_data)
    folder, name = download.PUBLISHED_ORIGIN.rsplit("/", 1)
    assert folder in source
    assert name in source
    assert download.PUBLISHED_SHA256 in source


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may be silent for an hour: what ends before does not wait for it."""
    monkeypatch.setattr(download, "SILENCE_SECONDS", 3600.0)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cancelling_in_the_middle_takes_effect_at_once_and_ends_the_thread(
    server: Server, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    if scheme == "https":
        server.speak_tls(tmp_path)
        (tmp_path / "trusted.pem").write_text(CERTIFICATE)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    progress = Progress()
    asked = Asked(progress.half.is_set)

    with pytest.raises(DownloadCancelled):
        fetch(server, "in_two_parts", target, progress, asked)

    assert asked.answers.count(True) == 1
    assert threads_end()
    assert files_beside(target) == {"mnist.npz.part"}


@pytest.mark.usefixtures("patient")
def test_cancelling_does_not_wait_for_a_server_that_never_answers(server: Server, target: Path) -> None:
    asked = Asked(lambda: bool(server.ranges))

    with pytest.raises(DownloadCancelled):
        fetch(server, "mute", target, is_cancelled=asked)

    assert asked.answers.count(True) == 1
    assert threads_end()
    assert files_beside(target) == set()


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("step", ["getaddrinfo", "create_connection"])
def test_cancelling_waits_neither_for_a_name_nor_for_a_connection(
    server: Server, target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    is_waiting = threading.Event()
    original = getattr(socket, step)

    def wait(*arguments: object) -> object:
        is_waiting.set()
        server.go_on.wait()
        return original(*arguments)

    monkeypatch.setattr(socket, step, wait)
    asked = Asked(is_waiting.is_set)

    with pytest.raises(DownloadCancelled):
        fetch(server, "whole", target, is_cancelled=asked)

    assert asked.answers.count(True) == 1
    server.go_on.set()
    assert threads_end()
    assert server.ranges == []  # nothing is asked for any more
    assert files_beside(target) == set()


def test_a_failing_listener_ends_the_download(server: Server, target: Path) -> None:
    def progress(received: int, total: int | None) -> None:
        if received:
            raise LookupError("the window is gone")

    with pytest.raises(LookupError):
        fetch(server, "in_two_parts", target, progress)
    assert threads_end()
    assert files_beside(target) == {"mnist.npz.part"}


@pytest.mark.parametrize(
    ("path", "sentence", "kept"),
    [
        ("lost", "answered 404", 0),
        ("broken", "answered 500", 0),
        ("never_satisfied", "answered 416", 0),
        ("round_and_round", "redirects the lab, but not to MNIST", 0),
        ("to_a_file", "redirects the lab, but not to MNIST", 0),
        ("to_ftp", "redirects the lab, but not to MNIST", 0),
        ("nowhere", "redirects the lab, but not to MNIST", 0),
        ("torn", "hung up", HALF),
        ("torn_chunked", "hung up", HALF),
        ("hung_up", "hung up", 0),
        ("garbled", "hung up", 0),
        ("mute", "was silent", 0),
        ("in_two_parts", "was silent", HALF),
        ("endless", "more than 2 MB", 0),
        ("said_to_be_huge", "more than 2 MB", 0),
        ("said_to_be_longer", "hung up", len(CONTENT)),
        ("said_to_be_shorter", "checksum", 0),
        ("empty", "checksum", 0),
    ],
)
def test_a_failure_is_one_sentence_and_leaves_what_was_there(
    server: Server, target: Path, part: Path, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str, kept: int
) -> None:
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(download, "MOST_BYTES", 2 * 1024**2)
    target.write_bytes(b"older")

    with pytest.raises(DownloadError, match=sentence) as caught:
        fetch(server, path, target)

    assert "127.0.0.1" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert target.read_bytes() == b"older"
    assert (part.stat().st_size if part.exists() else 0) == kept
    assert files_beside(target) == ({"mnist.npz", "mnist.npz.part"} if kept else {"mnist.npz"})


def test_another_file_than_the_published_one_is_refused(server: Server, target: Path) -> None:
    with pytest.raises(DownloadError, match="checksum"):
        fetch(server, "whole", target, sha256="0" * 64)
    assert files_beside(target) == set()


def test_a_server_without_a_known_certificate_is_refused(server: Server, target: Path, tmp_path: Path) -> None:
    server.speak_tls(tmp_path)
    with pytest.raises(DownloadError, match="cannot prove that it is the right server"):
        fetch(server, "whole", target)
    assert files_beside(target) == set()


def test_nobody_listening_is_one_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:\d+ cannot be reached"):
        download_full(
            target,
            lambda received, total: None,
            lambda: False,
            origin=f"http://127.0.0.1:{port}/whole",
            sha256=SHA256,
        )


@pytest.mark.parametrize("origin", ["file:///etc/hostname", "ftp://127.0.0.1/whole", "data:,whole"])
def test_an_origin_that_is_not_on_the_web_is_one_sentence(target: Path, origin: str) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        download_full(target, lambda received, total: None, lambda: False, origin=origin, sha256=SHA256)


def test_a_target_below_a_file_is_one_sentence(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DownloadError, match="cannot be written"):
        fetch(server, "whole", tmp_path / "file" / "mnist.npz")


@pytest.mark.parametrize("name", ["mnist.npz", "mnist.npz.part", "mnist.npz.lock"])
def test_a_folder_in_the_place_of_a_file_is_one_sentence(server: Server, target: Path, name: str) -> None:
    folder = target.with_name(name)
    folder.mkdir(parents=True)
    (folder / "kept").touch()
    with pytest.raises(DownloadError, match="cannot be written"):
        fetch(server, "whole", target)
    assert (folder / "kept").exists()


def test_a_full_disk_is_one_sentence(server: Server, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FileOnAFullDisk(FileIO):
        def write(self, data: Any, /) -> int:
            room = 100_000 - self.tell()
            if not room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data[:room])

    with monkeypatch.context() as patch:
        patch.setattr(download, "FileIO", FileOnAFullDisk)
        with pytest.raises(DownloadError, match=r"cannot be written \(No space left on device\): make room"):
            fetch(server, "whole", target)

    fetch(server, "whole", target)
    assert server.ranges == [None, "bytes=100000-"]
    assert target.read_bytes() == CONTENT
