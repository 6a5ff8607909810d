"""Leads to a place of the lab: its page, tab and stage; what hides it is opened, and it is lit for a moment."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QTabBar, QTabWidget, QWidget
from shiboken6 import isValid

from mnist_lab.course.actions import Open
from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.course.spotlight import Spotlight
from mnist_lab.window.shell.help import explaining
from mnist_lab.window.state.navigator import Navigator
from mnist_lab.window.widgets.basic.brought_by import brought_by
from mnist_lab.window.widgets.basic.disclosure import Disclosure
from mnist_lab.window.widgets.basic.stage_bar import StageBar

_LIT_MILLISECONDS = 6000
_WAYS_TO_A_NETWORK = (
    "naiveTrainNow",
    "updateTrainNow",
    "tensorTrainButton",
    "trainNowButton",
    "trainNowForWeightsButton",
    "trainToEvaluateButton",
)


class Guide(QObject):
    """Goes to places in a window.

    Attributes:
        spotlight: the rings around what was gone to.

    Signals:
        missed(str): what was gone to is on that page, but not in sight as things are; with the name of the control
            that brings it, "" where there is no such thing.
    """

    missed = Signal(str)

    def __init__(self, navigator: Navigator, window: QWidget) -> None:
        super().__init__(window)
        self._navigator = navigator
        self._window = window
        self._page: Page | None = None
        self._names: tuple[str, ...] = ()
        self._takes_keyboard = True
        self.spotlight = Spotlight(window)
        self.spotlight.setObjectName("helpSpotlight")
        self._out = QTimer(self)
        self._out.setSingleShot(True)
        self._out.setInterval(_LIT_MILLISECONDS)
        self._out.timeout.connect(self.put_out)

    @Slot()
    def put_out(self) -> None:
        """Light up nothing any more."""
        self._out.stop()
        self.spotlight.show_names("", ())

    def go(self, place: Open, names: tuple[str, ...] = (), *, takes_keyboard: bool = True) -> None:
        """Show a place and light up what has these objectNames there; the first gets the keyboard, if it takes it."""
        self._navigator.open(place.page)
        page = next((one for one in self._window.findChildren(Page) if one.objectName() == place.page), None)
        if page is None:
            return
        _turn(page, place)
        for widget in _named(page, names):
            _reveal(widget, page)
        self._page, self._names, self._takes_keyboard = page, names, takes_keyboard
        QTimer.singleShot(0, self, self._light)  # once the page shows what there is

    @Slot()
    def _light(self) -> None:
        """Light up what was gone to; where it is not in sight, what brings it: most often the way to a network."""
        page = self._page
        if page is None or not isValid(page) or not page.isVisible():  # it was built again meanwhile, or left
            return
        wanted = _visible(page, self._names)
        if not self._names:
            return
        shown = wanted
        if not wanted:
            bringing = _visible(page, [brought_by(widget) for widget in _named(page, self._names)])
            self.missed.emit(explaining.title_of(bringing[0]) if bringing else "")
            shown = bringing or _visible(page, _WAYS_TO_A_NETWORK)
        self.spotlight.show_names(page.objectName(), tuple(widget.objectName() for widget in shown))
        self._out.start()
        if shown:
            _scroll_to(shown[0])
            self.spotlight.look()
            if self._takes_keyboard:
                _give_keyboard(shown[0])


def _named(page: Page, names: Iterable[str]) -> list[QWidget]:
    return [found for name in names if name and (found := page.findChild(QWidget, name)) is not None]


def _visible(page: Page, names: Iterable[str]) -> list[QWidget]:
    return [widget for widget in _named(page, names) if widget.isVisible()]


def _turn(page: Page, place: Open) -> None:
    """Turn to the tab and to the stage, where the page has them now."""
    bar = page.findChild(QTabBar, place.tabs) if place.tabs else None
    if bar is not None:
        bar.setCurrentIndex(place.tab)
    for stages in page.findChildren(StageBar):
        if stages.name == place.stages:
            stages.go(place.stage)


def _reveal(widget: QWidget, page: Page) -> None:
    """Turn to the tabs and open the headings that it lies in."""
    inner, outer = widget, widget.parentWidget()
    while outer is not None and outer is not page:
        if isinstance(outer, Disclosure) and inner is not outer.button:
            outer.button.setChecked(True)
        if isinstance(outer, QTabWidget):
            index = next((one for one in range(outer.count()) if _holds(outer.widget(one), widget)), -1)
            if index >= 0:
                outer.setCurrentIndex(index)
        inner, outer = outer, outer.parentWidget()


def _holds(tab: QWidget | None, widget: QWidget) -> bool:
    return tab is not None and (tab is widget or tab.isAncestorOf(widget))


def _scroll_to(widget: QWidget) -> None:
    """Bring at least a part of it into sight."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _give_keyboard(widget: QWidget) -> None:
    for one in (widget, *widget.findChildren(QWidget)):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.isVisible():
            one.setFocus()
            return
