"""Pages can be thrown away and built again at any moment, as for another language: nothing that is shown changes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QStackedWidget, QTabWidget, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.kept_controls import control_names
from mnist_lab.window.pages.tabbed import TabbedPage
from tests.window.conftest import SMALL, Driver

NAMES = [spec.object_name for spec in PAGES]
SIZE = (1280, 800)
LONG = Experiment(hidden_units=(64,), epochs=10_000)


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


def _picture(driver: Driver) -> NDArray[np.uint8]:
    """What is seen of the page once nothing is computed any more, without the keyboard's mark."""
    driver.wait(lambda: not driver.window.lab.is_computing)
    focused = driver.window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    image = _page(driver).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def _assert_same(driver: Driver, before: NDArray[np.uint8], what: str, folder: Path) -> None:
    after = _picture(driver)
    assert after.shape == before.shape, what
    rows, columns = np.nonzero((after != before).any(axis=2))
    if not len(rows):
        return
    for name, pixels in (("before", before), ("after", after)):
        height, width, _ = pixels.shape
        QImage(
            np.ascontiguousarray(pixels[..., ::-1]).tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888
        ).save(str(folder / f"{what}-{name}.png"))
    pytest.fail(
        f"{what}: x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()} differ; pictures in {folder}"
    )


@pytest.mark.keras
@pytest.mark.parametrize("name", NAMES)
def test_nothing_shown_changes_when_pages_are_built_again(driver: Driver, name: str, tmp_path: Path) -> None:
    driver.window.lab.draft.set_experiment(SMALL)
    driver.window.lab.start()
    driver.wait_for_end()
    for tab in _tabs(driver, name):
        for is_used in (False, True):
            if is_used:
                _use(_page(driver))
            before, page = _picture(driver), _page(driver)
            driver.window.rebuild()
            assert _page(driver) is not page
            _assert_same(driver, before, f"{name}-{tab}-{'used' if is_used else 'untouched'}", tmp_path)


def _wait_for_an_update(driver: Driver) -> None:
    lab = driver.window.lab
    before = lab.run.updates
    driver.wait(lambda: lab.run.updates > before)


@pytest.mark.keras
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_built_again_while_a_run_goes_on(driver: Driver, name: str) -> None:
    lab = driver.window.lab
    lab.draft.set_experiment(LONG)
    lab.start()
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    for _tab in _tabs(driver, name):
        lab.live.request_update()
        driver.window.rebuild()
        _wait_for_an_update(driver)
    assert lab.live.is_training
    lab.live.stop()
    driver.wait_for_end()


@pytest.mark.parametrize("name", NAMES)
def test_controls_of_a_page_have_names_of_their_own(driver: Driver, name: str) -> None:
    names = control_names(_show(driver, name))
    assert len(names) == len(set(names))
