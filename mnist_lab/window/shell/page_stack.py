"""The pages on top of each other: each is made before it is first seen, and can be forgotten while it is hidden."""

import importlib

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import delete

from mnist_lab.window import tab_order
from mnist_lab.window.pages import PAGES, PageSpec
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.kept_controls import keep_controls
from mnist_lab.window.shell.help.explaining import explain
from mnist_lab.window.state.lab import Lab


class PageStack(QStackedWidget):
    """Has a place for every entry of `PAGES`, in their order; whoever turns to a place finds the page there.

    Signals:
        made(): a page was, and Tab goes through the whole window anew, by its layouts.
    """

    made = Signal()

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self.setObjectName("pages")
        for spec in PAGES:
            self.addWidget(_Unopened(spec, self))
        self.currentChanged.connect(self._make)

    def open(self, index: int) -> None:
        """Show a page, made now if it is not there."""
        self._make(index)
        self.setCurrentIndex(index)

    def forget_hidden(self) -> None:
        """Throw the pages away that are not seen, at once: they are made again when they are next called up."""
        for index, spec in enumerate(PAGES):
            page = self.widget(index)
            if index != self.currentIndex() and isinstance(page, Page):
                self._exchange(page, _Unopened(spec, self))
                delete(page)  # in one turn: Qt would wait for Python's lock again for each widget

    @Slot(int)
    def _make(self, index: int) -> None:
        place = self.widget(index)
        if isinstance(place, _Unopened):
            self._exchange(place, _make_page(PAGES[index], self._lab, self))
            place.setParent(None)  # it is not found any more, though it goes with the next turn of the event loop
            tab_order.follow_layouts(self.window())
            self.made.emit()

    def _exchange(self, old: QWidget, new: QWidget) -> None:
        """Put `new` where `old` is; if that is seen, `new` is seen from now on."""
        is_seen = self.currentWidget() is old
        self.insertWidget(self.indexOf(old), new)
        if is_seen:
            self.setCurrentWidget(new)
        self.removeWidget(old)
        old.deleteLater()


class _Unopened(QWidget):
    """Holds the place of a page that is not there."""

    def __init__(self, spec: PageSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(spec.object_name)


def _make_page(spec: PageSpec, lab: Lab, parent: QWidget) -> Page:
    module_name, class_name = spec.class_path.split(":")
    module = importlib.import_module(f"mnist_lab.window.pages.{module_name}")
    page: Page = getattr(module, class_name)(lab, parent)
    page.setObjectName(spec.object_name)
    keep_controls(page, page.view)
    explain(page)
    return page
