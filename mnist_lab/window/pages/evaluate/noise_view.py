"""Pictures of nothing: a network answers them all the same."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.studies.robustness_work import CERTAIN, NoiseAnswers
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.digit_bars import DigitBars
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill


class NoiseView(QWidget):
    """The noise that the network was most certain of, and which digits it took 1,000 such pictures for.

    Attributes:
        answers: what is shown; None before it was measured.

    Signals:
        pad_wanted(): the picture is to be opened on the drawing pad.
    """

    pad_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: NoiseAnswers | None = None
        self._picture = PixelPicture(self)
        self._picture.setObjectName("noisePicture")
        self._picture.setAccessibleName(self.tr("The noise that the network was most certain of"))
        self._picture.setFixedSize(self._picture.minimumSizeHint())
        self._bars = DigitBars(self)
        self._bars.setObjectName("noiseBars")
        self._bars.setAccessibleName(self.tr("Share of noise pictures taken for each digit"))
        self._bars.setMaximumHeight(self._bars.sizeHint().height())
        self._bars.setToolTip(self.tr("Of 1,000 pictures of pure noise, the share that was taken for each digit."))
        self._words = QLabel(self)
        self._words.setObjectName("noiseWords")
        self._words.setWordWrap(True)
        theme.set_role(self._words, "caption")
        self._open = IconButton("ph.pencil-line", self.tr("To pad"), self)
        self._open.setObjectName("openNoiseButton")
        self._open.setAccessibleName(self.tr("Open this noise on the pad"))
        self._open.setToolTip(self.tr("Lay this picture on the pad of the Draw page."))
        self._open.clicked.connect(self.pad_wanted)
        self._build()
        self.show_answers(None)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.SMALL_GAP)
        left.addWidget(self._picture)
        left.addWidget(self._open)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addLayout(left)
        row.addWidget(self._bars, 1)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addLayout(row)
        inside.addWidget(self._words)
        inside.addStretch(1)  # beside other pictures there is more height than the bars take
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("1,000 pictures of noise"), content, parent=self))

    def show_answers(self, answers: NoiseAnswers | None) -> None:
        """Show what the network said; None: it was not asked yet."""
        if answers is self.answers and self._words.text():
            return
        self.answers = answers
        self._open.setEnabled(answers is not None)
        if answers is None:
            self._picture.set_picture(None)
            self._bars.set_values(None)
            self._words.setText(self.tr("The network has no way to say: this is no digit."))
            return
        self._picture.set_picture(answers.picture)
        self._bars.set_values(answers.shares, None if answers.answer is None else int(answers.shares.argmax()))
        self._words.setText(self._sentence(answers))
        self._words.setToolTip(self._explanation(answers))

    def _sentence(self, answers: NoiseAnswers) -> str:
        if answers.unanswered or not math.isfinite(answers.confidence):
            words = self.tr("{missing:,} of {count:,} have no answer: the numbers have overflowed.")
            return fill(words, missing=answers.unanswered, count=answers.count)
        words = self.tr(
            "Certain (≥ {certain:.0f}\u00a0%) of {many:,} of {count:,}. It has no way to say: this is no digit."
        )
        return fill(words, certain=100 * CERTAIN, many=answers.certain, count=answers.count)

    def _explanation(self, answers: NoiseAnswers) -> str:
        if answers.answer is None:
            return ""
        words = self.tr(
            "This picture it takes for the digit {digit}, with {share}; its mean confidence in noise is {mean}."
        )
        return fill(
            words,
            digit=answers.answer,
            share=ProbabilityBars.spell(answers.answer_confidence),
            mean=ProbabilityBars.spell(answers.confidence),
        )
