"""A plain line while another run is looked at than the one that goes on, or went on last: which, and the way back."""

from html import escape

from PySide6.QtWidgets import QWidget

from mnist_lab.runs.run import Run
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill, spell_whole

_BACK = "back"


class LookedRun(Notice):
    """Says that a kept run was opened; its link looks at the run of now again."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lookedRun")
        self.setToolTip(self.tr("Which run the pages show, while another one goes on or was trained last."))
        self._lab = lab
        self.link_activated.connect(lambda _address: lab.live.look_here())

    def refresh(self) -> None:
        """Show it as it is now."""
        run, live = self._lab.run, self._lab.live
        if run is None or live.run is None or live.is_looked_at:
            self.clear()
            return
        if live.is_training:
            back = self.tr("Back to the run that goes on")
        elif live.run.number is None:
            back = self.tr("Back to the run that was trained last")
        else:
            back = fill(self.tr("Back to run {number}"), number=spell_whole(live.run.number))
        words = fill(self.tr("You look at {run}."), run=self._name(run))
        self.show_message(f'{escape(words)} <a href="{_BACK}">{escape(back)}</a>', has_links=True)

    def _name(self, run: Run) -> str:
        if run.number is None:
            return self.tr("another run")
        name = fill(self.tr("run {number}"), number=spell_whole(run.number))
        return f"{name}, “{run.name}”" if run.name else name
