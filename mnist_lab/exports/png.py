"""A grey picture as a PNG within a page; no more of the format than that needs, and no library for it."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _DEPTH = 0, 8


def png(picture: NDArray[np.uint8]) -> bytes:
    """The file of (h, w) uint8, 0 black to 255 white."""
    height, width = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)  # each row says first how it is filtered: not at all
    header = struct.pack(">IIBBBBB", width, height, _DEPTH, _GREY, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def data_uri(picture: NDArray[np.uint8]) -> str:
    """The same as an address that holds the picture itself."""
    return "data:image/png;base64," + base64.b64encode(png(picture)).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
