"""Pages can be thrown away and built again at any moment, as for another language: nothing that is shown changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QStackedWidget, QTabWidget, QWidget

from mnist_lab.inspection import maps
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.tabbed import TabbedPage
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import difference, page_picture, rebuild

NAMES = [spec.object_name for spec in PAGES]
SIZE = (1280, 800)
LONG = SMALL.changed(epochs=10_000)


def _page(driver: Driver) -> Page:
    page = driver.find(QStackedWidget, "pages").currentWidget()
    assert isinstance(page, Page)
    return page


def _show(driver: Driver, name: str) -> Page:
    driver.window.resize(*SIZE)
    driver.window.show_page(NAMES.index(name))
    return _page(driver)


def _tabs(driver: Driver, name: str) -> Iterator[int]:
    """Turn to each tab of a page, and to the tabs within it; a page without tabs is one."""
    page = _show(driver, name)
    for tab in range(page.tabs.count()) if isinstance(page, TabbedPage) else (0,):
        page = _page(driver)
        if isinstance(page, TabbedPage):
            page.tabs.setCurrentIndex(tab)
        yield tab


def _use(page: Page) -> None:
    """Put every control that is seen elsewhere."""
    for control in page.findChildren(QWidget):
        if not control.isVisible() or not control.isEnabled() or not control.objectName():
            continue
        if isinstance(control, QComboBox) and control.count() > 1:
            control.setCurrentIndex(control.count() - 1)
        elif isinstance(control, QAbstractButton) and control.isCheckable() and control.group() is None:
            control.setChecked(not control.isChecked())
        elif isinstance(control, QSlider):
            control.setValue((2 * control.minimum() + control.maximum()) // 3)
        elif isinstance(control, QTabWidget) and control.parentWidget() is not page:
            control.setCurrentIndex(control.count() - 1)


@pytest.mark.keras
def test_nothing_shown_changes_when_pages_are_built_again(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "STAGES", 1)  # a map by t-SNE need not be finished to be the same
    driver.window.lab.draft.set_experiment(SMALL)
    driver.window.lab.start()
    driver.wait_for_end()
    for name in NAMES:
        for tab in _tabs(driver, name):
            _use(_page(driver))
            before, page = page_picture(driver), _page(driver)
            rebuild(driver)
            assert _page(driver) is not page
            after = page_picture(driver)
            if difference(before, after):  # pytest keeps them where a test failed
                before.save(str(tmp_path / f"{name}-{tab}-before.png"))
                after.save(str(tmp_path / f"{name}-{tab}-after.png"))
            assert not difference(before, after), f"{name}, tab {tab}: see {tmp_path}"


def _wait_for_an_update(driver: Driver) -> None:
    lab = driver.window.lab
    before = lab.run.updates
    driver.wait(lambda: lab.run.updates > before)


@pytest.mark.keras
def test_pages_are_built_again_while_a_run_goes_on(driver: Driver) -> None:
    lab = driver.window.lab
    lab.draft.set_experiment(LONG)
    lab.live.set_slow_motion(100)  # a run at full speed would take the processor from what is built
    lab.start()
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    for name in NAMES:
        for _tab in _tabs(driver, name):
            lab.live.request_update()
            driver.window.rebuild()
            _wait_for_an_update(driver)
    assert lab.live.is_training
    lab.live.stop()
    driver.wait_for_end()
