"""The tab Answers: the confusion matrix, and the images behind each of its numbers."""

import functools
import math

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.evaluation import Indices
from mnist_lab.studies.examined import Examined
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.choices import GalleryChoice
from mnist_lab.window.pages.evaluate.confusion_matrix import Cell, ConfusionMatrix
from mnist_lab.window.pages.evaluate.image_words import ImageWords
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.opening_grid import OpeningGrid
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill

_SIDE = 84
"""Of a picture, in logical pixels: three for each of its own, and its longest caption has room below it."""


class AnswersTab(QWidget):
    """Matrix at the left, gallery at the right: of a cell, of all mistakes, or of one's own digits.

    Attributes:
        shown: indices of the images in the gallery, in its order.

    Signals:
        test_image_opened(int): index of a test image that was clicked.
        own_image_opened(int): index of one of the learner's own digits that was clicked.
        own_shown_changed(bool): whether the gallery shows the learner's own digits, as the tab itself decided.
    """

    test_image_opened = Signal(int)
    own_image_opened = Signal(int)
    own_shown_changed = Signal(bool)

    def __init__(self, choice: GalleryChoice, look: GridLook, parent: QWidget | None = None) -> None:
        """Show the images that `choice` says, as far down as `look` says; what the learner chooses is kept there."""
        super().__init__(parent)
        self.shown: Indices = np.empty(0, np.intp)
        self._choice = choice
        self._test: Examined | None = None
        self._own: Examined | None = None
        self._filled: object = None
        self._image_words = ImageWords(self)
        self._make_matrix()
        self._make_gallery(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        matrix, gallery = FoldingPart(self._matrix_panel(), 5), FoldingPart(self._gallery_panel(), 4)
        layout.addWidget(FoldingRow(matrix, gallery, parent=self))
        self._connect()
        self._show_matrix()

    # Building

    def _make_matrix(self) -> None:
        self._matrix = ConfusionMatrix(self)
        self._matrix.setObjectName("confusionMatrix")
        self._readout = self._words("confusionReadout", "caption")
        self._unit = DropDown(self)
        self._unit.setObjectName("confusionUnit")
        self._unit.setAccessibleName(self.tr("What the numbers of the matrix mean"))
        self._unit.setToolTip(
            self.tr("Counts; per cent of all images of a digit (its row); or per cent of all answers (its column).")
        )
        self._unit.addItem(self.tr("Counts"), "count")
        self._unit.addItem(self.tr("% of a row"), "row")
        self._unit.addItem(self.tr("% of a column"), "column")

    def _make_gallery(self, look: GridLook) -> None:
        self._grid = OpeningGrid(self, _SIDE, look)
        self._grid.setObjectName("answersGallery")
        self._grid.setAccessibleName(self.tr("Images with their answers"))
        self._grid.setToolTip(self.tr("Click an image, or go to it with the arrow keys and press Enter: to the pad."))
        self._heading = self._words("galleryHeading", "caption")
        self._mistakes = IconButton("ph.warning-circle", self.tr("All mistakes"), self)
        self._mistakes.setObjectName("allMistakesButton")
        self._mistakes.setAccessibleName(self.tr("Show all mistakes"))
        self._mistakes.setToolTip(
            self.tr("Show every image that is not recognised, the most confident mistakes first.")
        )

    def _words(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        theme.set_role(label, role)
        return label

    def _matrix_panel(self) -> Panel:
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._matrix, 1)
        inside.addWidget(self._readout)
        reserve_lines(self._readout, 2)
        return Panel(self.tr("Confusion matrix"), content, self._unit, parent=self)

    def _gallery_panel(self) -> Panel:
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._heading)
        inside.addWidget(self._grid, 1)
        inside.addWidget(self._mistakes, 0, Qt.AlignmentFlag.AlignLeft)
        reserve_lines(self._heading, 2)
        return Panel(self.tr("Images"), content, parent=self)

    def _connect(self) -> None:
        self._matrix.cell_activated.connect(self.open_cell)
        self._matrix.readout_changed.connect(self._on_readout)
        self._unit.currentIndexChanged.connect(self._on_unit)
        self._mistakes.clicked.connect(self._on_mistakes)
        self._grid.picture_activated.connect(self._on_picture)
        self._grid.pointed_changed.connect(self._on_picture_pointed)

    # What is shown

    def show_examined(self, test: Examined | None, own: Examined | None) -> None:
        """Show the answers to all test images and to the learner's own digits; None where there are none."""
        self._test, self._own = test, own
        self._show()

    def show_own(self, on: bool) -> None:
        """Show the learner's own digits in the gallery, or the test images again."""
        if on != self._choice.is_own:
            self._choice.is_own = on
            self._show()

    def _show(self) -> None:
        self._show_matrix()
        self._show_gallery()

    def _show_matrix(self) -> None:
        is_chosen = self._choice.is_own or self._choice.cell is not None
        self._matrix.set_counts(None if self._test is None else self._test.evaluation.confusion())
        self._matrix.set_opened(self._choice.shown_cell)
        self._mistakes.setEnabled(self._test is not None and is_chosen)
        self._on_readout(self._matrix.readout)

    def _show_gallery(self) -> None:
        examined, cell = self._examined, self._choice.cell
        if examined is None:
            self.shown = np.empty(0, np.intp)
            self._grid.set_pictures(np.empty((0, 28, 28), np.uint8))
            self._grid.set_empty_words(self.tr("No answers yet: the images that the network gets wrong will be here."))
            self._heading.clear()
            return
        self._grid.set_empty_words("")
        if self._choice.is_own:
            self.shown = examined.mistakes_first()
        elif cell is None:
            self.shown = examined.evaluation.mistakes()
        else:
            self.shown = examined.evaluation.cell(*cell)
        self._fill(examined)
        self._heading.setText(self._heading_words())

    @property
    def _examined(self) -> Examined | None:
        """What the gallery shows images of."""
        return self._own if self._choice.is_own else self._test

    def _fill(self, examined: Examined) -> None:
        """Show the images; while a network learns and they change, what one looks at stays where it is."""
        choice = (self._choice.is_own, self._choice.cell)
        is_same, self._filled = choice == self._filled, choice
        selected, scrolled = self._grid.selected, self._grid.verticalScrollBar().value()
        self._grid.set_pictures(
            examined.images,
            self.shown,
            functools.cache(lambda index: self._caption(examined, index)),  # asked for at each repaint
            (lambda index: bool(examined.evaluation.right[index])) if self._choice.is_own else None,
        )
        if is_same:
            if selected is not None and self._grid.hasFocus():
                self._grid.select(selected)
            self._grid.verticalScrollBar().setValue(scrolled)

    def _heading_words(self) -> str:
        count = len(self.shown)
        if self._choice.is_own:
            return self.tr("%Ln digit(s) of your own, mistakes first", "", count)
        if self._choice.cell is None:
            words = self.tr("%Ln image(s) not recognised, most confident mistakes first", "", count)
            return words if count else self.tr("No mistake: every test image is recognised.")
        label, answer = self._choice.cell
        if not count:
            return fill(self.tr("No {label} was taken for {answer}."), label=label, answer=answer)
        if label == answer:
            words = self.tr("%Ln image(s) of {label} recognised, most confident first", "", count)
        else:
            words = self.tr("%Ln image(s) of {label} taken for {answer}, most confident first", "", count)
        return fill(words, label=label, answer=answer)

    def _caption(self, examined: Examined, index: int) -> str:
        label, answer, confidence = examined.label(index), examined.answer(index), examined.confidence(index)
        if answer is None or not math.isfinite(confidence):
            return fill(self.tr("{label}→?"), label=label)
        share = ProbabilityBars.spell(confidence)
        if answer == label:
            return fill(self.tr("{label} {share}"), label=label, share=share)
        return fill(self.tr("{label}→{answer} {share}"), label=label, answer=answer, share=share)

    # What happens

    @Slot(int, int)
    def open_cell(self, label: int, answer: int) -> None:
        """Show the images of `label` that were taken for `answer`."""
        self._choose((label, answer))

    @Slot()
    def _on_mistakes(self) -> None:
        self._grid.setFocus()  # the button is about to be disabled
        self._choose(None)

    def _choose(self, cell: Cell | None) -> None:
        was_own, self._choice.is_own, self._choice.cell = self._choice.is_own, False, cell
        self._show()
        if was_own:
            self.own_shown_changed.emit(False)

    @Slot(str)
    def _on_readout(self, readout: str) -> None:
        words = self.tr(
            "Each row holds the test images of one digit. Colours of mistakes are relative to the largest mistake."
        )
        keys = self._matrix.KEYS.lines()[0]  # with no numbers yet, they are all that is read out
        if readout and readout != keys and self._matrix.hasFocus():
            readout = f"{readout} · {keys}"
        self._readout.setText(readout or words)

    @Slot(int)
    def _on_unit(self, _index: int) -> None:
        self._matrix.set_normalisation(self._unit.currentData())

    @Slot(object)
    def _on_picture_pointed(self, index: int | None) -> None:
        """Say what the image under the pointer is, where else the heading of the gallery stands."""
        examined = self._examined
        if index is None or examined is None:
            self._heading.setText(self._heading_words())
        else:
            name = self._image_words.name(index, is_own=self._choice.is_own)
            self._heading.setText(self._image_words.answer(examined, index, name))

    @Slot(int)
    def _on_picture(self, index: int) -> None:
        if self._choice.is_own:
            self.own_image_opened.emit(index)
        else:
            self.test_image_opened.emit(index)
