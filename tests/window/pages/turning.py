"""Each page of the window, and each tab and stage on it, one after the other."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QTabWidget, QWidget

from mnist_lab.window.pages import PAGES
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from tests.window.conftest import Driver


def page_at(driver: Driver, index: int) -> QWidget:
    """Turn to that page."""
    driver.window.show_page(index)
    page = driver.find(QStackedWidget, "pages").currentWidget()
    assert page is not None
    assert page.objectName() == PAGES[index].object_name
    return page


def turned_parts(page: QWidget) -> Iterator[None]:
    """Turn to each tab, to the tabs and stages within it; a page without is one."""
    turns = [turn for turn in page.findChildren(QWidget) if isinstance(turn, QTabWidget | StageBar)]
    outer = [turn for turn in turns if turn.isVisible()]
    if not outer:
        yield
        return
    for place in range(_count(outer[0])):
        _turn(outer[0], place)
        inner = [turn for turn in turns if turn.isVisible() and turn is not outer[0]]
        for inner_place in range(_count(inner[0])) if inner else (0,):
            if inner:
                _turn(inner[0], inner_place)
            yield


def _count(turn: QTabWidget | StageBar) -> int:
    return turn.count() if isinstance(turn, QTabWidget) else len(turn.findChildren(QAbstractButton)) - 2


def _turn(turn: QTabWidget | StageBar, place: int) -> None:
    if isinstance(turn, QTabWidget):
        turn.setCurrentIndex(place)
    else:
        turn.go(place)
