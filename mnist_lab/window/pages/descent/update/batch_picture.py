"""The images of one batch, with their labels."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.network.batches import origin
from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import ReservedLines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.picture_grid import LARGE, SMALL, PictureGrid
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell_whole

_FEW = 64
"""Images that have room when they are large."""


class BatchPicture(ReservedLines):
    """All images of the batch, in the order in which they were drawn."""

    def __init__(self, look: GridLook, parent: QWidget | None = None) -> None:
        """Show no batch yet; `look` keeps selection and scroll position."""
        super().__init__(parent)
        self._numbers: UpdateNumbers | None = None
        self._pointed: int | None = None
        self._grid = PictureGrid(self, look=look)
        self._grid.setObjectName("updateBatch")
        self._grid.setAccessibleName(self.tr("The images of the batch"))
        self._grid.setToolTip(self.tr("Point at an image, or go to it with the arrow keys, to read about it."))
        self._readout = paragraph("updateBatchReadout")
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._grid, 1)
        inside.addWidget(self._readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("The batch, with its labels"), content, parent=self))
        self._grid.pointed_changed.connect(self._on_pointed)
        self._grid.selection_changed.connect(self._show_readout)

    def show_numbers(self, numbers: UpdateNumbers) -> None:
        """Show another update."""
        self._numbers, self._pointed = numbers, None
        self._grid.set_side(LARGE if len(numbers.labels) <= _FEW else SMALL)
        self._grid.set_pictures(numbers.images, captions=lambda image: str(int(numbers.labels[image])))
        self._show_readout()

    @Slot(object)
    def _on_pointed(self, image: int | None) -> None:
        self._pointed = image
        self._show_readout()

    @Slot()
    def _show_readout(self) -> None:
        image = self._grid.selected if self._pointed is None else self._pointed
        if self._numbers is None or image is None:
            return
        numbers = self._numbers
        index, copy = origin(numbers.experiment, numbers.training_images, int(numbers.update.indices[image]))
        words = self.tr(
            "Image {image} of {count}, the digit {label}: training image {index}. The network gave the {label} {share}."
        )
        if copy:
            words = self.tr(
                "Image {image} of {count}, the digit {label}: moved copy {copy} of training image {index}."
                " The network gave the {label} {share}."
            )
        label = int(numbers.labels[image])
        text = fill(
            words,
            image=image + 1,
            count=spell_whole(len(numbers.labels)),
            label=label,
            copy=spell_whole(copy),
            index=spell_whole(index),
            share=ProbabilityBars.spell(float(numbers.forward[-1].outputs[image, label])),
        )
        self._readout.setText(text)
        self._grid.setAccessibleDescription(text)
