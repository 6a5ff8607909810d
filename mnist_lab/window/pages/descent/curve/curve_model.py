"""What the Descent tab shows, kept outside its widgets: the bench, the curves on offer, the challenge."""

from PySide6.QtCore import QObject, Signal

from mnist_lab.descent.functions import FUNCTIONS, Function
from mnist_lab.descent.noise import SIZES, Batches
from mnist_lab.descent.typed import TypedFunction
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.studies.walks_seen import WalksSeen
from mnist_lab.window.pages.descent.curve.challenge_progress import ChallengeProgress
from mnist_lab.window.pages.descent.curve.hidden_floor import HiddenFloor
from mnist_lab.window.pages.descent.curve.table_place import TablePlace
from mnist_lab.window.pages.descent.marked_step import MarkedStep
from mnist_lab.window.widgets.fields.entry_history import EntryHistory
from mnist_lab.words import LabError


class CurveModel(QObject):
    """The tab sets it and shows it; results of jobs go here, whether a tab is there or not.

    Attributes:
        bench: function, start, batches and balls.
        functions: the curves on offer.
        batch_size: what stands in the choice of batches, also while the true slope is used.
        refusal: why the last formula is no function; None if it is one.
        is_reading: whether a formula was entered and is being read.
        formulas: what was entered.
        floor: what was met while the curve is hidden.
        marked: the step that is looked at.
        table_place: where one is in the table of steps.
        challenges: which challenge is chosen, and what came of all of them.
        seen: what has come of the walks so far, for the course.

    Signals:
        function_changed(): the bench has another curve, with balls at its start.
        formula_judged(): `refusal` or `is_reading` is another one, the curve is not.
    """

    function_changed = Signal()
    formula_judged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = CurveBench()
        self.functions: list[Function] = list(FUNCTIONS)
        self.batch_size = SIZES[0]
        self.refusal: LabError | None = None
        self.is_reading = False
        self.formulas = EntryHistory()
        self.floor = HiddenFloor()
        self.floor.clear(self.bench.function.domain)
        self.marked = MarkedStep(self)
        self.table_place = TablePlace()
        self.challenges = ChallengeProgress(self.bench)
        self.seen = WalksSeen()
        self._derivatives: dict[Function, str] = {}

    @property
    def place(self) -> int:
        """Which of `functions` is the bench's."""
        return [one.identifier for one in self.functions].index(self.bench.function.identifier)

    @property
    def derivative(self) -> str:
        """The derivative of the bench's curve as a formula; "" if it was not typed."""
        return self._derivatives.get(self.bench.function, "")

    # The curve

    def set_function(self, function: Function) -> None:
        """Walk down another curve."""
        self.refusal, self.is_reading = None, False
        self.bench.set_function(function)
        self.floor.clear(function.domain)
        self.function_changed.emit()

    def offer(self, function: Function) -> None:
        """Walk down a curve that joins the others, in place of an earlier one of its identifier."""
        self._enlist(function)
        self.set_function(function)

    def set_typed(self, typed: TypedFunction) -> None:
        """Walk down what was typed."""
        self._derivatives[typed.function] = typed.derivative_text
        self.offer(typed.function)

    def begin_reading(self) -> None:
        """A formula was entered: what was wrong with the last one counts no more."""
        self.refusal, self.is_reading = None, True
        self.formula_judged.emit()

    def end_reading(self) -> None:
        """It came to nothing, and not by a fault of the formula."""
        self.is_reading = False
        self.formula_judged.emit()

    def refuse_formula(self, error: LabError) -> None:
        """Keep why it cannot be used; the curve stays as it is."""
        self.refusal = error
        self.end_reading()

    def _enlist(self, function: Function) -> None:
        names = [one.identifier for one in self.functions]
        if function.identifier in names:
            self.functions[names.index(function.identifier)] = function
        else:
            self.functions.append(function)

    # What else is set

    def set_start(self, start: float) -> None:
        """Begin elsewhere."""
        self.bench.set_start(start)
        if not self.floor.is_on:
            self.floor.clear()

    def set_batches(self, batches: Batches | None) -> None:
        """Estimate slopes otherwise from the next step on."""
        self.bench.set_batches(batches)
        self._note_size()

    def set_hidden(self, is_hidden: bool) -> None:
        """Hide the curve, with no place met yet, or reveal it."""
        if is_hidden:
            self.floor.clear()
        self.floor.is_on = is_hidden

    def begin_challenge(self) -> None:
        """Let the chosen challenge take over the bench."""
        self.challenges.begin()
        self._follow_bench()

    def leave_challenge(self) -> None:
        """Bring back the bench as it was before the challenge."""
        self.challenges.leave()
        self._follow_bench()

    def _follow_bench(self) -> None:
        self._enlist(self.bench.function)
        self.floor.clear(self.bench.function.domain)
        self._note_size()

    def _note_size(self) -> None:
        if self.bench.batches is not None:
            self.batch_size = self.bench.batches.size
