"""Icons are letters of a font, in two colours."""

import itertools
import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from mnist_lab.window.theme import icons
from tests.conftest import REPOSITORY

_SOURCES = (path.read_text(encoding="utf-8") for path in (REPOSITORY / "mnist_lab").rglob("*.py"))
_NAMES = sorted({name for source in _SOURCES for name in re.findall(r'"(ph\.[a-z-]+)"', source)})


def _colours(pixmap: QPixmap) -> set[str]:
    """Of all pixels that are not seen through."""
    image = pixmap.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_icon_of_the_lab_is_drawn_and_like_no_other(qapp: QApplication) -> None:
    assert len(_NAMES) > 50
    pictures = []
    for name in _NAMES:
        picture = icons.icon(name, "#000000", "#000000").pixmap(QSize(32, 32))
        pictures.append(picture.toImage())
    blank = QPixmap(QSize(32, 32))
    blank.fill(Qt.GlobalColor.transparent)
    pictures.append(blank.toImage())
    assert not any(one == another for one, another in itertools.combinations(pictures, 2))


def test_an_icon_is_faded_where_it_is_disabled(qapp: QApplication) -> None:
    icon = icons.icon("ph.stop-fill", "#0000ff", "#00ff00")
    assert _colours(icon.pixmap(QSize(32, 32))) == {"#0000ff"}
    assert _colours(icon.pixmap(QSize(32, 32), QIcon.Mode.Disabled)) == {"#00ff00"}


def test_a_name_that_no_icon_has_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.icon("ph.no-such-icon", "#000000", "#000000")
