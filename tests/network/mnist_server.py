"""A small server on this computer that sends a file well, badly, or not at all."""

import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

CONTENT = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HALF = len(CONTENT) // 2

# For 127.0.0.1 until 2120, and of no use to anybody else: made with openssl for these tests.
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBXTCCAQKgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBXsxR4ksMD3bI37
wEl03U6pHrJPQAz8nbIVwCF76hJK7szrfMjapiWlGnTTdaMn/IF1iTskA/Zj//Dp
bsXFH2ejQzBBMA8GA1UdEQQIMAaHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQU6JEabdVXqdGBsCqgSm8KJeKpuV4wCgYIKoZIzj0EAwIDSQAwRgIhAOtx
hu1HNE/aePH9a14HR42DZdbnbY9Vw9zP4blHgV1oAiEA0Mt0RgNXueMX8i6ArbZf
znRn/3ZbnjAnqFudMvMPBuM=
-----END CERTIFICATE-----
"""
_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgR+yKFzfSC4sQpNSm
40zSBrIAeUhevfzS62nbhVkS1fChRANCAAQV7MUeJLDA92yN+8BJdN1OqR6yT0AM
/J2yFcAhe+oSSu7M63zI2qYlpRp003WjJ/yBdYk7JAP2Y//w6W7FxR9n
-----END PRIVATE KEY-----
"""


class Server(ThreadingHTTPServer):
    """Serves CONTENT in the way that the path names.

    Attributes:
        go_on: set, it lets those answers continue that wait.
        ranges: the Range header of each request so far, or None.
    """

    daemon_threads = True
    scheme = "http"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.go_on = threading.Event()
        self.ranges: list[str | None] = []

    def address(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/{path}"

    def speak_tls(self, folder: Path) -> None:
        """Use CERTIFICATE from now on; `folder` is a place for the key."""
        file = folder / "server.pem"
        file.write_text(_KEY + CERTIFICATE)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"


@contextmanager
def running_server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.ranges.append(self.headers.get("Range"))
        way = urlsplit(self.path).path.strip("/")
        try:
            getattr(self, way)()
        except OSError:
            self.close_connection = True  # the client was tired of waiting

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def begin(self, status: int = 200, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def begin_where_asked(self) -> bytes:
        """Send the headers of what was asked for, and return it: the file, or the rest of it."""
        wanted = self.headers.get("Range")
        if wanted is None:
            self.begin(Content_Length=len(CONTENT))
            return CONTENT
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(CONTENT):
            self.begin(416, Content_Range=f"bytes */{len(CONTENT)}")
            return b""
        rest = CONTENT[start:]
        self.begin(206, Content_Length=len(rest), Content_Range=f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        return rest

    # Those that send the file

    def whole(self) -> None:
        self.wfile.write(self.begin_where_asked())

    def without_ranges(self) -> None:
        self.begin(Content_Length=len(CONTENT))
        self.wfile.write(CONTENT)

    def with_another_range(self) -> None:
        self.begin(206, Content_Length=len(CONTENT), Content_Range=f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.wfile.write(CONTENT)

    def unmeasured(self) -> None:
        self.begin()
        self.wfile.write(CONTENT)

    def chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.begin(Transfer_Encoding="chunked")
        for part in (CONTENT[:HALF], CONTENT[HALF:], b""):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.close_connection = True

    def elsewhere(self) -> None:
        self.begin(302, Location=self.server.address("whole"), Content_Length=0)

    def elsewhere_with_an_endless_text(self) -> None:
        self.begin(302, Location=self.server.address("whole"))
        while True:
            self.wfile.write(CONTENT)

    # Those that send the first half, or the rest to those who ask for it

    def in_two_parts(self) -> None:
        rest = self.begin_where_asked()
        if len(rest) == len(CONTENT):
            self.wfile.write(rest[:HALF])
            self.server.go_on.wait()
            rest = rest[HALF:]
        self.wfile.write(rest)

    def torn(self) -> None:
        rest = self.begin_where_asked()
        self.wfile.write(rest if len(rest) < len(CONTENT) else rest[:HALF])

    def torn_chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.begin(Transfer_Encoding="chunked")
        self.wfile.write(b"%x\r\n%b" % (len(CONTENT), CONTENT[:HALF]))
        self.close_connection = True

    # Those that do not send it

    def said_to_be_longer(self) -> None:
        self.begin(Content_Length=len(CONTENT) + 1)
        self.wfile.write(CONTENT)

    def said_to_be_shorter(self) -> None:
        self.begin(Content_Length=len(CONTENT) - 1)
        self.wfile.write(CONTENT)

    def said_to_be_huge(self) -> None:
        self.begin(Content_Length=10**12)
        self.wfile.write(CONTENT)

    def empty(self) -> None:
        self.begin(204)

    def mute(self) -> None:
        self.server.go_on.wait()

    def garbled(self) -> None:
        self.wfile.write(b"hello\r\n\r\n")

    def hung_up(self) -> None:
        self.close_connection = True

    def endless(self) -> None:
        self.begin()
        while True:
            self.wfile.write(CONTENT)

    def round_and_round(self) -> None:
        self.begin(302, Location=self.server.address("round_and_round"), Content_Length=0)

    def to_a_file(self) -> None:
        self.begin(302, Location=Path(__file__).as_uri(), Content_Length=0)

    def to_ftp(self) -> None:
        self.begin(302, Location="ftp://127.0.0.1/whole", Content_Length=0)

    def nowhere(self) -> None:
        self.begin(302, Content_Length=0)

    def lost(self) -> None:
        self.send_error(404)

    def broken(self) -> None:
        self.send_error(500)

    def never_satisfied(self) -> None:
        self.send_error(416)
