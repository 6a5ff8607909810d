"""The menus: every action of the window that is not tied to one page, with its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from mnist_lab.window import page_keys, theme, translation
from mnist_lab.window.export_menu import ExportMenu, looked_at
from mnist_lab.window.menu_action import add_action
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.course.course_menu import CourseMenu
from mnist_lab.window.shell.picture_menu import PictureMenu
from mnist_lab.window.shell.shortcuts_dialog import ShortcutsDialog
from mnist_lab.window.state.hinting import hinting_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.steering import Steering
from mnist_lab.window.words import fill

if TYPE_CHECKING:  # they know the themes, which stand here
    from mnist_lab.window.shell.appearance import Appearance
    from mnist_lab.window.shell.file_actions import FileActions
    from mnist_lab.window.shell.start_over import StartOver
    from mnist_lab.window.shell.window_content import WindowContent

THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class WindowActions:
    """What the menus ask of the window; the rest they ask of the lab.

    `shown_page` gives the objectName of the page in view.
    """

    start: Callable[[], None]
    files: "FileActions"
    quit: Callable[[], None]
    show_page: Callable[[int], None]
    appearance: "Appearance"
    content: "WindowContent"
    full_screen: Callable[[], None]
    shown_page: Callable[[], str]
    start_over: "StartOver"
    tell_about: Callable[[], None]


class Menus(QObject):
    """Fills a menu bar, and goes with it."""

    def __init__(self, bar: QMenuBar, lab: Lab, actions: WindowActions) -> None:
        super().__init__(bar)
        self._bar = bar
        self._lab = lab
        self._actions = actions
        self._steering = Steering(lab, self)
        self._fill_file(bar.addMenu(self.tr("&File")))
        self._fill_run(bar.addMenu(self.tr("&Run")))
        self._fill_view(bar.addMenu(self.tr("&View")))
        content = actions.content
        CourseMenu(bar.addMenu(self.tr("Course")), content.coach, content.toggle_course, content.turn_keyboard)
        content.coach.changed.connect(self._show_pages)
        self._show_pages()
        self._fill_help(bar.addMenu(self.tr("&Help")))

    def show_theme(self, name: str) -> None:
        """Mark the theme in use."""
        self._themes[name].setChecked(True)

    def show_full_screen(self, is_full: bool) -> None:
        """Mark whether the window fills the screen."""
        self._full_screen.setChecked(is_full)

    def _fill_file(self, menu: QMenu) -> None:
        actions, supply = self._actions, self._lab.supply
        add_action(menu, "openAction", self.tr("&Open…"), "Ctrl+O", actions.files.open_any,
                   self.tr("Open runs, networks, digits, lessons, settings; dropping them does it, too."))  # fmt: skip
        add_action(menu, "openDataAction", self.tr("Open &data…"), "", actions.files.open_file,
                   self.tr("Use a Keras-style .npz file."))  # fmt: skip
        add_action(menu, "openFolderAction", self.tr("Open data &folder…"), "Ctrl+Shift+O", actions.files.open_folder,
                   self.tr("Use a folder of IDX files."))  # fmt: skip
        menu.addSeparator()
        add_action(menu, "openLessonAction", self.tr("Open &lesson…"), "", actions.files.open_lesson,
                   self.tr("Begin a lesson that somebody has written for the lab."))  # fmt: skip
        menu.addSeparator()
        add_action(menu, "getFullSetAction", self.tr("&Get all 70,000 digits"), "", supply.download,
                   self.tr("Download the full MNIST set, 11 MB, once."))  # fmt: skip
        add_action(menu, "useFullSetAction", self.tr("Use the f&ull set"), "", lambda: supply.load("full"),
                   self.tr("Use all of MNIST, if it is on this computer."))  # fmt: skip
        add_action(menu, "useStarterAction", self.tr("Use the &starter set"), "", lambda: supply.load("starter"),
                   self.tr("Use the 5,000 digits that come with the lab."))  # fmt: skip
        menu.addSeparator()
        export = ExportMenu("exportMenu", self._lab, lambda: looked_at(self._lab), menu)
        export.setTitle(self.tr("&Export run"))
        menu.addMenu(export)
        PictureMenu(menu.addMenu(self.tr("P&icture")), actions.content.pictures)
        menu.addSeparator()
        add_action(menu, "quitAction", self.tr("&Quit"), QKeySequence.StandardKey.Quit, actions.quit,
                   self.tr("Close the lab."))  # fmt: skip

    def _fill_run(self, menu: QMenu) -> None:
        lab, steering = self._lab, self._steering
        self._start = add_action(menu, "startAction", self.tr("&Start"), page_keys.START, self._actions.start,
                                 self.tr("Train with the settings of the form, or go on."))  # fmt: skip
        # Either of the two keys does it; the menu shows the first, by the name that it has everywhere in the lab.
        self._start.setShortcuts([QKeySequence("Ctrl+Enter"), QKeySequence(page_keys.START)])
        self._pause = add_action(
            menu,
            "pauseAction",
            self.tr("&Pause"),
            page_keys.PAUSE,
            steering.pause,
            self.tr("Wait after the batch at hand."),
        )
        self._step = add_action(menu, "stepAction", self.tr("S&tep one batch"), page_keys.STEP, lab.step,
                                self.tr("Train exactly one batch, then wait."))  # fmt: skip
        self._stop = add_action(
            menu,
            "stopAction",
            self.tr("St&op"),
            page_keys.STOP,
            steering.stop,
            self.tr("End the run, the race or the sweep; what was trained is kept."),
        )

        steering.changed.connect(self._show_run)
        self._show_run()

    @Slot()
    def _show_run(self) -> None:
        """Offer what the buttons of the Train page offer, or those of a race or a sweep."""
        steering = self._steering
        self._start.setEnabled(not steering.is_running)
        self._start.setText(self._start_words())
        self._pause.setEnabled(steering.is_running)
        self._step.setEnabled(not (steering.is_running or steering.is_racing or steering.is_sweeping))
        self._stop.setEnabled(self._lab.is_taken)

    def _start_words(self) -> str:
        """As the button on the Train page: what Start does now."""
        if self._steering.is_paused:
            if self._steering.is_racing:
                return self.tr("Re&sume the race")
            return self.tr("Re&sume the sweep") if self._steering.is_sweeping else self.tr("Re&sume")
        return self.tr("&Start a new run") if self._lab.run is not None else self.tr("&Start")

    @Slot()
    def _show_pages(self) -> None:
        """Offer those that the list shows: a lesson may leave some out."""
        lesson = self._actions.content.coach.lesson
        for name, action in self._pages.items():
            action.setVisible(lesson is None or name not in lesson.hidden_pages)

    def _fill_view(self, menu: QMenu) -> None:
        self._pages: dict[str, QAction] = {}
        for index, spec in enumerate(PAGES):
            title = translation.translate("pages", spec.title)
            explanation = translation.translate("pages", spec.explanation)
            self._pages[spec.object_name] = add_action(
                menu, f"{spec.object_name}Action", title, f"Ctrl+{index + 1}",
                partial(self._actions.show_page, index), explanation)  # fmt: skip
        menu.addSeparator()
        themes = menu.addMenu(self.tr("&Theme"))
        names = {"system": self.tr("As the &system"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        group = QActionGroup(self)
        self._themes: dict[str, QAction] = {}
        for name in THEMES:
            action = add_action(themes, f"{name}ThemeAction", names[name], "",
                                partial(self._actions.appearance.choose_theme, name),
                                self.tr("Change the colours of the lab."))  # fmt: skip
            action.setCheckable(True)
            group.addAction(action)
            self._themes[name] = action
        hinting = hinting_of(self._lab)
        hints = add_action(menu, "hintsAction", self.tr("&Hints"), "", lambda: hinting.set_on(not hinting.is_on),
                           self.tr("Say in one quiet line what could be better, on Train and on Draw."))  # fmt: skip
        hints.setCheckable(True)
        hints.setChecked(hinting.is_on)
        menu.addSeparator()
        self._fill_sizes(menu)

    def _fill_sizes(self, menu: QMenu) -> None:
        """The menus are built again with each text size."""
        actions, usual = self._actions, self.tr("&Usual text size (now {percent}\u00a0%)")
        larger = add_action(menu, "largerTextAction", self.tr("&Larger text"), "Ctrl++", actions.appearance.larger_text,
                            self.tr("Make all text of the lab larger, up to twice the usual size."))  # fmt: skip
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])  # + is = with Shift on many keyboards
        add_action(menu, "smallerTextAction", self.tr("&Smaller text"), "Ctrl+-", actions.appearance.smaller_text,
                   self.tr("Make all text of the lab smaller, down to the usual size."))  # fmt: skip
        add_action(menu, "usualTextAction", fill(usual, percent=theme.fonts.text_size()), "Ctrl+0",
                   actions.appearance.usual_text,
                   self.tr("Go back to text of the usual size, 100\u00a0%."))  # fmt: skip
        menu.addSeparator()
        projector = add_action(menu, "projectorAction", self.tr("&Projector view"), "Shift+F11",
                               actions.appearance.toggle_projector,
                               self.tr("Large text and only what matters, for a class; again leaves it."))  # fmt: skip
        projector.setCheckable(True)
        projector.setChecked(actions.appearance.is_projected)
        self._full_screen = add_action(menu, "fullScreenAction", self.tr("&Full screen"), "F11", actions.full_screen,
                                       self.tr("Fill the screen with the lab; F11 or Escape leaves."))  # fmt: skip
        self._full_screen.setCheckable(True)

    def _fill_help(self, menu: QMenu) -> None:
        desk = self._actions.content.help
        add_action(menu, "helpAction", self.tr("&Help on this, and glossary"), page_keys.HELP, desk.tell,
                   self.tr("What the control with the keyboard is, and the words of the field."))  # fmt: skip
        add_action(menu, "whatsThisAction", self.tr("&What's this?"), "Shift+F1", desk.ask_by_mouse,
                   self.tr("Click anything then, to read what it is; Escape leaves."))  # fmt: skip
        add_action(menu, "searchAction", self.tr("S&earch the lab…"), "Ctrl+K",
                   lambda: desk.search(self._bar.actions()),
                   self.tr("Find any control, word, step, run or setting by a few letters."))  # fmt: skip
        add_action(menu, "shortcutsAction", self.tr("&Keyboard shortcuts"), "Ctrl+F1", self._tell_shortcuts,
                   self.tr("Every key of the lab, by page."))  # fmt: skip
        menu.addSeparator()
        add_action(menu, "startOverAction", self.tr("&Start over…"), "", self._actions.start_over.ask,
                   self.tr("Set aside all that you did in the lab; it says what goes, and can be undone."))  # fmt: skip
        add_action(menu, "nextClassAction", self.tr("Start over for the &next class…"), "",
                   self._actions.start_over.ask_for_next_class,
                   self.tr("As Start over, but the lesson begins again, and theme and text size stay."))  # fmt: skip
        self._undo_start_over = add_action(
            menu,
            "undoStartOverAction",
            self.tr("&Undo start over"),
            "",
            self._actions.start_over.undo,
            self.tr("Bring back all that went when you started over; possible until the window is closed."),
        )
        self._actions.start_over.changed.connect(self._show_can_undo)
        self._show_can_undo()
        menu.addSeparator()
        add_action(menu, "aboutAction", self.tr("&About MNIST Lab"), "", self._actions.tell_about,
                   self.tr("Version and sources."))  # fmt: skip

    @Slot()
    def _show_can_undo(self) -> None:
        self._undo_start_over.setEnabled(self._actions.start_over.can_undo)

    def _tell_shortcuts(self) -> None:
        ShortcutsDialog(self._bar.actions(), self._actions.shown_page(), self._bar.window()).open()
