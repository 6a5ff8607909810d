"""What was cut off when the lab ended last, by a crash or a lost battery: told with a way to go on, until declined."""

from collections.abc import Callable, Sequence

from pydantic import JsonValue
from PySide6.QtCore import QObject, Qt, Slot

from mnist_lab.runs.facts import RunRow
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill, spell_whole

_KEPT = "declined"
"""Ids of runs that are not to be offered again, in the view of this class: the next session has it."""


class InterruptedRuns(QObject):
    """Offers to go on with the runs that were interrupted, when the kept runs are first read."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        lab.shelf.checked.connect(self._on_checked, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _on_checked(self) -> None:
        interrupted = [row for row in self._lab.shelf.rows if row.state == "interrupted"]
        kept = self._lab.views.of(type(self).__name__).kept(_KEPT)
        declined = {run_id for run_id in kept if isinstance(run_id, str)} if isinstance(kept, list) else set()
        wanted = [row for row in interrupted if row.id not in declined]
        if wanted:
            self._lab.offered.emit(self._offer(wanted, lambda: self._decline(interrupted)))

    def _decline(self, rows: Sequence[RunRow]) -> None:
        """Never offer these again; the list names them as long as they are interrupted."""
        ids: list[JsonValue] = [row.id for row in rows]
        self._lab.views.of(type(self).__name__).keep(_KEPT, lambda: ids)

    def _offer(self, rows: Sequence[RunRow], decline: Callable[[], object]) -> Offer:
        if len(rows) > 1:
            return Offer(
                self.tr("%Ln run(s) were interrupted. Each can go on exactly where it was kept last.", "", len(rows)),
                self.tr("S&how them"),
                self.tr("Show the page of all runs, where each can go on."),
                lambda: self._lab.navigator.open("runsPage"),
                decline=decline,
            )
        (row,) = rows
        words = self.tr("1 run was interrupted: run {number}, after {updates:,} of {total:,} gradient updates.")
        return Offer(
            fill(words, number=spell_whole(row.number), updates=row.updates, total=row.total_updates),
            self.tr("&Go on"),
            self.tr("Let it go on where it was kept last, as if it had never been interrupted."),
            lambda: self._go_on(row.id),
            decline=decline,
        )

    def _go_on(self, run_id: str) -> None:
        self._lab.navigator.open("trainPage")
        self._lab.go_on_with(run_id)
