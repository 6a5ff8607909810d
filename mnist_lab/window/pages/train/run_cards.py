"""The numbers of a run that matter, large."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from mnist_lab.network.events import Finished
from mnist_lab.runs.run import Run, State
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.basic.width_user import WidthUser
from mnist_lab.window.words import fill, spell_duration, spell_fixed, spell_percent, spell_whole

_LEAST_UPDATES, _LEAST_SECONDS = 10, 0.2
"""Before so many updates, and so much training, a speed would be a guess."""
_LEAST_WHOLE_SPEED = 10
_LONG_RUN = 1_000
"""From so many updates on their total stands in small type: twice in large type it leaves the other cards no room."""
_MINUTE = 60
_NARROW = 2
"""Cards beside each other where all four have no room."""
_USUAL_EPOCHS = 10
"""The cards have room for so many from the beginning."""


class RunCards(WidthUser):
    """Accuracy on the test or validation images, updates, speed, time left: in one row, or two by two for want of room.

    Attributes:
        columns: how many stand beside each other.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accuracy = StatCard(self.tr("test accuracy"), room="100.0 %", parent=self)
        self._widest = fill(self.tr("test accuracy, epoch {}"), _USUAL_EPOCHS)
        self._accuracy.keep_caption_room(self._widest)
        self._updates = StatCard(self.tr("gradient updates"), room="000 / 000", parent=self)
        self._speed = StatCard(self.tr("updates a second"), room="0,000", parent=self)
        self._left = StatCard(self.tr("left"), room="00 min", parent=self)
        self._name()
        self._cards = (self._accuracy, self._updates, self._speed, self._left)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL_GAP)
        self._grid.setVerticalSpacing(theme.SMALL_GAP)
        self._run: Run | None = None
        self._moment: int | None = None
        self.columns = 0
        self._stand(len(self._cards))

    def _name(self) -> None:
        self._accuracy.setObjectName("testAccuracyCard")
        self._accuracy.setToolTip(self._accuracy_tip(is_fair=True))
        self._updates.setObjectName("updatesCard")
        self._updates.setToolTip(self.tr("Gradient updates done, of all updates of the run."))
        self._speed.setObjectName("speedCard")
        self._speed.setToolTip(self.tr("Gradient updates a second, without preparing, validating and pauses."))
        self._left.setObjectName("timeLeftCard")
        self._left.setToolTip(self.tr("Time the remaining updates need at this speed; nothing while paused."))

    def _accuracy_tip(self, *, is_fair: bool) -> str:
        if is_fair:
            return self.tr("The share of images the network has never trained on that it gets right.")
        return self.tr(
            "The share of these images that it gets right; some of them it may have learned before this run."
        )

    # Where the cards stand

    def _stand(self, columns: int) -> None:
        """Put so many cards beside each other, each as wide as the others where there is room."""
        if columns == self.columns:
            return
        self.columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, columns))
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
            card.set_slim(columns == _NARROW)
        self.updateGeometry()

    def _least_width(self, columns: int) -> int:
        widths = [card.minimumSizeHint().width() for card in self._cards]
        return sum(max(widths[column::columns]) for column in range(columns)) + (columns - 1) * theme.SMALL_GAP

    def use_width(self) -> None:
        """Stand as the width allows."""
        self._stand(len(self._cards) if self._least_width(len(self._cards)) <= self.width() else _NARROW)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than two by two need."""
        return QSize(self._least_width(_NARROW), self._grid.totalMinimumSize().height())

    # What they show

    def show_run(self, run: Run | None) -> None:
        """Show the run's numbers, of the moment that is looked at; dashes before the first run."""
        self._run = run
        if run is None:
            for card in (self._accuracy, self._updates, self._speed, self._left):
                card.set_value("")
            self._accuracy.setToolTip(self._accuracy_tip(is_fair=True))
            return
        self._keep_room_for(run)
        measured = "test" if isinstance(run.outcome, Finished) else run.experiment.validation
        self._accuracy.setToolTip(self._accuracy_tip(is_fair=measured not in run.may_know))
        self._show_accuracy(run)
        self._show_updates(run)
        self._speed.set_value(self._speed_of(run))
        self._left.set_value(self._time_left(run))

    def show_moment(self, updates: int | None) -> None:
        """Show the numbers of the run as they were after so many updates; None: of now."""
        if updates != self._moment:
            self._moment = updates
            self.show_run(self._run)

    def _keep_room_for(self, run: Run) -> None:
        """The widest caption of the whole run has room from its beginning: while it trains no card moves."""
        widest = fill(self._epoch_words(run), max(run.experiment.epochs, _USUAL_EPOCHS))
        if widest != self._widest:
            self._widest = widest
            self._accuracy.keep_caption_room(widest)

    def _show_accuracy(self, run: Run) -> None:
        if isinstance(run.outcome, Finished) and self._moment is None:
            self._accuracy.set_caption(self.tr("test accuracy"))
            self._accuracy.set_value(spell_percent(run.outcome.test_accuracy))
            return
        on_test = run.experiment.validation == "test"
        at = run.updates if self._moment is None else self._moment
        measured = [epoch for epoch in run.history.epochs if epoch.updates <= at]
        if measured:
            self._accuracy.set_caption(fill(self._epoch_words(run), measured[-1].epoch))
            self._accuracy.set_value(spell_percent(measured[-1].validation_accuracy))
        else:
            self._accuracy.set_caption(self.tr("test accuracy") if on_test else self.tr("held-out accuracy"))
            self._accuracy.set_value("")

    def _epoch_words(self, run: Run) -> str:
        on_test = run.experiment.validation == "test"
        return self.tr("test accuracy, epoch {}") if on_test else self.tr("held-out accuracy, epoch {}")

    def _show_updates(self, run: Run) -> None:
        total = spell_whole(run.total_updates)
        done = spell_whole(run.updates if self._moment is None else self._moment)
        if run.total_updates < _LONG_RUN:
            self._updates.set_caption(self.tr("gradient updates"))
            self._updates.set_room(f"{total} / {total}")
            self._updates.set_value(f"{done} / {total}")
        else:
            self._updates.set_caption(fill(self.tr("of {} gradient updates"), total))
            self._updates.set_room(total)
            self._updates.set_value(done)

    @staticmethod
    def _speed_of(run: Run) -> str:
        speed = run.updates_per_second
        own = run.updates - run.taken_over[0]
        if own < _LEAST_UPDATES or not speed:  # a run that goes on has updates, and no speed at first
            return ""
        return spell_fixed(speed, 0) if speed >= _LEAST_WHOLE_SPEED else spell_fixed(speed, 1)

    def _time_left(self, run: Run) -> str:
        is_known = run.state is State.TRAINING and run.training_seconds >= _LEAST_SECONDS
        if not self._speed_of(run) or run.seconds_left is None or not is_known:
            return ""
        minutes = round(run.seconds_left / _MINUTE)
        if round(run.seconds_left) < _MINUTE or minutes >= _MINUTE:
            return spell_duration(run.seconds_left, tenths=False)
        return fill(self.tr("{} min"), minutes)  # an estimate: seconds beside minutes would take room for nothing
