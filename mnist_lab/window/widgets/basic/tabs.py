"""Sections of a page, one seen at a time."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QTabWidget, QToolButton, QWidget

from mnist_lab.window.widgets.basic.least_height import least_height

_LINE = 1
"""Between the bar and the tab, as the style sheet draws it."""


class Tabs(QTabWidget):
    """Tabs without a frame; the keyboard goes to the bar, whose arrow keys turn them."""

    def __init__(
        self,
        object_name: str,
        name: str,
        explanation: str,
        parent: QWidget | None = None,
        bar: QTabBar | None = None,
    ) -> None:
        """Give the bar, Qt's usual one unless it is another, its objectName, accessible name and tooltip."""
        super().__init__(parent)
        if bar is not None:
            self.setTabBar(bar)
        bar = self.tabBar()
        bar.setObjectName(object_name)
        bar.setAccessibleName(name)
        bar.setToolTip(explanation)
        self.setDocumentMode(True)
        bar.setDrawBase(False)
        for arrow in bar.findChildren(QToolButton):  # shown by Qt where tabs do not fit
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._has_one_height = False
        self.currentChanged.connect(self.updateGeometry)

    def keep_one_height(self) -> None:
        """Ask for the same height whichever tab is seen: where the tabs stand at the foot the bar does not move."""
        self._has_one_height = True
        self.updateGeometry()

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
        least = max((max(least_height(tab, width), tab.minimumHeight()) for tab in self._measured()), default=0)
        return self.tabBar().minimumSizeHint().height() + _LINE + least

    def minimumSizeHint(self) -> QSize:
        """What the tab that is seen needs at least, with the bar; Qt would ask for the largest of all tabs."""
        bar, tab = self.tabBar().minimumSizeHint(), self.currentWidget()
        width = 0 if tab is None else max(tab.minimumSizeHint().width(), tab.minimumWidth())
        height = max((max(one.minimumSizeHint().height(), one.minimumHeight()) for one in self._measured()), default=0)
        return QSize(max(bar.width(), width), bar.height() + _LINE + height)

    def _measured(self) -> list[QWidget]:
        """The tabs that there must be room for: the one that is seen, or all of them."""
        tabs = (self.widget(index) for index in range(self.count()))
        seen = self.currentWidget()
        return [tab for tab in tabs if tab is not None and (self._has_one_height or tab is seen)]
