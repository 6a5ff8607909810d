"""Start by key or menu, whatever page is in view: asks where something would go, says where the run is to be seen."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mnist_lab.window import dialogs
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.steering import Steering

_PAGE = "trainPage"
"""Where a run is seen, and its button says what Start does."""


class StartAnywhere(QObject):
    """Starts a run, or lets the run, the race or the sweep that waits go on."""

    def __init__(self, lab: Lab, shown_page: Callable[[], str], window: QWidget) -> None:
        """`shown_page` gives the objectName of the page in view."""
        super().__init__(window)
        self._lab, self._shown_page, self._window = lab, shown_page, window
        self._steering = Steering(lab, self)

    def start(self) -> None:
        """Do it; ask first if a trained network would go, unless the button in view says so."""
        if self._steering.resume_several():
            return
        live = self._lab.live
        weights, is_said = live.weights, self._shown_page() == _PAGE
        if (
            weights is None
            or is_said
            or not self._lab.would_lose_network
            or dialogs.ask_to_begin_anew(self._window, weights.updates)
        ):
            goes_on = live.is_paused
            self._lab.start()
            if self._is_unseen():
                self._lab.offered.emit(self._offer(goes_on=goes_on))

    def _is_unseen(self) -> bool:
        """Whether a run goes on and could be seen on a page that is not in view; a lesson may leave that out."""
        lesson = coach_of(self._lab).lesson
        is_there = lesson is None or _PAGE not in lesson.hidden_pages
        return is_there and self._lab.live.is_training and self._shown_page() != _PAGE

    def _offer(self, *, goes_on: bool) -> Offer:
        words = self.tr("A new run begins, with the settings of the form on Train.")
        return Offer(
            self.tr("The run goes on.") if goes_on else words,
            self.tr("&Show it on Train"),
            self.tr("Turn to the page Train, where its curves grow."),
            lambda: self._lab.navigator.open(_PAGE),
            self._is_unseen,
            icon="ph.arrow-square-out",
        )
