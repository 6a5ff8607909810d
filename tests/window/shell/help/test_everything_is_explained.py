"""Every control, number and plot of every page says what it is, and can be found before its page was ever opened."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QWhatsThis,
    QWidget,
)

from mnist_lab.course.actions import Open
from mnist_lab.course.glossary import glossary
from mnist_lab.course.help import contents
from mnist_lab.course.places import PLACES
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.help.explaining import ids_of
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from tests.window.conftest import Driver
from tests.window.pages.clipping import is_inner
from tests.window.tool_tips import tips_in, width_of

_HOLDERS = (QTabWidget, ScrollColumn, ScrollPlace)
_REPEATED = ("hiddenUnits", "layerBars", "trialSweepVaried", "updateForward")
"""Of these there are several alike, and the first can be searched for."""
_WIDEST_TIP = 520
"""In logical pixels, at the usual size of text."""


def _pages(driver: Driver) -> Iterator[Page]:
    """All pages, one after the other, with each of their tabs turned to."""
    for index in range(len(PAGES)):
        driver.window.show_page(index)
        page = driver.find(QStackedWidget, "pages").currentWidget()
        assert isinstance(page, Page)
        for tabs in page.findChildren(QTabWidget):
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        yield page


def _acts(widget: QWidget) -> bool:
    """Whether a person can act on it."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _is_read(widget: QWidget) -> bool:
    """Whether it is read as a number, a sentence or a picture."""
    is_text = isinstance(widget, QLabel | QProgressBar | StatCard | ZoomablePlot)
    return is_text or (bool(widget.accessibleName()) and not isinstance(widget, Notice))


def _asked_about(page: Page) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.objectName()
        and not is_inner(widget)
        and not isinstance(widget, _HOLDERS)
        and not isinstance(widget.parentWidget(), QTabBar)
        and (_acts(widget) or _is_read(widget))
    ]


def _can_be_found(widget: QWidget, listed: set[str]) -> bool:
    name = widget.objectName()
    is_control = _acts(widget) or isinstance(widget, ZoomablePlot | StatCard)
    is_part = isinstance(widget, QLabel | QTabBar | Notice) or name == "wholeButton" or _is_stage(widget)
    return not is_control or is_part or name in listed or name.startswith(_REPEATED) or _is_within(widget, listed)


def _is_stage(widget: QWidget) -> bool:
    """A place of its own, which is found as such."""
    return isinstance(widget, QAbstractButton) and widget.objectName().startswith(
        ("naiveStage", "updateStage", "lineCard")
    )


def _is_within(widget: QWidget, listed: set[str]) -> bool:
    parent = widget.parentWidget()
    return (
        parent is not None
        and not isinstance(parent, Page)
        and (parent.objectName() in listed or _is_within(parent, listed))
    )


def _faults(widget: QWidget, listed: set[str], terms: list[str]) -> Iterator[str]:
    if not ids_of(widget):
        yield "no word of the glossary: see course/help_words.py"
    if not widget.toolTip():
        yield "no tooltip"
    if not any(term in widget.whatsThis() for term in terms):
        yield "no What's This"
    elif isinstance(widget, QComboBox | QAbstractButton) and widget.whatsThis().startswith("<p><b>"):
        yield "What's This does not begin with its tooltip"
    if not _can_be_found(widget, listed):
        yield "cannot be searched for: see resources/course/en/help.md"


def _says_what_it_is(plot: ZoomablePlot) -> bool:
    """Whether a note comes up where its middle is clicked in the mode What's This."""
    view = plot.viewport()
    middle = view.rect().center()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.WhatsThis, middle, view.mapToGlobal(middle)))
    notes = [one for one in QApplication.topLevelWidgets() if one.inherits("QWhatsThat") and one.isVisible()]
    QWhatsThis.hideText()
    return len(notes) == 1


def _title(driver: Driver, where: Open) -> str:
    """What the window calls that place."""
    page = driver.find(Page, where.page)
    if where.stages:
        return page.findChild(QAbstractButton, f"{where.stages}{where.stage + 1}").accessibleName().partition(": ")[2]
    if where.tabs:
        return page.findChild(QTabBar, where.tabs).tabText(where.tab).replace("&", "")
    return next(spec.title for spec in PAGES if spec.object_name == where.page)


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for a note, without a screen
@pytest.mark.timeout(240)
def test_everything_says_what_it_is_and_can_be_found_and_all_that_is_listed_is_there(driver: Driver) -> None:
    terms = [entry.term for entry in glossary().values()]
    there: dict[str, set[str]] = {}
    wrong: list[tuple[str, str, str, str]] = []
    count = 0
    for page in _pages(driver):
        driver.window.findChild(QAction, "whatsThisAction").trigger()
        QWhatsThis.leaveWhatsThisMode()
        there[page.objectName()] = {widget.objectName() for widget in page.findChildren(QWidget)}
        listed = {one.name for one in contents().controls if PLACES[one.place].page == page.objectName()}
        wrong += [
            (page.objectName(), plot.objectName(), "", "a click on it says nothing")
            for plot in page.findChildren(ZoomablePlot)
            if not _says_what_it_is(plot)
        ]
        for widget in _asked_about(page):
            count += 1
            what = (page.objectName(), widget.objectName(), type(widget).__name__)
            wrong += [(*what, words) for words in _faults(widget, listed, terms)]
    tips = list(tips_in(driver.window))
    assert len(tips) > 800
    wrong += [("tooltip", name, tip, str(width)) for name, tip in tips if (width := width_of(tip)) > _WIDEST_TIP]
    for widget in driver.window.findChild(StatusLine).findChildren(QWidget):
        if widget.objectName() and not is_inner(widget):
            wrong += [
                ("status line", widget.objectName(), "", words)
                for words in _faults(widget, {widget.objectName()}, terms)
            ]
    assert not wrong, "\n".join(map(str, wrong))
    assert count > 400
    for control in contents().controls:
        assert control.name in there[PLACES[control.place].page], (control, "listed, but not there")
    for entry in glossary().values():
        missing = set(entry.word.lights) - there[entry.place.page]
        assert not missing, (entry.id, missing)
    for place, where in PLACES.items():
        stage = f"{where.stages}{where.stage + 1}" if where.stages else ""
        assert {name for name in (where.tabs, stage) if name} <= there[where.page], place
        assert contents().titles[place] == _title(driver, where), place
