"""What is done with which operands, and how fast one goes through it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.tensors.operations import OPERATIONS
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.tensors.operand_fields import OperandFields
from mnist_lab.window.pages.tensors.operation_look import OperationLook
from mnist_lab.window.pages.tensors.step_player import StepPlayer
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.drop_down import DropDown, let_shrink
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill


class OperationControls(QWidget):
    """Operation, operands, player, timing: from top to bottom.

    Attributes:
        operands: its fields.
        player: over its steps.
        timing: what was timed, in words.

    Signals:
        operation_chosen(): another operation is wanted; `OperationLook` says which.
        train_pressed(): a network is wanted.
        time_pressed(): both ways are to be timed.
    """

    operation_chosen = Signal()
    train_pressed = Signal()
    time_pressed = Signal()

    def __init__(self, look: OperationLook, parent: QWidget | None = None) -> None:
        """Show what `look` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._look = look
        self._choice = DropDown(self)
        self._choice.setObjectName("operationChoice")
        self._choice.setAccessibleName(self.tr("Operation"))
        self._choice.setToolTip(self.tr("Which operation to go through cell by cell."))
        for operation in OPERATIONS:
            self._choice.addItem(translate("tensors", operation.label), operation.identifier)
        self._choice.setCurrentIndex(OPERATIONS.index(look.operation))
        shows_state(self._choice)
        self._choice.setMaxVisibleItems(len(OPERATIONS))
        let_shrink(self._choice, 12)
        self._formula = QLabel(self)
        self._formula.setObjectName("operationFormula")
        self._formula.setWordWrap(True)
        self._shapes = QLabel(self)
        self._shapes.setObjectName("operationShapes")
        self._shapes.setWordWrap(True)
        theme.set_role(self._shapes, "caption")
        self.operands = OperandFields(look, self)
        self._make_network_words()
        self.player = StepPlayer("operation", self)
        self._make_timing()
        self._build()
        self._choice.currentIndexChanged.connect(self._on_chosen)
        self.set_palette(theme.current())
        self._show_operation()

    def set_palette(self, _palette: theme.Palette) -> None:
        """Follow the theme's type."""
        self._formula.setFont(theme.fonts.fixed())

    def show_network_words(self, words: str, *, can_train: bool) -> None:
        """Say whose weights these are, and offer to train; "" for operations that need none."""
        self._network.show_message(words)
        self._train.setVisible(bool(words) and can_train)

    def show_timing(self, words: str, *, is_busy: bool) -> None:
        """Say how long both took; while they are timed the button waits."""
        self.timing.setText(words)
        self.timing.setVisible(bool(words))
        self._time.set_waiting(is_busy)

    def _make_network_words(self) -> None:
        self._network = Notice(self)
        self._network.setObjectName("operationNetwork")
        self._train = IconButton("ph.play-fill", self.tr("Train it &now"), self)
        self._train.setObjectName("tensorTrainButton")
        self._train.setAccessibleName(self.tr("Train the network now"))
        self._train.setToolTip(self.tr("Start a run with the settings of the Train page; its weights then stand here."))
        self._train.clicked.connect(self.train_pressed)
        self._train.hide()

    def _make_timing(self) -> None:
        self._time = IconButton("ph.timer", self.tr("&Time loops and NumPy"), self)
        self._time.setObjectName("timeBothButton")
        self._time.setAccessibleName(self.tr("Time the loops and NumPy"))
        self._time.setToolTip(
            self.tr("Run the naive loops and NumPy on these operands, in turns, for about two seconds.")
        )
        self._time.clicked.connect(self.time_pressed)
        self.timing = QLabel(self)
        self.timing.setObjectName("timingWords")
        self.timing.setWordWrap(True)
        self.timing.hide()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for part in (
            *(self._choice, self._formula, self._shapes, self.operands, self._network, self._train),
            *(self.player, self._time, self.timing),
        ):
            layout.addWidget(part)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._look.operation = OPERATIONS[index]
        self._show_operation()
        self.operation_chosen.emit()

    def _show_operation(self) -> None:
        self._formula.setText(self._look.operation.formula)
        self._shapes.setText(fill(self.tr("Shapes: {rule}"), rule=self._look.operation.shapes))
