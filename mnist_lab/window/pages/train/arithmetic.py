"""The arithmetic behind a network and its training, worked out while the learner types."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell_bytes, spell_whole

_BYTES = 4
"""Of one float32 parameter."""


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

    def set_experiment(self, experiment: Experiment, images: int | None) -> None:
        """Work it out for `images` training images; None while they are not loaded."""
        rows = [*self._layer_rows(experiment), self._total_row(experiment)]
        if images is not None:
            rows += self._update_rows(experiment, images)
        self.setText(_table(rows))
        self.setAccessibleName(self.tr("Arithmetic"))
        self.setAccessibleDescription("; ".join(f"{left} {right}" for left, right, _ in rows))

    def _layer_rows(self, experiment: Experiment) -> list[tuple[str, str, bool]]:
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

    def _update_rows(self, experiment: Experiment, images: int) -> list[tuple[str, str, bool]]:
        samples, per_epoch = experiment.samples(images), experiment.updates_per_epoch(images)
        if experiment.one_batch:
            an_epoch = fill(self.tr("an epoch: one batch of {:,} ="), samples)
        else:
            words = self.tr("an epoch: {:,} ÷ {:,} =")
            if samples % experiment.batch_size:
                words = self.tr("an epoch: {:,} ÷ {:,}, rounded up =")
            an_epoch = fill(words, samples, experiment.batch_size)
        return [
            *self._copies_rows(experiment, images),
            (an_epoch, spell_whole(per_epoch), False),
            (
                fill(self.tr("updates in all: {:,} × {:,} ="), experiment.epochs, per_epoch),
                spell_whole(experiment.total_updates(images)),
                True,
            ),
        ]

    def _copies_rows(self, experiment: Experiment, images: int) -> list[tuple[str, str, bool]]:
        """How many images an epoch has where moved copies are among them."""
        copies, trained = experiment.moved_copies, images - experiment.held_out_samples(images)
        if not copies or experiment.one_batch:
            return []
        words = self.tr("images: {images:,} + {copies:,} × {images:,} =")
        return [(fill(words, images=trained, copies=copies), spell_whole(experiment.samples(images)), False)]


def _table(rows: list[tuple[str, str, bool]]) -> str:
    cells = []
    for left, right, is_sum in rows:
        number = f"<b>{escape(right)}</b>" if is_sum else escape(right)
        space = theme.GAP if is_sum else 0
        cells.append(
            f'<tr><td style="padding-bottom:{space}px">{escape(left)}&nbsp;</td>'
            f'<td align="right" style="padding-bottom:{space}px">{number}</td></tr>'
        )
    return f'<table width="100%" cellspacing="0" cellpadding="1">{"".join(cells)}</table>'
