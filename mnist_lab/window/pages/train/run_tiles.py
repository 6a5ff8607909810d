"""The weights of a run's first layer, or what training has changed in them, and what their colours mean."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.train.train_look import TrainLook
from mnist_lab.window.widgets.basic.least_height import ReservedLines
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.widgets.pictures.tile_mosaic import change_of
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles

_MORE = 24
"""Of the least height, in logical pixels: a few rows more than can be made out."""


class RunTiles(ReservedLines):
    """The tiles, with their caption.

    Attributes:
        switch: what they show; whoever shows them gives it a place.

    Signals:
        unit_activated(int): a unit of the first layer is to be looked at.
    """

    unit_activated = Signal(int)

    def __init__(self, look: TrainLook, parent: QWidget | None = None) -> None:
        """Show no weights yet, in the way that `look` says."""
        super().__init__(parent)
        self._look = look
        self._weights: NetworkWeights | None = None
        self._start: NetworkWeights | None = None
        self._is_unchanged = False
        self._tiles = WeightTiles(self, look.tiles)
        self._tiles.setObjectName("weightTiles")
        self._tiles.setMinimumHeight(self._tiles.minimumSizeHint().height() + theme.fonts.scaled(_MORE))
        self._caption = ShortLabel(self)
        self._caption.setObjectName("tilesCaption")
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.set_role(self._caption, "caption")
        self.switch = self._switch()
        self._lay_out()
        self._tiles.unit_activated.connect(self.unit_activated)
        self._name_what_is_shown()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._tiles, 1)
        layout.addWidget(self._caption)

    def _switch(self) -> QCheckBox:
        switch = QCheckBox(self.tr("change since the start"), self)
        switch.setObjectName("tilesShowChange")
        switch.setAccessibleName(self.tr("Tiles show the change since the start"))
        switch.setToolTip(
            self.tr("Show what training did to each weight (now − start) instead of the weights: strokes appear soon.")
        )
        switch.setChecked(self._look.shows_change)
        shows_state(switch)
        switch.toggled.connect(self._on_toggled)
        return switch

    def show_weights(self, weights: NetworkWeights | None, start: NetworkWeights | None) -> None:
        """Show the first layer of a network, which before its first update was `start`; None: there is none yet."""
        self._weights, self._start = weights, start
        if weights is None:
            self._is_unchanged = False
            self._tiles.clear()
            self._name_what_is_shown()
            return
        kernel = weights.layers[0].kernel
        if self._look.shows_change and start is not None:
            kernel = change_of(kernel, start.layers[0].kernel)
        self._is_unchanged = self._look.shows_change and not kernel.any()
        self._tiles.set_kernel(kernel, weights.updates)
        self._name_what_is_shown()

    def clear(self) -> None:
        """Show no weights, and let the scale begin anew."""
        self.show_weights(None, None)

    def _name_what_is_shown(self) -> None:
        self._tiles.set_shows_change(self._look.shows_change)
        if self._is_unchanged:
            words = self.tr("No weight of layer 1 has changed since the start.")
        elif self._look.shows_change:
            words = self.tr("Orange: training has raised this weight; blue: it has lowered it.")
        else:
            words = self.tr("Orange: ink at this pixel excites the unit; blue: ink there quiets it.")
        if words != self._caption.text():
            self._caption.setText(words)

    @Slot(bool)
    def _on_toggled(self, shows_change: bool) -> None:
        self._look.shows_change = shows_change
        self._name_what_is_shown()
        self._tiles.restart_scale()
        self.show_weights(self._weights, self._start)
