"""The window thrown away and built again, and what is seen before and after."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStackedWidget

from tests.window.conftest import Driver


def rebuild(driver: Driver) -> None:
    """Build everything in the window again; of the old parts nothing is left."""
    driver.window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def page_picture(driver: Driver) -> QImage:
    """What is seen of the page once nothing is computed any more, without the keyboard's mark."""
    driver.wait(lambda: not driver.window.lab.is_computing)
    focused = driver.window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    for _ in range(3):  # a layout may ask for another, and that moves what is scrolled
        QApplication.processEvents()
    page = driver.find(QStackedWidget, "pages").currentWidget()
    # What comes may need more room than the window has; then the page grows, and is scrolled.
    driver.wait(lambda: page.minimumSizeHint().boundedTo(page.size()) == page.minimumSizeHint())
    return page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> str:
    """Where two pictures differ; "" where they do not."""
    if one.size() != other.size():
        return f"{one.size()} and {other.size()}"
    rows, columns = np.nonzero((_pixels(one) != _pixels(other)).any(axis=2))
    return f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}" if len(rows) else ""


def assert_looks_the_same(driver: Driver) -> None:
    """Build everything again: no pixel of the page is other than before."""
    before = page_picture(driver)
    rebuild(driver)
    where = difference(before, page_picture(driver))
    assert not where, where


def _pixels(image: QImage) -> NDArray[np.uint8]:
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
