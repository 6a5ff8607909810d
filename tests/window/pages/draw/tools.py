"""What tests of the Draw page have in common."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QTabWidget

from mnist_lab.window.widgets.fields.typed_numbers import read_real
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from tests.window.pad import Pad

ANSWER, WHY, NETWORK, PREPARING, INSIDE, SOFTMAX, OWN = range(7)


def turn_to(pad: Pad, tab: int) -> None:
    pad.driver.find(QTabWidget, "drawTabs").setCurrentIndex(tab)
    QApplication.processEvents()


def received(pad: Pad) -> np.ndarray:
    picture = pad.driver.find(PixelPicture, "networkInput").picture
    assert picture is not None
    return picture


def press(pad: Pad, name: str) -> None:
    """Switch a box as the keyboard does."""
    box = pad.driver.find(QCheckBox, name)
    assert box.isEnabled(), name
    pad.driver.qtbot.keyClick(box, Qt.Key.Key_Space)


def scan(folder: Path, *, is_inverted: bool = False) -> Path:
    """A grey picture of a seven on paper, as a file."""
    pixels = np.full((120, 90), 230, np.uint8)
    pixels[20:30, 20:70] = 20
    for row in range(30, 100):
        pixels[row, 66 - row // 3 : 74 - row // 3] = 20
    pixels = 255 - pixels if is_inverted else pixels
    image = QImage(pixels.tobytes(), 90, 120, 90, QImage.Format.Format_Grayscale8).copy()
    path = folder / "seven.png"
    assert image.save(str(path))
    return path


def number(pad: Pad, name: str) -> float:
    value = read_real(pad.driver.text(name).replace("−", "-").replace("+", ""))
    assert value is not None, pad.driver.text(name)
    return value
