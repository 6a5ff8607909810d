"""The Layers tab: each layer as a matrix, its weights' histogram now against the start, and how it fares over time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.samples import LayerSample
from mnist_lab.inspection.statistics import LayerHistogram
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.weights.choices import LayerChoice
from mnist_lab.window.pages.weights.histogram_picture import HistogramPicture
from mnist_lab.window.pages.weights.layer_plot import LayerLine, LayerPlot
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.words import fill, spell_whole


class LayersSection(QWidget):
    """The choice of a layer and its numbers at the left; matrix, histogram and curves at the right."""

    def __init__(self, choice: LayerChoice, parent: QWidget | None = None) -> None:
        """Show the layer that `choice` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._choice = choice
        self._weights: NetworkWeights | None = None
        self._histograms: tuple[LayerHistogram, ...] = ()
        self._has_start, self._is_now = False, True
        self._axes: object = None
        self._shown_samples: object = None
        self._make_controls()
        self._make_pictures()
        column = ScrollColumn("layersArea", self._form, self._facts, self._explanation, parent=self)
        keep_controls_width(column)
        lay_beside(column, self._pictures(), self)
        self._layers.currentIndexChanged.connect(self._on_layer_chosen)
        self._matrix.readout_changed.connect(self._show_caption)

    def _make_controls(self) -> None:
        self._form = FormGrid(self)
        self._layers = DropDown(self)
        self._layers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._form.add_field(
            self._layers, "layerChoice", self.tr("&Layer"), self.tr("Which layer's weights are shown at the right.")
        )
        shows_state(self._layers)
        self._fill_layers()
        self._facts = QLabel(self)
        self._facts.setObjectName("layerFacts")
        self._facts.setWordWrap(True)
        self._explanation = QLabel(
            self.tr(
                "A row is a unit of this layer, a column what it takes its inputs from. Gradient strength is the root"
                " mean square of a layer's gradient. A unit is inactive for an image if its sum is at most 0 and its"
                " output at most 0.01 from 0; the curve is the share of such outputs among all of a layer. Both are"
                " measured on the first 256 training images, without dropout and without the L2 penalty:"
                " again and again while a run trains; of one that was opened, at each moment that you go to with the"
                " slider on Train."
            ),
            self,
        )
        self._explanation.setWordWrap(True)
        theme.set_role(self._explanation, "caption")

    def _make_pictures(self) -> None:
        self._matrix = MatrixPicture(self, empty_words=self.tr("A layer's weights appear here when training begins"))
        self._matrix.setObjectName("layerMatrix")
        self._matrix.setAccessibleName(self.tr("Weights of the layer, as a matrix"))
        self._scale = ColourBar(self)
        self._scale.setObjectName("layerScale")
        self._caption = QLabel(self)
        theme.set_role(self._caption, "caption")
        self._histogram = HistogramPicture(self)
        self._histogram.setObjectName("layerHistogram")
        self._histogram.setAccessibleName(self.tr("How often which weight occurs in the layer"))
        self._histogram.setToolTip(
            self.tr("How often which weight occurs, with mean and standard deviation; biases are left out.")
        )
        self._strength = LayerPlot("strength", self.tr("Gradient strength of each layer"), self)
        self._strength.setObjectName("strengthPlot")
        self._inactive = LayerPlot("share", self.tr("Share of each hidden layer's outputs that are inactive"), self)
        self._inactive.setObjectName("inactivePlot")

    def _pictures(self) -> QVBoxLayout:
        matrix = QWidget(self)
        inside = QVBoxLayout(matrix)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._matrix, 1)
        inside.addWidget(self._caption)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("Weights of the layer"), matrix, self._scale, parent=self), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(Panel(self.tr("Histogram of weights"), self._histogram, parent=self), 1)
        row.addWidget(Panel(self.tr("Gradient strength"), self._strength, parent=self), 1)
        row.addWidget(Panel(self.tr("Inactive outputs"), self._inactive, parent=self), 1)
        column.addLayout(row, 1)
        return column

    # What is shown

    def show_network(self, weights: NetworkWeights | None, *, is_now: bool = True) -> None:
        """Show the weights of a network; not `is_now`: of an earlier moment of its run."""
        self._weights, self._is_now = weights, is_now
        sizes = () if weights is None else tuple(len(layer.bias) for layer in weights.layers)
        if sizes != self._choice.sizes:
            self._choice.set_sizes(sizes)
            self._histograms, self._shown_samples = (), None
            self._fill_layers()
        self._show_layer()

    def open_layer(self, layer: int) -> None:
        """Show another layer, counted from 0, if the network has it."""
        if layer < self._layers.count():
            self._layers.setCurrentIndex(layer)

    def show_histograms(self, histograms: Sequence[LayerHistogram], *, has_start: bool) -> None:
        """Show a histogram for each layer; `has_start` says whether the network's start is known."""
        known, self._histograms, self._has_start = self._histograms, tuple(histograms), has_start
        if self._histograms is not known:
            self._show_numbers()

    def show_samples(self, samples: Sequence[LayerSample], end: int) -> None:
        """Show gradient strength and inactive share at some moments of a run of `end` updates; read that of now."""
        at = None if self._weights is None else self._weights.updates
        shown = (len(samples), samples[-1] if samples else None, end, at)
        if shown == self._shown_samples:  # new weights come more often than samples
            return
        self._shown_samples = shown
        updates = np.array([sample.updates for sample in samples], np.float64)
        strengths = [sample.strengths for sample in samples]
        inactive = [sample.inactive for sample in samples]
        self._strength.set_lines(updates, self._lines(strengths), end, at)
        self._inactive.set_lines(updates, self._lines(inactive), end, at)

    def _lines(self, rows: list[NDArray[np.float64]]) -> list[LayerLine]:
        if not rows:
            return []
        values, last = np.array(rows), len(self._choice.sizes) - 1
        return [
            LayerLine(
                self.tr("output layer") if layer == last else fill(self.tr("layer {}"), layer + 1),
                self.tr("out") if layer == last else str(layer + 1),
                values[:, layer],
            )
            for layer in range(values.shape[1])
        ]

    def _fill_layers(self) -> None:
        sizes = self._choice.sizes
        self._layers.blockSignals(True)
        self._layers.clear()
        for layer in range(len(sizes)):
            self._layers.addItem(self._layer_name(layer))
        if not sizes:
            self._layers.addItem(self.tr("no network yet"))
        self._layers.setCurrentIndex(self._choice.layer)
        self._layers.blockSignals(False)

    def _layer_name(self, layer: int) -> str:
        inputs = 784 if layer == 0 else self._choice.sizes[layer - 1]
        words = (
            self.tr("output: {inputs} → {units}")
            if layer == len(self._choice.sizes) - 1
            else self.tr("layer {layer}: {inputs} → {units}")
        )
        return fill(words, layer=layer + 1, inputs=spell_whole(inputs), units=spell_whole(self._choice.sizes[layer]))

    def _show_layer(self) -> None:
        if self._weights is None:
            self._matrix.set_values(None)
            self._scale.hide()
        else:
            layer, last = self._choice.layer, len(self._choice.sizes) - 1
            rows = self.tr("output digit") if layer == last else self.tr("unit")
            columns = self.tr("pixel") if layer == 0 else fill(self.tr("layer {}, unit"), layer)
            if (rows, columns) != self._axes:
                self._axes = rows, columns
                self._matrix.set_axes(rows, columns)
            self._matrix.set_values(self._weights.layers[layer].kernel.T)
            self._scale.set_limit(self._matrix.limit)
            self._scale.setVisible(self._matrix.limit > 0)
        self._show_caption(self._matrix.readout)
        self._show_numbers()

    def _show_numbers(self) -> None:
        place = self._choice.layer
        is_known = self._weights is not None and place < len(self._histograms)
        at = None if self._weights is None or self._is_now else self._weights.updates
        self._histogram.show_histogram(self._histograms[place] if is_known else None, has_start=self._has_start, at=at)
        if self._weights is None:
            self._facts.setText("")
            return
        layer = self._weights.layers[place]
        words = self.tr("{inputs} × {units} weights + {units} (biases) = {parameters} parameters.")
        inputs, units = layer.kernel.shape
        self._facts.setText(
            fill(
                words,
                inputs=spell_whole(inputs),
                units=spell_whole(units),
                parameters=spell_whole(layer.kernel.size + units),
            )
        )

    @Slot(str)
    def _show_caption(self, readout: str) -> None:
        self._caption.setText(readout or self._matrix.block_words or self.tr("Point at a weight to read it."))

    @Slot(int)
    def _on_layer_chosen(self, index: int) -> None:
        self._choice.layer = max(index, 0)
        self._show_layer()
