"""The evidence for one unit: weight × input for every input, and the sum that they and the bias make."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.evidence import Evidence
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.bar_look import BarLook
from mnist_lab.window.pages.draw.signed_picture import SignedPicture
from mnist_lab.window.pages.draw.sum_table import SumTable, signed
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of
from mnist_lab.window.words import fill, spell, spell_whole

_PIXELS_A_WEIGHT = 7


class EvidenceView(QWidget):
    """A signed picture where the inputs are pixels, bars where they are units, and the arithmetic beside it."""

    def __init__(self, look: BarLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setObjectName("evidenceHeading")
        self._heading.setWordWrap(True)
        self._picture = SignedPicture(self)
        self._picture.setObjectName("evidencePicture")
        self._picture.setAccessibleName(self.tr("Weight times input of every pixel"))
        side = 28 * _PIXELS_A_WEIGHT
        self._picture.setFixedSize(side, side)
        self._scale = ColourBar(self)
        self._scale.setObjectName("evidenceScale")
        self._scale.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # no picture, no room for it
        self._bars = UnitBars(self, look)
        self._bars.setObjectName("evidenceBars")
        self._bars.setAccessibleName(self.tr("Weight times input of every unit of the layer before"))
        self._bars.setToolTip(self.tr("What each unit of the layer before adds to the sum, or takes from it."))
        readout = QLabel(self)
        theme.set_role(readout, "caption")
        readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture.readout_changed.connect(readout.setText)
        self._bars.readout_changed.connect(readout.setText)
        self._sums = self._sum_table(readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._heading)
        layout.addWidget(self._bars)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE_GAP)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._sums, 1)
        layout.addLayout(row)

    def show_evidence(self, evidence: Evidence, own_sum: float, *, is_output: bool) -> None:
        """Show one unit's sum taken apart, beside `own_sum`, the number that the forward pass itself came to."""
        self._heading.setText(self._say_unit(evidence, is_output))
        is_first = len(evidence.products) == PIXELS and evidence.layer == 0
        self._picture.setVisible(is_first)
        self._scale.setVisible(is_first)
        self._bars.setVisible(not is_first)
        if is_first:
            limit = limit_of(evidence.products.reshape(-1, 1))
            self._picture.set_numbers(evidence.products, limit)
            self._scale.set_limit(limit)
        else:
            self._bars.set_values(evidence.products)
        self._sums.set_numbers(
            products=evidence.total - evidence.bias,
            bias=evidence.bias,
            total=evidence.total,
            own=own_sum,
            difference=spell(abs(evidence.total - own_sum)),
            output=ProbabilityBars.spell(evidence.output) if is_output else signed(evidence.output),
        )

    def set_sorted(self, on: bool) -> None:
        """Put the strongest first, where they are bars."""
        self._bars.set_sorted(on)

    def _say_unit(self, evidence: Evidence, is_output: bool) -> str:
        positive = int(np.count_nonzero(evidence.products > 0))
        negative = int(np.count_nonzero(evidence.products < 0))
        if is_output:
            words = self.tr("For the digit {unit}: inputs that speak for it {positive}, against it {negative}.")
        else:
            words = self.tr("Hidden layer {layer}, unit {unit}: inputs that push it up {positive}, down {negative}.")
        return fill(
            words,
            layer=evidence.layer + 1,
            unit=spell_whole(evidence.unit),
            positive=spell_whole(positive),
            negative=spell_whole(negative),
        )

    def _sum_table(self, readout: QWidget) -> SumTable:
        rows = (
            ("products", self.tr("Σ weight × input")),
            ("bias", self.tr("+ bias")),
            ("total", self.tr("= sum")),
            ("own", self.tr("in the network itself")),
            ("difference", self.tr("difference")),
            ("output", self.tr("output of the unit")),
        )
        return SumTable("evidence", rows, ("total", "output"), self, (self._scale, readout))
