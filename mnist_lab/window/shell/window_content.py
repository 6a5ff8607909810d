"""What fills the window below its menus."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.page_area import PageArea
from mnist_lab.window.shell.page_list import PageList
from mnist_lab.window.shell.page_stack import PageStack
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.state.coach import VIEW, Coach
from mnist_lab.window.state.lab import Lab


class WindowContent(QWidget):
    """The list of pages, the page at hand, and the line at the bottom; the banner lies over them, so nothing moves.

    Attributes:
        page_list: at the left.
        pages: beside it.
        coach: leads through the course.
        status_line: below.
    """

    def __init__(self, lab: Lab, banner: QWidget, shown_page: Callable[[], str], parent: QWidget) -> None:
        """`shown_page` gives the objectName of the page in view."""
        super().__init__(parent)
        self.page_list = PageList(self)
        self.pages = PageStack(lab, self)
        self.status_line = StatusLine(lab, self)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.page_list)
        top.addWidget(PageArea(self.pages, self), 1)
        self.coach = lab.views.of(VIEW).model("coach", lambda: Coach(lab, shown_page))
        top.addWidget(CoursePanel(self.coach, self, self))
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.setRowStretch(0, 1)
        whole.addLayout(top, 0, 0)
        whole.addWidget(self.status_line, 1, 0)
        whole.addWidget(banner, 0, 0, 2, 1, Qt.AlignmentFlag.AlignBottom)
        banner.raise_()
