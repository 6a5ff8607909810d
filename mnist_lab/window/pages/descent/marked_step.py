"""The one step that is looked at, wherever it was pointed at: what links the curve, the plots and the table."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class StepMark:
    """A step of an optimizer: its rule's identifier, and how many steps were made when the ball stood there."""

    rule: str
    step: int


class MarkedStep(QObject):
    """What is under the pointer, or else what was reached by keys. Views set it and listen; they know no other view.

    Signals:
        changed(): `mark` is another, or none.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pointed: StepMark | None = None
        self._kept: StepMark | None = None

    @property
    def mark(self) -> StepMark | None:
        """The step that is looked at."""
        return self._pointed or self._kept

    def point(self, mark: StepMark | None) -> None:
        """Look at what is under the pointer; None: the pointer has left it."""
        self._set(mark, self._kept)

    def keep(self, mark: StepMark | None) -> None:
        """Look at what keys have reached, whatever the pointer rests on; None: the keyboard has gone elsewhere."""
        self._set(None if mark is not None else self._pointed, mark)

    def clear(self) -> None:
        """Look at none."""
        self._set(None, None)

    def forget_beyond(self, steps: Mapping[str, int]) -> None:
        """Drop what does not exist any more: of rules that are not among these, or after their last step."""
        self._set(*(mark if _exists(mark, steps) else None for mark in (self._pointed, self._kept)))

    def _set(self, pointed: StepMark | None, kept: StepMark | None) -> None:
        before = self.mark
        self._pointed, self._kept = pointed, kept
        if self.mark != before:
            self.changed.emit()


def _exists(mark: StepMark | None, steps: Mapping[str, int]) -> bool:
    return mark is not None and mark.step <= steps.get(mark.rule, -1)
