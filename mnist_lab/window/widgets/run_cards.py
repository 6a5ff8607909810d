"""The numbers of a run that matter, large."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.network.events import Finished
from mnist_lab.runs.run import Run
from mnist_lab.window import theme
from mnist_lab.window.widgets.stat_card import StatCard

_MINUTE = 60


class RunCards(QWidget):
    """Accuracy on the test or validation images, updates, speed, time left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accuracy = StatCard(self.tr("test accuracy"), room="0.0000", parent=self)
        self._updates = StatCard(self.tr("gradient updates"), room="0,000 / 0,000", parent=self)
        self._speed = StatCard(self.tr("updates a second"), room="0,000", parent=self)
        self._left = StatCard(self.tr("left"), room="00 min 00 s", parent=self)
        self._name()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for card in (self._accuracy, self._updates, self._speed, self._left):
            layout.addWidget(card, 1)

    def _name(self) -> None:
        self._accuracy.setObjectName("testAccuracyCard")
        self._accuracy.setToolTip(self.tr("The share of images the network has never trained on that it gets right."))
        self._updates.setObjectName("updatesCard")
        self._updates.setToolTip(self.tr("Gradient updates done, of all updates of the run."))
        self._speed.setObjectName("speedCard")
        self._speed.setToolTip(self.tr("Gradient updates a second, without preparing, validating and pauses."))
        self._left.setObjectName("timeLeftCard")
        self._left.setToolTip(self.tr("Time the remaining updates need at this speed."))

    def show_run(self, run: Run | None) -> None:
        """Show the run's numbers; dashes before the first run."""
        if run is None:
            return
        self._show_accuracy(run)
        self._updates.set_room(f"{run.total_updates:,} / {run.total_updates:,}")
        self._updates.set_value(f"{run.updates:,} / {run.total_updates:,}")
        self._speed.set_value(f"{run.updates_per_second:,.0f}" if run.updates else "")
        self._left.set_value(self._time_left(run))

    def _show_accuracy(self, run: Run) -> None:
        if isinstance(run.outcome, Finished):
            self._accuracy.set_caption(self.tr("test accuracy"))
            self._accuracy.set_value(f"{run.outcome.test_accuracy:.4f}")
            return
        on_test = run.experiment.validation == "test"
        epochs = run.history.epochs
        if epochs:
            words = self.tr("test accuracy, epoch {}") if on_test else self.tr("held-out accuracy, epoch {}")
            self._accuracy.set_caption(words.format(epochs[-1].epoch))
            self._accuracy.set_value(f"{epochs[-1].validation_accuracy:.4f}")
        else:
            self._accuracy.set_caption(self.tr("test accuracy") if on_test else self.tr("held-out accuracy"))
            self._accuracy.set_value("")

    def _time_left(self, run: Run) -> str:
        if run.seconds_left is None or not run.is_live:
            return ""
        minutes, seconds = divmod(round(run.seconds_left), _MINUTE)
        return self.tr("{} min {} s").format(minutes, seconds) if minutes else self.tr("{} s").format(seconds)
