"""The left of the Runs page: a field to filter by, the table, what can be done with a run, and the room they take."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from mnist_lab.runs.changing import LONGEST_NOTE
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.runs.run_lines import RunLines
from mnist_lab.window.pages.runs.run_model import RunModel
from mnist_lab.window.pages.runs.run_room import RunRoom
from mnist_lab.window.pages.runs.run_table import RunTable
from mnist_lab.window.pages.runs.runs_look import RunsLook
from mnist_lab.window.pages.runs.shelf_buttons import ShelfButtons
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.words import fill

_FEW_ROWS = 150
"""Logical pixels: the head of the table and about four runs."""


class ShelfPanel(QWidget):
    """Shows the kept runs and says what a person wants of them.

    Signals:
        chosen(): other runs are selected.
        open_wanted(str): the pages are to show this run; or it is to be said why its file cannot be used.
        go_on_wanted(str): this run is to be opened and to go on.
        settings_wanted(str): the form is to get this run's settings.
        note_written(str, str): a run's id, and what was written on it.
        stars_turned(list[str], bool): these runs are to be starred, or not.
        delete_wanted(list[str]): these are to go.
        undo_wanted(): what was deleted last is to come back.
        renamed(str, str): a run's id and its new name.
    """

    chosen = Signal()
    open_wanted = Signal(str)
    go_on_wanted = Signal(str)
    settings_wanted = Signal(str)
    note_written = Signal(str, str)
    stars_turned = Signal(list, bool)
    delete_wanted = Signal(list)
    undo_wanted = Signal()
    renamed = Signal(str, str)

    def __init__(self, look: RunsLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = RunLines(self)
        self._model = RunModel(self)
        self.table = RunTable(self._model, look, self)
        self._is_read = self._has_any = False
        self._noted = ""  # the run whose note stands in the field
        self._make_filter()
        self._buttons, self.room = ShelfButtons(self), RunRoom(self)
        self._make_texts()
        self._lay_out()
        self._connect()
        self._show_chosen()

    @Slot(bool)
    def keep_rows(self, on: bool) -> None:
        """Show a few rows of the table at least, where what lies around scrolls; or as many as there is room for."""
        self.table.setMinimumHeight(theme.fonts.scaled(_FEW_ROWS) if on else 0)

    # Building

    def _make_filter(self) -> None:
        self._filter = QLineEdit(self)
        self._filter.setObjectName("runFilter")
        self._filter.setAccessibleName(self.tr("Filter the runs"))
        self._filter.setPlaceholderText(self.tr("Filter: name, note, settings, digits, state"))
        self._filter.setToolTip(
            self.tr("Show only runs in which all these words are found: name, note, settings, digits, state.")
        )
        self._filter.setClearButtonEnabled(True)

    def _make_texts(self) -> None:
        self._note_field = QLineEdit(self)
        self._note_field.setObjectName("runNote")
        self._note_field.setAccessibleName(self.tr("Note on the run"))
        self._note_field.setToolTip(self.tr("What you want to remember of this run; it is kept when you press Enter."))
        self._note_field.setMaxLength(LONGEST_NOTE)
        shows_state(self._note_field)
        self._told = reserve_lines(paragraph("chosenRunWords", caption=True), 2)
        self._told.setToolTip(self.tr("The run at hand, with all of its words that have no room in the list."))
        self._empty = QLabel(self)
        self._empty.setObjectName("noRuns")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._empty, "caption")

    def _lay_out(self) -> None:
        self._places = QStackedLayout()
        self._places.setStackingMode(QStackedLayout.StackingMode.StackOne)
        self._places.addWidget(self.table)
        self._places.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._filter)
        layout.addLayout(self._places, 1)
        layout.addWidget(self._told)
        layout.addWidget(KeyLine(self.table, RunTable.KEYS, self))
        layout.addWidget(self._buttons)
        layout.addLayout(self._note_and_export())
        layout.addWidget(self.room)

    def _note_and_export(self) -> QHBoxLayout:
        """In one line: another row of buttons would take room from the table, a fifth beside the others from all."""
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL_GAP)
        line.addWidget(self._note_field, 1)
        line.addWidget(self._buttons.export)
        return line

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_filtered)
        self._model.renamed.connect(self.renamed)
        self.table.chosen.connect(self._on_chosen)
        self.table.open_wanted.connect(self._on_open)
        self.table.star_wanted.connect(self._on_star_ids)
        self.table.delete_wanted.connect(self._on_delete)
        self.table.undo_wanted.connect(self.undo_wanted)
        add_shortcut(page_keys.RESTORE, self._empty).activated.connect(self.undo_wanted)  # all runs were deleted
        buttons = self._buttons
        buttons.open.clicked.connect(self._on_open)
        buttons.go_on.clicked.connect(self._on_go_on)
        buttons.use.clicked.connect(self._on_use)
        buttons.rename.clicked.connect(self.table.rename)
        buttons.note.clicked.connect(self._on_note)
        buttons.star.clicked.connect(self._on_star)
        buttons.delete.clicked.connect(self._on_delete)
        self._note_field.editingFinished.connect(self._on_note_written)

    def set_export_menu(self, menu: QMenu) -> None:
        """Let the button open this menu."""
        self._buttons.export.setMenu(menu)

    # What is shown

    @property
    def selected(self) -> list[RunRow]:
        """The selected runs, from the top."""
        return self.table.selected

    @property
    def current(self) -> RunRow | None:
        """The one of the selected runs that the keyboard is at, else the first of them; None without any."""
        selected, current = self.table.selected, self.table.current
        return current if current in selected else next(iter(selected), None)

    @property
    def listed(self) -> list[RunRow]:
        """The runs that the filter lets through, from the top."""
        return self._model.rows

    def show_rows(self, rows: Sequence[RunRow], families: Families, *, is_read: bool) -> None:
        """Show these runs; not `is_read`: the list is still being read."""
        self._model.set_rows(rows, families)
        self._is_read, self._has_any = is_read, bool(rows)
        self._show_emptiness()
        self.table.restore()
        self.table.follow(self._model.looked)

    def choose(self, *run_ids: str) -> None:
        """Select these runs alone, whatever the filter says."""
        self._filter.clear()
        self.table.choose([*run_ids])

    def show_looked(self, run_id: str) -> None:
        """Mark the run or network that the pages show."""
        self._model.set_looked(run_id)
        self.table.follow(run_id)

    def _show_emptiness(self) -> None:
        is_empty = not self._model.rowCount()
        if is_empty and self._has_any:
            self._empty.setText(self.tr("No run has all these words. Empty the field above to see every run."))
        elif is_empty and self._is_read:
            self._empty.setText(
                self.tr(
                    "No run is kept yet. Press Start on the Train page: every run is kept by itself, with all its"
                    " numbers and weights. Here you then open it again, name it, and compare it with others."
                )
            )
        elif is_empty:
            self._empty.setText(self.tr("Reading the kept runs…"))
        focused = QApplication.focusWidget()
        self._places.setCurrentWidget(self._empty if is_empty else self.table)
        if focused is self._filter or focused is self._note_field:
            focused.setFocus()  # Qt gives the keyboard to a part that was to have it while it was hidden

    @Slot()
    def _on_chosen(self) -> None:
        self._show_chosen()
        self.chosen.emit()

    def _show_chosen(self) -> None:
        """Offer what can be done with the selected runs, and show the note of the current one."""
        selected = self.table.selected
        one = selected[0] if len(selected) == 1 else None
        is_whole = one is not None and one.error is None
        self._buttons.show_chosen(selected)
        self._told.setText("" if self.current is None else self._model.told(self.current.id))
        self._note_field.setEnabled(is_whole)
        self._show_note(one if is_whole else None)
        if one is not None and not is_whole:
            self._note_field.setPlaceholderText(self.tr("This file cannot be used: Enter says why, Delete removes it."))

    def _show_note(self, row: RunRow | None) -> None:
        run_id = "" if row is None else row.id
        if run_id == self._noted and self._note_field.hasFocus():
            return  # it is being written
        if self._note_field.isModified():  # another run was chosen meanwhile
            self._note_field.setModified(False)
            self._on_note_written()
        self._noted = run_id
        with QSignalBlocker(self._note_field):
            self._note_field.setText("" if row is None else row.note)
        words = self.tr("Choose one run to write a note on it.")
        if row is not None:
            words = fill(self.tr("{run}: your note"), run=self._words.title(row))
        self._note_field.setPlaceholderText(words)

    # What happens

    @Slot(str)
    def _on_filtered(self, text: str) -> None:
        self._model.set_filter(text)
        self._show_emptiness()
        self.table.restore()

    def _one(self) -> str:
        selected = self.table.selected
        return selected[0].id if len(selected) == 1 and selected[0].error is None else ""

    @Slot()
    def _on_open(self) -> None:
        selected = self.table.selected
        if len(selected) == 1:
            self.open_wanted.emit(selected[0].id)

    @Slot()
    def _on_go_on(self) -> None:
        self.go_on_wanted.emit(self._one())

    @Slot()
    def _on_use(self) -> None:
        self.settings_wanted.emit(self._one())

    @Slot()
    def _on_note(self) -> None:
        self._note_field.setFocus()
        self._note_field.selectAll()

    @Slot()
    def _on_note_written(self) -> None:
        row = next((row for row in self._model.rows if row.id == self._noted), None)
        note = self._note_field.text().strip()
        if row is not None and note != row.note:
            self.note_written.emit(row.id, note)

    @Slot()
    def _on_star(self) -> None:
        self._on_star_ids([row.id for row in self.table.selected])

    @Slot(list)
    def _on_star_ids(self, run_ids: list[str]) -> None:
        rows = [row for row in self._model.rows if row.id in run_ids and row.error is None]
        if rows:
            self.stars_turned.emit([row.id for row in rows], not all(row.is_starred for row in rows))

    @Slot()
    def _on_delete(self) -> None:
        if selected := self.table.selected:
            self.table.setFocus()  # the button is about to be disabled
            self.delete_wanted.emit([row.id for row in selected])
