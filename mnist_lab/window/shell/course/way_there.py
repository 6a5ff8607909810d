"""The way to the page where the step in hand is done, from a page that the step does not speak of."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme, translation
from mnist_lab.window.pages import PAGES
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.words import fill

_TITLES = {spec.object_name: spec.title for spec in PAGES}


class WayThere(IconButton):
    """A button that names the page; it is there only while it leads anywhere."""

    def __init__(self, coach: Coach, parent: QWidget | None = None) -> None:
        super().__init__("ph.arrow-left", "", parent)
        self._coach = coach
        self.setObjectName("courseGoThere")
        self.setToolTip(self.tr("Turn to the page where this step is done."))
        theme.set_role(self, "slim")
        self.clicked.connect(coach.place_wanted)
        coach.looked.connect(self.look)
        coach.changed.connect(self.look)
        self.look()

    @Slot()
    def look(self) -> None:
        """Name the page where neither that nor another one that the step speaks of is in view."""
        course, page = self._coach.course, self._coach.state.page
        step = course.step
        is_wanted = bool(step.actions) and not course.is_reached and not self._coach.recalled
        is_away = is_wanted and page not in ("", step.place.page, *step.lights)
        words = fill(self.tr("Go to {page}"), page=translation.translate("pages", _TITLES[step.place.page]))
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
        self.setVisible(is_away)
