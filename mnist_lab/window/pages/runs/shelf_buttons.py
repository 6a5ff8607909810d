"""What can be done with the selected runs, as buttons."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import with_key
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.icon_button import named_button


class ShelfButtons(QWidget):
    """Two rows of buttons, and one that stands elsewhere; each can be pressed where it makes sense.

    Attributes:
        open: every page is to show the run.
        go_on: it is to be opened and trained further.
        use: its settings are to be copied to the form.
        rename: its name is to be typed.
        note: something is to be written on it.
        star: the selected ones are to be starred, or not.
        export: they are to be written for other programs; whoever shows it gives it a place, and its menu.
        delete: they are to go.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_opening()
        self._make_changing()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for row in ((self.open, self.go_on, self.use), (self.rename, self.note, self.star, self.delete)):
            parts = (FoldingPart(button, 1) for button in row)
            layout.addWidget(FoldingRow(*parts, spacing=theme.SMALL_GAP, parent=self))

    def _make_opening(self) -> None:
        self.open = named_button(
            "openRunButton",
            "ph.eye",
            with_key(self.tr("&Open"), page_keys.OPEN_RUN),
            self.tr("Let every page show this run: curves, weights, answers (Enter)."),
            self,
        )
        self.go_on = named_button(
            "goOnRunButton",
            "ph.play",
            self.tr("&Go on"),
            self.tr("Open this run and train it further: to its end, or for an epoch more."),
            self,
        )
        self.use = named_button(
            "useSettingsButton",
            "ph.sliders-horizontal",
            self.tr("&Use its settings"),
            self.tr("Copy its settings to the form of the Train page, for the next run."),
            self,
        )

    def _make_changing(self) -> None:
        self.rename = named_button(
            "renameRunButton", "ph.pencil-simple", self.tr("&Name"), self.tr("Type a name for this run (F2)."), self
        )
        self.note = named_button(
            "noteRunButton", "ph.note", self.tr("No&te"), self.tr("Write on this run what you want to remember."), self
        )
        self.star = named_button(
            "starRunButton",
            "ph.star",
            self.tr("St&ar"),
            self.tr("Star the selected runs, or take their stars away (*)."),
            self,
        )
        self.export = named_button(
            "exportRunsButton",
            "ph.export",
            self.tr("E&xport"),
            self.tr("Write the selected runs for other programs: tables, weights, a Keras model, a report."),
            self,
        )
        self.delete = named_button(
            "deleteRunButton",
            "ph.trash",
            self.tr("&Delete"),
            self.tr("Lay the selected runs into the lab's bin; it can be undone (Delete)."),
            self,
        )

    def show_chosen(self, selected: Sequence[RunRow]) -> None:
        """Let that be pressed which can be done with these runs."""
        one = selected[0] if len(selected) == 1 else None
        is_whole = one is not None and one.error is None
        self.open.setEnabled(is_whole)
        self.go_on.setEnabled(one is not None and is_whole and one.kind == "run" and one.state != "running")
        self.use.setEnabled(one is not None and is_whole and one.experiment is not None)
        self.rename.setEnabled(is_whole)
        self.note.setEnabled(is_whole)
        self.star.setEnabled(any(row.error is None for row in selected))
        self.export.setEnabled(any(row.error is None for row in selected))
        self.delete.setEnabled(bool(selected))
