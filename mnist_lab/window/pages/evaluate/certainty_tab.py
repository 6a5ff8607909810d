"""Answer only when certain: what a threshold for the confidence costs in coverage and brings in accuracy."""

import math

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.evaluation import ThresholdCurve
from mnist_lab.studies.examined import Examined
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.share_plot import ShareCurve, SharePlot
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.words import fill, spell_percent

_USUAL_THRESHOLD = 90


class CertaintyTab(QWidget):
    """A slider for the threshold, its curve, and what it means in numbers.

    Attributes:
        plot: coverage and accuracy over the threshold.
        slider: the threshold, in per cent.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: ThresholdCurve | None = None
        self._count = 0
        self.plot = SharePlot(self, has_legend=True, place_words="{}\u00a0%")
        self.plot.setObjectName("thresholdPlot")
        self.plot.setAccessibleName(self.tr("Coverage and accuracy over the threshold"))
        self.plot.setToolTip(self.tr("Click a threshold, or go to it with the arrow keys."))
        self.slider = NamedSlider(
            "confidenceThreshold",
            self.tr("&Threshold"),
            self.tr("The least confidence at which the network may answer; below it, it says “I don't know”."),
            (0, 100),
            lambda value: f"{value}\u00a0%",
            self,
        )
        self.slider.slider.setAccessibleName(self.tr("Threshold"))
        self.slider.set_value(_USUAL_THRESHOLD)
        self._readout = QLabel(self)
        self._readout.setObjectName("thresholdReadout")
        self._readout.setWordWrap(True)
        self._build()
        self.slider.changed.connect(self._on_threshold_changed)
        self.plot.pointed_changed.connect(self._on_pointed_changed)
        self.plot.place_chosen.connect(self._on_place_chosen)
        self.show_examined(None)

    def _build(self) -> None:
        caption = QLabel(
            self.tr(
                "If the network answers only where its confidence reaches a threshold, it answers fewer images, and "
                "usually a larger share of them right. Its confidence is the largest of its ten probabilities."
            ),
            self,
        )
        caption.setWordWrap(True)
        theme.set_role(caption, "caption")
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.GAP)
        inside.addWidget(caption)
        inside.addWidget(self.plot, 1)
        inside.addWidget(self.slider)
        inside.addWidget(self._readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(Panel(self.tr("Answer only when confident"), content, parent=self))

    def show_examined(self, examined: Examined | None) -> None:
        """Show the answers to all test images; None while there are none."""
        self._curve = None if examined is None else examined.evaluation.threshold_curve()
        self._count = 0 if examined is None else len(examined.evaluation.labels)
        self.slider.setEnabled(self._curve is not None)
        if self._curve is None:
            self.plot.set_places(range(101))  # in per cent, as they will be
            self.plot.set_curves()
        else:
            self.plot.set_places(self._curve.thresholds * 100)
            self.plot.set_curves(
                ShareCurve("coverage", self.tr("answered"), self._curve.coverage),
                ShareCurve("accuracy", self.tr("right among the answered"), self._curve.accuracy),
            )
        self._show_threshold()

    @Slot(int)
    def _on_threshold_changed(self, _value: int) -> None:
        self._show_threshold()

    @Slot(object)
    def _on_pointed_changed(self, index: int | None) -> None:
        """Read what one points at; the threshold itself stays, and comes back when the pointer leaves."""
        if index is None or self._curve is None:
            self._show_threshold()
        else:
            self.plot.set_readout(self._words_at(index))

    @Slot(int)
    def _on_place_chosen(self, index: int) -> None:
        self.slider.set_value(index)
        self._show_threshold()

    def _show_threshold(self) -> None:
        value = self.slider.value
        if self._curve is None:
            self._readout.setText(self.tr("No answers yet: train a network, then its confidence can be weighed here."))
            self.plot.point(None)
            return
        self.plot.point(value)
        self.plot.set_readout(self._words_at(value))
        self._readout.setText(self._sentence(value))

    def _words_at(self, index: int) -> str:
        assert self._curve is not None
        return fill(
            self.tr("{threshold}\u00a0%: {coverage} answered, {accuracy} of them right"),
            threshold=index,
            coverage=spell_percent(float(self._curve.coverage[index])),
            accuracy=spell_percent(float(self._curve.accuracy[index])),
        )

    def _sentence(self, index: int) -> str:
        assert self._curve is not None
        coverage, accuracy = float(self._curve.coverage[index]), float(self._curve.accuracy[index])
        answered = round(coverage * self._count)
        if not answered or not math.isfinite(accuracy):
            words = self.tr("At {threshold}\u00a0% it answers none of {count:,} test images.")
            return fill(words, threshold=index, count=self._count)
        words = self.tr(
            "At {threshold}\u00a0% it answers {answered:,} of {count:,} test images, {accuracy} of them right; "
            "wrong answers left: {wrong:,}; images without an answer: {silent:,}."
        )
        return fill(
            words,
            threshold=index,
            answered=answered,
            count=self._count,
            accuracy=spell_percent(accuracy),
            wrong=answered - round(accuracy * answered),
            silent=self._count - answered,
        )
