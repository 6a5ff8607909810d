"""Pages are there whichever way one turns to them, and a change of the theme costs only what is seen."""

from PySide6.QtWidgets import QComboBox, QListWidget, QStackedWidget, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from tests.window.conftest import Driver

_NAMES = [spec.object_name for spec in PAGES]


def _is_there(pages: QStackedWidget) -> list[bool]:
    return [isinstance(pages.widget(index), Page) for index in range(pages.count())]


def test_a_page_that_is_turned_to_directly_is_made_and_marked_in_the_list(driver: Driver) -> None:
    pages, page_list = driver.find(QStackedWidget, "pages"), driver.find(QListWidget, "pageList")
    for name in ("drawPage", "dataPage"):
        index = _NAMES.index(name)
        place = driver.find(QWidget, name)
        assert not isinstance(place, Page)
        pages.setCurrentWidget(place)
        assert isinstance(pages.currentWidget(), Page)
        assert [pages.widget(row).objectName() for row in range(pages.count())] == _NAMES
        assert len(driver.window.findChildren(QWidget, name)) == 1
        assert (pages.currentIndex(), page_list.currentRow()) == (index, index)
    assert driver.find(QWidget, "dataPart").isVisible()


def test_a_change_of_the_theme_forgets_hidden_pages_and_nothing_on_them(driver: Driver) -> None:
    window, pages = driver.window, driver.find(QStackedWidget, "pages")
    window.show_page_named("dataPage")
    driver.find(QComboBox, "dataPart").setCurrentIndex(1)
    window.show_page_named("trainPage")
    seen = pages.currentWidget()
    window.set_theme("light")
    assert sum(_is_there(pages)) == 2, "the same theme costs nothing"
    window.set_theme("dark")
    assert [name for name, is_there in zip(_NAMES, _is_there(pages), strict=True) if is_there] == ["trainPage"]
    assert pages.currentWidget() is seen
    assert driver.window.findChild(QComboBox, "dataPart") is None
    assert theme.current() is theme.DARK
    window.show_page_named("dataPage")
    assert driver.find(QComboBox, "dataPart").currentIndex() == 1
