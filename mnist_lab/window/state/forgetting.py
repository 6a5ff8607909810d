"""Forget a run: it goes to the lab's bin, and nothing shows it any more until that is taken back."""

from PySide6.QtCore import QObject, Slot

from mnist_lab.window.state.lab import Lab


class Forgetting(QObject):
    """Takes the run that is looked at away, and brings it back when it is in the list again.

    It is a model of the page that offers it: it stays when the page goes.
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self._forgotten = ""
        lab.shelf.changed.connect(self._on_shelf_changed)

    @property
    def can_forget(self) -> bool:
        """Whether the run that is looked at is kept, and has ended."""
        run = self._lab.run
        row = None if run is None or run.is_live else self._lab.shelf.row(run.id)
        return row is not None and row.state != "running"

    @Slot()
    def forget(self) -> None:
        """Lay the run into the bin, which the shelf offers to undo, and look at the run that goes on, or at nothing."""
        lab, run = self._lab, self._lab.run
        if run is None or not self.can_forget:
            return
        if lab.live.is_looked_at or lab.live.run is None:
            lab.look_at_nothing()
        else:
            lab.live.look_here()
            lab.look.previous = None  # it is the one that is to be forgotten
        lab.shelf.delete([run.id])
        self._forgotten = run.id

    @Slot()
    def _on_shelf_changed(self) -> None:
        """Look at it again once it is back, unless something else is looked at by now."""
        if self._forgotten and self._lab.shelf.row(self._forgotten) is not None:
            run_id, self._forgotten = self._forgotten, ""
            if self._lab.run is None:
                self._lab.open_run(run_id)
