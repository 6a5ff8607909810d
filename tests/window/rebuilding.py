"""The window's pages thrown away and built again, and what is seen before and after."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStackedWidget

from tests.window.conftest import Driver


def rebuild(driver: Driver) -> None:
    """Build everything again, and let go what was."""
    driver.window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def picture(driver: Driver) -> NDArray[np.uint8]:
    """What is seen of the page once nothing is computed any more, without the keyboard's mark."""
    driver.wait(lambda: not driver.window.lab.is_computing)
    focused = driver.window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QApplication.processEvents()
    page = driver.find(QStackedWidget, "pages").currentWidget()
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def assert_looks_the_same(driver: Driver) -> None:
    """Build everything again: no pixel of the page is other than before."""
    before = picture(driver)
    rebuild(driver)
    rows, columns = np.nonzero((picture(driver) != before).any(axis=2))
    if len(rows):
        where = f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
        raise AssertionError(f"another picture: {where}")
