"""The main window: list of pages, pages, menus, the line at the bottom; it owns the lab and ends its threads."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QWidget
from shiboken6 import delete

from mnist_lab import __version__
from mnist_lab.arguments import LEAST_HEIGHT, LEAST_WIDTH
from mnist_lab.data.places import lab_home
from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.window import dialogs, translation
from mnist_lab.window.last_folders import LastFolders
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.appearance import Appearance
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.shell.file_actions import FileActions
from mnist_lab.window.shell.first_paint import FirstPaint
from mnist_lab.window.shell.fitting import fit_screen, place_window
from mnist_lab.window.shell.interrupted_runs import InterruptedRuns
from mnist_lab.window.shell.menus import Menus, WindowActions
from mnist_lab.window.shell.start_anywhere import StartAnywhere
from mnist_lab.window.shell.start_over import StartOver
from mnist_lab.window.shell.window_content import WindowContent
from mnist_lab.window.state.former_networks import FormerNetworks
from mnist_lab.window.state.garbage import GarbageCollector
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.last_session import LastSession
from mnist_lab.window.state.run_budget import RunBudget

_logger = logging.getLogger(__name__)

_FIRST_PAGE = "trainPage"
"""What a newcomer sees first: Start."""


class MainWindow(QMainWindow):
    """The window of the lab.

    Attributes:
        lab: its state.
    """

    def __init__(
        self, data_choice: str | None = None, experiment: Experiment | None = None, settings_file: Path | None = None
    ) -> None:
        """Begin as it was left, but for what is named; `settings_file` and the last session are in the lab's home.

        `data_choice` is loaded once it is shown. Session and runs are kept beside a `settings_file` of one's own.
        """
        super().__init__()
        self._has_begun = False
        self._asks = True
        settings_path = settings_file or lab_home() / "settings.ini"
        self._settings = SettingsFile(settings_path)
        self._last = LastSession(settings_path.with_name("last_session.json"), self)
        self._data_choice = self._last.data_choice(data_choice)
        self.lab = Lab(self._last.experiment(experiment), self, None if settings_file is None else settings_path.parent)
        self._last.restore(self.lab, self._shown_page)
        self._garbage = GarbageCollector(self.lab)
        self._appearance = Appearance(self._settings, self)
        self._files = FileActions(self.lab, self)
        self._start_over = StartOver(self.lab, self._last, self._settings, self._appearance, self)
        self._banner = Banner(self.lab, self)
        self._starting = StartAnywhere(self.lab, self._shown_page, self)
        FormerNetworks(self.lab)
        InterruptedRuns(self.lab)
        RunBudget(self._settings, self.lab.shelf)
        LastFolders(self._settings, self).problem.connect(self.lab.problem)
        self.setWindowTitle("MNIST Lab")
        self.setObjectName("mainWindow")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self._make_parts()
        self._connect_parts()
        self._connect()
        place_window(self, self._settings.word("geometry"))
        self._opening_size = self.size()
        known = [spec.object_name for spec in PAGES]
        self.show_page_named(self._last.page if self._last.page in known else _FIRST_PAGE)

    # Building

    def _make_parts(self) -> None:
        is_projected = self._appearance.is_projected
        content = WindowContent(self.lab, self._banner, self._shown_page, self, is_projected=is_projected)
        self._page_list, self._pages, self._status_line = content.page_list, content.pages, content.status_line
        self.setCentralWidget(content)
        actions = WindowActions(
            self.start,
            self._files,
            self.quit,
            self.show_page,
            self._appearance,
            content,
            self.toggle_full_screen,
            self._shown_page,
            self._start_over,
            self.tell_about,
        )
        self.setMenuBar(QMenuBar(self))
        self._menus = Menus(self.menuBar(), self.lab, actions)
        self._show_theme()
        self._menus.show_full_screen(self.isFullScreen())

    def _connect_parts(self) -> None:
        self._page_list.page_chosen.connect(self.show_page)
        self._pages.currentChanged.connect(self._page_list.setCurrentRow)
        self._status_line.download_pressed.connect(self.lab.supply.download)
        self._status_line.cancel_pressed.connect(self.lab.supply.cancel_download)

    def _connect(self) -> None:
        self.lab.navigator.wanted.connect(self._on_page_wanted)
        self._appearance.dressing.connect(self._forget_hidden_pages)
        self._appearance.theme_changed.connect(self._show_theme)
        self._appearance.resizing_text.connect(self.rebuild)
        self._appearance.notice.connect(self._banner.show_notice)
        for part in (self._appearance, self._last):
            part.problem.connect(self.lab.problem)
        self._start_over.rebuilding.connect(self.rebuild)
        self._start_over.page_wanted.connect(self.show_page_named)

    # Pages

    @Slot(int)
    def show_page(self, index: int) -> None:
        """Show a page of `PAGES`, made now if it is shown for the first time."""
        keeps_keyboard = self._page_list.hasFocus()  # there one looks around; Qt lends it to the list while pages turn
        self._pages.open(index)
        self._page_list.setCurrentRow(index)
        if self._has_begun and not keeps_keyboard:
            self._focus_page()

    @Slot(str)
    def show_page_named(self, object_name: str) -> None:
        """Show the page of that objectName."""
        self.show_page([spec.object_name for spec in PAGES].index(object_name))

    def _shown_page(self) -> str:
        return PAGES[self._pages.currentIndex()].object_name

    @Slot(str, object)
    def _on_page_wanted(self, object_name: str, request: object) -> None:
        self.show_page_named(object_name)
        page = self._pages.currentWidget()
        if request is not None and isinstance(page, Page):
            page.receive(request)

    @Slot(object)
    def rebuild(self, dress: Callable[[], None] = lambda: None) -> None:
        """Throw everything in the window away and build it again, as in another language: what is shown stays.

        `dress` is called in between: Qt dresses each widget anew that there is.
        """
        index, focused = self._pages.currentIndex(), self.focusWidget()
        name = "" if focused is None else focused.objectName()
        content, bar = cast(QWidget, self.takeCentralWidget()), self.menuBar()
        is_told = not self._banner.isHidden()
        content.hide()  # its page watches nothing any more
        self._banner.setParent(self)
        bar.setParent(None)  # it is not found any more, though it goes with the next turn: its menu may be calling
        bar.deleteLater()
        delete(content)  # at once and in one turn: Qt would wait for Python's lock again for each widget
        dress()
        self._make_parts()
        self._banner.setVisible(is_told)
        self._connect_parts()
        self.menuBar().show()  # Qt would with its next turn, and till then its keys would do nothing
        self.show_page(index)
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Build everything again in a language that was chosen while the window stands; mark full screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._menus.show_full_screen(self.isFullScreen())
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._banner.retranslate()
            self.rebuild()

    def _focus_page(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, Page):
            page.first_focus().setFocus()

    # Looks

    def set_theme(self, name: str) -> None:
        """Use "light", "dark" or, as "system", what the person's system uses."""
        self._appearance.set_theme(name)

    def choose_theme(self, name: str) -> None:
        """Use this theme from now on, also next time."""
        self._appearance.choose_theme(name)

    def set_text_size(self, percent: int) -> None:
        """Use text of this size, one of `theme.fonts.TEXT_SIZES`, from now on, also next time."""
        self._appearance.set_text_size(percent)

    @Slot()
    def _forget_hidden_pages(self) -> None:
        """Qt dresses every widget anew that there is; hidden pages are faster made anew, each when it is called up."""
        self._pages.forget_hidden()

    @Slot()
    def _show_theme(self) -> None:
        self._menus.show_theme(self._appearance.theme)

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fill the screen, or be as before."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the banner away, then leave full screen by Escape, where nothing else in the window wants that key."""
        if event.key() == Qt.Key.Key_Escape and self._banner.isVisible():
            self._banner.put_away()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    # Actions

    @Slot()
    def start(self) -> None:
        """Start a run or go on, as from the menu."""
        self._starting.start()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open runs, networks, digits, lessons or settings that a person has named."""
        self._files.open_paths(paths)

    @Slot()
    def tell_about(self) -> None:
        """Say what this program is."""
        dialogs.tell_about(self, __version__)

    # Beginning and end

    def showEvent(self, event: QShowEvent) -> None:
        """Begin the work in the background, once the window stands."""
        super().showEvent(event)
        if not self._has_begun:
            self._has_begun = True
            if self._settings.problem is not None:
                self.lab.problem.emit(translation.sentence(self._settings.problem))
            self._last.begin()
            self.lab.supply.load(self._data_choice)
            self.lab.own_digits.load()
            FirstPaint(self).painted.connect(self.lab.prepare_keras)
            QTimer.singleShot(0, self, self.lab.shelf.refresh)
            QTimer.singleShot(0, self, self._fit_screen)  # by then the window has its frame
            self._focus_page()

    @Slot()
    def _fit_screen(self) -> None:
        if self.size() == self._opening_size:  # else somebody has said how large it is to be
            fit_screen(self)

    def close(self) -> bool:
        """End every thread and close without a question, also where one is open: for signals, scripts and tests."""
        self._asks = False
        dialogs.dismiss_all()
        return super().close()

    @Slot()
    def quit(self) -> None:
        """Close as the window's own close button does: ask first if a run is live that cannot be kept."""
        super().close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask if a run is live that cannot be kept; then end every thread and close."""
        if self._asks and not self._may_end_run() and self._asks:  # a signal that came meanwhile is the answer
            event.ignore()
            return
        try:
            self._settings.keep("geometry", self.saveGeometry().toBase64().toStdString())
        except SettingsError as error:
            _logger.warning("%s", error)  # for the terminal: the window goes
        # An import of Keras cannot be broken off: the window goes at once, the process when the import is over.
        self.hide()
        self._last.end()
        self.lab.end()
        self._garbage.end()
        event.accept()

    def _may_end_run(self) -> bool:
        run, live = self.lab.live.run, self.lab.live
        if run is None or not run.is_live or live.is_kept:
            return True
        return dialogs.ask_to_end_run(self, live.changed, lambda: run.is_live)
