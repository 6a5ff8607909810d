"""Which images are looked at: of which part of the set, of which digit, from which number on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.data.data_look import BrowseLook
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.fields.typed_numbers import read_whole
from mnist_lab.window.words import decimal_point, fill, spell_whole

PARTS = ("train", "test", "own")


class BrowseControls(QWidget):
    """Two lists and a number.

    Signals:
        changed(): another part or digit.
        index_wanted(int): an image to go to, by its number in the part's array.
    """

    changed = Signal()
    index_wanted = Signal(int)

    def __init__(self, look: BrowseLook, parent: QWidget | None = None) -> None:
        """Show what `look` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._look = look
        self._labels: NDArray[np.uint8] = np.empty(0, np.uint8)
        self._part = DropDown(self)
        self._part.setObjectName("dataPart")
        self._digit = DropDown(self)
        self._digit.setObjectName("dataDigit")
        self._index = QLineEdit(self)
        self._index.setObjectName("dataIndex")
        self._problem = Notice(self)
        self._problem.setObjectName("dataIndexProblem")
        self._problem.reserve_lines(2)  # what stands below must not move when it comes
        self._lay_out()
        for choice in (self._part, self._digit):
            shows_state(choice)
            choice.currentIndexChanged.connect(self._on_chosen)
        self._index.returnPressed.connect(self._on_index_entered)

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
            line = QHBoxLayout()  # each has what its own label leaves: the lists' words are long
            line.setSpacing(theme.GAP)
            line.addWidget(label)
            line.addWidget(field, 1)
            grid.addLayout(line, row, 0)
        grid.addWidget(self._problem, len(rows), 0)

    def set_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Offer these parts, each with how many images it has; the chosen one stays if it is among them."""
        names = {"train": self.tr("Training"), "test": self.tr("Test"), "own": self.tr("My digits")}
        self._part.blockSignals(True)
        self._part.clear()
        for part, count in parts:
            self._part.addItem(fill(self.tr("{name} ({count:,})"), name=names[part], count=count), part)
        self._part.setCurrentIndex(max(self._part.findData(self._look.part), 0))
        self._part.blockSignals(False)
        self._look.part = self._part.currentData() or self._look.part

    def set_labels(self, labels: NDArray[np.uint8]) -> None:
        """Say how many of each digit there are in the chosen part: (n,) uint8; a new part has no refused number."""
        if labels is self._labels:
            return
        self._labels = labels
        self._index.setPlaceholderText(fill(self.tr("0 to {last:,}"), last=self._last))
        counts = np.bincount(labels, minlength=10)
        self._digit.blockSignals(True)
        self._digit.clear()
        self._digit.addItem(fill(self.tr("all ({count:,})"), count=len(labels)), None)
        for digit, count in enumerate(counts.tolist()):
            self._digit.addItem(f"{digit} ({spell_whole(count)})", digit)
        self._digit.setCurrentIndex(0 if self._look.digit is None else 1 + self._look.digit)
        self._digit.blockSignals(False)
        self._show_problem()

    @property
    def _last(self) -> int:
        """Number of the last image."""
        return max(len(self._labels) - 1, 0)

    def show_all_digits(self) -> None:
        """Filter no more."""
        self._digit.setCurrentIndex(0)

    @Slot()
    def _on_chosen(self) -> None:
        self._look.part, self._look.digit = str(self._part.currentData()), self._digit.currentData()
        self.changed.emit()

    @Slot()
    def _on_index_entered(self) -> None:
        number = read_whole(self._index.text(), decimal_point())
        is_there = number is not None and 0 <= number < len(self._labels)
        self._look.refused = None if is_there else self._index.text()
        self._show_problem()
        if is_there:
            self.index_wanted.emit(number)

    def _show_problem(self) -> None:
        if self._look.refused is None:
            self._problem.clear()
            return
        words = self.tr("There is no image “{text}” here: enter a whole number from 0 to {last:,}.")
        self._problem.show_message(fill(words, text=self._look.refused[:20], last=self._last), "warning")
