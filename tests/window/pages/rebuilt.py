"""Throwing away what is in a driver's window, and building it again."""

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
    QApplication.processEvents()
    return driver.find(QStackedWidget, "pages").currentWidget().grab().toImage()
