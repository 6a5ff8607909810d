"""Inside: what every layer puts out for the drawing, and the evidence for any one unit of it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mnist_lab.inspection.evidence import Evidence
from mnist_lab.inspection.forward import LayerTrace
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.bar_look import BarLook, InsideLook
from mnist_lab.window.pages.draw.evidence_view import EvidenceView
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill, spell_whole


class InsideTab(QWidget):
    """A strip of bars for each layer, and the sum of the chosen unit taken apart.

    Signals:
        unit_chosen(): another unit was chosen.
    """

    unit_chosen = Signal()

    def __init__(self, look: InsideLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sorted = QCheckBox(self.tr("strongest first"), self)
        self._sorted.setObjectName("strongestFirst")
        self._sorted.setAccessibleName(self.tr("Strongest first"))
        self._sorted.setToolTip(self.tr("Put the bars in order of their size, not of their numbers."))
        self._sorted.toggled.connect(self._on_sorted)
        self._strips = [_Strip(index, bars, self) for index, bars in enumerate(look.layers)]
        self._empty = QLabel(self)
        self._empty.setObjectName("insideSentence")
        self._empty.setWordWrap(True)
        self._evidence = EvidenceView(look.inputs, self)
        self._evidence_panel = Panel(self.tr("Evidence"), self._evidence, parent=self)
        self._build()
        self.show_layers((), None, "")

    def show_layers(self, traces: tuple[LayerTrace, ...], evidence: Evidence | None, words: str) -> None:
        """Show what each layer puts out and the sum of the chosen unit; without layers, a sentence instead."""
        for index, strip in enumerate(self._strips):
            strip.setVisible(index < len(traces))
            if index < len(traces):
                is_output = index == len(traces) - 1
                is_chosen = evidence is not None and evidence.layer == index
                unit = evidence.unit if evidence is not None and is_chosen else None
                strip.show_layer(traces[index].outputs[0], is_output, unit)
        self._empty.setText(words)
        self._empty.setVisible(not traces)
        self._sorted.setVisible(bool(traces))
        self._evidence_panel.setVisible(evidence is not None)
        if evidence is not None:
            own = float(traces[evidence.layer].sums[0, evidence.unit])
            self._evidence.show_evidence(evidence, own, is_output=evidence.layer == len(traces) - 1)

    def unit_in(self, traces: tuple[LayerTrace, ...]) -> tuple[int, int] | None:
        """The unit to look at: the chosen one where the network has it, else the winner; None if there is none."""
        if self._look.unit is not None:
            layer, unit = self._look.unit
            if layer < len(traces) and unit < traces[layer].sums.shape[1]:
                return self._look.unit
        shares = traces[-1].outputs[0]
        return (len(traces) - 1, int(np.argmax(shares))) if np.isfinite(shares).all() else None

    def _build(self) -> None:
        strips = QWidget(self)
        inside = QVBoxLayout(strips)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._empty)
        for index, strip in enumerate(self._strips):
            strip.bars.unit_selected.connect(lambda unit, layer=index: self._choose(layer, unit))
            inside.addWidget(strip)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        self._column = column
        column.addWidget(Panel(self.tr("Output of each unit"), strips, self._sorted, parent=self))
        column.addWidget(self._evidence_panel)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("insideArea")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        # Queued: a margin that is set while Qt lays the column out is not laid out any more.
        area.verticalScrollBar().rangeChanged.connect(self._keep_from_scroll_bar, Qt.ConnectionType.QueuedConnection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    @Slot(int, int)
    def _keep_from_scroll_bar(self, _low: int, high: int) -> None:
        """Leave a gap beside the scroll bar where there is one; else the panels end where the tab does."""
        self._column.setContentsMargins(0, theme.GAP, theme.SMALL_GAP if high else 0, 0)
        self._column.activate()

    def _choose(self, layer: int, unit: int) -> None:
        self._look.unit = (layer, unit)
        self.unit_chosen.emit()

    @Slot(bool)
    def _on_sorted(self, on: bool) -> None:
        for strip in self._strips:
            strip.set_sorted(on)
        self._evidence.set_sorted(on)


class _Strip(QWidget):
    """One layer: its name, its bars, and the one that is read."""

    def __init__(self, index: int, look: BarLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._index = index
        self._is_output = self._is_sorted = False
        self._title = QLabel(self)
        self._readout = QLabel(self)
        theme.set_role(self._title, "caption")
        theme.set_role(self._readout, "caption")
        self.bars = UnitBars(self, look)
        self.bars.setObjectName(f"layerBars{index + 1}")
        self.bars.setToolTip(self.tr("Click a bar, or go to it with the arrow keys, to see its evidence below."))
        self.bars.readout_changed.connect(self._readout.setText)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.bars)

    def show_layer(self, outputs: NDArray[np.float32], is_output: bool, unit: int | None) -> None:
        self._is_output = is_output
        self._sort()
        count = spell_whole(len(outputs))
        if is_output:
            title = self.tr("Output layer: ten probabilities")
        else:
            zeros = int(np.count_nonzero(outputs == 0))
            title = fill(
                self.tr("Hidden layer {layer}: {zeros} of {count} units at 0"),
                layer=self._index + 1,
                count=count,
                zeros=spell_whole(zeros),
            )
        self._title.setText(title)
        self.bars.setAccessibleName(title)
        self.bars.set_values(outputs, 1.0 if is_output else None)
        self.bars.select(unit)

    def set_sorted(self, on: bool) -> None:
        self._is_sorted = on
        self._sort()

    def _sort(self) -> None:
        """Leave the ten digits in their order."""
        self.bars.set_sorted(self._is_sorted and not self._is_output)
