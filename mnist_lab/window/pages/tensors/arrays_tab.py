"""The Arrays half: choose or type an array, and see what it is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab.studies.evaluation import AXES, BATCH, ExpressionResult, can_be_typed, uses_n
from mnist_lab.tensors.functions import FUNCTIONS, signature
from mnist_lab.tensors.presets import Preset
from mnist_lab.tensors.values import AxisSelection
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.tensors.array_controls import ArrayControls
from mnist_lab.window.pages.tensors.array_facts import ArrayFacts
from mnist_lab.window.pages.tensors.array_look import ArrayLook
from mnist_lab.window.pages.tensors.axis_bars import AxisBar, AxisBars
from mnist_lab.window.pages.tensors.axis_words import axis_words
from mnist_lab.window.pages.tensors.extent_words import spell_extent
from mnist_lab.window.pages.tensors.tensor_picture import TensorPicture
from mnist_lab.window.translation import sentence, translate
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.basic.slider import Slider
from mnist_lab.window.widgets.fields.expression_field import ExpressionField
from mnist_lab.window.words import fill


class ArraysTab(QWidget):
    """Presets and examples on the left; the expression, its facts and its pictures on the right.

    Signals:
        asked(bool): work out what `ArrayLook` says; whether it is something new, not only another n.
    """

    asked = Signal(bool)

    def __init__(self, look: ArrayLook, parent: QWidget | None = None) -> None:
        """Show what `look` says, and keep there what the learner asks for."""
        super().__init__(parent)
        self._look = look
        self._is_known = True
        self._images = 0
        self._make_parts()
        column = ScrollColumn("arrayControls", self._controls, parent=self)
        keep_controls_width(column, least=228)
        lay_beside(column, self._right(), self)
        if look.shown is not None:
            self._show_array(look.shown)
        self._on_text_changed(self.field.text())
        self._connect()

    # Building

    def _make_parts(self) -> None:
        self._controls = ArrayControls(self._look, self)
        self.field = ExpressionField(self, self._look.history)
        self.field.setObjectName("tensorExpression")
        self.field.setAccessibleName(self.tr("Expression"))
        self.field.setToolTip(
            self.tr("An expression on train_images, train_labels, test_images, test_labels and n; Enter works it out.")
        )
        self.field.setText(self._look.entered)
        self.field.setPlaceholderText(self._look.placeholder)
        self._slider = Slider(self)
        self._slider.setRange(0, self._look.n)
        self._slider.setValue(self._look.n)
        shows_state(self._slider)
        self._slider.setObjectName("tensorBatch")
        self._slider.setAccessibleName(self.tr("n, the number of the batch"))
        self._slider.setToolTip(self.tr("n in the expression: which batch of 128 digits."))
        self._n, self._help = QLabel(self), QLabel(self)
        self._n.setObjectName("tensorBatchNumber")
        self._help.setObjectName("tensorHelp")
        self._help.setWordWrap(True)
        calls = ", ".join(signature(name, function).replace(" ", "\u00a0") for name, function in FUNCTIONS.items())
        self._help.setToolTip(fill(self.tr("Functions: {calls}"), calls=calls))
        self._show_help(is_pending=False)
        self._notice = Notice(self)
        self._notice.setObjectName("tensorNotice")
        self._facts, self._words = ArrayFacts(self), QLabel(self)
        self._words.setObjectName("tensorWords")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._picture = self._make_picture("tensorPicture", self.tr("The array, cell by cell"))
        self._stack = self._make_picture("tensorStack", self.tr("The named array, with the chosen block"))
        self._bars = AxisBars(self)
        self._bars.setObjectName("tensorBars")
        self._readout = QLabel(self)
        self._readout.setObjectName("tensorReadout")
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # words come and go
        theme.set_role(self._readout, "caption")

    def _make_picture(self, object_name: str, name: str) -> TensorPicture:
        picture = TensorPicture(self, empty_words=self.tr("The digits are being loaded."))
        picture.setObjectName(object_name)
        picture.setAccessibleName(name)
        return picture

    def _right(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.field)
        layout.addWidget(self._batch_row())
        layout.addWidget(self._facts)
        layout.addWidget(self._message())
        layout.addLayout(self._pictures(), 1)
        layout.addWidget(self._readout)
        return layout

    def _message(self) -> QWidget:
        """Room for what there is to say, always as high: the pictures below stand still."""
        message = QWidget(self)
        inside = QVBoxLayout(message)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._notice)
        inside.addWidget(self._words)
        inside.addStretch(1)
        message.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing() + 2 * theme.SMALL_GAP)
        return message

    def _batch_row(self) -> QWidget:
        self._batch = QWidget(self)
        row = QHBoxLayout(self._batch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._slider, 1)
        row.addWidget(self._n)
        self._below = QStackedWidget(self)  # either fills the place, so that nothing moves when n comes into play
        self._below.addWidget(self._help)
        self._below.addWidget(self._batch)
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self._below

    def _pictures(self) -> QHBoxLayout:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bars)
        self._stack_panel = Panel(self.tr("Where it lies"), inside, parent=self)
        self._stack_panel.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._stack_panel, 1)
        row.addWidget(Panel(self.tr("The array"), self._picture, parent=self), 1)
        return row

    def _connect(self) -> None:
        self._controls.preset_chosen.connect(self._on_preset)
        self._controls.example_chosen.connect(self._on_example)
        self.field.entered.connect(self._on_entered)
        self.field.textChanged.connect(self._on_text_changed)
        self._slider.valueChanged.connect(self._on_n)
        self._picture.readout_changed.connect(self._readout.setText)
        self._stack.readout_changed.connect(self._readout.setText)

    # What happens

    @Slot(object)
    def _on_preset(self, preset: Preset) -> None:
        self._look.preset, self._look.text = preset, preset.code
        self._look.placeholder = preset.code
        self.field.setText(preset.code if can_be_typed(preset.code) else "")
        self.field.setPlaceholderText(preset.code)
        self._ask()

    @Slot(str)
    def _on_example(self, text: str) -> None:
        self.field.setText(text)
        self.field.remember(text)
        self._on_entered(text)

    @Slot(str)
    def _on_entered(self, text: str) -> None:
        self._look.preset, self._look.text = None, text
        self._controls.show_preset(None)
        self._ask()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        """While another text stands in the field, what is below belongs to the last one: say so."""
        is_pending = text != self._look.entered
        self._show_help(is_pending=is_pending)
        self._show_below(is_pending=is_pending)
        self._facts.setEnabled(self._is_known and not is_pending)

    def _show_help(self, *, is_pending: bool) -> None:
        usual = self.tr(
            "Slices, arithmetic and functions of train_images, train_labels, test_images, test_labels (point here)"
        )
        self._help.setText(self.tr("Enter works this out; below is still the last one.") if is_pending else usual)
        theme.set_role(self._help, "" if is_pending else "caption")

    def _show_below(self, *, is_pending: bool) -> None:
        has_batch = self._look.preset is None and uses_n(self._look.text) and not is_pending
        self._below.setCurrentWidget(self._batch if has_batch else self._help)

    def _ask(self) -> None:
        self._look.entered = self.field.text()
        self._on_text_changed(self._look.entered)
        self._show_n()
        if self.field.property("problem"):  # what was wrong with the last text says nothing of this one
            self.field.set_problem(False)
            self._notice.show_message(self.tr("Reading …"))
        self.asked.emit(True)

    @Slot(int)
    def _on_n(self, n: int) -> None:
        self._look.n = n
        self._show_n()
        self.asked.emit(False)

    def set_images(self, images: int) -> None:
        """Say how many training images there are: n counts their batches."""
        self._images = images
        self._slider.setRange(0, max((images - 1) // BATCH, 0))
        self._slider.setPageStep(max(self._slider.maximum() // 20, 1))
        self._show_n()

    def _show_n(self) -> None:
        n = self._look.n
        first = n * BATCH
        self._n.setText(
            fill(
                self.tr("n = {n:,}: digits {first:,} to {last:,}"),
                n=n,
                first=first,
                last=min(first + BATCH, self._images) - 1,
            )
        )

    # What came out

    def show_answer(self, answer: ExpressionResult) -> None:
        """Show what an expression is, or why it is nothing."""
        self.field.set_problem(answer.error is not None)
        self._is_known = answer.description is not None
        self._facts.setEnabled(self._is_known and self.field.text() == self._look.entered)
        self._words.setVisible(answer.description is not None)
        if answer.error is not None:
            self._notice.show_message(sentence(answer.error), "error")
            return  # the last array stays: one sees what there was before the slip
        if answer.description is None or answer.picture is None:
            words = self.tr("{text} is {value}: a shape or a type, not an array.")
            self._notice.show_message(fill(words, text=answer.question.text, value=answer.value))
            return
        self._notice.clear()
        self._look.shown = answer
        self._show_array(answer)

    def _show_array(self, answer: ExpressionResult) -> None:
        """Show an answer that is an array."""
        assert answer.description is not None
        assert answer.picture is not None
        self._facts.show_description(answer.description, answer.picture.names)
        self._words.setText(self._spell(answer))
        self._picture.set_views([answer.picture])
        self._show_stack(answer)

    def _spell(self, answer: ExpressionResult) -> str:
        assert answer.description is not None
        preset = answer.question.preset
        parts = [translate("tensors", answer.description.words) + "."]
        if preset is not None:
            parts = [translate("tensors", preset.explanation), *parts]
        if answer.extent is not None:
            parts.append(spell_extent(answer.extent))
        if answer.picture is not None and answer.picture.channels:
            parts.append(self.tr("The last axis, channels, is drawn as colour."))
        if answer.picture is not None and not answer.picture.is_complete:
            parts.append(self.tr("Of long axes only the first and last places are drawn."))
        return " ".join(parts)

    def _show_stack(self, answer: ExpressionResult) -> None:
        self._stack_panel.setVisible(answer.stack is not None)
        if answer.stack is None or answer.selection is None:
            return
        self._stack.set_views([answer.stack])
        names = [axis_words().get(name, name) for name in AXES[answer.selection.name]]
        bars = [self._bar(name, axis) for name, axis in zip(names, answer.selection.axes, strict=True)]
        self._bars.set_bars(tuple(bars))

    def _bar(self, name: str, axis: AxisSelection) -> AxisBar:
        places = axis.places
        if not places:
            return AxisBar(name, fill(self.tr("none of {size:,}"), size=axis.size), 0, 0)
        first, last = min(places), max(places)
        words = self.tr("{first:,} of {size:,}") if len(places) == 1 else self.tr("{first:,} to {last:,} of {size:,}")
        if len(places) > 1 and abs(axis.step) > 1:
            words = self.tr("{first:,} to {last:,} of {size:,}, every {step}.")
        words = fill(words, first=first, last=last, size=axis.size, step=abs(axis.step))
        return AxisBar(name, words, first / axis.size, (last + 1) / axis.size)
