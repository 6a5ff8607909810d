"""One unit looked at closely: its picture with its own numbers, and what it responds to and leads to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.window import theme
from mnist_lab.window.pages.weights.signed_bars import SignedBars
from mnist_lab.window.pages.weights.unit_matrix import UnitMatrix
from mnist_lab.window.pages.weights.unit_words import least_words
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import width_beside_bar
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.widgets.pictures.opening_grid import OpeningGrid
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.words import fill

SIDE = 28
_LEAST_PICTURE, _PICTURE = 7 * SIDE, 10 * SIDE
_GRID = 3 * 52


class UnitPicture(QWidget):
    """The weights of one unit, large, with the value under the pointer, and a sentence on its numbers.

    Signals:
        weight_activated(int, int): row and column of a weight that was clicked, or on which Enter was pressed.
    """

    weight_activated = Signal(int, int)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self.picture = UnitMatrix(self, empty_words=self.tr("A unit's weights appear here when training begins"))
        self._readout = ShortLabel(self)  # words come and go: the column does not become wider for them
        self._facts = QLabel(self)
        self._build(object_name)
        self.picture.readout_changed.connect(self._show_readout)
        self.picture.cell_activated.connect(self.weight_activated)

    def _build(self, object_name: str) -> None:
        theme.set_role(self._title, "heading")
        theme.set_role(self._readout, "caption")
        self._facts.setWordWrap(True)
        self._facts.setObjectName(f"{object_name}Facts")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._facts.setMinimumHeight(3 * self._facts.fontMetrics().lineSpacing())
        self.picture.setObjectName(object_name)
        self.picture.setAccessibleName(self.tr("Weights of the unit, as a picture"))
        self.picture.setMinimumWidth(_LEAST_PICTURE)
        self.picture.setMaximumWidth(_PICTURE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for part in (self._title, self.picture, self._readout, self._facts):
            layout.addWidget(part)
        self._show_readout("")

    def show_unit(
        self, title: str, weights: NDArray[np.float32] | None, limit: float, facts: str, *, is_off: bool = False
    ) -> None:
        """Show (784,) weights on a scale up to `limit` with a sentence on the unit; None: no network yet."""
        self._title.setText(title)
        self.picture.set_values(None if weights is None else weights.reshape(SIDE, SIDE), limit)
        self.picture.set_off(is_off)
        self._facts.setText(facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture about square, each weight as large as the next."""
        super().resizeEvent(event)
        width = width_beside_bar(self, ScrollColumn)  # its height decides whether there is a bar
        self.picture.setFixedHeight(min(width // SIDE * SIDE, _PICTURE))

    @Slot(str)
    def _show_readout(self, readout: str) -> None:
        keys = self.picture.KEYS.lines()
        if readout == keys[0]:
            self._readout.set_texts(*keys)
        else:
            self._readout.set_texts(readout or self.tr("Point at a weight to read it."))


class UnitResponses(QWidget):
    """What a unit leads to (ten outgoing weights), and the test digits that excite it most and least.

    Signals:
        picture_opened(int): index of a test image that was opened.
    """

    picture_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = SignedBars([str(digit) for digit in range(CLASSES)], self)
        self._bars.setObjectName("outgoingWeights")
        self._bars.setAccessibleName(self.tr("Outgoing weights of the unit, one for each digit"))
        self._outgoing_words = QLabel(self)
        self.most = self._grid("mostExciting", self.tr("Test digits that excite the unit most"))
        self.least = self._grid("neverExciting", self.tr("Test digits that excite the unit least"))
        self._most_words, self._least_words = QLabel(self), QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(_titled(self._outgoing_words, self._bars), 1)
        layout.addWidget(_titled(self._most_words, self.most))
        layout.addWidget(_titled(self._least_words, self.least))
        self.most.picture_activated.connect(self.picture_opened)
        self.least.picture_activated.connect(self.picture_opened)
        self.show_outgoing((), is_direct=True)
        self.show_digits(None, None, None)

    def _grid(self, name: str, meaning: str) -> PictureGrid:
        grid = OpeningGrid(self)
        grid.setObjectName(name)
        grid.setAccessibleName(meaning)
        grid.setToolTip(fill(self.tr("{}: Enter or a click lays one on the drawing pad."), meaning))
        side = theme.fonts.scaled(_GRID)
        grid.setFixedSize(side, side)
        return grid

    def show_outgoing(self, weights: Sequence[float], *, is_direct: bool) -> None:
        """Show the ten weights to the output units; `is_direct` is false where other layers lie in between."""
        direct, indirect = self.tr("its weight to each output digit"), self.tr("its weights' product up to each digit")
        self._outgoing_words.setText(direct if is_direct else indirect)
        self._bars.set_values(weights)

    def show_digits(
        self,
        images: NDArray[np.uint8] | None,
        most: NDArray[np.int32] | None,
        least: NDArray[np.int32] | None,
        rest: str = "zero",
    ) -> None:
        """Show these of (n, 28, 28) uint8 images; None while they are unknown. `rest` is the activation's."""
        for grid, words, chosen, some, none in (
            (self.most, self._most_words, most, self.tr("excite it most"), self.tr("nothing excites it")),
            (
                self.least,
                self._least_words,
                least,
                least_words(rest),
                self.tr("it always responds"),
            ),
        ):
            if images is None or chosen is None:
                grid.set_pictures(np.empty((0, SIDE, SIDE), np.uint8))
                words.setText(some)
            else:
                grid.set_pictures(images, chosen.astype(np.intp))
                words.setText(some if len(chosen) else none)


def _titled(title: QLabel, content: QWidget) -> QWidget:
    theme.set_role(title, "caption")
    part = QWidget(content.parentWidget())
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SMALL_GAP)
    layout.addWidget(title)
    layout.addWidget(content, 1)
    return part
