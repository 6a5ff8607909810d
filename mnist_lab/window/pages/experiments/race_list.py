"""Who is to race: a list that a preset fills, and that settings of the Train page are added to."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mnist_lab.network.pace import Fairness
from mnist_lab.runs.race_rules import MOST_RACERS
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.theme.run_colours import run_sample
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph, row

_SAMPLE = (26, 12)
_ROWS = 6.8
_LETTERS = 14
"""Of the choice of racers, at the narrowest."""


class RaceList(QWidget):
    """The racers, each with its colour, and of what all get the same.

    Signals:
        preset_wanted(str): "optimizers" or "rates".
        add_wanted(): the settings of the Train page are to race, too.
        removed(int): the racer of that index is not to race.
    """

    preset_wanted = Signal(str)
    add_wanted = Signal()
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = named_drop_down(
            "racersPreset", self.tr("Who races"), self.tr("Fill the list; all other settings are those of Train."), self
        )
        self._presets.addItem(self.tr("SGD, momentum, Adagrad, RMSprop, Adam"), "optimizers")
        self._presets.addItem(self.tr("Five learning rates"), "rates")
        self._presets.addItem(self.tr("As listed below"), "own")
        let_shrink(self._presets, _LETTERS)
        shows_state(self._presets)
        self._presets.currentIndexChanged.connect(self._on_preset)
        self._list = QListWidget(self)
        self._list.setObjectName("racersList")
        self._list.setAccessibleName(self.tr("Racers"))
        self._list.setToolTip(self.tr("Two to six racers, by what tells them apart."))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setIconSize(QSize(*_SAMPLE))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._add = named_button(
            "racersAdd", "ph.plus", self.tr("Add"), self.tr("Add a racer with the settings of the Train page."), self
        )
        self._remove = named_button(
            "racersRemove", "ph.minus", self.tr("Remove"), self.tr("Take the chosen racer off the list."), self
        )
        self._fairness = named_drop_down(
            "racersFairness",
            self.tr("All get the same"),
            self.tr("Whether the racers are compared after equal updates or after equal time of training."),
            self,
        )
        self._fairness.addItem(self.tr("Equal updates"), "updates")
        self._fairness.addItem(self.tr("Equal seconds"), "seconds")
        self._add.clicked.connect(self.add_wanted)
        self._remove.clicked.connect(self._on_remove)
        self._list.currentRowChanged.connect(self._show_buttons)
        self._is_locked = False
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        line = self._list.fontMetrics().lineSpacing()
        self._list.setFixedHeight(round(_ROWS * (line + theme.GAP)))
        words = self.tr("Two to six networks from the same start, on the same batches, turn by turn.")
        for part in (paragraph("racersIntroduction", words), self._presets, self._list):
            layout.addWidget(part)
        layout.addWidget(row(self._add, self._remove))
        layout.addWidget(self._fairness)

    @property
    def fairness(self) -> Fairness:
        """Of what all racers get the same."""
        return "seconds" if self._fairness.currentData() == "seconds" else "updates"

    def show_racers(self, names: Sequence[str], preset: str) -> None:
        """List racers of these names."""
        here = self._list.currentRow()
        with QSignalBlocker(self._presets):
            self._presets.setCurrentIndex(self._presets.findData(preset))
        self._list.clear()
        for place, name in enumerate(names, start=1):
            sample = run_sample(place, *_SAMPLE, self.devicePixelRatioF())
            self._list.addItem(QListWidgetItem(QIcon(sample), name))
        self._list.setCurrentRow(min(here, len(names) - 1))
        self._show_buttons()

    def set_locked(self, locked: bool) -> None:
        """Let nothing be changed while they race."""
        self._is_locked = locked
        for part in (self._presets, self._fairness):
            part.setEnabled(not locked)
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        self._add.setEnabled(not self._is_locked and self._list.count() < MOST_RACERS)
        self._remove.setEnabled(not self._is_locked and self._list.currentRow() >= 0)

    @Slot()
    def _on_preset(self) -> None:
        self.preset_wanted.emit(self._presets.currentData())

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._list.currentRow())
