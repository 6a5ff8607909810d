"""One gradient update under the microscope: five steps with the real tensors of the run."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.naive.needs_network import NeedsNetwork
from mnist_lab.window.pages.descent.update.batch_picture import BatchPicture
from mnist_lab.window.pages.descent.update.update_facts import tell_update
from mnist_lab.window.pages.descent.update.update_pictures import ForwardPicture, LossPicture
from mnist_lab.window.pages.descent.update.update_words import UpdateWords
from mnist_lab.window.pages.descent.update.watched_update import WatchedUpdate
from mnist_lab.window.pages.descent.update.weight_pictures import GradientPicture, StepPicture
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.next_update import has_next_update, train_or_show_next
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.words import fill, spell_whole

_STORY_LINES = 3
_DRAW, _FORWARD, _LOSS, _GRADIENT, _STEP = range(5)


class UpdateTab(QWidget):
    """Shows the update that was last looked at closely, and can train one more."""

    def __init__(self, lab: Lab, view: View, parent: QWidget | None = None) -> None:
        """What is shown lives in `view`."""
        super().__init__(parent)
        self._lab = lab
        self._is_seen = False
        self._watched = watched = view.model("watchedUpdate", lambda: WatchedUpdate(lab))
        view.tell("shownUpdate", lambda: watched.fact)
        tell_update(view, self._watched)
        self._stale = set(range(5))
        self._words = UpdateWords(self)
        self._bar = StageBar("updateStage", self._words.steps(), self.tr("Next step"), self)
        self._make_controls()
        self._make_pictures()
        self._lay_out()
        self._connect()

    def _make_controls(self) -> None:
        self._story = reserve_lines(paragraph("updateStory"), _STORY_LINES)
        self._layer = DropDown()
        shows_state(self._layer)
        self._unit = WholeNumberBox(minimum=0, maximum=0)
        self._form = FormGrid()
        self._form.add_field(self._layer, "updateLayer", self.tr("Layer"), self.tr("Whose weights are shown."))
        self._form.add_field(
            self._unit, "updateUnit", self.tr("Unit"), self.tr("Which unit of the layer, counted from 0.")
        )
        self._train_one = IconButton("ph.skip-forward")
        self._train_one.setObjectName("updateTrainOne")
        self._watch_next = IconButton("ph.eye", self.tr("Look at the next one"))
        self._watch_next.setObjectName("updateWatchNext")
        self._watch_next.setToolTip(self.tr("Catch the next update of the run that is training, without stopping it."))
        self._agreement = Notice()
        self._agreement.setObjectName("updateAgreement")
        self._say_what_comes()

    def _make_pictures(self) -> None:
        self._batch = BatchPicture(self._watched.batch, self)
        self._forward = ForwardPicture(self)
        self._loss = LossPicture(self)
        self._gradient = GradientPicture(self)
        self._step = StepPicture(self)
        self._steps = QStackedWidget(self)
        for picture in (self._batch, self._forward, self._loss, self._gradient, self._step):
            self._steps.addWidget(picture)

    def _lay_out(self) -> None:
        controls = ScrollColumn(
            "updateControls",
            self._story,
            self._train_one,
            self._watch_next,
            self._agreement,
            self._form,  # last, as not every step has it: the buttons stay where they are
            parent=self,
        )
        keep_controls_width(controls)
        steps = QWidget(self)
        beside = QHBoxLayout(steps)
        beside.setContentsMargins(0, theme.GAP, 0, 0)
        beside.setSpacing(theme.LARGE_GAP)
        beside.addWidget(controls)
        beside.addWidget(self._steps, 1)
        why = self.tr("One gradient update in five steps, with the real numbers of your network.")
        self._needs = NeedsNetwork("update", self._lab, why, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(steps)
        self._stack.addWidget(self._needs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._bar.stage_changed.connect(self._show_step)
        self._layer.currentIndexChanged.connect(self._on_layer)
        self._unit.valueChanged.connect(self._on_unit)
        self._gradient.unit_chosen.connect(self._unit.setValue)
        self._train_one.clicked.connect(self._on_train_one)
        self._watch_next.clicked.connect(self._lab.live.request_update)
        self._watched.changed.connect(self._show_numbers)
        self._show_numbers()

    # What the page tells

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if Subject.UPDATE in subjects:
            self._watched.follow()
        if subjects & {Subject.UPDATE, Subject.RUN, Subject.KERAS, Subject.DATA, Subject.MOMENT}:
            self._needs.refresh()
            self._say_what_comes()
            self._watch_next.setEnabled(self._lab.live.is_training and not self._lab.live.is_paused)

    def _say_what_comes(self) -> None:
        """Name the next update: at an earlier moment it is known, else it is to be trained."""
        is_known = has_next_update(self._lab)
        self._train_one.setText(self.tr("Show the next update") if is_known else self.tr("Train one batch and look"))
        self._train_one.setAccessibleName(self._train_one.text())
        self._train_one.setToolTip(
            self.tr("Show the update after this one, as the run made it. Nothing is trained.")
            if is_known
            else self.tr(
                "Train exactly one batch, then wait: of the run that is there, also if it has ended; else of a new one."
            )
        )

    def set_seen(self, seen: bool) -> None:
        """Compute only while the tab is seen."""
        if seen != self._is_seen:
            self._is_seen = seen
            self._watched.watch(seen)

    # What happens

    @Slot()
    def _on_train_one(self) -> None:
        train_or_show_next(self._lab)

    @Slot(int)
    def _on_layer(self, layer: int) -> None:
        numbers = self._watched.numbers
        if numbers is None or layer < 0:
            return
        self._watched.choose_layer(layer)
        self._show_choice(numbers)
        self._show_other_weights()

    @Slot(int)
    def _on_unit(self, unit: int) -> None:
        self._watched.unit = unit
        self._show_other_weights()

    def _show_other_weights(self) -> None:
        self._stale |= {_GRADIENT, _STEP}
        self._show_step()

    @Slot()
    def _show_numbers(self) -> None:
        numbers = self._watched.numbers
        self._stack.setCurrentIndex(1 if numbers is None else 0)
        self._bar.setEnabled(numbers is not None)
        if numbers is None:
            return
        self._stale = set(range(5))
        self._offer_layers(numbers)
        self._agreement.show_message(*self._words.agreement(numbers))
        self._show_step()

    def _offer_layers(self, numbers: UpdateNumbers) -> None:
        words, offered = self.tr("{place}: {inputs} × {units}"), []
        for place, layer in enumerate(numbers.layers):
            inputs, units = layer.before.kernel.shape
            offered.append(fill(words, place=place + 1, inputs=spell_whole(inputs), units=spell_whole(units)))
        is_known = offered == [self._layer.itemText(place) for place in range(self._layer.count())]
        if not is_known:
            with QSignalBlocker(self._layer):
                self._layer.clear()
                self._layer.addItems(offered)
        shown = (self._layer.currentIndex(), self._unit.value())
        if not is_known or shown != (self._watched.layer, self._watched.unit):
            self._show_choice(numbers)

    def _show_choice(self, numbers: UpdateNumbers) -> None:
        """Let the fields show which layer and unit are chosen."""
        layer, unit = self._watched.layer, self._watched.unit
        with QSignalBlocker(self._layer):
            self._layer.setCurrentIndex(layer)
        self._unit.setRange(0, numbers.layers[layer].before.bias.size - 1)  # may change the unit of now
        self._unit.setValue(unit)

    @Slot()
    def _show_step(self) -> None:
        numbers, step = self._watched.numbers, self._bar.current
        self._steps.setCurrentIndex(step)
        self._form.setVisible(step in (_GRADIENT, _STEP))
        if numbers is None:
            return
        self._story.setText(self._words.story(step, numbers))
        if step not in self._stale:
            return
        self._stale.discard(step)
        layer, unit = self._watched.layer, self._watched.unit
        if step == _DRAW:
            self._batch.show_numbers(numbers)
        elif step == _FORWARD:
            self._forward.show_numbers(numbers)
        elif step == _LOSS:
            self._loss.show_numbers(numbers)
        elif step == _GRADIENT:
            self._gradient.show_numbers(numbers, layer, unit)
        else:
            self._step.show_numbers(numbers, layer, unit)
