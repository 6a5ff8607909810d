"""The pictures of the five steps of one update; they know its numbers, not the lab."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import ReservedLines, reserve_lines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, spell, spell_whole

_MOST_MAPS = 6
"""The batch itself and what five layers put out."""
_SIDE = 28
_LEAST_HEIGHT = 44
Cell = tuple[int, int]


class ForwardPicture(ReservedLines):
    """The batch, and what each layer makes of it: one row of cells an image."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: UpdateNumbers | None = None
        self._captions = [paragraph(f"updateShapes{place}", caption=True) for place in range(_MOST_MAPS)]
        self._maps = [self._map(place) for place in range(_MOST_MAPS)]
        self._readout = paragraph("updateForwardReadout")
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        for caption, picture in zip(self._captions, self._maps, strict=True):
            for part, stretch in ((caption, 0), (picture, 1)):
                inside.addWidget(part, stretch)
                part.hide()  # until there is something to show: the tab must not ask for the room of six
        inside.addWidget(self._readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("Forward: what each layer receives and puts out"), content, parent=self))

    def _map(self, place: int) -> MatrixPicture:
        picture = MatrixPicture(self)
        picture.setObjectName(f"updateForward{place}")
        picture.setAccessibleName(self.tr("The batch, as the network passes it on"))
        picture.setToolTip(self.tr("A row for each image of the batch, a column for each unit; point at one."))
        picture.set_axes(self.tr("image"), self.tr("pixel") if place == 0 else self.tr("unit"))
        picture.setMinimumHeight(_LEAST_HEIGHT)
        picture.pointed_changed.connect(self._show_readout)
        return picture

    def show_numbers(self, numbers: UpdateNumbers) -> None:
        """Show another update."""
        self._numbers = numbers
        arrays = [numbers.forward[0].inputs, *(layer.outputs for layer in numbers.forward)]
        for place, (caption, picture) in enumerate(zip(self._captions, self._maps, strict=True)):
            is_used = place < len(arrays)
            caption.setVisible(is_used)
            picture.setVisible(is_used)
            if is_used:
                text = self._caption(numbers, place, arrays[place])
                caption.setText(text)
                picture.setAccessibleName(text)
                picture.set_values(arrays[place])
        self._show_readout()

    def _caption(self, numbers: UpdateNumbers, place: int, values: np.ndarray) -> str:
        span = fill(self.tr("from {low} to {high}"), low=spell(float(values.min()), 3), high=spell(values.max(), 3))
        shape = _shape(values)
        if place == 0:
            return fill(self.tr("the batch {shape}, {span}"), shape=shape, span=span)
        is_last = place == len(numbers.forward)
        words = self.tr("{function}( {inputs} · W {kernel} + b {bias} ) → {shape}, {span}")
        weights = numbers.layers[place - 1].before
        return fill(
            words,
            function="softmax" if is_last else numbers.update.before.activation,
            inputs=_shape(numbers.forward[place - 1].inputs),
            kernel=_shape(weights.kernel),
            bias=f"({weights.bias.size},)",
            shape=shape,
            span=span,
        )

    @Slot()
    def _show_readout(self) -> None:
        place = next((place for place, one in enumerate(self._maps) if one.pointed and not one.isHidden()), None)
        if place is None or self._numbers is None:
            self._readout.setText(self.tr("Point at a value to read it, or go there with the arrow keys."))
            return
        cell, values = self._maps[place].pointed, self._maps[place].values
        assert cell is not None
        assert values is not None
        image, unit = cell
        label = int(self._numbers.labels[image])
        if place == 0:
            words = self.tr("image {image}, the digit {label}: pixel row {row}, column {column} is {value}")
            row, column = divmod(unit, _SIDE)
            text = fill(
                words, image=image + 1, label=label, row=row, column=column, value=spell(float(values[cell]), 4)
            )
        else:
            words = self.tr(
                "image {image}, the digit {label}: unit {unit} of layer {layer} adds up {sum} and puts out {value}"
            )
            text = fill(
                words,
                image=image + 1,
                label=label,
                unit=unit,
                layer=place,
                sum=spell(float(self._numbers.forward[place - 1].sums[cell]), 4),
                value=spell(float(values[cell]), 4),
            )
        self._readout.setText(text)
        self._maps[place].setAccessibleDescription(text)


class LossPicture(ReservedLines):
    """The cross-entropy of each image, and the mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        series = (
            Series("mean", self.tr("mean of the batch"), lambda palette: palette.validation, is_dashed=True),
            Series(
                "images",
                self.tr("−log(probability of the right digit)"),
                lambda palette: palette.training,
                has_line=False,
                has_marks=True,
            ),
        )
        words = self.tr("Cross-entropy of each image of the batch")
        self._plot = XyPlot("updateLossPlot", words, self.tr("image"), self.tr("loss"), series, self)
        self._words = reserve_lines(paragraph("updateLossWords"), 2)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._plot, 1)
        inside.addWidget(self._words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("Loss: how wrong each answer is"), content, parent=self))

    def show_numbers(self, numbers: UpdateNumbers) -> None:
        """Show another update."""
        count, mean = len(numbers.losses), float(numbers.losses.mean())
        images = np.arange(1, count + 1)
        self._plot.set_series("images", images, numbers.losses)
        self._plot.set_series("mean", images, np.full(count, mean))
        self._plot.refresh()
        words = self.tr(
            "Mean over the batch of {count}: {mean}. Guessing evenly among ten digits costs {guess} an image."
        )
        text = fill(words, count=spell_whole(count), mean=spell(mean, 6), guess=spell(float(np.log(10)), 4))
        penalty = numbers.loss - mean
        if numbers.experiment.l2 > 0:
            text += " " + fill(
                self.tr("With the L2 penalty of {penalty}: {loss}."),
                penalty=spell(penalty, 6),
                loss=spell(numbers.loss, 6),
            )
        self._words.setText(text)


def _shape(array: np.ndarray) -> str:
    return f"({', '.join(spell_whole(size) for size in array.shape)})"
