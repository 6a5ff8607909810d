"""How rounding parts the lab's run from the program's: measured with the settings of the form, drawn as it comes."""

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.train.program.parting_work import Parted, PartingWork
from mnist_lab.window.pages.train.program.start_or_stop import show_start_or_stop
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, rounded, spell, spell_whole


class PartingView(QWidget):
    """At the left what is measured, at the right the picture.

    Signals:
        left(): the program is wanted again.
    """

    left = Signal()

    def __init__(self, lab: Lab, work: PartingWork, parent: QWidget | None = None) -> None:
        """Show `work`, which may be going on."""
        super().__init__(parent)
        self._lab, self._work = lab, work
        self._make_parts()
        self._lay_out()
        self._measure.clicked.connect(self._on_pressed)
        self._back.clicked.connect(self.left)
        work.changed.connect(self.refresh)

    def _make_parts(self) -> None:
        self._words = QLabel(self)
        self._words.setObjectName("roundingWords")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        theme.set_role(self._words, "caption")
        explanation = self._explanation(is_running=False, is_taken=False)
        self._measure = named_button("roundingMeasureButton", "ph.play-fill", self.tr("Measure"), explanation, self)
        self._back = named_button(
            "roundingBackButton",
            "ph.arrow-left",
            self.tr("Program"),
            self.tr("Show the program again."),
            self,
        )
        series = (Series("each", self.tr("difference"), lambda palette: palette.training),)
        self._plot = _SmallPlot(
            "roundingPlot",
            self.tr("Difference of each batch's loss, with XLA and without, by gradient updates"),
            self.tr("update"),
            self.tr("difference"),
            series,
            self,
            is_log=True,
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL_GAP)
        buttons.addWidget(self._measure)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.SMALL_GAP)
        scrolled = ScrollColumn("roundingColumn", self._words, parent=self)
        scrolled.show_ground_below()
        column.addWidget(scrolled, 1)
        column.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(column, 2)
        layout.addWidget(self._plot, 5)

    def take_keyboard(self) -> None:
        """Let what one does here have it."""
        self._measure.setFocus()

    # What happens

    def begin(self) -> None:
        """Measure with the settings of the form, unless that is done already, or a run is live."""
        experiment = self._lab.draft.commit()
        parted, digits = self._work.parted, self._lab.digits
        is_known = parted is not None and parted.experiment == experiment and digits is parted.digits
        if not is_known and not self._work.is_running:
            self._start()
        self.refresh()

    @Slot()
    def _on_pressed(self) -> None:
        if self._work.is_running:
            self._work.stop()
        else:
            self._start()

    def _start(self) -> None:
        lab = self._lab
        experiment = lab.draft.commit()
        if experiment is None:
            lab.problem.emit(lab.draft.problem)
        elif lab.digits is not None and not lab.is_taken:
            self._plot.show_whole()
            self._work.start(experiment, lab.digits)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is known now, if anybody sees it."""
        if not self.isVisible():
            return
        is_running, is_taken = self._work.is_running, self._lab.is_taken
        start, stop = self.tr("Measure"), self.tr("Stop")
        show_start_or_stop(self._measure, start, stop, is_running=is_running, can_start=not is_taken)
        self._measure.setToolTip(self._explanation(is_running=is_running, is_taken=is_taken))
        parted = self._work.parted
        differences = np.empty(0) if parted is None else parted.differences
        self._plot.set_series("each", np.arange(len(differences)), differences)
        self._plot.refresh()
        self._words.setText(self._text(parted, is_taken=is_taken))

    def _explanation(self, *, is_running: bool, is_taken: bool) -> str:
        if is_running:
            return self.tr("End it as it stands.")
        if is_taken:
            return self._lab.why_not_now or self.tr(
                "A run goes on, and one thread trains: stop it first, or wait for its end."
            )
        return self.tr(
            "Train both for 500 updates with the settings in the form, with XLA and without; neither is kept."
        )

    def _text(self, parted: Parted | None, *, is_taken: bool) -> str:
        if self._work.problem:
            return self._work.problem
        if parted is None or (not len(parted.differences) and not self._work.is_running):
            return self._explanation(is_running=False, is_taken=is_taken)
        if not len(parted.differences):
            return self.tr("Preparing both runs …")
        equal = int(np.argmax(parted.differences > 0)) if parted.differences.any() else len(parted.differences)
        words = self.tr(
            "One network twice, with XLA and without: the same start, the same batches. The first {equal} losses are"
            " the same, bit for bit. After {count} updates rounding has parted them by up to {largest}."
        )
        text = fill(
            words,
            equal=spell_whole(equal),
            count=spell_whole(len(parted.differences)),
            largest=spell(rounded(float(parted.differences.max()), 2)),
        )
        if parted.experiment != self._lab.draft.experiment:
            text += " " + self.tr("The form has other settings now.")
        return text


class _SmallPlot(XyPlot):
    """Lower than others, for it lies where hidden units are shown: one curve without a legend."""

    KEYS = page_keys.PLOT

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours; the readout alone names what there is."""
        super().set_palette(palette)
        if not self.closed:
            self._header.leave_out_legend()
            self._header.set_entries(())
            self._axes["bottom"].showLabel(False)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(120), theme.fonts.scaled(100))
