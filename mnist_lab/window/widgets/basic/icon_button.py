"""A button with an icon that follows the theme."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.buttons import PushButton

_ICON = 16


class IconButton(PushButton):
    """A push button whose icon has the colour of its text, in every theme and state."""

    def __init__(self, icon: str, text: str = "", parent: QWidget | None = None) -> None:
        """Show the icon of that name in qtawesome's Phosphor set."""
        super().__init__(text, parent)
        self._icon = icon
        self._is_primary = False
        self._heir: QWidget | None = None
        self.set_palette(theme.current())

    def set_waiting(self, is_waiting: bool) -> None:
        """While its own work goes on it cannot be pressed; then the keyboard comes back to it.

        Qt gives the keyboard of what cannot be used to the next control. If the learner has taken it elsewhere
        meanwhile, it stays there.
        """
        had_keyboard = self.window().focusWidget() is self
        self.setEnabled(not is_waiting)
        focused = self.window().focusWidget()
        if is_waiting and had_keyboard:
            self._heir = focused
        elif not is_waiting:
            if self._heir is not None and focused is self._heir:
                self.setFocus()
            self._heir = None

    def set_primary(self, primary: bool) -> None:
        """Mark the button as what is most likely pressed next."""
        if primary != self._is_primary:
            self._is_primary = primary
            theme.set_role(self, "primary" if primary else "")
            self.set_palette(theme.current())

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours, and the size of the text for the icon."""
        self.setIconSize(QSize(1, 1) * theme.fonts.scaled(_ICON))
        colour = palette.accent_text if self._is_primary and self.isEnabled() else palette.text
        faded = theme.mix(palette.muted, palette.window, 0.35)
        self.setIcon(theme.icons.icon(self._icon, colour, faded))

    def changeEvent(self, event: QEvent) -> None:
        """Follow being enabled and disabled."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.set_palette(theme.current())


def named_button(name: str, icon: str, words: str, explanation: str, parent: QWidget | None = None) -> IconButton:
    """Make a button that says what it is and does.

    Args:
        name: its objectName.
        icon: of qtawesome's Phosphor set.
        words: on it, with `&` before the letter that presses it by Alt.
        explanation: one sentence for the tooltip.
        parent: as everywhere in Qt.
    """
    button = IconButton(icon, words, parent)
    button.setObjectName(name)
    button.setAccessibleName(words.replace("&", ""))
    button.setToolTip(explanation)
    return button
