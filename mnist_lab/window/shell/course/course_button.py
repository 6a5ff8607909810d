"""Below the list of pages: opens and closes the course."""

from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton


class CourseButton(IconButton):
    """A button that stays pressed while the course is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ph.graduation-cap", self.tr("Course"), parent)
        self.setObjectName("courseButton")
        self.setAccessibleName(self.tr("Course"))
        self.setToolTip(self.tr("Open or close the course, which leads you through the lab step by step (Ctrl+L)."))
        self.setCheckable(True)

    def set_compact(self, on: bool) -> None:
        """Show the icon alone, or the word, too."""
        words = "" if on else self.tr("Course")
        if self.text() != words:
            self.setText(words)
            theme.set_role(self, "compact" if on else "")
