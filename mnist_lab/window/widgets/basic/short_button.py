"""A button that can do without its words where there is little room."""

from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton


class ShortButton(IconButton):
    """Shows icon and words, or the icon alone; its name and its tooltip say the same in both."""

    def __init__(self, name: str, icon: str, words: str, explanation: str, parent: QWidget | None = None) -> None:
        """As `icon_button.named_button`."""
        super().__init__(icon, words, parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(explanation)
        self._words = words
        self._full = 0

    @property
    def full_width(self) -> int:
        """How wide it likes to be with its words, in logical pixels."""
        if self.text():
            self._full = self.sizeHint().width()
        return self._full

    def set_short(self, is_short: bool) -> None:
        """Show the icon alone, or icon and words."""
        if is_short == (not self.text()):
            return
        self._full = self.full_width
        self.setText("" if is_short else self._words)
        theme.set_role(self, "compact" if is_short else "")
