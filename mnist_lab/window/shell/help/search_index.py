"""What can be searched for: pages and what stands on them, words, lessons, runs, and the menus.

Of a page that is there, its controls are taken as they are now. Of one that was never opened, a list of its controls
in the language of the window has their names: so nothing is opened for the search, and all can be found.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QMenu, QWidget

from mnist_lab.course.finding import Findable
from mnist_lab.course.help import HelpContents, ListedControl, contents, words_of
from mnist_lab.course.places import PLACES
from mnist_lab.window import translation
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.run_names import run_title
from mnist_lab.window.shell.course.words import part_words
from mnist_lab.window.shell.help import explaining
from mnist_lab.window.shell.help.guide import Guide
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import RunToChoose
from mnist_lab.window.words import fill

_BETWEEN = " › "


class SearchIndex(QObject):
    """Lists everything that can be gone to, as it is now."""

    def __init__(self, lab: Lab, coach: Coach, guide: Guide, window: QWidget) -> None:
        super().__init__(window)
        self._lab = lab
        self._coach = coach
        self._guide = guide
        self._window = window

    def things(self, menus: Iterable[QAction], show_word: Callable[[str], None]) -> list[Findable]:
        """All of it; `menus` are the entries of the menu bar, `show_word` opens the glossary at a word."""
        lesson = self._coach.lesson
        hidden = () if lesson is None else lesson.hidden_pages
        found = contents(QLocale().name())
        return [
            *self._pages(found, hidden),
            *self._controls(found, hidden),
            *(
                Findable("word", entry.term, self.tr("Glossary"), entry.text, partial(show_word, entry.id))
                for entry in explaining.entries().values()
            ),
            *self._lessons(),
            *self._runs(),
            *self._actions(menus),
        ]

    def _pages(self, found: HelpContents, hidden: Iterable[str]) -> Iterator[Findable]:
        """Pages, their tabs and stages."""
        said = {spec.object_name: translation.translate("pages", spec.explanation) for spec in PAGES}
        for place, where in PLACES.items():
            if where.page not in hidden:
                path = found.path(place)
                explanation = said[where.page] if len(path) == 1 else ""
                go = partial(self._guide.go, where)
                yield Findable("page", path[-1], _BETWEEN.join(path[:-1]) or self.tr("Page"), explanation, go)

    def _controls(self, found: HelpContents, hidden: Iterable[str]) -> Iterator[Findable]:
        pages = {page.objectName(): page for page in self._window.findChildren(Page)}
        told: set[tuple[str, str]] = set()
        for control in found.controls:
            page = pages.get(PLACES[control.place].page)
            thing = self._control(control, found, None if page is None else page.findChild(QWidget, control.name))
            if PLACES[control.place].page not in hidden and (thing.title, thing.where) not in told:
                told.add((thing.title, thing.where))
                yield thing

    def _control(self, control: ListedControl, found: HelpContents, widget: QWidget | None) -> Findable:
        """As it is, where it is there; else by what the contents and the glossary say of it."""
        words = [explaining.entries()[word].term for word in words_of([control.name])]
        tip = "" if widget is None else widget.toolTip()
        now = "" if widget is None else explaining.title_of(widget)
        more = " ".join((*words, control.title, now, "" if Qt.mightBeRichText(tip) else tip))
        where = _BETWEEN.join(found.path(control.place))
        go = partial(self._guide.go, PLACES[control.place], (control.name,))
        return Findable("control", control.title, where, more, go)

    def _lessons(self) -> Iterator[Findable]:
        for part in self._coach.course.parts:
            words = part_words(part)
            for step in part.steps:
                text = words.steps[step.id]
                where = fill(self.tr("Course: {part}"), part=words.title)
                yield Findable("lesson", text.title, where, text.do, partial(self._go_to_step, step.id))

    def _go_to_step(self, step_id: str) -> None:
        self._coach.open()
        self._coach.go_to(step_id)

    def _runs(self) -> Iterator[Findable]:
        for row in self._lab.shelf.rows:
            title = run_title(row.number, row.name, is_network=row.kind == "network")
            go = partial(self._lab.navigator.open, "runsPage", RunToChoose(row.id))
            yield Findable("run", title, self.tr("Runs"), row.note, go)

    def _actions(self, menus: Iterable[QAction]) -> Iterator[Findable]:
        """Entries of the menus that can be chosen now; pages are there already."""
        turning = {f"{spec.object_name}Action" for spec in PAGES}
        for action, path in _below(menus, ()):
            if action.isEnabled() and action.isVisible() and action.objectName() and action.objectName() not in turning:
                where = fill(self.tr("Menu {path}"), path=_BETWEEN.join(path))
                yield Findable("action", _plain(action), where, action.toolTip(), action.trigger)


def _below(actions: Iterable[QAction], path: tuple[str, ...]) -> Iterator[tuple[QAction, tuple[str, ...]]]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()  # some fill themselves only then
            yield from _below(menu.actions(), (*path, _plain(action)))
        elif not action.isSeparator():
            yield action, path


def _plain(action: QAction) -> str:
    """The words of an entry without the mark of its letter."""
    return action.text().replace("&", "").removesuffix("…")
