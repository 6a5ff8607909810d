"""Where a copy of a network is edited and judged: the copy, the work off the window's thread, and the words on both."""

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
from mnist_lab.window.words import fill, spell_whole
from mnist_lab.work import Cancelled, JobHandle


class NetworkAndDigits(Protocol):
    """A network at one moment and the digits that judge it."""

    @property
    def weights(self) -> NetworkWeights:
        """The network."""

    @property
    def digits(self) -> Digits:
        """The digits; their test images are asked about."""


class EditDesk(QObject):
    """A copy that follows the network looked at until it is edited; from then on it stands still until `reset`.

    Attributes:
        result: the answers before and after the edits; `watch` it to have them computed.

    Signals:
        changed(): the copy is another one, or was edited.
    """

    changed = Signal()

    def __init__(self, parent: QObject, scaled_images: ScaledImages) -> None:
        """`parent` is the lab, which ends all jobs and tells what went wrong."""
        super().__init__(parent)
        self._copy = EditedCopy()
        self._source: object = None
        self._digits: Digits | None = None
        self._judge, self._scaled, self._failure = EditJudge(), scaled_images, failure_of(parent)
        self.result: Derived[EditCase, EditResult] = Derived(parent, self._judge_case)

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

    def words(self) -> str:
        """Which network the copy is of, and what that means."""
        if self.base is None:
            return self.tr("An edit needs a network: train one first. Edits are made on a copy and never change a run.")
        words = self.tr("A copy of the network after {updates} updates. Nothing here changes the run.")
        return fill(words, updates=spell_whole(self.base.updates))

    def follow(self, trained: NetworkAndDigits | None, source: object, *, is_moving: bool) -> None:
        """Take over the network looked at, of a run or kept (`source`), unless edits were made.

        While it goes on learning (`is_moving`) the first copy stays: a network that changes by itself could not
        show what an edit does.
        """
        if not self._copy.edits and (not is_moving or self.base is None or source is not self._source):
            self._take(trained, source)

    def reset(self, trained: NetworkAndDigits | None, source: object) -> None:
        """Forget the edits, and begin with the network looked at as it is now."""
        self._copy.edits.clear()
        self._take(trained, source)

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

    def _take(self, trained: NetworkAndDigits | None, source: object) -> None:
        self._source = source
        self._digits = None if trained is None else trained.digits
        self._copy.reset(None if trained is None else trained.weights)
        self._ask()

    def _ask(self) -> None:
        self._set_case()
        self.changed.emit()

    def _set_case(self) -> None:
        before, after, digits = self.base, self.weights, self._digits
        if before is None or after is None or digits is None:
            self.result.set_basis(None, None)
            return
        known = self.result.basis
        if known is None or known.before is not before or known.after is not after:
            images = digits.test_images
            case = EditCase(before, after, lambda: self._scaled.of(images), digits.test_labels)
            self.result.set_basis(case, before)

    def _judge_case(self, case: EditCase, handle: JobHandle) -> EditResult:
        result = self._judge.judge(case, lambda: handle.is_cancelled)
        if result is None:
            raise Cancelled
        return result
