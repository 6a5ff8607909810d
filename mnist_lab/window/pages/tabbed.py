"""A page of tabs, of which only the one that is seen has something computed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window.pages.base import Page
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.tabs import Tabs

Watch = Callable[[bool], None]
"""Called with True when a tab begins to be seen, with False when it ends, in turns: `Derived.watch`, for instance."""


class TabbedPage(Page):
    """Adds to a page that each tab declares what is computed while it is seen.

    Attributes:
        tabs: the tabs; made by `make_tabs`, filled by `add_tab`.
    """

    tabs: Tabs

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._watches: dict[QWidget, Sequence[Watch]] = {}
        self._watched_tab: QWidget | None = None

    def make_tabs(self, object_name: str, name: str, explanation: str) -> None:
        """Make the tabs, empty, with objectName, accessible name and tooltip of their bar."""
        self.tabs = Tabs(object_name, name, explanation, self)

    def add_tab(self, tab: QWidget, title: str, explanation: str = "", watches: Sequence[Watch] = ()) -> None:
        """Add a tab; call `watches` when it begins and ends to be seen."""
        self.tabs.setTabToolTip(self.tabs.addTab(tab, title), explanation)
        self._watches[tab] = watches

    def follow_tabs(self) -> None:
        """Take note of turned tabs from now on; called once, when all tabs are there and the page is put together."""
        self.tabs.currentChanged.connect(self._on_turned)

    def show_turned(self) -> None:
        """Show the tab that was turned to; called only while the page is seen."""
        self.refresh(frozenset(Subject))

    def showEvent(self, event: QShowEvent) -> None:
        """Compute for the tab that is seen."""
        super().showEvent(event)
        self._watch_tab(self.tabs.currentWidget())

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute no more."""
        super().hideEvent(event)
        self._watch_tab(None)

    @Slot()
    def _on_turned(self) -> None:
        self._watch_tab(self.tabs.currentWidget() if self.isVisible() else None)
        if self.isVisible():
            self.show_turned()

    def _watch_tab(self, tab: QWidget | None) -> None:
        before, self._watched_tab = self._watched_tab, tab
        if before is tab:
            return
        for watched, is_seen in ((before, False), (tab, True)):
            for watch in self._watches[watched] if watched is not None else ():
                watch(is_seen)
