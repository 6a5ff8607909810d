"""The Edit a copy tab: change single units and weights of a copy, and see what the test accuracy says to it."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.inspection.edits import Edit
from mnist_lab.inspection.units import is_switched_off
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.edited_copy import EditResult
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut, with_key
from mnist_lab.window.pages.weights.choices import EditFields
from mnist_lab.window.pages.weights.edit_form import EditForm
from mnist_lab.window.pages.weights.edit_words import copy_words, edit_words, kept_words, unit_words
from mnist_lab.window.pages.weights.signed_bars import SignedBars
from mnist_lab.window.pages.weights.unit_matrix import UnitMatrix
from mnist_lab.window.pages.weights.unit_view import SIDE
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of
from mnist_lab.window.words import fill, spell_fixed, spell_percent, spell_whole

_ROOM = "+00.00 points"


class EditSection(QWidget):
    """The form, the list of edits and what becomes of the copy at the left; accuracy and pictures at the right.

    Signals:
        edit_made(object): an `Edit` is to be made on the copy.
        undo_wanted(): the last edit is to be taken back.
        reset_wanted(): all edits are to be forgotten.
        keep_wanted(str): the copy is to be kept under that name.
    """

    edit_made = Signal(object)
    undo_wanted = Signal()
    reset_wanted = Signal()
    keep_wanted = Signal(str)

    def __init__(self, fields: EditFields, parent: QWidget | None = None) -> None:
        """Let the form begin with `fields`, and keep there what the learner types and chooses."""
        super().__init__(parent)
        self._fields = fields
        self._base: NetworkWeights | None = None
        self._copy: NetworkWeights | None = None
        self._form = EditForm(fields, self)
        self._make_list()
        self._make_pictures()
        lay_beside(self._controls(), self._results(), self)
        self._connect()

    # Building

    def _make_list(self) -> None:
        self._list = _EditList(self)
        self._list.setObjectName("editList")
        self._list.setAccessibleName(self.tr("Edits made on the copy"))
        self._list.setToolTip(self.tr("The edits in the order in which they were made."))
        self._list.setMinimumHeight(90)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._undo = _button(
            self, "ph.arrow-counter-clockwise", "undoEditButton", with_key(self.tr("Undo"), page_keys.UNDO)
        )
        self._undo.setToolTip(self.tr("Take the last edit back (Ctrl+Z)."))
        self._reset = _button(self, "ph.trash", "resetCopyButton", self.tr("Reset"))
        self._reset.setToolTip(self.tr("Forget all edits and begin with the network looked at, as it is now."))
        self._name = QLineEdit(self)
        self._name.setObjectName("keptName")
        self._name.setAccessibleName(self.tr("Name of the new network"))
        self._name.setPlaceholderText(self.tr("Name of the new network"))
        self._name.setToolTip(self.tr("What the copy will be called in the list of kept networks."))
        self._name.setMaxLength(60)
        self._keep = _button(self, "ph.floppy-disk", "keepNetworkButton", self.tr("&Keep as new network"))
        self._keep.setToolTip(self.tr("Keep the copy beside the runs, and look at it on all pages."))
        self._kept = Notice(self)  # in place of the words on the copy: nothing below it moves
        self._kept.setObjectName("keptNotice")

    def _controls(self) -> QWidget:
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._undo, 1)
        row.addWidget(self._reset, 1)
        parts = (self._form, self._list, buttons, self._name, self._keep)
        column = ScrollColumn("editArea", *parts, parent=self)
        keep_controls_width(column)
        return column

    def _make_pictures(self) -> None:
        self._before = StatCard(self.tr("test accuracy before"), room="100.0 %", parent=self)
        self._after = StatCard(self.tr("test accuracy after"), room="100.0 %", parent=self)
        self._difference = StatCard(self.tr("difference"), room=_ROOM, parent=self)
        self._words = QLabel(self)
        self._words.setObjectName("editWords")
        self._words.setWordWrap(True)
        self._words.setMinimumHeight(self._kept.sizeHint().height())
        self._bars = SignedBars([str(digit) for digit in range(CLASSES)], self, is_verdict=True)
        self._bars.setObjectName("editDigits")
        self._bars.setAccessibleName(self.tr("Change of each digit's test accuracy, in points"))
        self._matrix = UnitMatrix(self, empty_words=self.tr("A unit's weights appear here when training begins"))
        self._matrix.setObjectName("editedUnit")
        self._matrix.setAccessibleName(self.tr("Weights of the unit on the copy"))
        self._scale = ColourBar(self)
        self._scale.setObjectName("editedScale")
        self._caption = QLabel(self)
        self._caption.setObjectName("editedUnitWords")
        self._caption.setWordWrap(True)
        theme.set_role(self._caption, "caption")
        reserve_lines(self._caption, 2)  # the picture above must not move under what points at it

    def _results(self) -> QVBoxLayout:
        cards = QHBoxLayout()
        cards.setSpacing(theme.GAP)
        for card in (self._before, self._after, self._difference):
            cards.addWidget(card, 1)
        unit = QWidget(self)
        inside = QVBoxLayout(unit)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(Square(self._matrix, unit), 1)
        inside.addWidget(self._caption)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self._unit_panel = Panel(self.tr("The unit on the copy"), unit, self._scale, parent=self)
        row.addWidget(self._unit_panel, 1)
        row.addWidget(Panel(self.tr("Change in points"), self._bars, parent=self), 1)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addLayout(cards)
        column.addWidget(self._words)
        column.addWidget(self._kept)
        column.addLayout(row, 1)
        return column

    def _connect(self) -> None:
        self._form.edit_made.connect(self.edit_made)
        self._form.unit_changed.connect(self._show_unit)
        self._undo.clicked.connect(self.undo_wanted)
        self._reset.clicked.connect(self.reset_wanted)
        self._keep.clicked.connect(self._on_keep)
        self._name.returnPressed.connect(self._on_keep)
        self._matrix.cell_activated.connect(self._on_weight_chosen)
        self._matrix.readout_changed.connect(self._show_caption)
        add_shortcut(page_keys.UNDO, self).activated.connect(self.undo_wanted)

    # What is shown

    def show_copy(self, base: NetworkWeights | None, copy: NetworkWeights | None, edits: Sequence[Edit]) -> None:
        """Show the copy with its edits, and say which network, `base`, it is a copy of."""
        self._base, self._copy = base, copy
        self._form.set_shapes(() if copy is None else tuple(layer.kernel.shape for layer in copy.layers))
        wanted = [edit_words(edit) for edit in edits]
        if wanted != [self._list.item(row).text() for row in range(self._list.count())]:
            self._list.clear()
            self._list.addItems(wanted)
            self._list.scrollToBottom()
        for part in (self._undo, self._reset, self._keep, self._name):
            part.setEnabled(bool(edits))
        if not edits:
            self._name.clear()
        self._words.setText(copy_words(base))
        self._show_unit()

    def show_result(self, result: EditResult | None) -> None:
        """Show the accuracy before and after; None while it is being computed, or without a network."""
        if result is None:
            for card in (self._before, self._after, self._difference):
                card.set_value("")
            self._difference.set_caption(self.tr("difference"))
            self._bars.set_values(())
            return
        before, after = result.before.accuracy, result.after.accuracy
        self._before.set_value(_share(before))
        self._after.set_value(_share(after))
        more = result.after.right_count - result.before.right_count
        sign = "+" if more > 0 else "−" if more < 0 else "±"
        points = spell_fixed(100 * abs(after - before), 2)
        self._difference.set_value(fill(self.tr("{points} points"), points=sign + points))
        # The shares are rounded: a few images more or less do not show in them.
        words = self.tr("difference: {more} of {count} images")
        images = len(result.after.labels)
        self._difference.set_caption(fill(words, more=sign + spell_whole(abs(more)), count=spell_whole(images)))
        self._bars.set_values([float(point) for point in result.points])

    def show_kept(self, name: str) -> None:
        """Say that the copy was kept under that name and is looked at now; "" says nothing."""
        self._words.setVisible(not name)
        self._kept.show_message(kept_words(name), "good")

    def propose_unit(self, unit: int) -> None:
        """Look at a unit of the first layer, unless it was proposed before: what was chosen since then stays."""
        if unit != self._fields.proposed_unit:
            self._fields.proposed_unit = unit
            self._form.set_unit(0, unit)

    @Slot()
    def _show_unit(self) -> None:
        self._matrix.set_off(self._is_off())
        if self._copy is None or self._base is None:
            self._matrix.set_values(None)
            self._scale.set_limit(0)
            self._scale.hide()
            self._show_caption("")
            return
        layer, unit = self._form.layer, self._form.unit
        weights = self._copy.layers[layer].kernel[:, unit]
        limit = max(limit_of(weights), limit_of(self._base.layers[layer].kernel))
        self._matrix.set_values(weights.reshape(SIDE, SIDE) if layer == 0 else _folded(weights), limit)
        self._scale.set_limit(limit)
        self._scale.setVisible(limit > 0)
        self._show_caption(self._matrix.readout)

    @Slot(str)
    def _show_caption(self, readout: str) -> None:
        if self._copy is None:
            self._caption.setText("")
            return
        usual = unit_words(self._copy, self._form.layer, self._form.unit, is_off=self._matrix.is_off)
        self._caption.setText(readout or usual)

    def _is_off(self) -> bool:
        return self._copy is not None and is_switched_off(self._copy, self._form.layer, self._form.unit, self._base)

    # What happens

    @Slot(int, int)
    def _on_weight_chosen(self, row: int, column: int) -> None:
        if self._copy is None or self._matrix.values is None:
            return
        layer, unit = self._form.layer, self._form.unit
        position = row * self._matrix.values.shape[1] + column
        if position < len(self._copy.layers[layer].kernel):
            value = float(self._copy.layers[layer].kernel[position, unit])
            self._form.set_weight(layer, position, unit, value)

    @Slot()
    def _on_keep(self) -> None:
        if self._keep.isEnabled():
            self.keep_wanted.emit(self._name.text().strip() or self.tr("edited network"))


def _folded(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay a row of weights out as a rectangle, line by line, so that each can be seen; NaN where there is none."""
    columns = math.ceil(math.sqrt(len(weights)))
    rows = math.ceil(len(weights) / columns)
    result = np.full((rows, columns), np.nan, np.float32)
    result.ravel()[: len(weights)] = weights
    return result


def _share(value: float) -> str:
    return spell_percent(value) if math.isfinite(value) else ""


class _EditList(QListWidget):
    """Says what will stand here while there is none."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edits, or the words for none."""
        super().paintEvent(event)
        if self.count():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.current().muted))
        room = self.viewport().rect().adjusted(theme.GAP, 0, -theme.GAP, 0)
        words = self.tr("No edits yet: each one that you apply is listed here.")
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.end()


def _button(parent: QWidget, icon: str, name: str, words: str) -> IconButton:
    button = IconButton(icon, words, parent)
    button.setObjectName(name)
    button.setAccessibleName(words.replace("&", ""))
    return button
