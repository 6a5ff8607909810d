"""Which images are looked at: of which part of the set, of which digit, from which number on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill, spell_whole

PARTS = ("train", "test", "own")


class BrowseControls(QWidget):
    """Two lists and a number.

    Attributes:
        part: "train", "test" or "own".
        digit: 0 to 9, or None for all.

    Signals:
        changed(): another part or digit.
        index_wanted(int): an image to go to, by its number in the part's array.
    """

    changed = Signal()
    index_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._part = QComboBox(self)
        self._part.setObjectName("dataPart")
        self._digit = QComboBox(self)
        self._digit.setObjectName("dataDigit")
        self._index = QLineEdit(self)
        self._index.setObjectName("dataIndex")
        self._problem = Notice(self)
        self._problem.setObjectName("dataIndexProblem")
        self._lay_out()
        self._part.currentIndexChanged.connect(self.changed)
        self._digit.currentIndexChanged.connect(self.changed)
        self._index.returnPressed.connect(self._on_index_entered)

    @property
    def part(self) -> str:
        """Which part of the set."""
        return str(self._part.currentData() or "train")

    @property
    def digit(self) -> int | None:
        """Which digit, or None for all."""
        data = self._digit.currentData()
        return None if data is None else int(data)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        rows = (
            (self.tr("&Images"), self._part, self.tr("Which part of the set is shown.")),
            (self.tr("&Digit"), self._digit, self.tr("Show all digits, or one.")),
            (self.tr("&Go to image"), self._index, self.tr("The number of an image, from 0 as in the array; Enter.")),
        )
        for row, (words, field, explanation) in enumerate(rows):
            label = QLabel(words, self)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            field.setToolTip(explanation)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._problem, len(rows), 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def set_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Offer these parts, each with how many images it has; the chosen one stays if it is among them."""
        names = {"train": self.tr("Training"), "test": self.tr("Test"), "own": self.tr("My digits")}
        before = self.part
        self._part.blockSignals(True)
        self._part.clear()
        for part, count in parts:
            self._part.addItem(fill(self.tr("{name} ({count:,})"), name=names[part], count=count), part)
        self._part.setCurrentIndex(max(self._part.findData(before), 0))
        self._part.blockSignals(False)

    def set_labels(self, labels: NDArray[np.uint8]) -> None:
        """Say how many of each digit there are in the chosen part."""
        self._count = len(labels)
        self._index.setPlaceholderText(fill(self.tr("0 to {last:,}"), last=max(self._count - 1, 0)))
        counts = np.bincount(labels, minlength=10)
        before = self._digit.currentIndex()
        self._digit.blockSignals(True)
        self._digit.clear()
        self._digit.addItem(fill(self.tr("all ({count:,})"), count=len(labels)), None)
        for digit, count in enumerate(counts):
            self._digit.addItem(f"{digit} ({spell_whole(count)})", digit)
        self._digit.setCurrentIndex(max(before, 0))
        self._digit.blockSignals(False)
        self._problem.clear()

    def show_all_digits(self) -> None:
        """Filter no more."""
        self._digit.setCurrentIndex(0)

    @Slot()
    def _on_index_entered(self) -> None:
        text = self._index.text().replace(",", "").replace(" ", "").strip()
        if text.isdecimal() and text.isascii() and len(text) < 12 and int(text) < self._count:
            self._problem.clear()
            self.index_wanted.emit(int(text))
            return
        words = self.tr("There is no image “{text}” here: enter a whole number from 0 to {last:,}.")
        self._problem.show_message(fill(words, text=self._index.text()[:20], last=max(self._count - 1, 0)), "warning")
