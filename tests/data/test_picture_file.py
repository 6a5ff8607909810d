"""Of a picture's file only pixels get to a decoder; whatever else it is, one sentence says so."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from mnist_lab.data import picture_file
from mnist_lab.data.digits import DataError
from mnist_lab.data.picture_file import PictureFile, read_picture_file
from mnist_lab.data.pictures import MOST_PIXELS
from tests.conftest import REPOSITORY


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*, depth: int = 8, more: bytes = b"") -> bytes:
    """A grey pixel, and chunks that stand before it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, depth, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(bytes(1 + depth // 8)))
    return b"\x89PNG\r\n\x1a\n" + header + more + pixel + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "png"),
        (b"\xff\xd8\xff\xe0 and so on", "jpeg"),
        (b"GIF89a and so on", "gif"),
        (b"BM and so on", "bmp"),
        (b"RIFF\0\0\0\0WEBP and so on", "webp"),
    ],
)
def test_the_content_says_what_it_is_whatever_the_name(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(content)
    file = read_picture_file(path)
    assert (file.kind, file.content) == (kind, content)


def test_texts_and_profiles_of_a_png_are_not_unpacked(tmp_path: Path) -> None:
    bomb = chunk(b"zTXt", b"word\0\0" + zlib.compress(bytes(1_000_000)))
    path = tmp_path / "picture.png"
    path.write_bytes(png(more=200 * bomb + chunk(b"iCCP", b"x") + chunk(b"tRNS", b"\0\0")))
    assert read_picture_file(path).content == png(more=chunk(b"tRNS", b"\0\0"))
    path.write_bytes(png()[:-20])
    assert read_picture_file(path).content in png(), "what a cut-off file still holds"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no picture that the lab reads: choose a PNG, JPEG, GIF, BMP or WebP file"),
        (b"seven", "is no picture that the lab reads"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "is a drawing in SVG.*: save it as PNG"),
        (b"\x1f\x8b" + bytes(99), "is no picture that the lab reads"),  # a packed SVG, or anything
        (b"/* XPM */ static char *", "is no picture that the lab reads"),
    ],
)
def test_what_is_not_made_of_pixels_is_refused_unread(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(DataError, match=rf"picture\.png” {words}"):
        read_picture_file(path)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        with pytest.raises(DataError, match=r"pipe\.png” is no ordinary file: choose a PNG"):
            read_picture_file(tmp_path / "pipe.png")
    with pytest.raises(DataError, match="is no ordinary file"):
        read_picture_file(tmp_path)
    with pytest.raises(DataError, match=r"none\.png” cannot be read \(No such file"):
        read_picture_file(tmp_path / "none.png")
    (tmp_path / "large.png").write_bytes(png())
    monkeypatch.setattr(picture_file, "MOST_BYTES", 50)
    with pytest.raises(DataError, match=r"large\.png” is larger than"):
        read_picture_file(tmp_path / "large.png")


def test_pixels_are_bounded_by_the_memory_that_they_take(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(png())
    whole = read_picture_file(path).most_pixels
    path.write_bytes(png(depth=16))
    assert read_picture_file(path).most_pixels == whole // 2
    assert 4 * whole <= picture_file.MOST_BYTES


def test_a_jpeg_of_many_layers_takes_too_long() -> None:
    scan = b"\xff\xda"
    assert not PictureFile("jpeg", 10 * scan, MOST_PIXELS).takes_too_long(24_000_000)
    assert PictureFile("jpeg", 3_000 * scan, MOST_PIXELS).takes_too_long(1_000_000)
    assert not PictureFile("png", 3_000 * scan, MOST_PIXELS).takes_too_long(1_000_000)


def test_pictures_of_the_repository_are_let_through() -> None:
    pictures = sorted((REPOSITORY / "docs").rglob("*.png"))[:3]
    assert {read_picture_file(path).kind for path in pictures} <= {"png"}
