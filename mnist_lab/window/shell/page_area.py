"""Where the pages lie: a page scrolls before anything of it is cut off."""

from typing import cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from mnist_lab.window.shell.page_stack import PageStack
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


class PageArea(ScrollPlace):
    """Shows the page at hand, from its top; what has the keyboard is in sight."""

    def __init__(self, pages: PageStack, parent: QWidget | None = None) -> None:
        super().__init__("pageArea", pages, parent)
        self._pages = pages
        pages.currentChanged.connect(self._on_turned)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def measured(self) -> QWidget | None:
        """Whose needs count: those of the page at hand, not of all."""
        return self._pages.currentWidget()

    def minimumSizeHint(self) -> QSize:
        """Nothing: how small the window gets is not for the pages to say."""
        return QSize(0, 0)

    @Slot()
    def _on_turned(self) -> None:
        self.fit()
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(0)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._pages.isAncestorOf(now):
            return
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:  # what is clicked must stay under the pointer
            _scroll_areas_within(now, self._pages)
        is_large = 2 * now.width() > self.viewport().width()  # of a picture it is enough that a part is in sight
        if not is_large or now.visibleRegion().isEmpty():
            self.ensureWidgetVisible(now)


def _scroll_areas_within(seen: QWidget, pages: QWidget) -> None:
    """Let areas of a page show what has the keyboard: Qt does it only while the keyboard stays within an area."""
    around = seen.parentWidget()
    while around is not None and around is not pages:
        if isinstance(around, QScrollArea) and (
            seen.height() <= around.viewport().height() or seen.visibleRegion().isEmpty()
        ):
            around.ensureWidgetVisible(seen)
        around = around.parentWidget()
