"""The tab Answers: which digits two runs take for which, side by side, and the difference."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.runs.confusions import ConfusionPair
from mnist_lab.runs.facts import KeptRun
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.comparison_words import ComparisonWords
from mnist_lab.window.pages.runs.confusion_picture import ConfusionPicture
from mnist_lab.window.pages.runs.confusion_words import ConfusionWords
from mnist_lab.window.pages.runs.summary_line import SummaryLine
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill

_CHOICE_LENGTH = 10
"""Letters that a choice has room for at least."""


class ConfusionTab(QWidget):
    """Two runs to choose, three small tables, and the cell that is read in words.

    Signals:
        confusions_wanted(str, str): ids of two runs whose answers are to be computed, and given to `set_confusions`.
    """

    confusions_wanted = Signal(str, str)

    def __init__(self, look: ComparisonLook, parent: QWidget | None = None) -> None:
        """Show no run yet; which are chosen, and what was computed of them, is kept in `look`."""
        super().__init__(parent)
        self._look = look
        self._runs: tuple[KeptRun, ...] = ()
        self._asked: tuple[str, str] | None = None
        self._run_words, self._words = ComparisonWords(self), ConfusionWords(self)
        self._choices = (
            self._choice("confusionFirst", self.tr("First run"), self.tr("The run at the left.")),
            self._choice("confusionSecond", self.tr("Second run"), self.tr("The run at the right.")),
        )
        self._difference = QLabel(self)
        self._difference.setObjectName("confusionDifferenceHead")
        self._make_pictures()
        self._notice = Notice(self)
        self._notice.setObjectName("confusionNotice")
        self._summary = SummaryLine("confusionSummary", self)
        self._readout = paragraph("confusionPairReadout")
        self._readout.setMinimumHeight(3 * self._readout.fontMetrics().lineSpacing())
        self._lay_out()
        for box in self._choices:
            box.currentIndexChanged.connect(self._on_chosen)
        for picture in self._pictures:
            picture.pointed_changed.connect(self._on_pointed)
        self._show()

    # Building

    def _choice(self, name: str, words: str, explanation: str) -> QComboBox:
        box = named_drop_down(name, words, explanation, self)
        let_shrink(box, _CHOICE_LENGTH)
        shows_state(box)
        return box

    def _make_pictures(self) -> None:
        titles = {
            "confusionOfFirst": self.tr("Answers of the first run"),
            "confusionOfSecond": self.tr("Answers of the second run"),
            "confusionDifference": self.tr("Difference of the answers"),
        }
        self._pictures = tuple(
            ConfusionPicture(name, title, self, is_difference=name == "confusionDifference", empty_words="")
            for name, title in titles.items()
        )
        for picture in self._pictures:
            picture.words_of_cell = self._cell_words

    def _lay_out(self) -> None:
        caption = self.tr(
            "Rows: what a digit is. Columns: what it was taken for. In the difference, orange is what the run at the"
            " left has more often, blue what the other has."
        )
        words = QVBoxLayout()
        words.setSpacing(theme.GAP)
        words.addWidget(paragraph("confusionCaption", caption, caption=True))
        words.addWidget(self._readout)
        words.addWidget(self._summary)
        words.addStretch(1)
        self._of_two = QWidget(self)
        grid = QGridLayout(self._of_two)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.LARGE_GAP)
        grid.setVerticalSpacing(theme.SMALL_GAP)
        places = ((0, 0), (0, 1), (3, 0))
        for head, picture, (row, column) in zip(
            (*self._choices, self._difference), self._pictures, places, strict=True
        ):
            grid.addWidget(head, row, column)
            grid.addWidget(picture, row + 1, column)
            grid.addWidget(KeyLine(picture, picture.KEYS, self), row + 2, column)
            grid.setRowStretch(row + 1, 1)
            grid.setColumnStretch(column, 1)
        grid.addLayout(words, 4, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._notice)
        layout.addWidget(self._of_two, 1)
        policy = self._of_two.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the notice stays where it is
        self._of_two.setSizePolicy(policy)

    # What is shown

    def set_runs(self, runs: Sequence[KeptRun]) -> None:
        """Offer these; the pair that was chosen stays if both are among them, else the first two are taken."""
        self._runs = tuple(runs)
        ids = [run.facts.id for run in runs]
        pair = self._look.pair
        if pair is None or not set(pair) <= set(ids):
            pair = (ids[0], ids[1]) if len(ids) > 1 else None
        self._look.pair = pair
        for place, box in enumerate(self._choices):
            with QSignalBlocker(box):
                box.clear()
                for run in runs:
                    box.addItem(self._run_words.run(run), run.facts.id)
                if pair is not None:
                    box.setCurrentIndex(ids.index(pair[place]))
            box.setEnabled(len(ids) > 1)
        self._asked = None
        self._show()
        self._ask()

    def set_confusions(self, confusions: ConfusionPair) -> None:
        """Show what was computed, unless other runs were chosen meanwhile."""
        if confusions.ids == self._look.pair:
            self._look.confusions = confusions
            self._show()

    def set_problem(self, sentence: str) -> None:
        """Say why nothing could be computed."""
        self._show()
        self._notice.show_message(sentence, "warning")

    def use_digits(self, digits: Digits | None) -> None:
        """Ask about these digits from now on; what is known of others is forgotten."""
        if digits is not self._look.digits:
            self._look.digits, self._look.confusions, self._asked = digits, None, None
            self._show()
            self._ask()

    @Slot()
    def _on_chosen(self) -> None:
        first, second = (str(box.currentData()) for box in self._choices)
        self._look.pair = (first, second)
        self._asked = None
        self._show()
        self._ask()

    def _known(self) -> ConfusionPair | None:
        found = self._look.confusions
        return found if found is not None and found.ids == self._look.pair else None

    def _ask(self) -> None:
        """Have the answers computed, once, and only if somebody looks."""
        pair = self._look.pair
        if pair is None or not self.isVisible() or self._known() is not None or self._asked == pair:
            return
        self._asked = pair
        self.confusions_wanted.emit(*pair)

    def showEvent(self, event: QShowEvent) -> None:
        """Have computed what is missing."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask again when it is seen again: who computes may have stopped."""
        super().hideEvent(event)
        self._asked = None

    def _show(self) -> None:
        found = self._known()
        self._notice.show_message(self._what_is_missing(), "info")
        self._of_two.setVisible(self._look.pair is not None)
        self._difference.setText(self._difference_words())
        shown = (None, None, None) if found is None else (found.first, found.second, found.difference)
        widest = 0 if found is None else int(max(found.first.max(), found.second.max()))
        empty = self.tr("Asking both networks about the test digits …") if self._look.pair is not None else ""
        for picture, counts in zip(self._pictures, shown, strict=True):
            picture.set_empty_words(empty)
            picture.set_counts(counts, widest)
        words = "" if found is None else self._words.summary(found, *self._names())
        self._summary.say(words)
        self._summary.setVisible(bool(words))

    def _what_is_missing(self) -> str:
        if self._look.pair is None:
            return self.tr("Choose two runs in the list, with Ctrl or Shift, to lay their answers side by side.")
        if self._look.pair[0] == self._look.pair[1]:
            return self.tr("This is one run twice: choose another one at the left or at the right.")
        return ""

    def _difference_words(self) -> str:
        """Which run less which, by number: the one at the left is seldom run 1, as a first run would be taken for."""
        numbers = {run.facts.id: run_in_sentence(run.facts.number) for run in self._runs}
        first, second = self._look.pair or ("", "")
        words = self.tr("{first} minus {second}")
        return fill(words, first=numbers.get(first, ""), second=numbers.get(second, ""))

    def _names(self) -> tuple[str, str]:
        names = {run.facts.id: self._run_words.briefly(run) for run in self._runs}
        first, second = self._look.pair or ("", "")
        return names.get(first, ""), names.get(second, "")

    # Reading

    def _cell_words(self, row: int, column: int) -> str:
        found = self._known()
        return "" if found is None else self._words.cell(found, row, column, *self._names())

    @Slot(object)
    def _on_pointed(self, cell: tuple[int, int] | None) -> None:
        for picture in self._pictures:
            picture.point(cell)
        self._readout.setText("" if cell is None else self._cell_words(*cell))
