"""What a new home begins with: the course is offered once, in the banner, and blocks nothing."""

from PySide6.QtCore import QObject, Slot

from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer


class FirstOffer(QObject):
    """Offers the course to who opens the lab for the first time; never again, whatever the answer is."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        coach = coach_of(lab)
        if not coach.course.progress.was_offered:
            coach.note_offered()
            lab.offered.emit(self._offer())

    def _offer(self) -> Offer:
        return Offer(
            self.tr("Welcome! The course leads you step by step, from a first network to how it learns."),
            self.tr("Begin the course"),
            self.tr("Open the course at the right of the window; you can close it at any time."),
            self._begin,
            lambda: not coach_of(self._lab).is_open,
            lambda: None,  # it is put away, and that is all
            self.tr("Loo&k around"),
            self.tr("Find out by yourself. The course begins whenever you press Course, below the list of pages."),
            "ph.graduation-cap",
            is_primary=True,
        )

    @Slot()
    def _begin(self) -> None:
        coach_of(self._lab).begin()
