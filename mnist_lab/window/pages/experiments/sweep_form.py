"""What a sweep is to try: which settings vary, by which values, as a grid or by random draws, by how many workers."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.sweep_setup import MOST_VARIED, SweepSetup, fresh
from mnist_lab.window.pages.experiments.varied_row import VariedRow
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.brought_by import set_brought_by
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import row
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox

_LETTERS = 12


class SweepForm(QWidget):
    """Shows a `SweepSetup` and changes it.

    Signals:
        edited(): the setup is another now.
    """

    edited = Signal()

    def __init__(self, setup: SweepSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        shows_state(self)  # the setup keeps it
        self._kind = named_drop_down(
            "trialSweepKind",
            self.tr("What is tried"),
            self.tr("Every combination of the values below, or so many drawn at random from them."),
            self,
        )
        self._kind.addItem(self.tr("Grid: every combination"), "grid")
        self._kind.addItem(self.tr("Random: drawn values"), "random")
        let_shrink(self._kind, _LETTERS)
        self._rows = tuple(VariedRow(number, self) for number in range(1, MOST_VARIED + 1))
        self._add = named_button(
            "trialSweepAddSetting", "ph.plus", self.tr("Add a setting"), self.tr("Let one more setting vary."), self
        )
        self._count = self._line("trialSweepCount", self.tr("Runs to draw"), self.tr("How many runs are drawn."))
        self._seed = self._line(
            "trialSweepSeed", self.tr("Seed of the draws"), self.tr("The same seed draws the same values again.")
        )
        self._workers = WholeNumberBox(self, minimum=1, maximum=most_workers())
        self._workers.setObjectName("trialSweepWorkers")
        self._workers.setAccessibleName(self.tr("Workers"))
        self._workers.setToolTip(
            self.tr("Processes that train side by side, each with its own copy of the digits and of TensorFlow.")
        )
        self._lay_out()
        self._connect()
        self.show_setup()

    def _line(self, name: str, words: str, explanation: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setToolTip(explanation)
        line.setMaxLength(_LETTERS)
        return line

    def _lay_out(self) -> None:
        self._drawn = QWidget(self)
        set_brought_by(self._drawn, self._kind)
        drawn = QHBoxLayout(self._drawn)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(theme.SMALL_GAP)
        for words, line in ((self.tr("Runs"), self._count), (self.tr("Seed"), self._seed)):
            drawn.addWidget(QLabel(words, self._drawn))
            drawn.addWidget(line, 1)
        workers = QHBoxLayout()
        workers.addWidget(QLabel(self.tr("Workers"), self), 1)
        workers.addWidget(self._workers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for part in (self._kind, self._drawn, *self._rows, row(self._add)):
            column.addWidget(part)
        column.addLayout(workers)

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_edited)
        self._add.clicked.connect(self._on_add)
        self._workers.valueChanged.connect(self._on_edited)
        for line in (self._count, self._seed):
            line.textChanged.connect(self._on_edited)
        for place, one in enumerate(self._rows):
            one.edited.connect(self._on_edited)
            one.remove_wanted.connect(lambda place=place: self._remove(place))

    def show_setup(self) -> None:
        """Show the setup as it is now."""
        setup = self._setup
        with QSignalBlocker(self._kind):
            self._kind.setCurrentIndex(self._kind.findData(setup.kind))
        for line, text in ((self._count, setup.count), (self._seed, setup.seed)):
            if line.text() != text:
                with QSignalBlocker(line):
                    line.setText(text)
        if not self._workers.is_being_typed:
            with QSignalBlocker(self._workers):
                self._workers.setValue(min(setup.workers or usual_workers(), most_workers()))
        is_random = setup.kind == "random"
        self._drawn.setVisible(is_random)
        for place, one in enumerate(self._rows):
            one.setVisible(place < len(setup.varied))
            if place < len(setup.varied):
                one.show_setting(setup.varied[place], is_random=is_random, is_alone=len(setup.varied) == 1)
        self._add.setEnabled(len(setup.varied) < MOST_VARIED)

    def set_locked(self, locked: bool) -> None:
        """Let nothing be changed while a sweep goes on."""
        self.setEnabled(not locked)

    @property
    def workers_field(self) -> WholeNumberBox:
        """The field of the number of processes, which may have something to complain of."""
        return self._workers

    @property
    def workers(self) -> int:
        """How many processes are to train."""
        return self._workers.value()

    @Slot()
    def _on_edited(self) -> None:
        setup = self._setup
        setup.kind = "random" if self._kind.currentData() == "random" else "grid"
        setup.count, setup.seed = self._count.text(), self._seed.text()
        setup.workers = self._workers.value()
        setup.varied = tuple(one.setting for one in self._rows[: len(setup.varied)])
        self._tell()

    @Slot()
    def _on_add(self) -> None:
        self._setup.varied = (*self._setup.varied, fresh(self._setup.next_field()))
        self._tell()

    def _remove(self, place: int) -> None:
        varied = self._setup.varied
        self._setup.varied = varied[:place] + varied[place + 1 :]
        self._tell()

    def _tell(self) -> None:
        self.show_setup()
        self.edited.emit()


def most_workers() -> int:
    """As many as there are processors for the lab."""
    from mnist_lab.runs.local_pool import MOST_WORKERS, usable_cores

    return min(usable_cores(), MOST_WORKERS)


def usual_workers() -> int:
    """What is asked for where nothing was chosen."""
    from mnist_lab.runs.local_pool import default_workers

    return min(default_workers(), most_workers())
