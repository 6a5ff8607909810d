"""What the networks of one run may take on the disk: chosen once, and kept for the next time the lab is opened."""

from PySide6.QtCore import QObject, Slot

from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.window import translation
from mnist_lab.window.state.run_shelf import RunShelf

_WORD = "snapshot_megabytes"
_MEGABYTE = 10**6


class RunBudget(QObject):
    """Joins the shelf, which is told what may be taken, with the settings."""

    def __init__(self, settings: SettingsFile, shelf: RunShelf) -> None:
        """What was chosen last counts from now on; what is chosen from now on is kept."""
        super().__init__(shelf)
        self._settings, self._shelf = settings, shelf
        chosen = settings.word(_WORD)
        budget = int(chosen) * _MEGABYTE if chosen.isascii() and chosen.isdigit() else 0
        if budget in shelf.BUDGETS:  # else nothing was chosen, or by another version
            shelf.set_budget(budget)
        shelf.budget_changed.connect(self._on_budget_changed)

    @Slot()
    def _on_budget_changed(self) -> None:
        try:
            self._settings.keep(_WORD, str(self._shelf.store.budget // _MEGABYTE))
        except SettingsError as error:
            self._shelf.problem.emit(translation.sentence(error))
