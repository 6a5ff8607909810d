"""A 28×28 picture of numbers of either sign, on a scale symmetric about zero."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, qRgb
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.theme.colours import STEPS
from mnist_lab.window.widgets.pictures.pixel_picture import SIDE, PixelPicture
from mnist_lab.window.words import spell


class SignedPicture(PixelPicture):
    """Shows 784 numbers, zero exactly as the neutral colour, and reads them like a `PixelPicture`.

    Attributes:
        limit: the number of the strongest colour.
    """

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        self.limit = 0.0
        super().__init__(parent, empty_words=empty_words)

    def set_numbers(self, numbers: NDArray[np.floating] | None, limit: float) -> None:
        """Show (784,) or (28, 28) numbers, `limit` in the strongest colour; None: none."""
        self.limit = limit
        self.set_picture(None if numbers is None else np.asarray(numbers, np.float32))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._table = [qRgb(*(int(part) for part in entry)) for entry in theme.diverging(palette)]
        super().set_palette(palette)

    def _spell(self, value: float) -> str:
        words = spell(value, 4)
        return f"+{words}" if value > 0 else words

    def _render(self) -> None:
        if self.picture is None:
            self._image = QImage()
        else:
            share = self.picture / np.float32(self.limit) if self.limit > 0 else np.zeros_like(self.picture)
            steps = np.clip(np.nan_to_num(share), -1, 1) * STEPS + STEPS
            steps = np.ascontiguousarray(np.rint(steps).astype(np.uint8))
            image = QImage(steps.data, SIDE, SIDE, SIDE, QImage.Format.Format_Indexed8)
            image.setColorTable(self._table)
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self.update()
