"""Where a run stands, and which one it is: beside each other, or below each other where there is no room for that."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.width_user import WidthUser

_LEAST_WORDS = 190
"""Of what is said beside a name, in logical pixels at the usual size of text: it takes two lines at most."""


class RunHeading(WidthUser):
    """Lets neither a long name nor large text break the sentence into a column of words."""

    def __init__(self, status: QWidget, which: QWidget, parent: QWidget | None = None) -> None:
        """`status` is a sentence that wraps, `which` the run's name with its buttons."""
        super().__init__(parent)
        self._status, self._which = status, which
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.SMALL_GAP)
        self._grid.setColumnStretch(0, 1)
        self._is_beside: bool | None = None
        self._stand(is_beside=True)

    def _stand(self, *, is_beside: bool) -> None:
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        self._grid.addWidget(self._status, 0, 0, 1, 1 if is_beside else 2)
        if is_beside:
            self._grid.addWidget(self._which, 0, 1)
        else:
            self._grid.addWidget(self._which, 1, 0, 1, 2)
        self.updateGeometry()

    def use_width(self) -> None:
        """Stand as the width allows; what is said just now makes no difference, so that nothing jumps."""
        left = self.width() - self._which.sizeHint().width() - theme.GAP
        self._stand(is_beside=left >= theme.fonts.scaled(_LEAST_WORDS))

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the wider of them needs."""
        width = max(self._status.minimumSizeHint().width(), self._which.minimumSizeHint().width())
        return QSize(width, self._grid.totalMinimumSize().height())
