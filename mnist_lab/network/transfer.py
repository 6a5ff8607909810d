"""One file over HTTP, in a thread that its maker watches and can cut at any time; `network.download` writes it."""

import contextlib
import functools
import http.client
import queue
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import urlsplit

from mnist_lab.network.download_errors import explain

_PIECE_BYTES = 64 * 1024
_MOST_WAITING_PIECES = 16
_MOMENT_SECONDS = 0.05


@dataclass(frozen=True)
class ResponseStart:
    """What the server says before the first byte.

    Attributes:
        start: which byte of the file comes first: the one asked for, or 0 if the server begins anew.
        total: bytes of the whole file, or None if the server does not say.
    """

    start: int
    total: int | None


class Transfer(threading.Thread):
    """Asks for the bytes of a file from `start` on, and hands over what comes.

    It is a thread of its own because nothing interrupts the look-up of a name. As a daemon it keeps nobody from
    leaving, and it touches no file: once it is cut, its maker need not wait for its end.

    Attributes:
        host: who sends the file.
    """

    def __init__(self, origin: str, start: int, silence_seconds: float) -> None:
        super().__init__(name="download", daemon=True)
        self.host = urllib.request.Request(origin).host or origin
        self._origin = origin
        self._start = start
        self._silence_seconds = silence_seconds
        self._opener = _opener(self._note)
        self._news: queue.Queue[ResponseStart | bytes | Exception | None] = queue.Queue(_MOST_WAITING_PIECES)
        self._is_cut = threading.Event()
        self._socket: socket.socket | None = None

    def run(self) -> None:
        """Fetch the file; what goes wrong is handed over, too."""
        end: Exception | None = None
        try:
            self._fetch()
        except Exception as error:  # noqa: BLE001 - `news` raises it in the thread that can tell the learner
            end = error
        self._hand_over(end)

    def news(self) -> Iterator[ResponseStart | bytes | None]:
        """A `ResponseStart`, then the bytes, to their end; in between None whenever nothing has come for a moment.

        Raises:
            DownloadError: one sentence on why there is no more.
        """
        while True:
            try:
                news = self._news.get(timeout=_MOMENT_SECONDS)
            except queue.Empty:
                yield None
                continue
            if news is None:
                return
            if isinstance(news, Exception):
                raise explain(news, self.host, self._silence_seconds) from news
            yield news

    def cut(self) -> None:
        """End it now; no harm if it has ended. Only one that looks up a name or connects ends later, unheard."""
        self._is_cut.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the server was faster in hanging up
                self._socket.shutdown(socket.SHUT_RDWR)
        self.join(_MOMENT_SECONDS)

    def _fetch(self) -> None:
        response, start = self._ask()
        with response:
            length = response.length
            self._hand_over(ResponseStart(start, None if length is None else start + length))
            while piece := response.read1(_PIECE_BYTES):
                self._hand_over(piece)
            if response.length:  # http.client takes an early end for the end
                raise http.client.IncompleteRead(b"", response.length)

    def _ask(self) -> tuple[http.client.HTTPResponse, int]:
        """The server's answer, and which byte it begins with."""
        if self._start:
            try:
                response = self._open({"Range": f"bytes={self._start}-"})
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    raise
                error.close()
            else:
                if response.status != HTTPStatus.PARTIAL_CONTENT:
                    return response, 0
                if response.headers.get("Content-Range", "").startswith(f"bytes {self._start}-"):
                    return response, self._start
                response.close()
        return self._open({}), 0

    def _open(self, headers: dict[str, str]) -> http.client.HTTPResponse:
        request = urllib.request.Request(self._origin, headers=headers)
        response: http.client.HTTPResponse = self._opener.open(request, timeout=self._silence_seconds)
        return response

    def _hand_over(self, news: ResponseStart | bytes | Exception | None) -> None:
        while not self._is_cut.is_set():
            with contextlib.suppress(queue.Full):
                self._news.put(news, timeout=_MOMENT_SECONDS)
                return

    def _note(self, connected: socket.socket) -> None:
        self._socket = connected
        if self._is_cut.is_set():  # asked after the socket is known to `cut`, so that one of the two ends it
            raise ConnectionAbortedError


def _opener(note: Callable[[socket.socket], None]) -> urllib.request.OpenerDirector:
    """An opener for http and https alone, which is nobody else's; each connection tells `note` its socket."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        _WebHandler(note),
        _RedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


class _Connection(http.client.HTTPConnection):
    """Tells its socket as soon as it has one: the way to cut a wait."""

    def __init__(self, host: str, *, note: Callable[[socket.socket], None], **options: Any) -> None:
        super().__init__(host, **options)
        self._note = note

    def connect(self) -> None:
        """Connect, and tell."""
        super().connect()
        self._note(self.sock)


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    """The same with TLS."""


class _WebHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https with connections that tell their sockets."""

    def __init__(self, note: Callable[[socket.socket], None]) -> None:
        super().__init__()
        self._note = note

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Send a request."""
        return self.do_open(functools.partial(_Connection, note=self._note), req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Send a request with TLS."""
        return self.do_open(functools.partial(_SecureConnection, note=self._note), req)


class _RedirectHandler(urllib.request.HTTPRedirectHandler):
    """Follows to http and https alone."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request to go on with; without one, urllib takes the answer for a refusal."""
        fp.close()  # urllib would read the redirection's own text to its end, and there may be none
        if urlsplit(newurl).scheme not in {"http", "https"}:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)
