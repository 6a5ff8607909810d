"""A copy of a network and the edits made on it; the network that it began with never changes. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.edits import Edit, edited
from mnist_lab.inspection.evaluation import Evaluation, evaluate_scaled
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(eq=False)
class EditedCopy:
    """The copy as it stands.

    Attributes:
        base: the network that the edits begin with; None before there is any.
        weights: the copy with all edits.
        edits: in the order in which they were made.
    """

    base: NetworkWeights | None = None
    weights: NetworkWeights | None = None
    edits: list[Edit] = field(default_factory=list)

    def apply(self, edit: Edit) -> None:
        """Make one more edit.

        Raises:
            InspectionError: it cannot be made; the copy stays as it was.
        """
        if self.weights is not None:
            self.weights = edited(self.weights, [edit])
            self.edits.append(edit)

    def undo(self) -> None:
        """Take the last edit back."""
        if self.edits and self.base is not None:
            self.edits.pop()
            self.weights = edited(self.base, self.edits)

    def reset(self, weights: NetworkWeights | None) -> None:
        """Forget the edits and begin with this network; None: there is none."""
        self.edits.clear()
        self.base = self.weights = weights


@dataclass(frozen=True, eq=False)
class EditCase:
    """What is to be judged: a network before and after its edits, on some digits.

    Attributes:
        before: the network the edits began with.
        after: the edited copy.
        images: (n, 784) float32, 0 to 1, or a function that makes them; called off the window's thread.
        labels: (n,) uint8.
    """

    before: NetworkWeights
    after: NetworkWeights
    images: Callable[[], Array]
    labels: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class EditResult:
    """The answers before and after the edits.

    Attributes:
        before: of the network the edits began with.
        after: of the copy; the same object while nothing was edited.
    """

    before: Evaluation
    after: Evaluation

    @property
    def points(self) -> NDArray[np.float64]:
        """(10,) change of each digit's accuracy, in percentage points; NaN where a digit has no image."""
        difference: NDArray[np.float64] = 100 * (self.after.per_digit() - self.before.per_digit())
        return difference


class EditJudge:
    """Evaluates copies; what a network said before its edits is asked only once."""

    def __init__(self) -> None:
        self._known: tuple[NetworkWeights, NDArray[np.uint8], Evaluation] | None = None

    def judge(self, case: EditCase, is_cancelled: Callable[[], bool]) -> EditResult | None:
        """Ask both networks about the digits; None if it was cancelled meanwhile. Runs off the window's thread."""
        before = self._before(case, is_cancelled)
        if before is None:
            return None
        if case.after is case.before:
            return EditResult(before, before)
        after = evaluate_scaled(case.after, case.images(), case.labels, is_cancelled)
        return None if after is None else EditResult(before, after)

    def _before(self, case: EditCase, is_cancelled: Callable[[], bool]) -> Evaluation | None:
        known = self._known
        if known is not None and known[0] is case.before and known[1] is case.labels:
            return known[2]
        before = evaluate_scaled(case.before, case.images(), case.labels, is_cancelled)
        if before is not None:
            self._known = (case.before, case.labels, before)
        return before
