"""What the newest epoch says of overfitting, with *Why?* and *What helps?* beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mnist_lab.runs.run import Run
from mnist_lab.window import theme
from mnist_lab.window.pages.train.gap_words import GapWords
from mnist_lab.window.widgets.basic.explanation import Explanation
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.notice import Notice, Severity

_LINES = 3
"""What the longest sentence takes in the smallest window."""
_LINES_ABOVE_HINT = 2


class GapNotice(QWidget):
    """Says one thing of a run, and explains it where it is about the gap. It always takes the same room.

    Where there is a hint, it stands below the sentence, which then is as short as it must be.

    Signals:
        explained(): one asked why, and was told.
        range_test_wanted(): a learning rate that does not run away is to be looked for.
    """

    explained = Signal()
    range_test_wanted = Signal()

    def __init__(self, hints: HintStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = hints
        self._words = GapWords(self)
        self._run: Run | None = None
        self._texts: Sequence[str] = ("",)
        self._severity: Severity = "info"
        self._notice = Notice(self)
        self._notice.setObjectName("gapNotice")
        self._notice.reserve_lines(_LINES)  # what stands above must not move when a sentence comes or gets longer
        self._why = named_button(
            "gapWhyButton", "ph.question", self.tr("Why?"), self.tr("What overfitting is, and how it is judged."), self
        )
        self._helps = named_button(
            "gapHelpsButton",
            "ph.lightbulb",
            self.tr("What helps?"),
            self.tr("What one can do against overfitting."),
            self,
        )
        self._range_test = named_button(
            "gapRangeTestButton",
            "ph.chart-line-up",
            self.tr("Range test"),
            self.tr("Open Trials with the settings of this run: it tries 211 learning rates and says which are right."),
            self,
        )
        self._explanation = Explanation("gapExplanation", self)
        self._why.clicked.connect(self._on_why)
        self._helps.clicked.connect(self._on_helps)
        self._range_test.clicked.connect(self.range_test_wanted)
        self._lay_out()
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.clear()

    def _lay_out(self) -> None:
        self._layout = layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setColumnStretch(0, 1)
        beside = QVBoxLayout()  # under each other they take the height of the sentence, and leave it more width
        beside.setSpacing(theme.SMALL_GAP)
        for button in (self._why, self._helps):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.hide()
            beside.addWidget(button)
        beside.addStretch(1)
        layout.addLayout(beside, 0, 1, 2, 1)
        layout.addWidget(self._range_test, 0, 1, Qt.AlignmentFlag.AlignTop)  # in the place of both, never beside them
        self._range_test.hide()
        layout.setVerticalSpacing(0)  # the notice has a margin
        layout.setRowStretch(1, 1)
        self._strip.changed.connect(self._say)
        self._keep_height()

    def _keep_height(self) -> None:
        """Take the room of a hint from the beginning."""
        self._notice.reserve_lines(_LINES_ABOVE_HINT)
        with_hint = self._notice.minimumSizeHint().height() + self._strip.sizeHint().height()
        self._notice.reserve_lines(_LINES)
        self.setMinimumHeight(max(with_hint, self._notice.minimumSizeHint().height()))

    def show_run(self, run: Run) -> None:
        """Say what the run's newest epoch was measured at."""
        self._run, self._texts, self._severity = run, self._words.shorter_and_shorter(run), "info"
        self._offer_reasons(self._words.has_reasons(run))

    def show_message(self, text: str, severity: Severity = "info") -> None:
        """Say something else."""
        self._texts, self._severity = (text,), severity
        self._offer_reasons(False)

    def show_divergence(self, text: str) -> None:
        """Say what to try after a run that diverged, and offer to find out."""
        self._texts, self._severity = (text,), "warning"
        self._offer_reasons(False, range_test=True)

    def clear(self) -> None:
        """Say what will be said here."""
        self.show_message(
            self.tr(
                "After each epoch you read here how well the network does on its training digits and on new ones, and"
                " whether it overfits. Once the run has ended, you can start it again or go on with it below."
            )
        )

    def _offer_reasons(self, on: bool, *, range_test: bool = False) -> None:
        for button in (self._why, self._helps):
            button.setVisible(on)
        self._range_test.setVisible(range_test)
        columns = (
            1 if on or range_test else 2
        )  # nothing wraps, or is cut short, before the room of buttons that are not there
        self._layout.addWidget(self._notice, 0, 0, 1, columns, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self._strip, 1, 0, 1, columns, Qt.AlignmentFlag.AlignTop)
        self._say()

    @Slot()
    def _say(self) -> None:
        """Say all of it, or, above a hint, as much as there is room for."""
        has_hint = self._strip.line is not None
        lines, text = _LINES_ABOVE_HINT if has_hint else _LINES, self._texts[0]
        if has_hint:
            fitting = (one for one in self._texts if self._notice.lines_at(self._room, one) <= lines)
            text = next(fitting, self._texts[-1])
        self._notice.reserve_lines(lines)
        self._notice.show_message(text, self._severity)
        usual = self.tr("What the newest epoch was measured at, and what that says of overfitting.")
        self._notice.setToolTip(usual if text == self._texts[0] else self._texts[0])

    @property
    def _room(self) -> int:
        """The width of the sentence, in logical pixels."""
        shown = [one for one in (self._why, self._helps, self._range_test) if not one.isHidden()]
        beside = max((button.sizeHint().width() + theme.GAP for button in shown), default=0)
        return self.width() - beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for now."""
        super().resizeEvent(event)
        self._say()

    @Slot()
    def _on_why(self) -> None:
        if self._run is not None:
            self._explanation.show_beside(self._why, self._words.why(self._run))
            self.explained.emit()

    @Slot()
    def _on_helps(self) -> None:
        self._explanation.show_beside(self._helps, self._words.helps())
