"""Browsing: the grid of images, and the chosen one large, with its numbers."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.data.number_picture import NumberPicture
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.words import fill

_GRID_SHARE = 32
"""Of the width, in per cent: four images side by side in the smallest window; numbers need all the rest."""


class ImagesTab(QWidget):
    """Shows some images of an array and one of them closely.

    Attributes:
        grid: the images.
        chosen: number of the chosen image in its array, or None.

    Signals:
        chosen_changed(): another image is chosen.
        open_wanted(int): an image that is to be laid on the pad.
    """

    chosen_changed = Signal()
    open_wanted = Signal(int)

    def __init__(self, look: GridLook, parent: QWidget | None = None) -> None:
        """Show no images yet; they are looked at as `look` says."""
        super().__init__(parent)
        self._images = np.empty((0, 28, 28), np.uint8)
        self._labels = np.empty(0, np.uint8)
        self._name = ""
        self.grid = PictureGrid(self, look=look)
        self.grid.setObjectName("dataGrid")
        self.grid.setAccessibleName(self.tr("Images of the set"))
        self.grid.setToolTip(self.tr("Click an image, or go to it with the arrow and Page keys, to see its numbers."))
        self.grid.keep_choice()
        self.grid.set_empty_words(self.tr("No image of this kind."))
        self._picture = NumberPicture(self, empty_words=self.tr("Choose an image"))
        self._picture.setObjectName("dataImage")
        self._caption = QLabel(self)
        self._caption.setObjectName("dataImageCaption")
        self._caption.setWordWrap(True)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        theme.set_role(self._caption, "caption")
        # Two lines at all times: the picture must not move while one points at it.
        self._caption.setMinimumHeight(2 * self._caption.fontMetrics().lineSpacing())
        self._open = IconButton("ph.pencil-line", self.tr("Open on the pad"), self)
        self._open.setObjectName("dataOpenButton")
        self._open.setAccessibleName(self.tr("Open the chosen image on the drawing pad"))
        self._open.setToolTip(self.tr("Lay this image on the drawing pad, and see what the network makes of it."))
        self._lay_out()
        self.grid.selection_changed.connect(self._show_chosen)
        self._picture.readout_changed.connect(self._on_read)
        self._open.clicked.connect(self._on_open)

    def _lay_out(self) -> None:
        closely = QWidget(self)
        inside = QVBoxLayout(closely)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Square(self._picture, self), 1)
        inside.addWidget(self._caption)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(Panel(self.tr("The images"), self.grid, parent=self), _GRID_SHARE)
        layout.addWidget(
            Panel(self.tr("One image: 28×28 numbers"), closely, self._open, parent=self),
            100 - _GRID_SHARE,
        )

    @property
    def chosen(self) -> int | None:
        """Number of the chosen image in its array."""
        return self.grid.selected

    def show_images(
        self, name: str, images: NDArray[np.uint8], labels: NDArray[np.uint8], indices: NDArray[np.intp]
    ) -> None:
        """Show the images with these `indices` of the array called `name`: (n, 28, 28) uint8 with (n,) labels."""
        self._name, self._images, self._labels = name, images, labels
        self.grid.set_pictures(images, indices, captions=lambda index: str(labels[index]))

    @Slot()
    def _show_chosen(self) -> None:
        index = self.chosen
        self._picture.set_numbers(None if index is None else self._images[index])
        self._open.setEnabled(index is not None)
        self._on_read(self._picture.readout)
        self.chosen_changed.emit()

    @Slot(str)
    def _on_read(self, readout: str) -> None:
        index = self.chosen
        if index is None or not len(self._labels):  # the keyboard may be here before there are images
            self._caption.setText("")
            return
        lead = fill(self.tr("{name}[{index}], label {label}"), name=self._name, index=index, label=self._labels[index])
        rest = readout or self.tr("0 is paper, 255 is ink; point at a number to read where it stands")
        self._caption.setText(f"{lead} · {rest}")

    @Slot()
    def _on_open(self) -> None:
        if self.chosen is not None:
            self.open_wanted.emit(self.chosen)
