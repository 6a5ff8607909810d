"""The row above the picture of a network: for which digit, how many units, and the light."""

import itertools

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.drop_down import DropDown, keep_list_wide, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.network.network_places import EDGE
from mnist_lab.window.words import fill

UNITS = (8, 12, 16, 24, 32, 40)
_WIDEST = 132


class NetworkControls(QWidget):
    """Says what was chosen.

    Attributes:
        output: for which digit units are to matter; None: the answer.
        against: the digit it is laid against; None: none.
        units: how many of each layer are to be shown; None: as many as there is room for.

    Signals:
        chosen(): one of these is another.
        play_pressed(): let the light run, or stand.
        step_pressed(): show the next stage.
        way_chosen(bool): the light is to go back (True) or forward.
    """

    chosen = Signal()
    play_pressed = Signal()
    step_pressed = Signal()
    way_chosen = Signal(bool)

    def __init__(self, prefix: str, parent: QWidget) -> None:
        """The objectNames of the controls begin with `prefix`."""
        super().__init__(parent)
        self._prefix = prefix
        self._was_wide = False
        self._make_choices()
        self._make_buttons()
        self._lay_out()
        self.show_light(is_playing=False, can_play=False, can_go_back=False, why_not="")

    def _lay_out(self) -> None:
        """What goes in, the choices and the buttons; in two rows where it is narrow."""
        self._before = self._row()
        self._before.hide()  # empty, it would push the choices out of line
        self._choices = self._row(self._output, self._against, self._units)
        self._buttons = self._row(self._back, self._play, self._step)
        for choice in (self._output, self._against, self._units):
            choice.currentIndexChanged.connect(self.chosen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, 0, EDGE, 0)  # in line with the picture below
        self._grid.setSpacing(theme.SMALL_GAP)
        self._place()

    def _row(self, *parts: QWidget) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for part in parts:
            layout.addWidget(part, 1)
        layout.addStretch()
        return row

    def _place(self) -> None:
        """In one row where there is room, else the choices above what goes in and the buttons."""
        rows = (self._before, self._choices, self._buttons)
        places = [(0, 0), (0, 1), (0, 2)] if self._has_room else [(1, 0), (0, 0), (1, 2)]
        for row, (line, column) in zip(rows, places, strict=True):
            self._grid.removeWidget(row)
            span = 3 if row is self._choices and not self._has_room else 1
            self._grid.addWidget(row, line, column, 1, span)
        self._grid.setColumnStretch(1, 1)
        seen = sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])
        for one, other in itertools.pairwise(part for _, row in seen for part in _parts(row)):
            QWidget.setTabOrder(one, other)  # Tab follows the eye, also when the rows have changed

    def add_before(self, *parts: QWidget) -> None:
        """Put what else there is to choose before the other choices."""
        layout = self._before.layout()
        assert layout is not None
        self._before.show()
        for part in parts:
            layout.addWidget(part)

    def _widths(self) -> list[int]:
        return [row.minimumSizeHint().width() for row in (self._before, self._choices, self._buttons)]

    @property
    def _has_room(self) -> bool:
        """Whether everything stands in one row."""
        return self.width() - 2 * EDGE >= sum(self._widths()) + 2 * theme.SMALL_GAP + theme.GAP

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows are."""
        before, choices, buttons = self._widths()
        height = self._choices.minimumSizeHint().height()
        lines = 1 if self._has_room else 2
        width = max(before + buttons + theme.SMALL_GAP, choices) + 2 * EDGE
        return QSize(width, lines * height + (lines - 1) * theme.SMALL_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row where there is room."""
        super().resizeEvent(event)
        if self._has_room != self._was_wide:
            self._was_wide = self._has_room
            self._place()
            self.updateGeometry()

    @property
    def output(self) -> int | None:
        """For which digit; None: the answer."""
        return None if self._output.currentIndex() <= 0 else self._output.currentIndex() - 1

    @property
    def against(self) -> int | None:
        """Against which digit; None: none."""
        return None if self._against.currentIndex() <= 0 else self._against.currentIndex() - 1

    @property
    def units(self) -> int | None:
        """How many of each layer; None: as many as there is room for."""
        index = self._units.currentIndex()
        return None if index <= 0 else UNITS[index - 1]

    def show_light(self, *, is_playing: bool, can_play: bool, can_go_back: bool, why_not: str) -> None:
        """Say whether the light runs, whether it can, and why it cannot go back."""
        self._play.set_icon("ph.pause" if is_playing else "ph.play-fill")
        words = self.tr("Let the light stand") if is_playing else self.tr("Let the light run")
        self._play.setAccessibleName(words)
        self._play.setEnabled(can_play)
        self._step.setEnabled(can_play)
        self._back.setEnabled(can_go_back)
        self._back.setToolTip(why_not or self._back_words())
        if not can_go_back and self._back.isChecked():
            self._back.setChecked(False)

    @property
    def is_back(self) -> bool:
        """Whether the light is to go back."""
        return self._back.isChecked()

    def _make_choices(self) -> None:
        self._output = self._choice(
            "Output", self.tr("Digit that units are shown for"), self.tr("Shown are the units that matter most for it.")
        )
        self._output.addItem(self.tr("the answer"))
        self._output.addItems([fill(self.tr("digit {digit}"), digit=digit) for digit in range(CLASSES)])
        self._against = self._choice(
            "Against",
            self.tr("Digit that it is laid against"),
            self.tr("Lay another digit against it: lines show what speaks for one rather than the other."),
        )
        self._against.addItem(self.tr("against –"))
        self._against.addItems([fill(self.tr("against {digit}"), digit=digit) for digit in range(CLASSES)])
        self._units = self._choice(
            "Units",
            self.tr("Units shown of each layer"),
            self.tr("How many units of each layer are shown one by one; the others are one bundle."),
        )
        self._units.addItem(self.tr("units: fit"))
        self._units.addItems([fill(self.tr("{count} units"), count=count) for count in UNITS])

    def _choice(self, name: str, words: str, explanation: str) -> DropDown:
        choice = named_drop_down(f"{self._prefix}{name}", words, explanation, self)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        keep_list_wide(choice)
        choice.setMaximumWidth(theme.fonts.scaled(_WIDEST))
        theme.set_role(choice, "slim")
        return choice

    def _make_buttons(self) -> None:
        self._back = self._button("Backwards", "ph.arrow-u-up-left", self.tr("Light goes back"), self._back_words())
        self._back.setCheckable(True)
        self._back.toggled.connect(self.way_chosen)
        self._play = self._button(
            "Play",
            "ph.play-fill",
            self.tr("Let the light run"),
            self.tr("Follow the numbers through the network, layer by layer, each stage with its sentence."),
        )
        self._play.clicked.connect(self.play_pressed)
        self._step = self._button(
            "Step", "ph.skip-forward", self.tr("Next stage of the light"), self.tr("Show the next stage, and wait.")
        )
        self._step.clicked.connect(self.step_pressed)

    def _button(self, name: str, icon: str, words: str, explanation: str) -> IconButton:
        button = named_button(f"{self._prefix}{name}", icon, "", explanation, self)
        button.setAccessibleName(words)
        theme.set_role(button, "slim")
        return button

    def _back_words(self) -> str:
        return self.tr("Let the light go back: from the loss along the lines to each weight's slope, and the step.")

    @Slot()
    def set_forward(self) -> None:
        """Let the light go forward."""
        self._back.setChecked(False)


def _parts(row: QWidget) -> list[QWidget]:
    """What stands in a row, from left to right."""
    layout = row.layout()
    assert layout is not None
    parts = [child for child in row.children() if isinstance(child, QWidget)]
    return sorted(parts, key=layout.indexOf)
