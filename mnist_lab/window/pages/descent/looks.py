"""How an optimizer looks beside its name: its marker painted, as an icon, and as a small widget; and its words."""

from typing import ClassVar

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rules import rule_of
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.descent.rule_colours import rule_colour, rule_marker
from mnist_lab.window.picture_mode import Role
from mnist_lab.window.words import fill, spell, spell_fixed

_ICON = 16
_SHARPNESS = 3


def name(identifier: str) -> str:
    """The optimizer's name in the learner's language."""
    return translation.translate("optimizers", rule_of(identifier).label)


def words(sentence: Sentence) -> str:
    """A sentence of the bench in the learner's language, its numbers spelled as on the pictures."""
    values = {name: _Spelled(value) for name, value in sentence.values.items()}
    return fill(translation.translate("descent", sentence.template), **values)


class _Spelled:
    """A number that a template rounds and the window spells."""

    def __init__(self, value: float) -> None:
        self._value = value

    def __format__(self, how: str) -> str:
        if how.endswith("f"):  # a fixed number of decimals is meant to be seen
            return spell_fixed(self._value, int(how.strip("f.,")))
        return spell(float(format(self._value, how)), mantissa=None)


def paint_marker(
    painter: QPainter, identifier: str, centre: QPointF, size: float, palette: theme.Palette, *, is_filled: bool = True
) -> None:
    """Paint the optimizer's marker around a place, `size` pixels wide."""
    path: QPainterPath = Symbols[rule_marker(identifier)]
    colour = QColor(rule_colour(palette, identifier))
    painter.save()
    painter.translate(centre)
    painter.scale(size, size)
    edge = QPen(QColor(palette.panel) if is_filled else colour, 1.5)
    edge.setCosmetic(True)
    painter.setPen(edge)
    painter.setBrush(colour if is_filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def icon(identifier: str, palette: theme.Palette) -> QIcon:
    """The marker as an icon of a choice."""
    pixmap = QPixmap(_ICON * _SHARPNESS, _ICON * _SHARPNESS)
    pixmap.setDevicePixelRatio(_SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marker(painter, identifier, QPointF(_ICON / 2, _ICON / 2), 11, palette)
    painter.end()
    return QIcon(pixmap)


class OptimizerMark(QWidget):
    """The marker of one optimizer, beside its name."""

    PICTURE_ROLE: ClassVar[Role] = "ornament"

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identifier = identifier
        self.setFixedSize(QSize(_ICON, _ICON))
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marker(painter, self._identifier, QRectF(self.rect()).center(), 12, self._palette)
        painter.end()
