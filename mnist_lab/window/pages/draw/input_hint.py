"""Says on the Draw page that the network gets numbers of another size than those it was trained on."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.data.preprocess import Steps
from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.pages.hint_words import HintWords
from mnist_lab.window.state.hinting import Hint, hinting_of, unscaled_input
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.widgets.basic.hint_strip import HintStrip


class InputHint(HintStrip):
    """One line while the step “Divide by 255” is left out; it can switch the step on again."""

    def __init__(self, lab: Lab, digit: DrawnDigit, parent: QWidget | None = None) -> None:
        super().__init__("inputHint", parent)
        self._lab = lab
        self._digit = digit
        self._words = HintWords(self)
        self._hint: Hint | None = None
        self._hinting = hinting_of(lab)
        self._hinting.changed.connect(self.refresh)
        self.acted.connect(self._on_acted)
        self.put_away.connect(self._on_put_away)

    @Slot()
    def refresh(self) -> None:
        """Look at what the network gets now."""
        prepared, lab = self._digit.prepared, self._lab
        hint = None if prepared is None or lab.weights is None else unscaled_input(prepared.image)
        if hint is not None and (not self._hinting.is_on or self._hinting.is_put_away(lab.look.source_id, hint)):
            hint = None
        self._hint = hint
        self.show_hint(None if self._hint is None else self._words.input_line(self._hint))

    @Slot()
    def _on_acted(self) -> None:
        digit, before = self._digit, self._digit.steps
        applied = replace(before, scale=True)
        self._put(applied)
        offer = Offer(
            self.tr("“Divide by 255” is switched on again. Undo switches it off."),
            self.tr("&Undo"),
            self.tr("Leave “Divide by 255” out again."),
            lambda: self._put(before),
            lambda: digit.steps == applied,
        )
        self._lab.offered.emit(offer)

    def _put(self, steps: Steps) -> None:
        self._digit.set_preparation(steps, is_anew=self._digit.is_anew)

    @Slot()
    def _on_put_away(self) -> None:
        if self._hint is not None:
            self._hinting.put_away(self._lab.look.source_id, self._hint)
