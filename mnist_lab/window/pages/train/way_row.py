"""The way through a run, and beside it the way to what lies below."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.below_button import BelowButton
from mnist_lab.window.widgets.basic.width_user import WidthUser

_MORE_SLIDER = 60
"""More than the slider has at least, in logical pixels: before it is shorter the button gives up its words."""


class WayRow(WidthUser):
    """The slider has what the button leaves; in a narrow row that is an arrow alone."""

    def __init__(self, moments: QWidget, below: BelowButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments, self._below = moments, below
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        self._row.addWidget(moments, 1)
        self._row.addWidget(below)

    def use_width(self) -> None:
        """Show the words, or do without them."""
        room = self.width() - self._moments.minimumSizeHint().width() - theme.GAP - theme.fonts.scaled(_MORE_SLIDER)
        self._below.set_short(room < self._below.width_with_words())

    def minimumSizeHint(self) -> QSize:
        """With the arrow alone."""
        least = self._moments.minimumSizeHint().width() + theme.GAP + self._below.width_without_words()
        return QSize(least, self._row.totalMinimumSize().height())
