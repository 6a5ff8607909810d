"""The button below the form with the ways of settings: as text, as files, by name."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from mnist_lab.presets import PRESETS
from mnist_lab.window import dialogs, page_keys
from mnist_lab.window.keyboard import KeyHint, spell
from mnist_lab.window.menu_action import add_action
from mnist_lab.window.state.settings_travel import SettingsTravel
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.icon_button import IconButton


class SettingsMenu(IconButton):
    """Opens its menu at a press, by mouse or key."""

    def __init__(self, travel: SettingsTravel, parent: QWidget | None = None) -> None:
        super().__init__("ph.sliders-horizontal", "", parent)
        self._travel = travel
        self.setText(self.tr("Settings"))
        self.setObjectName("settingsMenuButton")
        self.setAccessibleName(self.tr("Settings: copy, paste, save, open, with a name"))
        self.setToolTip(
            self.tr(
                "Copy these settings as a line of text, paste, save or open some, or take some that show one thing."
            )
        )
        menu = QMenu(self)
        menu.setObjectName("settingsMenu")
        menu.setToolTipsVisible(True)
        self._fill(menu)
        self.setMenu(menu)

    def _fill(self, menu: QMenu) -> None:
        travel = self._travel
        copy = _with_key(self.tr("&Copy settings as text"), page_keys.COPY_SETTINGS)
        add_action(menu, "copySettingsAction", copy, "", travel.copy,
                   self.tr("One short line for a chat, a worksheet or the terminal."))  # fmt: skip
        paste = _with_key(self.tr("&Paste settings"), page_keys.PASTE_SETTINGS)
        add_action(menu, "pasteSettingsAction", paste, "", travel.paste,
                   self.tr("Put a copied line into the form; Undo brings back what stands there."))  # fmt: skip
        menu.addSeparator()
        add_action(menu, "saveExperimentAction", self.tr("&Save experiment…"), "", self._on_save,
                   self.tr("Write these settings into a file, which the terminal reads, too."))  # fmt: skip
        add_action(menu, "openExperimentAction", self.tr("&Open experiment…"), "", self._on_open,
                   self.tr("Put settings from a file into the form."))  # fmt: skip
        menu.addSeparator()
        menu.addAction(self.tr("To see one thing:")).setEnabled(False)
        for preset in PRESETS:
            add_action(menu, f"preset_{preset.identifier}", translate("presets", preset.title), "",
                       partial(travel.use, preset), translate("presets", preset.shows))  # fmt: skip

    @Slot()
    def _on_save(self) -> None:
        path = dialogs.ask_to_save_experiment(self.window())
        if path is not None:
            self._travel.save(path)

    @Slot()
    def _on_open(self) -> None:
        path = dialogs.ask_for_experiment(self.window())
        if path is not None:
            self._travel.open(path)


def _with_key(words: str, hint: KeyHint) -> str:
    """The words of an entry, and at its right the key that does the same; the key is the form's, not the entry's."""
    return f"{words}\t{spell(hint.sequences[0])}"
