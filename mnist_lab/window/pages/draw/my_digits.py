"""The tab “My digits”: the gallery of a person's own digits, or in its place the hand that a network learns."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.pages.draw.hand_controller import HandController
from mnist_lab.window.pages.draw.hand_model import HandModel
from mnist_lab.window.pages.draw.own_digits_controller import OwnDigitsController
from mnist_lab.window.pages.draw.own_digits_model import OwnDigitsModel
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.views import View


class MyDigits(QObject):
    """Shows one of both.

    Attributes:
        tab: what is seen.

    Signals:
        open_wanted(object): an `OwnDigit` that is to be put on the pad.
    """

    open_wanted = Signal(object)

    def __init__(self, lab: Lab, view: View, digit: DrawnDigit, canvas: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = QWidget(parent)
        self._canvas = canvas
        own = view.model("ownDigits", lambda: OwnDigitsModel(lab))
        self._own = OwnDigitsController(lab, own, digit, self.tab)
        hand = view.model("hand", lambda: HandModel(lab, view))
        self._hand = HandController(lab, hand, digit, canvas, self.tab)
        self._parts = (self._own.tab, self._hand.writing, self._hand.comparing)
        layout = QVBoxLayout(self.tab)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in self._parts:
            layout.addWidget(part)
        self.watch = self._own.watch
        self._own.open_wanted.connect(self.open_wanted)
        self._own.tab.learn.clicked.connect(self._hand.open)
        self._hand.turned.connect(self._turn)
        self._hand.refresh()

    def show_drawing(self) -> None:
        """Take over the drawing as it is now."""
        self._own.show_drawing()
        if self._hand.seen is not None:
            self._hand.refresh()

    def refresh(self) -> None:
        """Take over digits, network and run as they are now."""
        self._own.refresh()
        self._hand.refresh()

    @Slot()
    def _turn(self) -> None:
        seen, focused = self._hand.seen or self._own.tab, QApplication.focusWidget()
        if (
            seen is self._own.tab
            and focused is not None
            and self.tab.isAncestorOf(focused)
            and not seen.isAncestorOf(focused)
        ):
            self._canvas.setFocus()  # else it would be with whatever comes next in the window
        for part in self._parts:
            part.setVisible(part is seen)
