"""The Operations half: an operation cell by cell, its naive loops beside it, and both timed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.studies.walk import (
    NETWORK_OPERANDS,
    OPERANDS,
    Walk,
    made_by,
    printed,
    result_index,
    signs,
    views,
)
from mnist_lab.tensors.cells import CellStep
from mnist_lab.tensors.errors import spell_shape
from mnist_lab.tensors.loops import Ghost
from mnist_lab.window import theme
from mnist_lab.window.pages.tensors import timing_words
from mnist_lab.window.pages.tensors.operation_controls import OperationControls
from mnist_lab.window.pages.tensors.operation_look import OperationLook
from mnist_lab.window.pages.tensors.operation_timing import OperationTiming
from mnist_lab.window.pages.tensors.tensor_picture import TensorPicture
from mnist_lab.window.translation import sentence
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.listing_view import ListingView
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.words import fill


class OperationsTab(QWidget):
    """Controls on the left; cells, arithmetic and listing on the right.

    Signals:
        asked(): make ready what `OperationLook` says.
        train_pressed(): a network is wanted.
    """

    asked = Signal()
    train_pressed = Signal()

    def __init__(self, look: OperationLook, timing: OperationTiming, parent: QWidget | None = None) -> None:
        """Show what `look` and `timing` say, and keep in `look` what the learner does."""
        super().__init__(parent)
        self._look, self._timing = look, timing
        self._hovered: CellStep | None = None
        self._is_told = False  # what was timed, a moment ago
        self._make_parts()
        self._column = ScrollColumn("operationControls", self._controls, parent=self)
        keep_controls_width(self._column, least=264)
        lay_beside(self._column, self._right(), self)
        self._connect()
        self._listing.set_listing(look.operation.listing.text)

    # Building

    def _make_parts(self) -> None:
        self._controls = OperationControls(self._look, self)
        self._player = self._controls.player
        self._picture = TensorPicture(self, empty_words=self.tr("Operands that fit appear here."))
        self._picture.setObjectName("operationPicture")
        self._picture.setAccessibleName(self.tr("Operands and result, cell by cell"))
        policy = QSizePolicy.Policy
        self._picture.setSizePolicy(policy.Preferred, policy.Ignored)  # the loops need their room, too
        self._arithmetic = QLabel(self)
        self._arithmetic.setObjectName("operationArithmetic")
        self._arithmetic.setWordWrap(True)
        self._printed = QLabel(self)
        self._printed.setObjectName("operationResult")
        self._printed.setWordWrap(True)
        self._printed.setToolTip(self.tr("NumPy's result, as Python prints it."))
        theme.set_role(self._printed, "caption")
        self._listing = ListingView(self)
        self._listing.setObjectName("operationListing")
        self._listing.setAccessibleName(self.tr("The naive loops"))
        self._listing.setToolTip(self.tr("What is gone through, as it is run; the lit line does the current step."))

    def _right(self) -> QVBoxLayout:
        cells = QWidget(self)
        inside = QVBoxLayout(cells)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._picture, 1)
        inside.addWidget(self._arithmetic)
        inside.addWidget(self._printed)
        layout = QVBoxLayout()
        layout.setSpacing(theme.GAP)
        layout.addWidget(Panel(self.tr("Cell by cell"), cells, parent=self), 4)
        layout.addWidget(Panel(self.tr("The same as naive loops"), self._listing, parent=self), 3)
        return layout

    def _connect(self) -> None:
        self._controls.operation_chosen.connect(self._on_operation)
        self._controls.operands.entered.connect(self.asked)
        self._controls.train_pressed.connect(self.train_pressed)
        self._controls.time_pressed.connect(self._on_time)
        self._timing.changed.connect(self._on_timed)
        self._column.verticalScrollBar().rangeChanged.connect(self._on_height)
        self._player.step_changed.connect(self._on_step)
        self._picture.pointed_changed.connect(self._on_pointed)

    # What happens

    @Slot()
    def _on_operation(self) -> None:
        self._is_told = False
        self._set_operands()
        self.asked.emit()

    def _set_operands(self) -> None:
        operation = self._look.operation
        is_real = operation.identifier == "layer" and self._look.has_network
        self._look.texts = NETWORK_OPERANDS if is_real else OPERANDS[operation.identifier]
        self._controls.operands.show_operands()
        self._listing.set_listing(operation.listing.text)

    def set_network(self, has_network: bool, *, can_train: bool) -> bool:
        """Say whether there is a network whose weights can stand in for W and b.

        Returns:
            whether what is shown depends on it.
        """
        is_layer = self._look.operation.identifier == "layer"
        had_defaults = self._controls.operands.texts == OPERANDS["layer"]
        is_new = has_network != self._look.has_network
        self._look.has_network = has_network
        if is_layer and is_new and had_defaults:
            self._set_operands()
        words = self.tr("W and b: weights and bias of the first layer of the current network.")
        if not has_network:
            words = self.tr("No network yet: small numbers stand in. Train one to go through its real weights.")
        self._controls.show_network_words(words if is_layer else "", can_train=can_train and not has_network)
        return is_layer and any(text in NETWORK_OPERANDS for text in self._look.texts)

    # What came out

    def show_walk(self, walk: Walk) -> None:
        """Begin to go through an operation, or go on where one stood in it; or say why it cannot be done."""
        self._hovered = None
        self._controls.operands.show_problem("" if walk.error is None else sentence(walk.error), walk.operand)
        if walk.error is not None or walk.steps is None or walk.result is None:
            self._look.walk = None
            self._show_timing()
            self._player.set_count(0)
            self._picture.set_views([])
            self._arithmetic.clear()
            self._printed.clear()
            self._listing.light(0)
            self._controls.operands.show_shapes(("",) * len(walk.task.texts))
            return
        if walk is not self._look.walk:
            self._look.walk, self._look.step = walk, 0
        self._show_timing()
        self._controls.operands.show_shapes([spell_shape(array.shape) for array in walk.arrays])
        self._player.set_count(len(walk.steps), self._look.step)
        self._show_step()

    @Slot(int)
    def _on_step(self, step: int) -> None:
        self._look.step, self._is_told = step, False
        self._show_step()

    @Slot(object)
    def _on_pointed(self, pointed: tuple[int, tuple[int, ...]] | None) -> None:
        walk, had_one = self._look.walk, self._hovered is not None
        if walk is None:
            return
        is_result = pointed is not None and pointed[0] == len(walk.arrays)
        self._hovered = made_by(walk, result_index(walk, pointed[1])) if pointed is not None and is_result else None
        if had_one or self._hovered is not None:
            self._show_step()

    def _show_step(self) -> None:
        walk = self._look.walk
        if walk is None or walk.steps is None:
            return
        done = self._player.step
        step = self._hovered or (walk.steps[done - 1] if done else None)
        self._picture.set_views(views(walk, done, step, self._titles(walk)), signs(walk.task.operation))
        self._listing.light(0 if step is None else step.line)
        self._arithmetic.setText(self._spell(step))
        self._printed.setText(self._spell_result(walk, is_done=done == len(walk.steps)))

    def _spell_result(self, walk: Walk, *, is_done: bool) -> str:
        """The result as NumPy prints it; before all cells are there only its shape, for a learner to say the rest."""
        assert walk.result is not None
        words = self.tr("Result {shape}: {printed}") if is_done else self.tr("Result {shape}, cell by cell")
        return fill(words, shape=spell_shape(walk.result.shape), printed=printed(walk.result) if is_done else "")

    def _titles(self, walk: Walk) -> tuple[str, ...]:
        titles = list(walk.task.operation.operands)
        for ghost in walk.ghosts:
            titles[ghost.operand] = f"{titles[ghost.operand]}, {self._spell_ghost(ghost)}"
        return (*titles, self.tr("result"))

    def _spell_ghost(self, ghost: Ghost) -> str:
        if ghost.name:
            words = self.tr("stretched along axis {axis} ({name}), × {times}")
            return fill(words, axis=ghost.axis, name=ghost.name, times=ghost.times)
        return fill(self.tr("stretched along axis {axis}, × {times}"), axis=ghost.axis, times=ghost.times)

    def _spell(self, step: CellStep | None) -> str:
        if step is None:
            if not self._player.count:
                return self.tr("Nothing is to be done: the result has no step.")
            return self.tr("Play, or take a step: the cells that are read light up. Point at a cell of the result.")
        index = ", ".join(map(str, step.result_index))
        cell = fill(self.tr("result[{index}]"), index=index) if index else self.tr("result")
        words = self.tr("{cell} is made by: {words}") if step is self._hovered else self.tr("{cell}: {words}")
        return fill(words, cell=cell, words=step.words)

    # Timing

    @Slot()
    def _on_time(self) -> None:
        walk = self._look.walk
        if walk is not None:
            self._timing.measure(walk.task.operation, walk.arrays)

    @Slot()
    def _on_timed(self) -> None:
        """Say it, and have it in sight as soon as it has its height: it stands below all else in the column."""
        self._show_timing()
        self._is_told = not self._controls.timing.isHidden()

    @Slot()
    def _on_height(self) -> None:
        if self._is_told:
            bar = self._column.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _show_timing(self) -> None:
        """Say how long both took; while they are timed, and where there is nothing to time, the button waits."""
        if self._timing.is_running:
            self._controls.show_timing(self.tr("Timing…"), is_busy=True)
        elif self._timing.timing is not None:
            words = timing_words.spell(self._timing.timing, is_view=self._look.operation.is_view)
            self._controls.show_timing(words, is_busy=False)
        else:
            self._controls.show_timing("", is_busy=self._look.walk is None)
