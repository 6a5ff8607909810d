"""The tab Curves: runs over each other, what differs between them, and which is better."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.runs.comparing_curves import RunCurve, curve_of
from mnist_lab.runs.facts import KeptRun
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.comparison_controls import ComparisonControls
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.comparison_plot import ComparisonPlot
from mnist_lab.window.pages.runs.comparison_words import ComparisonWords
from mnist_lab.window.pages.runs.differences_table import DifferencesTable
from mnist_lab.window.pages.runs.run_legend import RunLegend
from mnist_lab.window.pages.runs.summary_line import SummaryLine
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill, spell_whole

_MOST_KEPT = 60
"""Curves that stay computed, so that nothing is computed twice while one turns from one to the other."""


class CurvesTab(QWidget):
    """Lays the curves of runs over each other; below them the table of what differs."""

    def __init__(self, look: ComparisonLook, parent: QWidget | None = None) -> None:
        """Show no run yet; what is read is kept in `look`."""
        super().__init__(parent)
        self._runs: tuple[KeptRun, ...] = ()
        self._left_out = 0
        self._words = ComparisonWords(self)
        self._computed: dict[tuple[object, ...], RunCurve] = {}
        self._controls = ComparisonControls(self)
        self._plot = ComparisonPlot(look, self)
        self._plot.setObjectName("comparisonPlot")
        self._plot.setAccessibleName(self.tr("Curves of the chosen runs"))
        self._plot.setToolTip(
            self.tr("Ctrl + wheel and drag look closer, a double click or 0 shows the whole runs. Arrow keys read.")
        )
        self._legend = RunLegend(self)
        self._legend.setObjectName("comparisonLegend")
        self._summary = SummaryLine("curvesSummary", self)
        self._table = DifferencesTable(self)
        self._same = paragraph("differencesNote", caption=True)
        self._verdict = SummaryLine("verdictSummary", self, role="")
        self._lay_out()
        self._controls.changed.connect(self._show_curves)
        self._plot.read_changed.connect(self._show_values)
        self.set_runs(())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        curves = self._column(self._controls, self._plot, self._legend, self._summary)
        layout.addWidget(curves, 1)
        self._differences = Panel(
            self.tr("What differs"), self._column(self._verdict, self._same, self._table), parent=self
        )
        layout.addWidget(self._differences)

    def _column(self, *parts: QWidget) -> QWidget:
        column = QWidget(self)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        for part in parts:
            inside.addWidget(part, 1 if part is self._plot else 0)
        return column

    def set_runs(self, runs: Sequence[KeptRun], left_out: int = 0) -> None:
        """Compare these; so many more were chosen."""
        self._runs, self._left_out = tuple(runs), left_out
        self._legend.set_runs([(run.facts.number, self._words.run(run)) for run in runs])
        self._controls.name_validation(self._words.measured(runs))
        self._table.set_runs(runs)
        self._differences.setVisible(bool(runs))
        verdict = self._words.verdict(runs)
        self._verdict.say(verdict)
        self._verdict.setVisible(bool(verdict))
        note = self._note()
        self._same.setText(note)
        self._same.setVisible(bool(note))
        self._show_curves()

    def _note(self) -> str:
        if self._left_out:
            words = self.tr(
                "Of the {chosen} chosen runs the first {compared} are compared: choose fewer to see others."
            )
            count = len(self._runs)
            return fill(words, chosen=spell_whole(count + self._left_out), compared=spell_whole(count))
        if len(self._runs) == 1:
            return self.tr("Choose a second run in the list, with Ctrl or Shift, to see what differs.")
        if len(self._runs) > 1 and not self._table.differing:
            return self.tr("These runs have the same settings and the same digits.")
        return ""

    @Slot()
    def _show_curves(self) -> None:
        controls = self._controls
        quantity, source, along = controls.quantity, controls.source, controls.along
        curves = [self._curve(run) for run in self._runs]
        summary = self._words.curves(curves, quantity, source, along) if curves else ""
        self._plot.set_scale(is_log=controls.is_log, is_close=controls.is_close)
        self._plot.set_curves(curves, quantity, along, summary)
        self._summary.say(summary)
        self._summary.setVisible(bool(summary))
        self._show_values()

    def _curve(self, run: KeptRun) -> RunCurve:
        controls = self._controls
        chosen = (controls.quantity, controls.source, controls.along)
        found = self._computed.get((run.facts.id, *chosen))
        if found is None or found.run is not run:  # a live run has got longer
            found = self._computed[run.facts.id, *chosen] = curve_of(run, *chosen)
            if len(self._computed) > _MOST_KEPT:
                self._computed.pop(next(iter(self._computed)))
        return found

    @Slot()
    def _show_values(self) -> None:
        quantity = self._controls.quantity
        values = self._plot.values_read()
        self._legend.set_values(["–" if value is None else self._words.value(quantity, value) for value in values])
