"""What every page has in common: it is told what changed, at once if it is seen, else when it is seen next."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject


class Page(QWidget):
    """A page of the window. Subclasses build themselves in their constructor and implement `refresh`.

    Attributes:
        lab: what the page shows.
        view: how it is looked at; it outlives the page.
        needs_weights: whether fresh weights are wanted while the page is seen.
    """

    needs_weights = False

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lab = lab
        self.view = lab.views.of(type(self).__name__)
        self._missed = frozenset(Subject)
        self._is_watching = False
        lab.changed.connect(self._on_changed)

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show these subjects as they are now; called only while the page is seen."""
        raise NotImplementedError

    def receive(self, request: object) -> None:
        """Do what another page asked for by `Navigator.open`; called when this page is seen."""
        raise TypeError(f"{self.objectName()} understands no {type(request).__name__}")

    def first_focus(self) -> QWidget:
        """Where the keyboard starts when this page opens."""
        return self

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if self.isVisible():
            self.refresh(subjects)
        else:
            self._missed |= subjects

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed."""
        super().showEvent(event)
        self._watch(self.needs_weights)
        missed, self._missed = self._missed, frozenset()
        if missed:
            self.refresh(missed)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more weights."""
        super().hideEvent(event)
        self._watch(False)

    def _watch(self, watch: bool) -> None:
        if watch != self._is_watching:
            self._is_watching = watch
            self.lab.live.watch_weights(watch)
