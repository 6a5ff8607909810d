"""What is to be written on the pad now: the digit in large, and what to do with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import with_key
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.basic.layouts import paragraph

_DONE = "✓"


class Asking(QWidget):
    """A large digit with a sentence beside it.

    Attributes:
        keep: the button that keeps the drawing as that digit.
        back: the button that takes the last one back.
    """

    keep: IconButton
    back: IconButton

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        """All objectNames begin with `prefix`."""
        super().__init__(parent)
        self._digit = QLabel(self)
        self._digit.setObjectName(f"{prefix}Asked")
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._digit.setToolTip(self.tr("The digit to be written on the pad now."))
        theme.set_role(self._digit, "answer")
        room = theme.fonts.widest(theme.fonts.font("answer", bold=True), "0")
        self._digit.setMinimumWidth(round(room) + theme.GAP)
        self._words = paragraph(f"{prefix}Words")
        self.keep = named_button(
            f"{prefix}KeepButton",
            "ph.check",
            with_key(self.tr("&Keep it"), page_keys.KEEP_WRITTEN),
            self.tr("Take what is on the pad for this digit, and go on to the next."),
            self,
        )
        self.keep.setAccessibleName(self.tr("Keep it"))
        self.back = named_button(
            f"{prefix}BackButton",
            "ph.arrow-counter-clockwise",
            self.tr("Take &back"),
            self.tr("Take the last one back."),
            self,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._digit)
        layout.addWidget(self._words, 1)

    def show_asked(self, digit: int | None, words: str, *, can_keep: bool, can_take_back: bool) -> None:
        """Ask for a digit; None: all are there."""
        self._digit.setText(_DONE if digit is None else str(digit))
        self._words.setText(words)
        self.keep.setEnabled(can_keep)
        self.back.setEnabled(can_take_back)
