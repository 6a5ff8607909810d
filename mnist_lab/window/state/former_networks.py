"""What earlier versions of the lab kept as networks joins the kept runs, in the background, once these are read."""

import os

from PySide6.QtCore import QObject, Qt, Slot

from mnist_lab.runs.takeover import networks_folder, take_over_networks
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle


class FormerNetworks(QObject):
    """Takes over the networks of earlier versions, and tells of each file that cannot be."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        lab.shelf.checked.connect(self._on_checked, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _on_checked(self) -> None:
        if os.path.lexists(networks_folder()):  # unlike `Path.exists`, never raises
            Job(self._lab, self._take_over, self._receive).start()

    def _take_over(self, handle: JobHandle) -> tuple[int, list[LabError]]:
        return take_over_networks(networks_folder(), self._lab.store, lambda: handle.is_cancelled)

    def _receive(self, taken: tuple[int, list[LabError]]) -> None:
        count, problems = taken
        for error in problems:
            self._lab.problem.emit(translation.sentence(error))
        if count:
            self._lab.shelf.refresh()
