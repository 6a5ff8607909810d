"""A sign above every page while one looks at an earlier moment of a run: which, play, and the way back to now."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QWidget

from mnist_lab.window import theme
from mnist_lab.window.moment_words import MomentWords
from mnist_lab.window.pages import PAGES
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.notice import Notice

_OWN_SIGN = "trainPage"
"""Says it itself, beside the slider: a sign that comes above it would move what one drags."""
_LARGE_TEXT = 140
"""In percent: from there on what that page says may be scrolled out of sight."""
_SUBJECTS = frozenset((Subject.MOMENT, Subject.RUN, Subject.RUNS))


class MomentSign(QFrame):
    """Takes no room while one looks at now.

    Signals:
        left(): it goes, and had the keyboard.
    """

    left = Signal()

    def __init__(self, lab: Lab, pages: QStackedWidget, parent: QWidget | None = None) -> None:
        """`pages` are those below, in the order of `PAGES`."""
        super().__init__(parent)
        self._lab, self._words = lab, MomentWords(self)
        self._pages = pages
        self.setObjectName("momentSign")
        self._notice = Notice(self)
        self._notice.setObjectName("momentNotice")
        self._play = named_button("momentSignPlayButton", "ph.play-fill", self.tr("Play"), "", self)
        self._back = named_button(
            "momentSignBackButton",
            "ph.clock-clockwise",
            self.tr("Back to now"),
            self.tr("Show the run as it is now again, on all pages (Esc)."),
            self,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._notice, 1)
        for button in (self._play, self._back):
            theme.set_role(button, "slim")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
            layout.addWidget(button)
        self._play.clicked.connect(self._on_play)
        self._back.clicked.connect(lab.time.back_to_now)
        lab.changed.connect(self._on_changed)
        pages.currentChanged.connect(self.refresh)
        self.refresh()

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if subjects & _SUBJECTS:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say where in time one looks now."""
        time = self._lab.time
        has_own = PAGES[self._pages.currentIndex()].object_name == _OWN_SIGN
        if not time.is_away or (has_own and theme.fonts.text_size() < _LARGE_TEXT):
            focused = QApplication.focusWidget()
            had_keyboard = focused is not None and self.isAncestorOf(focused)
            self.hide()
            if had_keyboard:
                self.left.emit()
            return
        self._notice.show_message(self._words.sign(self._lab))
        is_running = time.film.is_running
        self._play.set_icon("ph.pause-fill" if is_running else "ph.play-fill")
        self._play.setText(self.tr("Pause") if is_running else self.tr("Play"))
        self._play.setAccessibleName(self.tr("Pause the film") if is_running else self.tr("Play the film of learning"))
        self._play.setToolTip(
            self.tr("Let the film of learning stand still.")
            if is_running
            else self.tr("Watch the network learn again on this page, from here to now.")
        )
        self.show()

    @Slot()
    def _on_play(self) -> None:
        time = self._lab.time
        if time.film.is_running:
            time.pause()
        else:
            time.play()
