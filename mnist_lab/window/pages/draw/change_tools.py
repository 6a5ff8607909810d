"""Moves, turns and spoils the drawing, pixel by pixel of what the network receives."""

from dataclasses import replace

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.pad_picture import Change
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.words import fill, spell_fixed

_NOISE_STEPS = 50
_LEAST_SLIDER = 36
"""Of each slider in a small window, in logical pixels: two stand in one row, and arrow keys go step by step."""


class ChangeTools(QWidget):
    """A row, or two where it is narrow: four arrows; the angle, the noise.

    Signals:
        change_wanted(object, str): the `Change` that is wanted, and what it is a step of ("" for each on its own).
    """

    change_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = Change()
        self._arrows = [
            self._arrow("moveLeftButton", "ph.arrow-left", self.tr("Move left"), 0, -1),
            self._arrow("moveUpButton", "ph.arrow-up", self.tr("Move up"), -1, 0),
            self._arrow("moveDownButton", "ph.arrow-down", self.tr("Move down"), 1, 0),
            self._arrow("moveRightButton", "ph.arrow-right", self.tr("Move right"), 0, 1),
        ]
        self._make_sliders()
        self._moving, self._sliders = QHBoxLayout(), QHBoxLayout()
        self._moving.setSpacing(theme.SMALL_GAP)
        self._moving.addWidget(QLabel(self.tr("Move"), self))
        for arrow in self._arrows:
            self._moving.addWidget(arrow)
        self._moving.addStretch(1)
        self._sliders.setSpacing(theme.GAP)
        for slider in (self._turn, self._noise):
            self._sliders.addWidget(slider, 1)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.SMALL_GAP)
        self._rows.addLayout(self._moving)
        self._rows.addLayout(self._sliders, 1)
        self.show_change(None)

    def _widths(self) -> tuple[int, int]:
        return self._moving.totalMinimumSize().width(), self._sliders.totalMinimumSize().width()

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows are."""
        return QSize(max(self._widths()), self._rows.totalMinimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row where there is room."""
        super().resizeEvent(event)
        has_room = self.width() >= sum(self._widths()) + self._rows.spacing()
        directions = QBoxLayout.Direction
        self._rows.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)

    def show_change(self, change: Change | None) -> None:
        """Say how the picture on the pad was changed; None: there is nothing to change."""
        self.setEnabled(change is not None)
        self._change = change or Change()
        self._turn.set_value(self._change.degrees)
        self._noise.set_value(round(self._change.noise * _NOISE_STEPS))

    def _make_sliders(self) -> None:
        self._turn = NamedSlider(
            "turnPicture",
            self.tr("Turn"),
            self.tr("Turn what lies on the pad, in degrees; above 0 anticlockwise."),
            (-180, 180),
            lambda degrees: f"{degrees}°".replace("-", "−"),
            self,
        )
        self._turn.slider.setMinimumWidth(_LEAST_SLIDER)
        self._turn.changed.connect(self._on_turned)
        self._noise = NamedSlider(
            "noisePicture",
            self.tr("Noise"),
            self.tr("Add noise to every pixel: its standard deviation, where ink is 1."),
            (0, _NOISE_STEPS),
            lambda position: spell_fixed(position / _NOISE_STEPS, 2),
            self,
        )
        self._noise.slider.setMinimumWidth(_LEAST_SLIDER)
        self._noise.changed.connect(self._on_noise)
        shows_state(self._turn)
        shows_state(self._noise)

    def _arrow(self, name: str, icon: str, meaning: str, rows: int, columns: int) -> QWidget:
        button = IconButton(icon, parent=self)
        button.setObjectName(name)
        button.setAccessibleName(meaning)
        explanation = self.tr("{meaning} by one pixel of 28. A drawing becomes what the network received of it.")
        button.setToolTip(fill(explanation, meaning=meaning))
        theme.set_role(button, "compact")
        button.setProperty("rows", rows)
        button.setProperty("columns", columns)
        button.clicked.connect(self._on_arrow)
        return button

    @Slot()
    def _on_arrow(self) -> None:
        button = self.sender()
        rows, columns = int(button.property("rows")), int(button.property("columns"))
        change = replace(self._change, rows=self._change.rows + rows, columns=self._change.columns + columns)
        self.change_wanted.emit(change, "")

    @Slot(int)
    def _on_turned(self, degrees: int) -> None:
        self.change_wanted.emit(replace(self._change, degrees=degrees), "turn")

    @Slot(int)
    def _on_noise(self, position: int) -> None:
        self.change_wanted.emit(replace(self._change, noise=position / _NOISE_STEPS), "noise")
