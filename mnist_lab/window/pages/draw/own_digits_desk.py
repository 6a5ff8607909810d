"""Joins the Draw page's “My digits” to the lab: saving, removing, judging, and training on them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.data.own_digits import OwnDigit, OwnDigits
from mnist_lab.data.preprocess import ALL_STEPS
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.pages.draw.own_digits_tab import OwnDigitsTab
from mnist_lab.window.pages.draw.pad_content import PadContent, prepare_pad
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.work import JobHandle

_NO_ANSWER = -1
_REST_MILLISECONDS = 200


@dataclass(frozen=True, eq=False)
class _Judged:
    """Which network judges which digits."""

    weights: NetworkWeights
    own: OwnDigits


class OwnDigitsDesk(QObject):
    """Keeps the tab up to date while it is seen.

    Attributes:
        tab: what is seen.

    Signals:
        open_wanted(object): an `OwnDigit` that is to be laid on the pad.
    """

    open_wanted = Signal(object)

    def __init__(self, lab: Lab, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = OwnDigitsTab(parent)
        self._lab = lab
        self._content: PadContent | None = None
        self._removed: list[OwnDigit] = []
        self._is_watching = False
        self._basis: _Judged | None = None
        self._answers: Derived[_Judged, NDArray[np.intp]] = Derived(lab, _judge, rest_milliseconds=_REST_MILLISECONDS)
        self._answers.changed.connect(self.show_digits)
        self.tab.save_wanted.connect(self._on_save)
        self.tab.open_wanted.connect(self._on_open)
        self.tab.remove_wanted.connect(self._on_remove)
        self.tab.put_back_wanted.connect(self._on_put_back)
        self.tab.use_toggled.connect(lab.own_digits.set_used)

    def set_content(self, content: PadContent, *, is_inked: bool) -> None:
        """Say what lies on the pad: that is what would be saved."""
        self._content = content if is_inked else None
        self.tab.set_can_save(is_inked)

    def watch(self, watch: bool) -> None:
        """Judge the digits while the tab is seen."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._answers.watch(watch)
            if watch:
                self.refresh()

    def refresh(self) -> None:
        """Take over the digits and the network as they are now."""
        weights, own = self._lab.weights, self._lab.own_digits.own
        if weights is None or not len(own):
            self._basis = None
        elif self._basis is None or self._basis.weights is not weights or self._basis.own is not own:
            self._basis = _Judged(weights, own)
        self._answers.set_basis(self._basis, own)
        self.show_digits()

    @Slot()
    def show_digits(self) -> None:
        """Show what is known so far."""
        own = self._lab.own_digits.own
        basis = self._answers.basis
        predicted = self._answers.value if basis is not None and basis.own is own else None
        self.tab.show_digits(own, predicted, is_used=self._lab.own_digits.is_used)
        self.tab.set_can_put_back(bool(self._removed))

    @Slot(int)
    def _on_save(self, label: int) -> None:
        """Keep it as every step prepares it, whatever is skipped just now: that is what one trains on."""
        if self._content is None:
            return
        prepared = prepare_pad(self._content, ALL_STEPS)
        if prepared is not None and self._lab.own_digits.add(prepared.centred, label, self._content.shares()):
            self.tab.set_can_save(False)  # once is enough; the next stroke is another drawing

    @Slot(int)
    def _on_open(self, index: int) -> None:
        self.open_wanted.emit(self._lab.own_digits.own.digits[index])

    @Slot(int)
    def _on_remove(self, index: int) -> None:
        digit = self._lab.own_digits.own.digits[index]
        if self._lab.own_digits.remove(digit.identifier):
            self._removed.append(digit)
            self.tab.set_can_put_back(True)

    @Slot()
    def _on_put_back(self) -> None:
        if self._removed and self._lab.own_digits.put_back(self._removed[-1]):
            self._removed.pop()
            self.tab.set_can_put_back(bool(self._removed))


def _judge(judged: _Judged, _handle: JobHandle) -> NDArray[np.intp]:
    values = probabilities(judged.weights, scaled(judged.own.images))
    answers = values.argmax(axis=1)
    return np.where(np.isfinite(values).all(axis=1), answers, _NO_ANSWER)
