"""The main window: list of pages, pages, menus, the line at the bottom; it owns the lab and ends its threads."""

import importlib
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab import __version__
from mnist_lab.arguments import LEAST_HEIGHT, LEAST_WIDTH
from mnist_lab.data.places import lab_home
from mnist_lab.experiment import Experiment
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages import PAGES, PageSpec
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.kept_controls import keep_controls
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.shell.menus import THEMES, Menus, WindowActions
from mnist_lab.window.shell.page_list import PageList
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.state.lab import Lab

_FIRST_SIZE = (1280, 800)
_FIRST_PAGE = "trainPage"
"""What a newcomer sees first: Start."""


class MainWindow(QMainWindow):
    """The window of the lab.

    Attributes:
        lab: its state.
    """

    def __init__(
        self, data_choice: str = "auto", experiment: Experiment | None = None, settings_file: Path | None = None
    ) -> None:
        """Load `data_choice` once shown; keep geometry and theme in `settings_file` (default: in the lab's home)."""
        super().__init__()
        self._data_choice = data_choice
        self._has_begun = False
        self._asks = True
        self._theme = "system"
        self._settings = QSettings(str(settings_file or lab_home() / "settings.ini"), QSettings.Format.IniFormat)
        self.lab = Lab(experiment or Experiment(), self)
        self._apply_theme(cast(str, self._settings.value("theme", "system")))
        self._banner = Banner(self)
        self._make_parts()
        self._build()
        self._connect_parts()
        self._connect()
        self._read_geometry()
        self.show_page_named(_FIRST_PAGE)

    # Building

    def _make_parts(self) -> None:
        self._page_list = PageList(self)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("pages")
        for spec in PAGES:
            self._pages.addWidget(_Unopened(spec, self))
        self._status_line = StatusLine(self.lab, self)
        actions = WindowActions(
            self.open_data_file,
            self.open_data_folder,
            self.quit,
            self.show_page,
            self.choose_theme,
            self.tell_about,
        )
        self.setMenuBar(QMenuBar(self))
        self._menus = Menus(self.menuBar(), self.lab, actions)
        self._menus.show_theme(self._theme)

    def _build(self) -> None:
        self.setWindowTitle("MNIST Lab")
        self.setObjectName("mainWindow")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self._pages, 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._page_list)
        top.addLayout(column, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top, 1)
        whole.addWidget(self._status_line)
        content = QWidget(self)
        content.setLayout(whole)
        self.setCentralWidget(content)

    def _connect_parts(self) -> None:
        self._page_list.page_chosen.connect(self.show_page)
        self._status_line.download_pressed.connect(self.lab.supply.download)
        self._status_line.cancel_pressed.connect(self.lab.supply.cancel_download)

    def _connect(self) -> None:
        self.lab.problem.connect(self._banner.show_problem)
        self.lab.navigator.wanted.connect(self._on_page_wanted)
        self.lab.supply.notice.connect(self._banner.show_notice)
        self._application().styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def _read_geometry(self) -> None:
        geometry = self._settings.value("geometry")
        if not isinstance(geometry, QByteArray) or not self.restoreGeometry(geometry):
            available = self.screen().availableSize()
            self.resize(min(_FIRST_SIZE[0], available.width()), min(_FIRST_SIZE[1], available.height()))

    # Pages

    @Slot(int)
    def show_page(self, index: int) -> None:
        """Show a page of `PAGES`, made now if it is shown for the first time."""
        place = self._pages.widget(index)
        if isinstance(place, _Unopened):
            page = _make_page(PAGES[index], self.lab, self)
            self._pages.removeWidget(place)
            place.deleteLater()
            self._pages.insertWidget(index, page)
        self._pages.setCurrentIndex(index)
        self._page_list.setCurrentRow(index)
        if self._has_begun and not self._page_list.hasFocus():  # the list keeps the keyboard: there one looks around
            self._focus_page()

    @Slot(str)
    def show_page_named(self, object_name: str) -> None:
        """Show the page of that objectName."""
        self.show_page([spec.object_name for spec in PAGES].index(object_name))

    @Slot(str, object)
    def _on_page_wanted(self, object_name: str, request: object) -> None:
        self.show_page_named(object_name)
        page = self._pages.currentWidget()
        if request is not None and isinstance(page, Page):
            page.receive(request)

    def rebuild(self) -> None:
        """Throw everything in the window away and build it again, as in another language: what is shown stays."""
        index, focused = self._pages.currentIndex(), self.focusWidget()
        name = "" if focused is None else focused.objectName()
        content, bar = cast(QWidget, self.takeCentralWidget()), self.menuBar()
        content.hide()  # its page watches nothing any more
        self._make_parts()
        self._build()
        self._connect_parts()
        self.show_page(index)
        for old in (content, bar):
            old.setParent(None)  # nothing of it is found any more, though it goes with the next turn of the event loop
            old.deleteLater()
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Build everything again in a language that was chosen while the window stands."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._banner.retranslate()
            self.rebuild()

    def _focus_page(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, Page):
            page.first_focus().setFocus()

    # Theme

    def set_theme(self, name: str) -> None:
        """Use "light", "dark" or, as "system", what the person's system uses."""
        self._apply_theme(name)
        self._menus.show_theme(self._theme)

    def choose_theme(self, name: str) -> None:
        """Use this theme from now on, also next time."""
        self.set_theme(name)
        self._settings.setValue("theme", self._theme)

    def _apply_theme(self, name: str) -> None:
        self._theme = name if name in THEMES else "system"
        application = self._application()
        is_dark = theme.system_is_dark(application) if self._theme == "system" else self._theme == "dark"
        theme.apply(application, theme.DARK if is_dark else theme.LIGHT)

    @Slot(Qt.ColorScheme)
    def _on_system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme == "system":
            self._apply_theme("system")

    @staticmethod
    def _application() -> QApplication:
        return cast(QApplication, QApplication.instance())

    # Actions

    @Slot()
    def open_data_file(self) -> None:
        """Let the learner choose an .npz file, and use it."""
        path = dialogs.ask_for_data_file(self)
        if path is not None:
            self.lab.supply.open(path)

    @Slot()
    def open_data_folder(self) -> None:
        """Let the learner choose a folder of IDX files, and use it."""
        path = dialogs.ask_for_data_folder(self)
        if path is not None:
            self.lab.supply.open(path)

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
            self.lab.supply.load(self._data_choice)
            self.lab.own_digits.load()
            self.lab.networks.load()
            QTimer.singleShot(0, self, self.lab.prepare_keras)
            self._focus_page()

    def close(self) -> bool:
        """End every thread and close without a question: for scripts and tests, which nobody can answer."""
        self._asks = False
        return super().close()

    @Slot()
    def quit(self) -> None:
        """Close as the window's own close button does: ask first if a run is live."""
        super().close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask if a run is live; then end every thread and close."""
        if self._asks and not self._may_end_run():
            event.ignore()
            return
        self._settings.setValue("geometry", self.saveGeometry())
        # An import of Keras cannot be broken off: the window goes at once, the process when the import is over.
        self.hide()
        self.lab.end()
        event.accept()

    def _may_end_run(self) -> bool:
        run = self.lab.run
        return run is None or not run.is_live or dialogs.ask_to_end_run(self, run.updates, run.total_updates)


class _Unopened(QWidget):
    """Holds the place of a page that was not shown yet."""

    def __init__(self, spec: PageSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(spec.object_name)


def _make_page(spec: PageSpec, lab: Lab, parent: QWidget) -> Page:
    module_name, class_name = spec.class_path.split(":")
    module = importlib.import_module(f"mnist_lab.window.pages.{module_name}")
    page: Page = getattr(module, class_name)(lab, parent)
    page.setObjectName(spec.object_name)
    keep_controls(page, page.view)
    return page
