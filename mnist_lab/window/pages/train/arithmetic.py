"""The arithmetic behind a network and its training, worked out while the learner types."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell, spell_bytes, spell_whole

_Row = tuple[str, str, bool]
"""Words, a number, and whether this is a sum."""

_BYTES = 4
"""Of one float32 parameter."""
_PADDING = 12
"""Logical pixels around the words and the number of a line."""


class Arithmetic(QLabel):
    """Says how many parameters each layer has and how many gradient updates the run will do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("arithmetic")
        self.setWordWrap(True)  # in a narrow column
        self.setProperty("isRich", True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setToolTip(
            self.tr(
                "Each unit has one weight for every input and one bias; each batch gives one gradient update. Rounded"
                " up: the last batch of an epoch holds the images that are left, and counts too."
            )
        )

        self._experiment = Experiment()
        self._images: int | None = None

    def set_experiment(self, experiment: Experiment, images: int | None) -> None:
        """Work it out for `images` training images; None while they are not loaded."""
        self._experiment, self._images = experiment, images
        self.setAccessibleName(self.tr("Arithmetic"))
        self.setAccessibleDescription("; ".join(f"{left} {right}" for left, right, _ in self._rows()))
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many lines as the width asks for."""
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        rows = self._rows()
        is_narrow = any(map(self._is_too_wide, rows))
        text = _table(self._rows(is_narrow=True) if is_narrow else rows)
        if text != self.text():
            self.setText(text)

    def _is_too_wide(self, row: _Row) -> bool:
        left, right, is_sum = row
        font = self.font()
        font.setBold(is_sum)
        return QFontMetrics(font).horizontalAdvance(f"{left} {right}") + _PADDING > self.width()

    def _rows(self, *, is_narrow: bool = False) -> list[_Row]:
        experiment, images = self._experiment, self._images
        rows = [*self._layer_rows(experiment), self._total_row(experiment)]
        return rows if images is None else rows + self._update_rows(experiment, images, is_narrow=is_narrow)

    def _layer_rows(self, experiment: Experiment) -> list[_Row]:
        return [
            (
                fill("{inputs:,}×{units:,} + {units:,} =", inputs=layer.inputs, units=layer.units),
                spell_whole(layer.parameters),
                False,
            )
            for layer in experiment.layers()
        ]

    def _total_row(self, experiment: Experiment) -> tuple[str, str, bool]:
        parameters = experiment.parameters()
        return self._size(parameters * _BYTES), spell_whole(parameters), True

    def _size(self, size: int) -> str:
        """Name the sum, with its size in memory."""
        return fill(self.tr("parameters ({size})"), size=spell_bytes(size))

    def _update_rows(self, experiment: Experiment, images: int, *, is_narrow: bool) -> list[_Row]:
        samples, per_epoch = experiment.samples(images), experiment.updates_per_epoch(images)
        is_exact = samples % experiment.batch_size == 0
        rounding: list[_Row] = []
        if experiment.one_batch:
            an_epoch = fill(self.tr("an epoch: one batch of {:,} ="), samples)
        else:
            words = self.tr("an epoch: {:,} ÷ {:,} =")
            if not is_exact and is_narrow:
                rounding = [(self.tr("rounded up ="), spell_whole(per_epoch), False)]
            elif not is_exact:
                words = self.tr("an epoch: {:,} ÷ {:,}, rounded up =")
            an_epoch = fill(words, samples, experiment.batch_size)
        return [
            *self._copies_rows(experiment, images),
            (an_epoch, spell(samples / experiment.batch_size) if rounding else spell_whole(per_epoch), False),
            *rounding,
            (
                fill(self.tr("updates in all: {:,} × {:,} ="), experiment.epochs, per_epoch),
                spell_whole(experiment.total_updates(images)),
                True,
            ),
        ]

    def _copies_rows(self, experiment: Experiment, images: int) -> list[_Row]:
        """How many images an epoch has where moved copies are among them."""
        copies, trained = experiment.moved_copies, images - experiment.held_out_samples(images)
        if not copies or experiment.one_batch:
            return []
        words = self.tr("images: {images:,} + {copies:,} × {images:,} =")
        return [(fill(words, images=trained, copies=copies), spell_whole(experiment.samples(images)), False)]


def _table(rows: list[_Row]) -> str:
    cells = []
    for left, right, is_sum in rows:
        number = f"<b>{escape(right)}</b>" if is_sum else escape(right)
        space = theme.GAP if is_sum else 0
        cells.append(
            f'<tr><td style="padding-bottom:{space}px">{escape(left)}&nbsp;</td>'
            f'<td align="right" style="padding-bottom:{space}px">{number}</td></tr>'
        )
    return f'<table width="100%" cellspacing="0" cellpadding="1">{"".join(cells)}</table>'
