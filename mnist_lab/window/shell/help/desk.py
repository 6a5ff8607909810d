"""Where help is asked for: by F1, by What's This, and by the search; it outlives no rebuilding, its topic does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QWhatsThisClickedEvent
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.help import explaining
from mnist_lab.window.shell.help.explaining import WORD_LINK
from mnist_lab.window.shell.help.guide import Guide
from mnist_lab.window.shell.help.search_index import SearchIndex
from mnist_lab.window.shell.help.topic import Topic
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill

if TYPE_CHECKING:  # with its pictures it takes a tenth of a second to import: it waits until somebody asks
    from mnist_lab.window.shell.help.help_dialog import HelpDialog

_FIRST_WORD = "network"
"""What the glossary opens with where nothing is asked about."""


@dataclass
class HelpLook:
    """What outlives the window's parts: what the help dialog shows; None while it is closed."""

    topic: Topic | None = None


class HelpDesk(QObject):
    """Answers what a person asks of the window.

    Attributes:
        guide: leads to places.

    Signals:
        remark(str): a sentence for the learner.
    """

    remark = Signal(str)

    def __init__(self, lab: Lab, coach: Coach, window: QWidget) -> None:
        """`window` holds the pages; it goes with it."""
        super().__init__(window)
        self._window = window
        self._look = lab.views.of("Help").model("look", HelpLook)
        self.guide = Guide(lab.navigator, window)
        self.guide.missed.connect(self._on_missed)
        self._index = SearchIndex(lab, coach, self.guide, window)
        self._dialog: HelpDialog | None = None
        self._asked = QRect()
        window.installEventFilter(self)
        if self._look.topic is not None:
            QTimer.singleShot(0, self, self._reopen)  # once the window stands again

    # F1

    @Slot()
    def tell(self) -> None:
        """Say what is known of the control that has the keyboard; of none: open the glossary."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._window.isAncestorOf(focused)
        self.tell_about(focused if inside else None)

    def tell_about(self, widget: QWidget | None) -> None:
        """Say what is known of a widget, or of what it lies in."""
        ids = explaining.ids_of(widget)
        if widget is None or not ids:
            self._open(Topic((_FIRST_WORD,)))
            return
        while not explaining.title_of(widget) and not isinstance(widget.parentWidget(), Page | None):
            widget = cast(QWidget, widget.parentWidget())
        self._asked = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
        self._open(Topic(ids, explaining.title_of(widget), widget.toolTip()))
        QTimer.singleShot(0, self, self._clear_asked)  # once the dialog has its frame

    def show_word(self, word: str) -> None:
        """Open the glossary at an entry."""
        self._open(Topic((word,)))

    def _open(self, topic: Topic) -> None:
        from mnist_lab.window.shell.help.help_dialog import HelpDialog

        if self._dialog is None:
            dialog = HelpDialog(topic, self._window)
            dialog.show_wanted.connect(self._on_show_wanted)
            dialog.topic_changed.connect(self._on_topic)
            dialog.finished.connect(self._on_closed)
            self._dialog, self._look.topic = dialog, topic
            dialog.show()
        else:
            self._dialog.show_topic(topic)
            self._dialog.raise_()
        self._dialog.activateWindow()

    @Slot()
    def _reopen(self) -> None:
        if self._look.topic is not None and self._dialog is None:
            self._open(self._look.topic)

    @Slot(object)
    def _on_topic(self, topic: Topic) -> None:
        self._look.topic = topic

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = self._look.topic = None

    @Slot(str)
    def _on_show_wanted(self, word: str) -> None:
        """Turn to where a word can be seen; the dialog stands beside it, as far as there is room."""
        entry = explaining.entries()[word]
        self.guide.go(entry.place, entry.word.lights, takes_keyboard=False)
        QTimer.singleShot(0, self, self._clear_lit)  # once it is lit

    @Slot()
    def _clear_asked(self) -> None:
        self._make_way([self._asked])

    @Slot()
    def _clear_lit(self) -> None:
        self._make_way(self.guide.spotlight.lit)

    def _make_way(self, places: list[QRect]) -> None:
        """Move the dialog to the other side of the window where it covers one of these places in it."""
        dialog = self._dialog
        if dialog is None:
            return
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        covered = dialog.frameGeometry().translated(-corner)
        if any(covered.intersects(place) for place in places):
            is_left = places[0].center().x() < self._window.width() / 2
            room = self._window.width() - covered.width()
            dialog.move(corner.x() + (room if is_left else 0), dialog.pos().y())

    @Slot(str)
    def _on_missed(self, bringing: str) -> None:
        said = self.tr("It belongs here, but is not in sight now: it comes when there is something for it.")
        if bringing:
            said = fill(self.tr("It is not in sight now: it comes with “{control}”, which is lit."), control=bringing)
        self.remark.emit(said)

    # What's This

    @Slot()
    def ask_by_mouse(self) -> None:
        """Let the next click say what is clicked; what pages say of themselves is made anew before."""
        for page in self._window.findChildren(Page):
            if page.isVisible():
                explaining.explain(page)
        QWhatsThis.enterWhatsThisMode()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the links in what is said of a widget: they are passed on from it to what holds it."""
        if event.type() == QEvent.Type.Hide and watched is self._window:
            self.guide.put_out()
        if event.type() == QEvent.Type.WhatsThisClicked:
            word = cast(QWhatsThisClickedEvent, event).href().removeprefix(WORD_LINK)
            if word in explaining.entries():
                QWhatsThis.hideText()
                self.show_word(word)
                return True
        return super().eventFilter(watched, event)

    # Search

    def search(self, menus: Iterable[QAction]) -> None:
        """Let the person look for anything; `menus` are the entries of the menu bar."""
        from mnist_lab.window.shell.help.search_dialog import SearchDialog

        SearchDialog(self._index.things(menus, self.show_word), self._window).open()
