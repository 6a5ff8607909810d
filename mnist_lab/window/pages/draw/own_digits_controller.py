"""Joins the Draw page's “My digits” to the lab: saving, removing, judging, and training on them."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.data.preprocess import ALL_STEPS
from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.pages.draw.own_digits_model import OwnDigitsModel
from mnist_lab.window.pages.draw.own_digits_tab import OwnDigitsTab
from mnist_lab.window.pages.draw.pad_content import prepare_pad
from mnist_lab.window.state.lab import Lab


class OwnDigitsController(QObject):
    """Keeps the tab up to date while it is seen.

    Attributes:
        tab: what is seen.

    Signals:
        open_wanted(object): an `OwnDigit` that is to be put on the pad.
    """

    open_wanted = Signal(object)

    def __init__(self, lab: Lab, model: OwnDigitsModel, digit: DrawnDigit, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = OwnDigitsTab(model.look, parent)
        self._lab = lab
        self._model = model
        self._digit = digit
        self._is_watching = False
        self._was_inked = False
        model.judged.connect(self._show_digits)
        self.tab.save_wanted.connect(self._on_save)
        self.tab.open_wanted.connect(self._on_open)
        self.tab.remove_wanted.connect(self._on_remove)
        self.tab.put_back_wanted.connect(self._on_put_back)
        self.tab.use_toggled.connect(lab.own_digits.set_used)
        self.show_drawing()

    def show_drawing(self) -> None:
        """Offer the drawing to be saved, once; what is said of it goes with it when the pad is emptied."""
        is_inked = self._digit.prepared is not None
        if self._was_inked and not is_inked:
            self.tab.forget_label()  # or the next drawing would be kept as the digit that lay there before
        self._was_inked = is_inked
        self.tab.set_can_save(is_inked and not self._digit.is_saved)

    def watch(self, watch: bool) -> None:
        """Judge the digits while the tab is seen."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._model.watch(watch)
            if watch:
                self.refresh()

    def refresh(self) -> None:
        """Take over the digits and the network as they are now."""
        self._model.update()
        self._show_digits()

    @Slot()
    def _show_digits(self) -> None:
        """Show what is known so far."""
        shelf = self._lab.own_digits
        self.tab.show_digits(shelf.own, self._model.predicted, is_used=shelf.is_used)
        self.tab.set_can_put_back(bool(self._model.removed))

    @Slot(int)
    def _on_save(self, label: int) -> None:
        """Keep it as every step prepares it, whatever is skipped just now: that is what one trains on."""
        content = self._digit.content
        prepared = None if self._digit.prepared is None else prepare_pad(content, ALL_STEPS)
        if prepared is not None and self._lab.own_digits.add(prepared.centred, label, content.shares()):
            self._digit.is_saved = True
            self.show_drawing()

    @Slot(int)
    def _on_open(self, index: int) -> None:
        digit = self._lab.own_digits.own.digits[index]
        self.open_wanted.emit(digit)
        self.tab.set_label(digit.label)

    @Slot(int)
    def _on_remove(self, index: int) -> None:
        digit = self._lab.own_digits.own.digits[index]
        if self._lab.own_digits.remove(digit.identifier):
            self._model.removed.append(digit)
            self.tab.set_can_put_back(True)

    @Slot()
    def _on_put_back(self) -> None:
        if self._model.removed and self._lab.own_digits.put_back(self._model.removed[-1]):
            self._model.removed.pop()
            self.tab.set_can_put_back(bool(self._model.removed))
