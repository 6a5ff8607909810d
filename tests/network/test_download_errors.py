"""What urllib raises, and the sentence for it."""

import errno
import http.client
import socket
import ssl
import urllib.error
from email.message import Message
from pathlib import Path

import pytest

from mnist_lab.network.download_errors import DownloadError, explain, unwritable


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (urllib.error.URLError(socket.gaierror(-2, "Name or service not known")), r"reached \(Name or service"),
        (urllib.error.URLError(ConnectionRefusedError(111, "Connection refused")), r"reached \(Connection refused\)"),
        (urllib.error.URLError(OSError(errno.ENETUNREACH, "Network is unreachable")), "cannot be reached"),
        (urllib.error.URLError(OSError("Tunnel connection failed: 407")), r"reached \(Tunnel connection failed: 407\)"),
        (urllib.error.URLError(TimeoutError("timed out")), "silent for 10 seconds"),
        (urllib.error.URLError(ssl.SSLCertVerificationError("self-signed")), "certificates"),
        (urllib.error.URLError(ssl.SSLError(1, "wrong version number")), r"reached \(wrong version number\)"),
        (urllib.error.URLError("no host given"), "no host given"),
        (urllib.error.HTTPError("u", 503, "Busy", Message(), None), r"answered 503 \(Busy\)"),
        (urllib.error.HTTPError("u", 302, "Found\nand more", Message(), None), "redirects"),
        (http.client.IncompleteRead(b"", 5), "hung up"),
        (http.client.RemoteDisconnected("closed"), "hung up"),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), "hung up"),
        (ConnectionResetError(104, "reset"), "hung up"),
        (TimeoutError("timed out"), "silent for 10 seconds"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), r"reached \(No route to host\)"),
        (RuntimeError("odd"), r"failed \(odd\)"),
    ],
)
def test_each_cause_has_its_sentence(error: Exception, sentence: str) -> None:
    explained = explain(error, "example.org", 10)
    assert isinstance(explained, DownloadError)
    assert "\n" not in str(explained)
    with pytest.raises(DownloadError, match=sentence):
        raise explained


def test_a_file_without_a_place_has_its_sentence() -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    assert "“mnist.npz” cannot be written (No space left on device)" in str(unwritable(Path("mnist.npz"), error))
