"""How fast a run may go, with its label."""

from PySide6.QtWidgets import QWidget

from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.train.slow_motion_choice import SlowMotionChoice
from mnist_lab.window.widgets.fields.form_grid import FormGrid


class RunPace(FormGrid):
    """One row of a form.

    Attributes:
        choice: the speeds.
    """

    def __init__(self, chosen: float | None, parent: QWidget | None = None) -> None:
        """Show that `chosen` is the speed, in gradient updates a second; None: as many as can be done."""
        super().__init__(parent)
        self.choice = SlowMotionChoice(chosen, self)
        shows_state(self)
        self.add_field(
            self.choice,
            "slowMotion",
            self.tr("Slow &motion"),
            self.tr(
                "Train no faster than one can watch, batch by batch. It changes no number, and can be set any time."
            ),
        )
