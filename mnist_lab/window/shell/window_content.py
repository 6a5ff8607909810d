"""What fills the window below its menus."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.shell.course.course_button import CourseButton
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.help.desk import HelpDesk
from mnist_lab.window.shell.help.explaining import explain
from mnist_lab.window.shell.moment_sign import MomentSign
from mnist_lab.window.shell.page_area import PageArea
from mnist_lab.window.shell.page_list import PageList
from mnist_lab.window.shell.page_stack import PageStack
from mnist_lab.window.shell.picture_desk import PictureDesk
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.state.coach import VIEW, Coach
from mnist_lab.window.state.lab import Lab

_WIDE = 1320
"""Logical pixels of a window in which most pages fit beside both the course and the names in the list."""


class WindowContent(QWidget):
    """The list of pages, the page at hand, the course, and the line at the bottom.

    The banner lies over them, so nothing moves.

    Attributes:
        page_list: at the left.
        pages: beside it.
        coach: leads through the course.
        help: answers questions about anything in the window.
        pictures: takes pictures of the page, and of what is on it.
        status_line: below.
    """

    def __init__(
        self, lab: Lab, banner: Banner, shown_page: Callable[[], str], parent: QWidget, *, is_projected: bool = False
    ) -> None:
        """`shown_page` gives the objectName of the page in view; where it is projected, only what matters is shown."""
        super().__init__(parent)
        self._is_projected = is_projected
        self._lab = lab
        self.page_list = PageList(self)
        self.pages = PageStack(lab, self)
        self.status_line = StatusLine(lab, self)
        self.coach = lab.views.of(VIEW).model("coach", lambda: Coach(lab, shown_page))
        self._button = CourseButton(self)
        self._panel = CoursePanel(self.coach, self, self)
        self.pages.made.connect(self._panel.keep_tab_order)
        self.help = HelpDesk(lab, self.coach, self)
        self.help.remark.connect(banner.show_remark)
        self.pictures = PictureDesk(lab, self.pages, self)
        self._banner = banner
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, theme.GAP)
        left.setSpacing(theme.GAP)
        left.addWidget(self.page_list, 1)
        left.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addLayout(left)
        top.addLayout(self._middle(), 1)
        top.addWidget(self._panel)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.setRowStretch(0, 1)
        whole.addLayout(top, 0, 0)
        whole.addWidget(self.status_line, 1, 0)
        whole.addWidget(banner, 0, 0, 2, 1, Qt.AlignmentFlag.AlignBottom)
        banner.raise_()
        self.status_line.setVisible(not is_projected)
        if not is_projected:
            # Else a message would cover the page's last strip; each page keeps a gap free below itself.
            whole.setRowMinimumHeight(1, banner.line_height - theme.GAP)
        self._button.clicked.connect(self.toggle_course)
        self._panel.left.connect(self._focus_page)
        self.coach.changed.connect(self._on_coach_changed)
        self._on_coach_changed()
        explain(self.status_line)

    def _middle(self) -> QVBoxLayout:
        """The page at hand, and above it where in time one looks."""
        column = QVBoxLayout()
        column.setSpacing(0)
        sign = MomentSign(self._lab, self.pages, self)
        sign.left.connect(self._focus_page)
        explain(sign)
        column.addWidget(sign)
        column.addWidget(PageArea(self.pages, self), 1)
        return column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to now by Escape, where neither a page nor a message wants that key; open the menu of a picture."""
        is_wanted = event.key() == Qt.Key.Key_Escape and self._lab.time.is_away and self._banner.isHidden()
        if is_wanted:
            self._lab.time.back_to_now()
        elif not (_opens_menu(event) and self.pictures.open_menu_by_key()):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the picture that was clicked, or that has the keyboard; others have none of this kind."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            event.setAccepted(self.pictures.open_menu_by_key())
        else:
            event.setAccepted(self.pictures.open_menu(self.childAt(event.pos()), event.globalPos()))

    # The course

    @Slot()
    def toggle_course(self) -> None:
        """Open the course, with the keyboard there and the page of its step in view, or close it."""
        if not self.coach.is_open:
            self.coach.begin()
            self._panel.first_focus().setFocus()
            return
        had_keyboard = self._panel.has_keyboard
        self.coach.close()
        if had_keyboard:
            self._focus_page()

    @Slot()
    def turn_keyboard(self) -> None:
        """Give the keyboard to the course, or back to the page."""
        if self._panel.has_keyboard:
            self._focus_page()
        else:
            self._panel.first_focus().setFocus()

    @Slot()
    def _focus_page(self) -> None:
        """Give the keyboard to what had it last on the page."""
        page = self.pages.currentWidget()
        if isinstance(page, Page):
            (page.focusWidget() or page.first_focus()).setFocus()

    @Slot()
    def _on_coach_changed(self) -> None:
        lesson = self.coach.lesson
        self._button.setChecked(self.coach.is_open)
        self.page_list.hide_pages(() if lesson is None else lesson.hidden_pages)
        self._banner.look()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the page have the room of the names in the list, where the course takes it from the page."""
        is_narrow = self.width() < theme.fonts.scaled(_WIDE)
        is_compact = self._is_projected or (self.coach.is_open and is_narrow)
        self._panel.set_narrow(is_narrow)
        self.page_list.set_compact(is_compact)
        self._button.set_compact(is_compact)


def _opens_menu(event: QKeyEvent) -> bool:
    """Whether it is a key of menus: not every system makes an event for menus of it."""
    is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and is_shifted)
