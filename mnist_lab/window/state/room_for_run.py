"""Room for a new run: a step of the course that speaks of a first batch begins where no run is looked at."""

from functools import partial

from PySide6.QtCore import QObject

from mnist_lab.window.run_names import run_title
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill


class RoomForRun(QObject):
    """Lays the run that is looked at aside, once; it stays on Runs, and can be had back at once."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self._in_the_way = ""  # the id of the run that is to go, whether it has ended or not

    def want(self, *, is_wanted: bool) -> None:
        """From now on there is to be room, or need not be. A run that is only about to be opened is in the way, too."""
        run = self._lab.run
        in_the_way = self._lab.look.coming if run is None else run.id if run.updates else ""
        self._in_the_way = in_the_way if is_wanted else ""

    def look(self) -> None:
        """Make room as soon as that can be: not while a run goes on, nor where one would be lost."""
        lab, run = self._lab, self._lab.run
        is_coming = run is None and bool(lab.look.coming)
        if not self._in_the_way or is_coming or lab.live.is_training or lab.would_lose_network:
            return
        is_in_the_way, self._in_the_way = run is not None and run.id == self._in_the_way, ""
        if run is not None and is_in_the_way:  # else the learner has turned to another one since
            lab.look_at_nothing()
            lab.offered.emit(self._offer(run.id, run_title(run.number)))

    def _offer(self, run_id: str, title: str) -> Offer:
        lab = self._lab
        return Offer(
            fill(self.tr("This step begins with a new run. {run} stays on Runs."), run=title),
            fill(self.tr("&Show {run}"), run=title),
            self.tr("Look at that run again, in place of a new one."),
            partial(lab.open_run, run_id),
            lambda: lab.run is None and lab.shelf.row(run_id) is not None,
        )
