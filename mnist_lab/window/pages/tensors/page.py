"""The Tensors page: what an array is, on the real ones, and operations cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.evaluation import Question, answer, names_of
from mnist_lab.studies.walk import Task, make_ready
from mnist_lab.tensors.evaluator import Names
from mnist_lab.tensors.presets import DigitArrays
from mnist_lab.window import theme
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.pages.tensors.array_look import ArrayLook
from mnist_lab.window.pages.tensors.arrays_tab import ArraysTab
from mnist_lab.window.pages.tensors.axis_words import axis_words
from mnist_lab.window.pages.tensors.operation_facts import OperationFacts
from mnist_lab.window.pages.tensors.operation_look import OperationLook
from mnist_lab.window.pages.tensors.operation_timing import OperationTiming
from mnist_lab.window.pages.tensors.operations_tab import OperationsTab
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject


@dataclass(eq=False)
class _Asked:
    """What the answers at hand were asked from: they stand until it is something else.

    Attributes:
        digits: the digits in use; None before the first.
        words: names of axes in the learner's language.
        weights: of the network that stood in for operands; None: there was none.
        kind: of the expression: another n is the same kind, another expression is not.
    """

    digits: Digits | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    weights: NetworkWeights | None = None
    kind: object = None


class TensorsPage(TabbedPage):
    """Two tabs; only the one that is seen has something worked out."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._answers = self.view.model("answers", lambda: Derived(lab, answer))
        self._walks = self.view.model("walks", lambda: Derived(lab, make_ready))
        self._timing = self.view.model("timing", lambda: OperationTiming(lab))
        self._asked = self.view.model("asked", _Asked)
        self._array, self._operation = self.view.model("array", ArrayLook), self.view.model("operation", OperationLook)
        OperationFacts(self._operation, self._walks, self._timing).tell(self.view)
        asked = self._asked
        self.view.tell("layerIsNewest", lambda: asked.weights is lab.weights)
        self._array.tell(self.view)
        words = self.tr("Arrays and what they are, or operations cell by cell.")
        self.make_tabs("tensorTabs", self.tr("Parts of the page"), words)
        self._arrays = ArraysTab(self._array, self.tabs.stack)
        self._operations = OperationsTab(self._operation, self._timing, self.tabs.stack)
        self.add_tab(self._arrays, self.tr("Arrays"), watches=[self._answers.watch])
        self.add_tab(self._operations, self.tr("Operations, cell by cell"), watches=[self._walks.watch])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.addWidget(self.tabs)
        self._connect()
        self._on_answer()
        self._on_walk()

    def _connect(self) -> None:
        self._answers.changed.connect(self._on_answer)
        self._walks.changed.connect(self._on_walk)
        self._arrays.asked.connect(self._on_asked)
        self._operations.asked.connect(self._on_operation)
        self._operations.train_pressed.connect(self.lab.start)
        self.follow_tabs()

    def first_focus(self) -> QWidget:
        """The expression."""
        return self._arrays.field if self.tabs.currentWidget() is self._arrays else self.tabs.tabBar()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Work out anew what depends on other digits or other weights."""
        if Subject.DATA in subjects and self.lab.digits is not None:
            self._arrays.set_images(len(self.lab.digits.train_images))
            words = axis_words()
            if (self._asked.digits, self._asked.words) != (self.lab.digits, words):
                self._asked.digits, self._asked.words = self.lab.digits, words
                self._ask(is_new=True)
                self._ask_operation()
        if subjects & {Subject.WEIGHTS, Subject.RUN}:
            self._show_network()

    def _show_network(self) -> None:
        """While it trains the weights that one goes through stand still; the last ones then take their place."""
        had_texts = self._operation.texts
        depends = self._operations.set_network(self.lab.weights is not None, can_train=not self.lab.live.is_training)
        is_outdated = depends and not self.lab.live.is_training and self._asked.weights is not self.lab.weights
        if had_texts != self._operation.texts or is_outdated:
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
            self._asked.kind = object()
        array = self._array
        question = Question(array.text, digits, array.n, axis_words(), array.preset)
        self._answers.set_input(question, self._asked.kind)

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
        self._timing.forget()
        names = self._operation_names()
        if names is not None:
            task = Task(self._operation.operation, self._operation.texts, names, axis_words())
            self._walks.set_input(task, task)

    def _operation_names(self) -> Names | None:
        digits = self._digit_arrays()
        if digits is None:
            return None
        names = dict(names_of(digits, self._array.n))
        self._asked.weights = self.lab.weights
        if self.lab.weights is not None:
            first = self.lab.weights.layers[0]
            names |= {"W": first.kernel.T, "b": first.bias}
        return names

    @Slot()
    def _on_walk(self) -> None:
        if self._walks.value is not None:
            self._operations.show_walk(self._walks.value)

    def show_turned(self) -> None:
        """Each tab is as it was left, or is worked out now; what is being timed goes on."""
