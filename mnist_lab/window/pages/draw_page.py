"""The Draw page: draw a digit, see the picture the network receives and what it answers, also while it trains."""

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.data.preprocess import Prepared, prepare
from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.forward import probabilities
from mnist_lab.window import theme
from mnist_lab.window.lab import Lab, Subject
from mnist_lab.window.page import Page
from mnist_lab.window.widgets.draw_canvas import DrawCanvas
from mnist_lab.window.widgets.icon_button import IconButton
from mnist_lab.window.widgets.panel import Panel
from mnist_lab.window.widgets.pixel_picture import PixelPicture
from mnist_lab.window.widgets.probability_bars import ProbabilityBars

_NO_ANSWER = "–"


class DrawPage(Page):
    """The pad on the left; the network's input, its ten probabilities and its answer on the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._prepared: Prepared | None = None
        self._make_pad()
        self._make_answer()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._pad_panel(), 3)
        layout.addLayout(self._answer_column(), 2)
        self._connect()

    def _make_pad(self) -> None:
        self._canvas = DrawCanvas(self)
        self._canvas.setObjectName("drawCanvas")
        self._undo = IconButton("ph.arrow-counter-clockwise", self.tr("&Undo"), self)
        self._undo.setObjectName("undoButton")
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Take the last stroke back, or the last clearing (Ctrl+Z)."))
        self._clear = IconButton("ph.trash", self.tr("&Clear"), self)
        self._clear.setObjectName("clearButton")
        self._clear.setAccessibleName(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Empty the pad; Undo brings the drawing back."))

    def _make_answer(self) -> None:
        self._picture = PixelPicture(self)
        self._picture.setObjectName("networkInput")
        self._prediction = QLabel(_NO_ANSWER, self)
        self._prediction.setObjectName("prediction")
        self._prediction.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._prediction.setToolTip(self.tr("The digit with the largest probability."))
        theme.set_role(self._prediction, "answer")
        self._bars = ProbabilityBars(self)
        self._bars.setObjectName("probabilities")
        self._explanation = QLabel(self)
        self._explanation.setObjectName("answerExplanation")
        self._explanation.setWordWrap(True)

    def _pad_panel(self) -> Panel:
        return Panel(self.tr("Draw a digit"), self._canvas, self._undo, self._clear, parent=self)

    def _answer_column(self) -> QVBoxLayout:
        answer = QWidget(self)
        inside = QVBoxLayout(answer)
        inside.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self._prediction)
        top.addWidget(self._explanation, 1)
        inside.addLayout(top)
        inside.addWidget(self._bars, 1)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("What the network receives: 28×28 pixels"), self._picture, parent=self), 2)
        column.addWidget(Panel(self.tr("What it answers"), answer, parent=self), 3)
        return column

    def _connect(self) -> None:
        self._canvas.strokes_changed.connect(self._on_strokes_changed)
        self._undo.clicked.connect(self._canvas.undo)
        self._clear.clicked.connect(self._canvas.clear)

    @Slot()
    def _on_strokes_changed(self) -> None:
        self._prepared = prepare(self._canvas.strokes)
        self._picture.set_picture(None if self._prepared is None else self._prepared.image)
        self._show_answer()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Answer anew with the weights as they are now."""
        if subjects & {Subject.WEIGHTS, Subject.RUN}:
            self._show_answer()

    def _show_answer(self) -> None:
        weights = self.lab.weights
        if self._prepared is None or weights is None:
            self._bars.set_values(None)
            self._prediction.setText(_NO_ANSWER)
        else:
            values = probabilities(weights, self._prepared.image.reshape(1, PIXELS))[0]
            self._bars.set_values(values)
            self._prediction.setText(str(int(np.argmax(values))))
        self._explanation.setText(self._explain())

    def _explain(self) -> str:
        weights = self.lab.weights
        if weights is None:
            if self.lab.is_training:
                return self.tr("The network is being prepared; it answers as soon as it stands.")
            return self.tr("No network yet: train one on the Train page, then it answers here while you draw.")
        if self._prepared is None:
            return self.tr("Draw something: an empty pad has no answer.")
        first, second = sorted(self._bars.values, reverse=True)[:2]
        words = self.tr("After {updates:,} updates: {first:.1f} %, ahead of the next by {margin:.1f} points.")
        return words.format(updates=weights.updates, first=100 * first, margin=100 * (first - second))
