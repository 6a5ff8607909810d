"""A digit before and after a disturbance, with what the network says to each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import ReservedLines, reserve_lines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture

_LINES = 4
"""Of the sentence."""


@dataclass(frozen=True, eq=False)
class Example:
    """What is shown.

    Attributes:
        before: (28, 28) float32, the digit as it is in the set.
        after: (28, 28) float32, the disturbed one.
        words: what it is, what was done to it, what the network says.
    """

    before: NDArray[np.float32]
    after: NDArray[np.float32]
    words: str


class ExampleView(ReservedLines):
    """Two pictures side by side, and a sentence below them.

    Signals:
        another_wanted(): another digit is to be the example.
        pad_wanted(): the disturbed picture is to be opened on the drawing pad.
    """

    another_wanted = Signal()
    pad_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._after = PixelPicture(self), PixelPicture(self)
        for picture, name, words in (
            (self._before, "exampleBefore", self.tr("The digit as it is in the test set")),
            (self._after, "exampleAfter", self.tr("The disturbed digit")),
        ):
            picture.setObjectName(name)
            picture.setAccessibleName(words)
            picture.setFixedSize(picture.minimumSizeHint())
        self._words = reserve_lines(paragraph("exampleWords"), _LINES)
        self._another = named_button(
            "anotherExampleButton",
            "ph.shuffle",
            self.tr("Another"),
            self.tr("Disturb another digit of the test set."),
            self,
        )
        self._another.setAccessibleName(self.tr("Another digit"))
        self._open = named_button(
            "openExampleButton",
            "ph.pencil-line",
            self.tr("To pad"),
            self.tr("Lay the disturbed digit on the pad of the Draw page."),
            self,
        )
        self._open.setAccessibleName(self.tr("Open the disturbed digit on the pad"))
        self._another.clicked.connect(self.another_wanted)
        self._open.clicked.connect(self.pad_wanted)
        self._build()
        self.show_example(None)

    def _build(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL_GAP)
        for left, right in ((self._before, self._after), (self._another, self._open)):
            row = QHBoxLayout()
            row.setSpacing(theme.SMALL_GAP)
            row.addWidget(left)
            row.addWidget(right)
            row.addStretch(1)
            column.addLayout(row)
        column.insertWidget(1, self._words)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("One of these digits"), content, parent=self))

    def show_example(self, example: Example | None) -> None:
        """Show a digit; None while there is none."""
        for button in (self._another, self._open):
            button.setEnabled(example is not None)
        self._before.set_picture(None if example is None else example.before)
        self._after.set_picture(None if example is None else example.after)
        self._words.setText(
            self.tr("Point at a curve to see a digit disturbed as strongly as there.")
            if example is None
            else example.words
        )
