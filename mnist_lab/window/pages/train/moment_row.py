"""The row under the curves: how far the run is, and the way to any of its moments: play, slider, number."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolTip, QWidget

from mnist_lab.runs.run import Run, State
from mnist_lab.window import theme
from mnist_lab.window.moment_words import MomentWords
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.train.moment_slider import MomentSlider
from mnist_lab.window.state.film import SPEEDS
from mnist_lab.window.state.moment_stops import next_stop
from mnist_lab.window.widgets.basic.drop_down import DropDown, let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.words import fill

_EDGE = 9
"""From the slider's edge to the middle of its handle at the end, in logical pixels: there the bar ends."""
_LEAST_LENGTH = 80
_PROGRESS_STEPS = 120
_SPEED_LETTERS = 8


class MomentRow(QWidget):
    """Progress and slider lie over each other, as in a player of films. Until there is a run it only shows its room.

    Signals:
        wanted(int, bool): show the moment after so many updates; whether the learner has let go.
        play_pressed(): let the film run, or let it stand.
        speed_chosen(int): of the film, in gradient updates a second.
        problem_changed(str): what is wrong with the number that was typed; "" for nothing.
        left(): the part that has the keyboard is about to be disabled.
    """

    wanted = Signal(int, bool)
    play_pressed = Signal()
    speed_chosen = Signal(int)
    problem_changed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shows_state(self)
        self._words = MomentWords(self)
        self._run: Run | None = None
        self._is_placing = False
        self._play = named_button("momentPlay", "ph.play-fill", "", "", self)
        theme.set_role(self._play, "slim")
        self._progress, self._slider = self._make_progress(), self._make_slider()
        self._speed, self._number = self._make_speed(), self._make_number()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._play)
        layout.addWidget(self._speed)
        layout.addWidget(self._track(), 1)
        layout.addWidget(self._number)
        self._connect()
        self.show_film(is_running=False)
        self.clear()

    # Building

    def _make_progress(self) -> ProgressBar:
        progress = ProgressBar(self)
        progress.setObjectName("trainingProgress")
        progress.setAccessibleName(self.tr("Progress of the run"))
        progress.setToolTip(self.tr("Gradient updates done, of all updates of the run."))
        progress.setTextVisible(False)
        return progress

    def _make_slider(self) -> MomentSlider:
        slider = MomentSlider(self)
        slider.setAccessibleName(self.tr("Update that is looked at"))
        slider.setToolTip(
            self.tr(
                "Look at the network after any gradient update: drag, or press the arrow keys; Page keys go epoch by"
                " epoch, Home to the initial weights, End to now."
            )
        )
        slider.setMinimumWidth(_LEAST_LENGTH)
        slider.installEventFilter(self)
        return slider

    def _make_speed(self) -> DropDown:
        tip = self.tr("Speed of the film, in gradient updates a second; it goes as fast as the machine can.")
        speed = named_drop_down("momentSpeed", self.tr("Speed of the film"), tip, self)
        for updates in SPEEDS:
            speed.addItem(fill(self.tr("{:,} a second"), updates), updates)
        let_shrink(speed, _SPEED_LETTERS)
        theme.set_role(speed, "slim")
        return speed

    def _make_number(self) -> WholeNumberBox:
        number = WholeNumberBox(self)
        number.setObjectName("momentNumber")
        number.setAccessibleName(self.tr("Number of the update"))
        number.setToolTip(self.tr("Type the number of an update and press Enter: the pages show the network after it."))
        number.setKeyboardTracking(False)
        theme.set_role(number, "slim")
        return number

    def _track(self) -> QWidget:
        """The bar, and over it the slider."""
        track, bar = QWidget(self), QWidget(self)
        beside = QHBoxLayout(bar)
        beside.setContentsMargins(_EDGE, 0, _EDGE, 0)
        beside.addWidget(self._progress)
        layers = QStackedLayout(track)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(bar)
        layers.addWidget(self._slider)
        layers.setCurrentWidget(self._slider)
        return track

    def _connect(self) -> None:
        self._slider.moved.connect(self._on_moved)
        self._number.valueChanged.connect(self._on_number)
        self._number.problem_changed.connect(self.problem_changed)
        self._play.clicked.connect(self.play_pressed)
        self._speed.activated.connect(self._on_speed)

    # What is shown

    def show_what_comes(self, total_updates: int) -> None:
        """Before the first run: how many updates it has."""
        self._progress.setRange(0, total_updates)
        with QSignalBlocker(self._slider):
            self._slider.setMaximum(total_updates)

    def begin_run(self, run: Run) -> None:
        """Show a run that is another one than before, or has more epochs now."""
        self._progress.setRange(0, run.total_updates)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, run.total_updates)
            self._slider.setPageStep(run.updates_per_epoch)

    def is_due(self, run: Run | None) -> bool:
        """Whether the run is so much further that it can be seen: the row is laid out and painted anew."""
        if run is None or run is not self._run or not run.is_live or run.state is State.PAUSED:
            return True
        return run.updates - self._progress.value() >= run.total_updates // _PROGRESS_STEPS

    def show_progress(self, run: Run | None) -> None:
        """Show how far the run is; None: there is none."""
        self._run = run
        self._progress.setValue(0 if run is None else run.updates)

    def clear(self) -> None:
        """Be as before the first run."""
        self.show_progress(None)
        self.show_moment(None, 0)

    def show_moment(
        self, run: Run | None, last: int, updates: int | None = None, stops: tuple[int, ...] | None = None
    ) -> None:
        """Stand at an update of a run that has `last` so far; None: at now. Without a run one can go nowhere.

        `stops` are the only updates that can be looked at; None: any can.
        """
        focused = self.window().focusWidget()
        if run is None and focused is not None and self.isAncestorOf(focused):
            self.left.emit()  # else the keyboard would be with whatever comes next
        for part in (self._play, self._slider, self._number, self._speed):
            part.setEnabled(run is not None)
        self._slider.last, self._slider.stops = last, stops
        place = last if updates is None else updates
        self._slider.place(place)
        self._is_placing = True  # the field's own signal is not blocked: it judges by it what is typed
        self._number.setMaximum(last)
        if self._number.value() != place and not self._number.is_being_typed:
            self._number.setValue(place)
        self._is_placing = False
        self._slider.setAccessibleDescription("" if run is None else self._words.place(run, place))

    def show_film(self, *, is_running: bool) -> None:
        """Say on the button what it does."""
        words = self.tr("Pause the film") if is_running else self.tr("Play the film of learning")
        self._play.set_icon("ph.pause-fill" if is_running else "ph.play-fill")
        self._play.setAccessibleName(words)
        self._play.setToolTip(
            self.tr("Let the film of learning stand still.")
            if is_running
            else self.tr("Watch the network learn again, from here; from the initial weights where it is at its end.")
        )

    def show_speed(self, speed: int) -> None:
        """Show how fast the film goes."""
        self._speed.setCurrentIndex(self._speed.findData(speed))

    def take_keyboard(self) -> None:
        """Give the keyboard to the slider."""
        self._slider.setFocus()

    # What the learner does

    @Slot(int, bool)
    def _on_moved(self, updates: int, has_let_go: bool) -> None:
        if not has_let_go:
            above = self._slider.mapToGlobal(QPoint(0, -3 * self._slider.height())).y()
            self._tell_place(updates, QPoint(QCursor.pos().x(), above))  # it covers nothing that one watches
        self.wanted.emit(updates, has_let_go)

    @Slot(int)
    def _on_number(self, updates: int) -> None:
        if not self._is_placing:
            stops, place = self._slider.stops, self._slider.value()
            self.wanted.emit(updates if stops is None else next_stop(stops, place, updates), True)

    @Slot(int)
    def _on_speed(self, index: int) -> None:
        self.speed_chosen.emit(self._speed.itemData(index))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which update lies under the pointer (Qt installs this filter on the slider)."""
        is_asked = watched is self._slider and event.type() == QEvent.Type.ToolTip and self._run is not None
        if is_asked and isinstance(event, QHelpEvent):
            explanation = self._slider.toolTip()
            self._tell_place(self._slider.update_at(event.pos().x()), event.globalPos(), explanation)
            return True
        return super().eventFilter(watched, event)

    def _tell_place(self, updates: int, place: QPoint, explanation: str = "") -> None:
        if self._run is not None:
            words = self._words.place(self._run, updates)
            words = f"{words[0].upper()}{words[1:]}"
            QToolTip.showText(place, f"{words}\n{explanation}" if explanation else words, self._slider)
