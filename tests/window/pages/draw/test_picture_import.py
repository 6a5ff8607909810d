"""Files of pictures, as they come and mangled: a digit or one sentence, in bounded time and memory."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage

from mnist_lab.data.digits import DataError
from mnist_lab.window.pages.draw.picture_import import read_picture

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def stroke(*, colour: str = "black", paper: str = "white", side: int = 40) -> QImage:
    """An upright line, a one."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    for row in range(side // 8, side - side // 8):
        for column in range(side // 2 - side // 20, side // 2 + side // 20):
            image.setPixelColor(column, row, QColor(colour))
    return image


def as_file(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stub wants bytes, with which it saves nothing
    return bytes(buffer.data().data())


def test_white_on_nothing_works_as_black_on_nothing_does(tmp_path: Path) -> None:
    inks = []
    for colour in ("white", "black"):
        path = tmp_path / f"{colour}.png"
        path.write_bytes(as_file(stroke(colour=colour, paper="transparent"), "PNG"))
        picture = read_picture(path)
        assert picture.imported is not None
        assert picture.imported.is_inverted == (colour == "white")
        inks.append(picture.ink)
    white, black = inks
    np.testing.assert_allclose(white, black, atol=1e-5)


def fuzz(tmp_path: Path, count: int) -> None:
    """Read every kind as it is, then `count` mangled ones of each."""
    generator = np.random.default_rng(8)
    path = tmp_path / "picture"
    for kind in ("PNG", "JPEG", "BMP", "WEBP", "GIF"):
        whole = GIF if kind == "GIF" else as_file(stroke(), kind)
        path.write_bytes(whole)
        if kind != "GIF":  # of one pixel
            assert read_picture(path).ink.max() == pytest.approx(1, abs=0.01), kind
        for _ in range(count):
            content = bytearray(whole)
            content[int(generator.integers(len(content)))] = int(generator.integers(256))
            content = content[: int(generator.integers(len(content) + 1))] if generator.random() < 0.2 else content
            path.write_bytes(content)
            with suppress(DataError):
                assert np.isfinite(read_picture(path).ink).all()


@pytest.mark.no_qt_log  # decoders complain in words of their own
def test_every_kind_is_read_and_mangled_ones_give_a_digit_or_a_sentence(tmp_path: Path) -> None:
    fuzz(tmp_path, 30)


@pytest.mark.acceptance
@pytest.mark.no_qt_log
def test_thousands_of_mangled_pictures_give_digits_or_sentences(tmp_path: Path) -> None:
    fuzz(tmp_path, 1_000)


def test_a_picture_with_too_many_pixels_is_refused_by_its_header(tmp_path: Path) -> None:
    image = QImage(9_000, 9_000, QImage.Format.Format_Mono)
    image.fill(1)
    path = tmp_path / "huge.png"
    path.write_bytes(as_file(image, "PNG"))
    with pytest.raises(DataError, match=r"huge\.png” has 9,000 × 9,000 pixels: it may have 67 million"):
        read_picture(path)


def test_a_large_jpeg_is_shrunk_while_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(as_file(stroke(side=80).scaled(2_400, 2_400), "JPEG"))
    picture = read_picture(path)
    assert picture.imported is not None
    assert max(picture.imported.pixels.shape) == 512
