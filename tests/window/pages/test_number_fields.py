"""Whatever is wrong with the text of a number field is said on its page: no field refuses it in silence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.widgets.basic.tabs import Tabs
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from tests.window.conftest import SMALL, Driver


def said_on(page: Page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def assert_fields_speak(driver: Driver, page: Page, seen: set[str]) -> None:
    for field in [*page.findChildren(WholeNumberBox), *page.findChildren(RealNumberBox)]:
        if not field.isVisible() or not field.isEnabled() or field.objectName() in seen:
            continue
        seen.add(field.objectName())
        field.setFocus()
        field.selectAll()
        driver.qtbot.keyClicks(field, "-5 cats")
        assert field.has_bad_text, field.objectName()
        assert field.problem in said_on(page), field.objectName()
        driver.qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert not field.has_bad_text, field.objectName()


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=1))
def test_every_number_field_says_what_is_wrong(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()
    seen: set[str] = set()
    for spec in PAGES:
        driver.window.lab.navigator.open(spec.object_name)
        page = driver.find(Page, spec.object_name)
        assert_fields_speak(driver, page, seen)
        for tabs in page.findChildren(Tabs):
            for index in range(tabs.count()):
                tabs.setCurrentIndex(index)
                assert_fields_speak(driver, page, seen)
    assert {"testDigitNumber", "hiddenUnits", "momentNumber"} <= seen
