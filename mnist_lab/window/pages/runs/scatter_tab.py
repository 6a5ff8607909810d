"""The tab Settings: one setting of all runs in the list against their accuracy."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.scatter import SCATTER_SETTINGS, Accuracy, ScatterSetting, differs, scatter
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.runs.scatter_plot import ScatterPlot
from mnist_lab.window.pages.runs.scatter_words import ScatterWords
from mnist_lab.window.pages.runs.summary_line import SummaryLine
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.layouts import paragraph

_CHOICE_LENGTH = 10
"""Letters that a choice has room for at least."""


class ScatterTab(QWidget):
    """Two choices, the points, and what they show in sentences.

    Signals:
        run_chosen(str): id of a run that was clicked, or on which Enter was pressed.
    """

    run_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RunRow, ...] = ()
        self._words = ScatterWords(self)
        self._setting = self._choice(
            "scatterSetting", self.tr("Setting along the axis"), self.tr("Which setting of the runs is laid along.")
        )
        for setting in SCATTER_SETTINGS:
            self._setting.addItem(translation.translate("fields", setting.label), setting.name)
        self._setting.setCurrentIndex(-1)  # until it is chosen, or runs are there
        self._is_chosen = False
        self._accuracy = self._choice(
            "scatterAccuracy",
            self.tr("Accuracy of the runs"),
            self.tr(
                "The accuracy on test digits at the end of a run, of a stopped one after its last epoch; or the highest"
                " on new digits after an epoch."
            ),
        )
        self._accuracy.addItem(self.tr("test accuracy"), "test")
        self._accuracy.addItem(self.tr("accuracy of the best epoch"), "best")
        self._plot = ScatterPlot(self)
        self._plot.setObjectName("scatterPlot")
        self._plot.setAccessibleName(self.tr("Runs by one setting"))
        self._plot.setToolTip(self.tr("Point at a run to read it; a click, or Enter, opens it."))
        self._readout = paragraph("scatterReadout")
        self._readout.setMinimumHeight(2 * self._readout.fontMetrics().lineSpacing())
        self._summary = SummaryLine("scatterSummary", self)
        self._lay_out()
        self._setting.currentIndexChanged.connect(self._on_chosen)
        self._accuracy.currentIndexChanged.connect(self._show)
        self._plot.pointed_changed.connect(self._on_pointed)
        self._plot.run_activated.connect(self.run_chosen)
        self._show()

    def _choice(self, name: str, words: str, explanation: str) -> QComboBox:
        box = named_drop_down(name, words, explanation, self)
        let_shrink(box, _CHOICE_LENGTH)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._accuracy)
        row.addWidget(QLabel(self.tr("against"), self))
        row.addWidget(self._setting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(row)
        layout.addWidget(self._plot, 1)
        layout.addWidget(KeyLine(self._plot, self._plot.KEYS, self))
        layout.addWidget(self._readout)
        layout.addWidget(self._summary)

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs."""
        self._rows = tuple(rows)
        if self._setting.currentIndex() < 0 or not (self._is_chosen or differs(self._rows, self._shown)):
            varied = (index for index, setting in enumerate(SCATTER_SETTINGS) if differs(self._rows, setting))
            with QSignalBlocker(self._setting):
                self._setting.setCurrentIndex(next(varied, 0))
        self._show()

    @property
    def _shown(self) -> ScatterSetting:
        return SCATTER_SETTINGS[max(self._setting.currentIndex(), 0)]

    @Slot()
    def _on_chosen(self) -> None:
        self._is_chosen = True
        self._show()

    @Slot()
    def _show(self) -> None:
        accuracy: Accuracy = "test" if self._accuracy.currentData() == "test" else "best"
        found = scatter(self._rows, self._shown, accuracy)
        names = [self._words.value(found, name) for name in found.names]
        self._plot.set_scatter(found, self._words.setting(found), names, self._words.empty(found))
        self._summary.say(self._words.summary(found) if found.points else "")
        self._on_pointed(self._plot.pointed)

    @Slot(object)
    def _on_pointed(self, index: int | None) -> None:
        found = self._plot.scatter
        words = "" if index is None or found is None else self._words.point(found, found.points[index])
        self._readout.setText(words)
        self._plot.setAccessibleDescription(words or self._summary.text)
