"""The Tensors page: what an array is, on the real ones, and operations cell by cell."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.evaluation import ExpressionResult, Question, answer, names_of
from mnist_lab.studies.walk import Task, Walk, make_ready
from mnist_lab.tensors.evaluator import Names
from mnist_lab.tensors.presets import DigitArrays
from mnist_lab.tensors.timing import Timing, time_both
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.pages.tensors.arrays_tab import ArraysTab
from mnist_lab.window.pages.tensors.axis_words import axis_words
from mnist_lab.window.pages.tensors.operations_tab import OperationsTab
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject


class TensorsPage(TabbedPage):
    """Two tabs; only the one that is seen has something worked out."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._answers: Derived[Question, ExpressionResult] = Derived(lab, answer)
        self._walks: Derived[Task, Walk] = Derived(lab, make_ready)
        self._kind = object()  # of the question: another n is the same kind, another expression is not
        self._asked_weights: NetworkWeights | None = None
        self._timing: Job | None = None
        self._arrays = ArraysTab(self)
        self._operations = OperationsTab(self)
        words = self.tr("Arrays and what they are, or operations cell by cell.")
        self.make_tabs("tensorTabs", self.tr("Parts of the page"), words)
        self.add_tab(self._arrays, self.tr("Arrays"), watches=[self._answers.watch])
        self.add_tab(self._operations, self.tr("Operations, cell by cell"), watches=[self._walks.watch])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.addWidget(self.tabs)
        self._connect()

    def _connect(self) -> None:
        self._answers.changed.connect(self._on_answer)
        self._walks.changed.connect(self._on_walk)
        self._arrays.asked.connect(self._on_asked)
        self._operations.asked.connect(self._on_operation)
        self._operations.timing_asked.connect(self._on_timing_asked)
        self._operations.train_pressed.connect(self.lab.start)
        self.follow_tabs()

    def first_focus(self) -> QWidget:
        """The expression."""
        return self._arrays.field if self.tabs.currentWidget() is self._arrays else self.tabs.tabBar()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Work out anew what depends on other digits or other weights."""
        if Subject.DATA in subjects and self.lab.digits is not None:
            self._arrays.set_images(len(self.lab.digits.train_images))
            self._ask(is_new=True)
            self._ask_operation()
        if subjects & {Subject.WEIGHTS, Subject.RUN}:
            self._show_network()

    def _show_network(self) -> None:
        """While it trains the weights that one goes through stand still; the last ones then take their place."""
        had_texts = self._operations.texts
        depends = self._operations.set_network(self.lab.weights is not None, can_train=not self.lab.live.is_training)
        is_outdated = depends and not self.lab.live.is_training and self._asked_weights is not self.lab.weights
        if had_texts != self._operations.texts or is_outdated:
            self._ask_operation()

    # Arrays

    def _digit_arrays(self) -> DigitArrays | None:
        digits = self.lab.digits
        if digits is None:
            return None
        return DigitArrays(digits.train_images, digits.train_labels, digits.test_images, digits.test_labels)

    @Slot(bool)
    def _on_asked(self, is_new: bool) -> None:
        self._ask(is_new)

    def _ask(self, is_new: bool) -> None:
        digits = self._digit_arrays()
        if digits is None:
            return
        if is_new:
            self._kind = object()
        question = Question(self._arrays.text, digits, self._arrays.n, axis_words(), self._arrays.preset)
        self._answers.set_basis(question, self._kind)

    @Slot()
    def _on_answer(self) -> None:
        if self._answers.value is not None:
            self._arrays.show_answer(self._answers.value)

    # Operations

    @Slot()
    def _on_operation(self) -> None:
        self._show_network()
        self._ask_operation()

    def _ask_operation(self) -> None:
        self._cancel_timing()
        names = self._operation_names()
        if names is not None:
            task = Task(self._operations.operation, self._operations.texts, names, axis_words())
            self._walks.set_basis(task, task)

    def _operation_names(self) -> Names | None:
        digits = self._digit_arrays()
        if digits is None:
            return None
        names = dict(names_of(digits, self._arrays.n))
        self._asked_weights = self.lab.weights
        if self.lab.weights is not None:
            first = self.lab.weights.layers[0]
            names |= {"W": first.kernel.T, "b": first.bias}
        return names

    @Slot()
    def _on_walk(self) -> None:
        if self._walks.value is not None:
            self._operations.show_walk(self._walks.value)

    @Slot()
    def _on_timing_asked(self) -> None:
        walk = self._operations.walk
        if walk is None:
            return
        self._cancel_timing()
        operation, arrays = walk.task.operation, walk.arrays
        self._operations.show_timing(None)
        self._timing = Job(
            self.lab,
            lambda handle: time_both(operation, arrays, lambda: handle.is_cancelled),
            self._on_timed,
            self._fail_timing,
        )
        self._timing.start()

    def _on_timed(self, timing: Timing) -> None:
        self._timing = None
        self._operations.show_timing(timing)

    def _fail_timing(self, error: Exception) -> None:
        self._timing = None
        self._fail(error)

    def _cancel_timing(self) -> None:
        if self._timing is not None:
            self._timing.cancel()
            self._timing = None

    def _fail(self, error: Exception) -> None:
        self.lab.problem.emit(translation.sentence(error))

    def show_turned(self) -> None:
        """Each tab is as it was left, or is worked out now."""
        self._cancel_timing()
