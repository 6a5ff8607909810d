"""Icons of qtawesome's Phosphor set: letters of a font, each drawn once for a size and a colour.

Only the font and the list of its letters are qtawesome's. Its code is not imported: it reads its eleven other fonts
too, draws the letter anew whenever a button is painted, and its binding switch changes Qt's own classes.
"""

import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from mnist_lab.window import picture_mode

_SET = "ph."
"""What the name of every icon begins with, as in qtawesome."""
_LETTER_SHARE = 0.875
"""Height of the letter's font in that of the icon: around letters there is air."""


@lru_cache(maxsize=512)
def icon(name: str, colour: str, faded: str) -> QIcon:
    """The icon of that name in a colour, and faded where it is disabled; sharp at every size and scale.

    Raises:
        KeyError: there is none of that name.
    """
    return QIcon(_DrawnOnce(_letters()[name.removeprefix(_SET)], QColor(colour), QColor(faded)))


class _DrawnOnce(QIconEngine):
    """Keeps the pixmaps of an icon, one for each size and mode."""

    def __init__(self, letter: str, colour: QColor, faded: QColor) -> None:
        super().__init__()
        self._letter = letter
        self._colour = colour
        self._faded = faded
        self._pixmaps: dict[tuple[int, int, bool], QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """In physical pixels."""
        del state  # one that is on looks the same
        is_faded = mode is QIcon.Mode.Disabled
        key = (size.width(), size.height(), is_faded)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(size, self._faded if is_faded else self._colour)
        return self._pixmaps[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a rectangle of logical pixels."""
        size = rect.size() * picture_mode.pixel_ratio(painter.device().devicePixelRatio())
        painter.drawPixmap(rect, self.pixmap(size, mode, state))

    def clone(self) -> QIconEngine:
        """Another with the same picture."""
        return _DrawnOnce(self._letter, self._colour, self._faded)

    def _drawn(self, size: QSize, colour: QColor) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        font = QFont(_family())
        font.setPixelSize(max(round(_LETTER_SHARE * size.height()), 1))
        painter = QPainter(pixmap)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRect(QPoint(), size), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()
        return pixmap


@lru_cache(maxsize=1)
def _family() -> str:
    """The font's family, once it is loaded."""
    (path,) = _folder().glob("phosphor-[0-9]*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))[0]


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """The letter of each icon, by its name without the set's."""
    (path,) = _folder().glob("phosphor-charmap-*.json")
    return {name: chr(int(code, 16)) for name, code in json.loads(path.read_bytes()).items()}


def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")  # which imports nothing
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("fonts")
