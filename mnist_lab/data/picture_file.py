"""The bytes of a picture file that nobody vouches for, bounded before a decoder gets them.

What a decoder makes of few bytes can be large or take minutes: drawings in SVG, texts packed into a PNG, a JPEG of
thousands of scans. So only kinds that are plain pixels are let through, without what the lab does not look at.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mnist_lab.data.digits import DataError
from mnist_lab.data.pictures import MOST_PIXELS
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.words import QT_TRANSLATE_NOOP

Kind = Literal["png", "jpeg", "gif", "bmp", "webp"]

ENDINGS = ("bmp", "gif", "jpeg", "jpg", "png", "webp")
"""How such files are called."""

MOST_BYTES = 256 * 1024**2
"""A file may have, and an unpacked picture with 4 bytes a pixel."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PNG_DEPTH_AT = 24
_JPEG_SCAN = b"\xff\xda"
_MOST_SCANNED = 10 * MOST_PIXELS
"""Pixels that the scans of a JPEG may go over: each goes over all, and ten are usual."""
_HEAD = 1024


@dataclass(frozen=True)
class PictureFile:
    """A file of pixels.

    Attributes:
        kind: what its bytes say it is, whatever its name.
        content: what is to be decoded.
        most_pixels: how many it may have, so that it is decoded in bounded memory.
    """

    kind: Kind
    content: bytes
    most_pixels: int

    def takes_too_long(self, pixels: int) -> bool:
        """Whether decoding so many pixels would take minutes."""
        return self.kind == "jpeg" and self.content.count(_JPEG_SCAN) * pixels > _MOST_SCANNED


def read_picture_file(path: Path) -> PictureFile:
    """Read the file and see what it is.

    Raises:
        DataError: it cannot be read, is very large, or is no picture made of pixels.
    """
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
    except FileError as error:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” is no ordinary file: choose a PNG, JPEG, GIF, BMP or WebP file."),
            path=path,
        ) from error
    except OSError as error:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): allow it, or choose another picture."),
            path=path,
            reason=error.strerror or error,
        ) from error
    if len(content) > MOST_BYTES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” is larger than {most:,.0f} MB: cut out the digit, or shrink the picture."
            ),
            path=path,
            most=MOST_BYTES / 1e6,
        )
    kind = _kind(content)
    if kind is None:
        raise _no_pixels(path, content)
    if kind == "png":
        content = b"".join(_needed_chunks(content))
    return PictureFile(kind, content, _most_pixels(kind, content))


def _kind(content: bytes) -> Kind | None:
    if content.startswith(_PNG):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content.startswith(b"BM"):
        return "bmp"
    return "webp" if content.startswith(b"RIFF") and content[8:12] == b"WEBP" else None


def _most_pixels(kind: Kind, content: bytes) -> int:
    """A large JPEG is shrunk while it is decoded; of the others all pixels are in memory at once."""
    if kind == "jpeg":
        return MOST_PIXELS
    bytes_each = 8 if kind == "png" and content[_PNG_DEPTH_AT : _PNG_DEPTH_AT + 1] == b"\x10" else 4
    return MOST_BYTES // bytes_each


def _needed_chunks(content: bytes) -> Iterator[bytes]:
    """A PNG without its texts, profiles and dates, which would be unpacked too; the end may be missing."""
    yield _PNG
    start = len(_PNG)
    while start + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, start)
        end = start + length + 12
        if name in _PNG_CHUNKS:
            yield content[start:end]
        start = end


def _no_pixels(path: Path, content: bytes) -> DataError:
    if b"<svg" in content[:_HEAD]:
        return DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” is a drawing in SVG, which the lab does not read: save it as PNG, for instance in the "
                "program that it was drawn with.",
            ),
            path=path,
        )
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors", "“{path}” is no picture that the lab reads: choose a PNG, JPEG, GIF, BMP or WebP file."
        ),
        path=path,
    )
