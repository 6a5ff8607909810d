"""A card whose heading is tabs, each with view options of its own at the right."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStyle, QTabBar, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.short_button import ShortButton
from mnist_lab.window.widgets.basic.tabs import Tabs


class CardTabs(QFrame):
    """Frames several contents of one size, one seen at a time.

    Attributes:
        tabs: what is turned.
    """

    def __init__(self, object_name: str, name: str, explanation: str, parent: QWidget | None = None) -> None:
        """Give the bar its objectName, accessible name and tooltip; there is no tab yet."""
        super().__init__(parent)
        theme.set_role(self, "card")
        self.tabs = _TabsWithOptions(object_name, name, explanation, self)
        self.tabs.keep_one_height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP + theme.SMALL_GAP, theme.SMALL_GAP, theme.GAP + theme.SMALL_GAP, theme.GAP)
        layout.addWidget(self.tabs)

    def add_tab(self, content: QWidget, title: str, explanation: str, *options: QWidget) -> None:
        """Add one; the options are seen as long as it is."""
        self.tabs.add_tab(content, title, explanation, options)


class _TabsWithOptions(Tabs):
    """Tabs with a row of options in their corner."""

    def __init__(self, object_name: str, name: str, explanation: str, parent: QWidget) -> None:
        self._corner = QWidget()
        super().__init__(object_name, name, explanation, parent, _Bar(self._corner))
        self._row = QHBoxLayout(self._corner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        self._options: list[tuple[QWidget, ...]] = []
        self.setCornerWidget(self._corner)
        self.currentChanged.connect(self._show_options)

    def add_tab(self, content: QWidget, title: str, explanation: str, options: tuple[QWidget, ...]) -> None:
        """See `CardTabs.add_tab`."""
        self._options.append(options)
        for option in options:
            self._row.addWidget(option)
        self.setTabToolTip(self.addTab(content, title), explanation)
        self._show_options()

    @Slot()
    def _show_options(self) -> None:
        for number, options in enumerate(self._options):
            for option in options:
                option.setVisible(number == self.currentIndex())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let options do without their words where the bar would have no room beside them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        seen = self._options[self.currentIndex()] if self._options else ()
        full = [one.full_width if isinstance(one, ShortButton) else one.sizeHint().width() for one in seen]
        is_short = self.tabBar().sizeHint().width() + sum(full) + theme.GAP * len(full) > self.width()
        for one in seen:
            if isinstance(one, ShortButton):
                one.set_short(is_short)

    def minimumSizeHint(self) -> QSize:
        """Beside the bar there is room for the options."""
        least = super().minimumSizeHint()
        heading = self.tabBar().minimumSizeHint().width() + self._corner.minimumSizeHint().width()
        return QSize(max(least.width(), heading), least.height())


class _Bar(QTabBar):
    """A bar that is as high as what stands beside it: Qt gives that no more room than the bar asks for."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._beside = beside

    def sizeHint(self) -> QSize:
        """What the tabs need, or what stands beside them."""
        return self._heightened(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._heightened(super().minimumSizeHint())

    def _heightened(self, size: QSize) -> QSize:
        base = self.style().pixelMetric(QStyle.PixelMetric.PM_TabBarBaseHeight, None, self)
        return size.expandedTo(QSize(0, self._beside.minimumSizeHint().height() + base))
