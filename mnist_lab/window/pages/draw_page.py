"""The Draw page: draw a digit, see the picture the network receives and what it answers, also while it trains."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
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
from mnist_lab.window.widgets.square import Square

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
        self._caption = QLabel(self._caption_words(), self)
        self._caption.setObjectName("networkInputCaption")
        self._caption.setWordWrap(True)
        theme.set_role(self._caption, "caption")
        self._prediction = QLabel(_NO_ANSWER, self)
        self._prediction.setObjectName("prediction")
        self._prediction.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._prediction.setToolTip(self.tr("The digit with the largest probability."))
        theme.set_role(self._prediction, "answer")
        # Room for any digit: what stands beside it must not jump from answer to answer.
        room = theme.fonts.widest(theme.fonts.font("answer", bold=True), "0")
        self._prediction.setMinimumWidth(round(room) + theme.GAP)
        self._bars = ProbabilityBars(self)
        self._bars.setObjectName("probabilities")
        self._explanation = QLabel(self)
        self._explanation.setObjectName("answerExplanation")
        self._explanation.setWordWrap(True)
        self._train = IconButton("ph.play-fill", self.tr("&Train it now"), self)
        self._train.setObjectName("trainNowButton")
        self._train.setAccessibleName(self.tr("Train the network now"))
        self._train.setToolTip(self.tr("Start a run with the settings of the Train page, and watch the answer form."))
        self._train.set_primary(True)

    def _pad_panel(self) -> Panel:
        return Panel(self.tr("Draw a digit"), Square(self._canvas, self), self._undo, self._clear, parent=self)

    def _answer_column(self) -> QVBoxLayout:
        picture = QWidget(self)
        inside = QVBoxLayout(picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Square(self._picture, self), 1)
        inside.addWidget(self._caption)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("What the network receives: 28×28 pixels"), picture, parent=self), 1)
        column.addWidget(Panel(self.tr("What it answers"), self._answer(), parent=self), 1)
        return column

    def _answer(self) -> QWidget:
        words = QVBoxLayout()
        words.addWidget(self._explanation, 1)
        words.addWidget(self._train, 0, Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(theme.LARGE_GAP)
        top.addWidget(self._prediction)
        top.addLayout(words, 1)
        answer = QWidget(self)
        layout = QVBoxLayout(answer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addWidget(self._bars, 1)
        return answer

    def _connect(self) -> None:
        self._canvas.strokes_changed.connect(self._on_strokes_changed)
        self._undo.clicked.connect(self._on_undo)
        self._clear.clicked.connect(self._on_clear)
        undo_keys = QShortcut(QKeySequence.StandardKey.Undo, self)
        undo_keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo_keys.activated.connect(self._on_undo)
        self._picture.readout_changed.connect(self._on_pixel_read)
        self._train.clicked.connect(self.lab.start)
        self._on_strokes_changed()

    def first_focus(self) -> QWidget:
        """The pad: a pen for the keyboard waits there."""
        return self._canvas

    @Slot()
    def _on_undo(self) -> None:
        self._canvas.undo()
        self._canvas.setFocus()  # the button may be disabled now, and Ctrl+Z must go on

    @Slot()
    def _on_clear(self) -> None:
        self._canvas.clear()
        self._canvas.setFocus()

    @Slot(str)
    def _on_pixel_read(self, readout: str) -> None:
        self._caption.setText(readout or self._caption_words())

    def _caption_words(self) -> str:
        return self.tr("Shrunk to 19 of 28 pixels, centred by its mass; 0 is paper, 1 is ink.")

    @Slot()
    def _on_strokes_changed(self) -> None:
        self._prepared = prepare(self._canvas.strokes)
        self._picture.set_picture(None if self._prepared is None else self._prepared.image)
        self._undo.setEnabled(self._canvas.can_undo)
        self._clear.setEnabled(not self._canvas.is_empty)
        self._show_answer()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Answer anew with the weights as they are now."""
        if Subject.RUN in subjects:
            self._train.setVisible(not self.lab.is_training and self.lab.weights is None)
        if subjects & {Subject.WEIGHTS, Subject.RUN}:
            self._show_answer()

    def _show_answer(self) -> None:
        values = self._answer_of_network()
        self._bars.set_values(values)
        self._prediction.setText(_NO_ANSWER if values is None else str(int(np.argmax(values))))
        self._explanation.setText(self._explain(values))

    def _answer_of_network(self) -> NDArray[np.float32] | None:
        """(10,) probabilities; None without a drawing or a network, or if the network's numbers overflow."""
        if self._prepared is None or self.lab.weights is None:
            return None
        values = probabilities(self.lab.weights, self._prepared.image.reshape(1, PIXELS))[0]
        return values if np.isfinite(values).all() else None

    def _explain(self, values: NDArray[np.float32] | None) -> str:
        weights = self.lab.weights
        if weights is None:
            if self.lab.is_training:
                return self.tr("The network is being prepared; it answers as soon as it stands.")
            return self.tr("No network yet: train one, then it answers here while you draw.")
        if self._prepared is None:
            return self.tr("Draw something: an empty pad has no answer.")
        if values is None:
            return self.tr("This network's numbers have overflowed: its run diverged, and it has no answer.")
        first, second = sorted(values.tolist(), reverse=True)[:2]
        words = self.tr("After {updates:,} updates: {first}, ahead of the next by {margin:.1f} points.")
        spelled = self._bars.spell(first)
        return words.format(updates=weights.updates, first=spelled, margin=100 * (first - second))
