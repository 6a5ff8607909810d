"""Sections of a page, one seen at a time."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QToolButton, QWidget

from mnist_lab.window.widgets.basic.least_height import least_height

_LINE = 1
"""Between the bar and the tab, as the style sheet draws it."""


class Tabs(QTabWidget):
    """Tabs without a frame; the keyboard goes to the bar, whose arrow keys turn them."""

    def __init__(self, object_name: str, name: str, explanation: str, parent: QWidget | None = None) -> None:
        """Give the bar its objectName, accessible name and tooltip."""
        super().__init__(parent)
        bar = self.tabBar()
        bar.setObjectName(object_name)
        bar.setAccessibleName(name)
        bar.setToolTip(explanation)
        self.setDocumentMode(True)
        bar.setDrawBase(False)
        for arrow in bar.findChildren(QToolButton):  # shown by Qt where tabs do not fit
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.currentChanged.connect(self.updateGeometry)

    @property
    def stack(self) -> QWidget:
        """What the tabs lie in: a tab that is made with this parent need not be dressed again when it is added."""
        stack = self.findChild(QStackedWidget)
        assert stack is not None  # Qt's own
        return stack

    def hasHeightForWidth(self) -> bool:
        """Yes: where words wrap, the narrower the tab the higher it must be."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the tab that is seen needs at least; Qt would want room for the highest tab at its best."""
        tab = self.currentWidget()
        least = 0 if tab is None else max(least_height(tab, width), tab.minimumHeight())
        return self.tabBar().minimumSizeHint().height() + _LINE + least

    def minimumSizeHint(self) -> QSize:
        """What the tab that is seen needs at least, with the bar; Qt would ask for the largest of all tabs."""
        bar, tab = self.tabBar().minimumSizeHint(), self.currentWidget()
        least = QSize() if tab is None else tab.minimumSizeHint().expandedTo(tab.minimumSize())
        return QSize(max(bar.width(), least.width()), bar.height() + _LINE + least.height())
