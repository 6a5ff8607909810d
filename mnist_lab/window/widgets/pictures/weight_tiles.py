"""What each unit of the first layer looks for: its weights as a 28×28 picture, all units on one honest scale."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.buttons import ToolButton
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.widgets.pictures import tile_mosaic
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.tile_field import TileField
from mnist_lab.window.widgets.pictures.tile_look import TileLook
from mnist_lab.window.words import fill, spell, spell_whole


class WeightTiles(QWidget):
    """Shows the units of a layer on 28×28 inputs as tiles; what does not fit is on further pages.

    One scale, symmetric about zero, holds for all units and only grows until `clear` (a new run), so equal weights
    have equal colours from the first batch to the last. Zero is exactly the neutral colour, and nothing is clipped.
    Who goes back to an earlier network has a scale that begins anew there: by that of the end it may be blank.

    Attributes:
        limit: weight of the strongest colour.
        field: the part that has the keyboard: arrows select a unit, Page keys turn pages, Enter opens.

    Signals:
        unit_activated(int): the number, from 0, of a unit that was clicked or opened by keyboard.
    """

    unit_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None, look: TileLook | None = None) -> None:
        """Look at them as `look` says; None: from the beginning."""
        super().__init__(parent)
        self._look = look or TileLook()
        self._shows_change = False
        self.field = TileField(self._look, self)
        self._scale = ColourBar(self)
        self._readout = ShortLabel(self)
        self._pager = QWidget(self)
        self._previous = self._page_button("weightTilesPrevious", "‹", self.tr("The units before these"))
        self._range = QLabel(self._pager)
        self._next = self._page_button("weightTilesNext", "›", self.tr("The units after these"))
        self._shown_page: object = None
        self._build()
        self.field.page_changed.connect(self._show_page)
        self.field.pointed_changed.connect(self._show_readout)
        self.field.unit_activated.connect(self.unit_activated)
        self._previous.clicked.connect(self._turn_back)
        self._next.clicked.connect(self._turn_on)
        self._show_scale()
        self._show_page()

    @property
    def limit(self) -> float:
        """Weight of the strongest colour."""
        return self._look.limit

    @property
    def readout(self) -> str:
        """The words on the weight under the pointer, or on the selected unit."""
        return self._readout.text()

    def set_kernel(self, kernel: NDArray[np.float32], updates: int = 0) -> None:
        """Show these weights, of a network after so many updates: (784, units) float32; not copied."""
        if updates < self._look.updates:
            self.restart_scale()
        self._look.updates = updates
        self._set_limit(max(self.limit, tile_mosaic.limit_of(kernel)))
        self.field.show_kernel(kernel)
        self._show_page()
        self._show_readout()

    def set_order(self, order: NDArray[np.intp] | None) -> None:
        """Let units stand in this order, (units,); None: by number. A kernel with another number of units ends it."""
        self.field.set_order(order)

    def set_off(self, off: NDArray[np.bool_] | None) -> None:
        """Hatch units that are switched off, (units,); None: none is."""
        self.field.set_off(off)
        self._show_readout()

    def set_zoom(self, zoom: int) -> None:
        """Show tiles this many times as large as needed for most units on a page, from 1 (keys + and −)."""
        self.field.set_zoom(zoom)

    def set_shows_change(self, on: bool) -> None:
        """Say whether the numbers are changes of weights: the readout calls them so."""
        self._shows_change = on

    def restart_scale(self) -> None:
        """Let the scale begin anew with the next weights."""
        self._set_limit(0.0)

    def clear(self) -> None:
        """Show no weights, and let the scale begin anew."""
        self._set_limit(0.0)
        self.field.show_kernel(np.empty((784, 0), np.float32))
        self._show_page()
        self._show_readout()

    def select(self, unit: int) -> None:
        """Select a unit and show its page."""
        self.field.select(unit)

    def _build(self) -> None:
        self.setFocusProxy(self.field)
        self.field.setObjectName("weightTilesField")
        self.field.setAccessibleName(self.tr("Weights of the units"))
        explanation = self.tr(
            "Point at a weight to read it, or use the arrow keys; Page keys turn pages. Units, rows and columns are"
            " numbered from 0, as in the array."
        )
        for part in (self.field, self._readout, self._pager):
            part.setToolTip(explanation)
        _keep_room(self._pager)
        theme.set_role(self._readout, "caption")
        theme.set_role(self._range, "caption")
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._readout.setMinimumHeight(self._next.sizeHint().height())  # the row stays as high without the pager
        self._range.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = QHBoxLayout(self._pager)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(theme.SMALL_GAP)
        for part in (self._previous, self._range, self._next):
            pages.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(theme.LARGE_GAP)
        top.addWidget(self._readout, 1)
        top.addWidget(self._pager)
        top.addWidget(self._scale)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(top)
        layout.addWidget(self.field, 1)

    def _page_button(self, name: str, sign: str, meaning: str) -> ToolButton:
        button = ToolButton(self._pager)
        button.setObjectName(name)
        button.setText(sign)
        button.setAccessibleName(meaning)
        button.setToolTip(meaning)
        button.setAutoRepeat(True)
        return button

    def _set_limit(self, limit: float) -> None:
        if limit != self.limit:
            self._look.limit = limit
            self._show_scale()

    def _show_scale(self) -> None:
        self._scale.set_limit(self.limit)
        self._scale.setVisible(self.limit > 0)

    @Slot()
    def _turn_back(self) -> None:
        self.field.turn(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.field.turn(1)

    @Slot()
    def _show_page(self) -> None:
        first, last, units = self.field.first, self.field.last, self.field.units
        page = (first, last, units, self.field.order is None)
        if page == self._shown_page:  # as with nearly all new weights
            return
        self._shown_page = page
        self._pager.setVisible(units > last - first)
        self._previous.setEnabled(first > 0)
        self._next.setEnabled(last < units)
        words = self.tr("units {first}–{last} of {units}")
        if self.field.order is not None:  # the numbers are places then
            words = self.tr("places {first}–{last} of {units}")
        self._range.setText(
            fill(words, first=spell_whole(first), last=spell_whole(max(last - 1, 0)), units=spell_whole(units))
        )
        widest = fill(words, first=spell_whole(units), last=spell_whole(units), units=spell_whole(units))
        self._range.setMinimumWidth(round(theme.fonts.widest(theme.fonts.font("small"), widest)) + 2)

    @Slot()
    def _show_readout(self) -> None:
        """Say what is pointed at; without a pointer the selected unit; else what there is to see."""
        field, shorter = self.field, list[str]()
        if not field.units:
            text = ""
        elif field.pointed:
            unit, row, column = field.pointed
            words = self.tr("weight {weight} · unit {unit}, row {row}, column {column}")
            if self._shows_change:
                words = self.tr("change {weight} · unit {unit}, row {row}, column {column}")
            weight = self._spell(field.kernel[row * 28 + column, unit])
            shorter = [
                self.tr("{weight} · unit {unit}, row {row}, column {column}"),
                "{weight} · {unit} [{row}, {column}]",
            ]
            text, *shorter = (fill(one, unit=unit, row=row, column=column, weight=weight) for one in (words, *shorter))
        elif field.hasFocus():
            shorter = self._say_selected()
            text = f"{shorter[0]} · {field.KEYS.lines()[0]}"
        else:
            text = fill(self.tr("{units} units"), units=spell_whole(field.units))
        unit = field.pointed[0] if field.pointed else field.selected
        if (field.pointed or field.hasFocus()) and field.is_off(unit):
            text, shorter = fill(self.tr("switched off · {words}"), words=text), []
        if text != self._readout.text():
            self._readout.set_texts(text, *shorter)
            field.setAccessibleDescription(text)

    def _say_selected(self) -> list[str]:
        """The selected unit in words, and in fewer of them."""
        weights = self.field.kernel[:, self.field.selected]
        low, high = self._spell(float(weights.min())), self._spell(float(weights.max()))
        words = self.tr("unit {unit} · weights from {low} to {high}")
        if self._shows_change:
            words = self.tr("unit {unit} · changes from {low} to {high}")
        short = self.tr("unit {unit} · {low} to {high}")
        return [fill(one, unit=self.field.selected, low=low, high=high) for one in (words, short)]

    def _spell(self, weight: float) -> str:
        if not math.isfinite(weight):
            return self.tr("not a number") if math.isnan(weight) else self.tr("infinite")
        words = spell(weight, 4)
        return f"+{words}" if weight > 0 else words


def _keep_room(widget: QWidget) -> None:
    """Let a part that is hidden keep its place, so that nothing moves when it appears."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
