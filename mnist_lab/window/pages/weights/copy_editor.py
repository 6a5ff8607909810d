"""The copy of a network that is edited, and what its test answers become: kept outside the page."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.edits import Edit
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.scaled_images import ScaledImages
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.edited_copy import EditCase, EditedCopy, EditJudge, EditResult
from mnist_lab.window.state.background import failure_of
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import Cancelled, JobHandle


class NetworkAndDigits(Protocol):
    """A network at one moment and the digits that judge it."""

    @property
    def weights(self) -> NetworkWeights:
        """The network."""

    @property
    def digits(self) -> Digits:
        """The digits; their test images are asked about."""


class CopyEditor(QObject):
    """Copies the network looked at until it is edited; from then on the copy stands still until `reset`.

    Attributes:
        result: the answers before and after the edits; `watch` it to have them computed.

    Signals:
        changed(): the copy is another one, or was edited.
    """

    changed = Signal()

    def __init__(self, owner: QObject, scaled_images: ScaledImages) -> None:
        """`owner` is the lab, which ends all jobs and tells what went wrong."""
        super().__init__(owner)
        self._copy = EditedCopy()
        self._source_id = ""
        self._digits: Digits | None = None
        self._judge, self._scaled, self._failure = EditJudge(), scaled_images, failure_of(owner)
        self.result: Derived[EditCase, EditResult] = Derived(owner, self._judge_case)

    @property
    def base(self) -> NetworkWeights | None:
        """The network that the edits began with; None before there is any."""
        return self._copy.base

    @property
    def weights(self) -> NetworkWeights | None:
        """The copy with all edits."""
        return self._copy.weights

    @property
    def edits(self) -> Sequence[Edit]:
        """The edits in the order in which they were made."""
        return self._copy.edits

    def follow(self, looked: NetworkAndDigits | None, source_id: str, *, is_moving: bool) -> None:
        """Copy the network looked at, of a run or kept (`source_id`), unless edits were made.

        While it goes on learning (`is_moving`) the first copy stays: a network that changes by itself could not
        show what an edit does.
        """
        if not self._copy.edits and (not is_moving or self.base is None or source_id != self._source_id):
            self._take(looked, source_id)

    def reset(self, looked: NetworkAndDigits | None, source_id: str) -> None:
        """Forget the edits, and begin with the network looked at as it is now."""
        self._copy.edits.clear()
        self._take(looked, source_id)

    @Slot(object)
    def apply(self, edit: Edit) -> None:
        """Make one more edit."""
        try:
            self._copy.apply(edit)
        except InspectionError as error:
            self._failure(error)
        self._ask()

    @Slot()
    def undo(self) -> None:
        """Take the last edit back."""
        self._copy.undo()
        self._ask()

    def _take(self, looked: NetworkAndDigits | None, source_id: str) -> None:
        self._source_id = source_id
        self._digits = None if looked is None else looked.digits
        self._copy.reset(None if looked is None else looked.weights)
        self._ask()

    def _ask(self) -> None:
        self._set_case()
        self.changed.emit()

    def _set_case(self) -> None:
        before, after, digits = self.base, self.weights, self._digits
        if before is None or after is None or digits is None:
            self.result.set_input(None, None)
            return
        known = self.result.input
        if known is None or known.before is not before or known.after is not after:
            images = digits.test_images
            case = EditCase(before, after, lambda: self._scaled.of(images), digits.test_labels)
            self.result.set_input(case, before)

    def _judge_case(self, case: EditCase, handle: JobHandle) -> EditResult:
        result = self._judge.judge(case, lambda: handle.is_cancelled)
        if result is None:
            raise Cancelled
        return result
