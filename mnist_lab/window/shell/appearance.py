"""How the lab looks to one person: the theme and the size of its text, as they chose them."""

from typing import cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.window import theme, translation
from mnist_lab.window.shell.menus import THEMES
from mnist_lab.window.words import fill

_PROJECTED_TEXT = 150
"""In percent: what can be read from the last row."""


class Appearance(QObject):
    """Puts theme and text size on the application, and keeps what was chosen.

    Attributes:
        theme: one of `THEMES`; "system" is what the person's system uses.
        is_projected: whether the lab is shown to many at once: with large text, and only what matters.

    Signals:
        dressing(): every widget that there is will be dressed anew; the fewer there are, the faster.
        theme_changed(): `theme` is another one.
        resizing_text(function): what stands is to go; then the function is to be called, and all is to be built again.
        notice(str): what the person should know.
        problem(str): why a choice cannot be kept.
    """

    dressing = Signal()
    theme_changed = Signal()
    resizing_text = Signal(object)
    notice = Signal(str)
    problem = Signal(str)

    def __init__(self, settings: SettingsFile, parent: QObject) -> None:
        """Begin with what is kept in `settings`; what makes no sense there is passed over."""
        super().__init__(parent)
        self._settings = settings
        self._application = cast(QApplication, QApplication.instance())
        self._application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        sizes = {str(size): size for size in theme.fonts.TEXT_SIZES}
        theme.fonts.set_text_size(sizes.get(settings.word("text_size"), theme.fonts.USUAL_TEXT))
        self.is_projected = False
        self._size_before = theme.fonts.USUAL_TEXT  # before it was projected
        self.theme = _known(settings.word("theme"))
        theme.apply(self._application, self._palette_of(self.theme))

    # Theme

    def set_theme(self, name: str) -> None:
        """Use "light", "dark" or, as "system" and any other word, what the person's system uses."""
        if self._palette_of(name) is not theme.current():
            self.dressing.emit()
        self.theme = _known(name)
        theme.apply(self._application, self._palette_of(name))
        self.theme_changed.emit()

    def choose_theme(self, name: str) -> None:
        """Use this theme from now on, also next time."""
        self.set_theme(name)
        self._keep("theme", self.theme)

    def _palette_of(self, name: str) -> theme.Palette:
        is_dark = name == "dark" or (name != "light" and theme.system_is_dark(self._application))
        return theme.DARK if is_dark else theme.LIGHT

    @Slot(Qt.ColorScheme)
    def _on_system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.theme == "system":
            self.set_theme("system")

    # Text size

    def set_text_size(self, percent: int) -> None:
        """Use text of this size from now on, also next time.

        Raises:
            ValueError: it is none of `theme.fonts.TEXT_SIZES`.
        """
        if self._use_text_size(percent) and not self.is_projected:
            self._keep("text_size", str(percent))

    @property
    def text_size(self) -> int:
        """The size of the text that was chosen, one of `theme.fonts.TEXT_SIZES`; a projected lab has another."""
        return self._size_before if self.is_projected else theme.fonts.text_size()

    def keep(self) -> None:
        """Look like this next time, too: what was kept is gone."""
        self._keep("theme", self.theme)
        self._keep("text_size", str(self.text_size))

    @Slot()
    def toggle_projector(self) -> None:
        """Show the lab to many at once, with large text, or as before; it is not kept for the next time."""
        size = self._size_before if self.is_projected else max(theme.fonts.text_size(), _PROJECTED_TEXT)
        self._size_before = theme.fonts.text_size()
        self.is_projected = not self.is_projected
        if not self._use_text_size(size):
            self.resizing_text.emit(lambda: None)  # what matters is another thing now

    def begin_anew(self) -> None:
        """Look as the lab does at first; nothing of it is kept."""
        self.is_projected = False
        self.set_theme("system")
        self._use_text_size(theme.fonts.USUAL_TEXT)

    def _use_text_size(self, percent: int) -> bool:
        """Use text of this size; returns whether it had another one."""
        if percent == theme.fonts.text_size():
            return False
        theme.fonts.set_text_size(percent)
        self.resizing_text.emit(lambda: theme.apply(self._application, theme.current()))
        return True

    @Slot()
    def larger_text(self) -> None:
        """Use text of the next size up; say so if there is none."""
        self._change_text_size(1, self.tr("The text has its largest size, {percent}\u00a0% of the usual one."))

    @Slot()
    def smaller_text(self) -> None:
        """Use text of the next size down; say so if there is none."""
        self._change_text_size(-1, self.tr("The text has its smallest size, {percent}\u00a0% of the usual one."))

    @Slot()
    def usual_text(self) -> None:
        """Use text of the usual size."""
        self.set_text_size(theme.fonts.USUAL_TEXT)

    def _change_text_size(self, steps: int, words_at_the_end: str) -> None:
        sizes, now = theme.fonts.TEXT_SIZES, theme.fonts.text_size()
        place = sizes.index(now) + steps
        if 0 <= place < len(sizes):
            self.set_text_size(sizes[place])
        else:
            self.notice.emit(fill(words_at_the_end, percent=now))

    def _keep(self, name: str, word: str) -> None:
        try:
            self._settings.keep(name, word)
        except SettingsError as error:
            self.problem.emit(translation.sentence(error))


def _known(name: str) -> str:
    return name if name in THEMES else "system"
