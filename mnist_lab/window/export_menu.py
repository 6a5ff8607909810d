"""The menu of all forms in which runs leave the lab: on Runs, on Train, and in the menu File."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import dialogs
from mnist_lab.window.menu_action import add_action
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.translation import translate
from mnist_lab.window.words import fill

if TYPE_CHECKING:  # all forms stand behind it, and the window opens without
    from mnist_lab.window.export_choice import ExportChoice

Choose = Callable[[], "ExportChoice | None"]


class ExportMenu(QMenu):
    """Fills itself whenever it is opened: with what is to be exported, and each form that it can be had in."""

    def __init__(self, name: str, lab: Lab, choose: Choose, parent: QWidget) -> None:
        """Have that objectName; `choose` tells what is to be exported, None if there is nothing."""
        super().__init__(parent)
        self._lab = lab
        self._choose = choose
        self.setObjectName(name)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        choice = self._choose()
        if choice is None:
            self.addAction(self.tr("There is no kept run to be exported yet.")).setEnabled(False)
            return
        self.addAction(self._lab.exports.title(choice).replace("&", "&&")).setEnabled(False)
        self.addSeparator()
        self._add_forms(choice)
        row = choice.rows[0]
        if choice.is_one and row.experiment is not None:
            self.addSeparator()
            add_action(self, "copyRunSettingsAction", self.tr("Cop&y its settings as text"), "",
                       partial(self._lab.travel.copy_of, row.experiment),
                       self.tr("One short line for a chat, a worksheet or the terminal."))  # fmt: skip

    def _add_forms(self, choice: "ExportChoice") -> None:
        from mnist_lab.exports.formats import FORMATS

        for kind, form in FORMATS.items():
            words = fill(self.tr("{form}…"), form=translate("exports", form.title))
            explanation = self.tr("Write it into a file for other programs.")
            if choice.needs_folder(kind):
                explanation = self.tr("Write it into a folder, each run as a file or folder of its own.")
            elif choice.is_together(kind):
                explanation = self.tr("Write all of them into one file.")
            action = add_action(self, f"export_{kind}", words, "", partial(self._on_chosen, choice, kind), explanation)
            if not choice.can_be(kind):
                action.setEnabled(False)
                action.setToolTip(self._why_not(choice, kind))

    def _why_not(self, choice: "ExportChoice", kind: str) -> str:
        from mnist_lab.exports.formats import FORMATS
        from mnist_lab.exports.report import MOST_RUNS

        has_networks = any(row.kind == "network" for row in choice.rows)
        if has_networks and not FORMATS[kind].of_networks:
            return self.tr("A kept network has no curves and no settings: choose a run.")
        return fill(self.tr("Choose at most {most} runs."), most=MOST_RUNS)

    def _on_chosen(self, choice: "ExportChoice", kind: str) -> None:
        """Ask where to, and write it there."""
        from mnist_lab.exports.formats import FORMATS

        form, window = FORMATS[kind], cast(QWidget, self.parentWidget()).window()
        title = self._lab.exports.title(choice)
        if choice.needs_folder(kind):
            place = dialogs.ask_for_export_folder(window, title)
        else:
            place = dialogs.ask_to_save_export(
                window, title, translate("exports", form.title), form.ending, choice.stem
            )
        if place is not None:
            self._lab.exports.write(choice, kind, place)


def chosen_rows(rows: Sequence[RunRow]) -> "ExportChoice | None":
    """Those of some runs whose files can be read; None: there is none."""
    from mnist_lab.window.export_choice import ExportChoice

    readable = tuple(row for row in rows if row.error is None)
    return ExportChoice(readable) if readable else None


def looked_at(lab: Lab) -> "ExportChoice | None":
    """The run or network that the pages show, at the moment that they show; None: it is not kept, or there is none."""
    from mnist_lab.window.export_choice import ExportChoice

    row = lab.shelf.row(lab.look.source_id)
    if row is None or row.error is not None:
        return None
    moment = lab.look.moment if lab.look.chosen is None else None
    return ExportChoice((row,), None if moment is None else moment.updates)
