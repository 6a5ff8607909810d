"""One kind of disturbance: the accuracy over its strength, and in words where one points."""

import math

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.robustness import Disturbance
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.evaluate.share_plot import ShareCurve, SharePlot
from mnist_lab.window.widgets.basic.least_height import ReservedLines, reserve_lines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell_setting


class DisturbanceView(ReservedLines):
    """A small plot with its caption.

    Attributes:
        disturbance: what is shown.
        plot: its curve.

    Signals:
        strength_pointed(float): a strength that was measured is looked at.
    """

    strength_pointed = Signal(float)

    def __init__(self, disturbance: Disturbance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.disturbance = disturbance
        self._accuracies = np.full(len(disturbance.strengths), math.nan)
        self._count = 0
        name = translation.translate("disturbances", disturbance.label)
        self._unit = translation.translate("disturbances", disturbance.unit)
        self.plot = SharePlot(self)
        self.plot.setObjectName(f"{disturbance.identifier}Plot")
        self.plot.setAccessibleName(fill(self.tr("Accuracy over the strength of: {name}"), name=name))
        self.plot.setToolTip(self.tr("Point at a strength, or go to it with the arrow keys, to see a digit like that."))
        self.plot.set_places(disturbance.strengths)
        self._caption = QLabel(self)
        self._caption.setWordWrap(True)
        theme.set_role(self._caption, "caption")
        reserve_lines(self._caption, 2)  # the plot must not change its height with the words
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.plot, 1)
        inside.addWidget(self._caption)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(name, content, parent=self))
        self.plot.pointed_changed.connect(self._on_pointed_changed)
        self._show_words()

    def show_accuracies(self, accuracies: tuple[float, ...]) -> None:
        """Show the accuracy at each strength so far."""
        if len(accuracies) == self._count and np.array_equal(self._accuracies[: self._count], accuracies):
            return
        self._count = len(accuracies)
        self._accuracies = np.full(len(self.disturbance.strengths), math.nan)
        self._accuracies[: len(accuracies)] = accuracies
        self.plot.set_curves(ShareCurve("accuracy", self.tr("accuracy"), self._accuracies))
        self._show_words()

    def strength_words(self, strength: float) -> str:
        """A strength with its unit: "45 degrees, to the left or to the right"."""
        return f"{spell_setting(strength)} {self._unit}"

    @Slot(object)
    def _on_pointed_changed(self, index: int | None) -> None:
        self._show_words()
        if index is not None and math.isfinite(self._accuracies[index]):
            self.strength_pointed.emit(self.disturbance.strengths[index])

    def _show_words(self) -> None:
        index = self.plot.pointed
        if index is None or not math.isfinite(self._accuracies[index]):
            self._caption.setText(self._unit)
            self.plot.setAccessibleDescription(self._unit)
            return
        words = fill(
            self.tr("{strength}: {share} recognised"),
            strength=self.strength_words(self.disturbance.strengths[index]),
            share=ProbabilityBars.spell(float(self._accuracies[index])).replace(" ", "\u00a0"),
        )
        self._caption.setText(words)
        self.plot.setAccessibleDescription(words)
