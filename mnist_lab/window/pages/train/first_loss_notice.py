"""What a run's first loss says, once there is one."""

from PySide6.QtWidgets import QWidget

from mnist_lab.runs.run import Run
from mnist_lab.studies.first_loss import CONTEXT, first_loss
from mnist_lab.window import translation
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill


class FirstLossNotice(Notice):
    """Tells the loss of the first batch beside ln 10; a line is kept for it, so that nothing moves when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstLoss")
        self.setToolTip(self.tr("The loss before the first update shows whether the initial weights suit the network."))
        self.reserve_lines(1)
        self._told: Run | None = None

    def show_run(self, run: Run) -> None:
        """Tell it of `run`; nothing before its first batch, and nothing where the network was trained before."""
        losses, start = run.history.losses.values, run.start_weights
        if not len(losses) or start is None or run.begins_trained:
            self.clear()
            return
        if run is self._told:
            return
        self._told = run
        sentences = first_loss(run.first_experiment, start, float(losses[0]))
        self.show_message(
            " ".join(fill(translation.translate(CONTEXT, one.template), **one.values) for one in sentences)
        )

    def clear(self) -> None:
        """Tell nothing, until there is a run again."""
        self._told = None
        super().clear()
