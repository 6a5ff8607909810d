"""One gradient update, looked at closely on the Weights page."""

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QSpinBox

from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from tests.window.conftest import LAPTOP, Driver
from tests.window.pages.weights.steps import DROPOUT, SGD, UPDATE, open_page, settle, values_of

pytestmark = pytest.mark.keras


def _has_done_one(driver: Driver) -> bool:
    run = driver.window.lab.run
    return driver.window.lab.live.is_paused and run is not None and run.updates == 1


@pytest.mark.experiment(SGD)
def test_one_update_is_shown_as_the_equation_it_is(driver: Driver) -> None:
    open_page(driver, UPDATE)
    driver.window.lab.step()
    driver.wait(lambda: _has_done_one(driver))
    driver.wait(lambda: driver.find(QAbstractButton, "nextUpdateButton").isEnabled())
    driver.click("nextUpdateButton")  # the run waits: this trains one batch
    driver.wait(lambda: driver.window.lab.look.update is not None)
    settle(driver)
    after, before, taken, gradient, step = (
        driver.find(MatrixPicture, f"update{name}") for name in ("After", "Before", "Taken", "Gradient", "Step")
    )
    unit = driver.find(QSpinBox, "updateUnit")
    strongest = int(np.abs(driver.window.lab.look.update.after.layers[0].kernel).sum(axis=0).argmax())
    unit.setValue(strongest)
    np.testing.assert_allclose(values_of(before) - values_of(taken), values_of(after), atol=1e-7)
    np.testing.assert_allclose(values_of(before) - np.float32(0.05) * values_of(gradient), values_of(after), atol=1e-7)
    assert before.limit == after.limit
    assert "the step is the learning rate, 0.05" in driver.text("updateStepWords")
    before.point((14, 14))
    assert all(picture.pointed == (14, 14) for picture in (after, taken, gradient, step))
    assert "Row 14, column 14" in driver.text("updateSums")
    driver.window.resize(*LAPTOP)
    settle(driver)
    assert driver.find(QScrollArea, "pageArea").verticalScrollBar().maximum() == 0
    assert abs(after.height() - step.height()) <= 2, "both equations are equally large"
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    button, chosen = driver.find(QAbstractButton, "nextUpdateButton"), unit.value()
    button.setFocus()
    driver.window.lab.live.stop()
    driver.wait_for_end()
    driver.wait(lambda: not button.isEnabled())
    keyboard = QApplication.focusWidget()
    assert keyboard is not None
    assert keyboard.objectName() == "weightsTabs"
    assert unit.value() == chosen


@pytest.mark.experiment(DROPOUT)
def test_an_update_with_dropout_says_what_its_gradient_leaves_out(driver: Driver) -> None:
    open_page(driver, UPDATE)
    driver.window.lab.step()
    driver.wait(lambda: _has_done_one(driver))
    driver.wait(lambda: driver.find(QAbstractButton, "nextUpdateButton").isEnabled())
    driver.click("nextUpdateButton")
    driver.wait(lambda: driver.window.lab.look.update is not None)
    settle(driver)
    assert any("dropout" in label.text() for label in driver.window.findChildren(QLabel) if label.isVisible())
    assert "scales the learning rate" in driver.text("updateStepWords")
    about_button = driver.find(QLabel, "updateAboutButton")
    assert not about_button.isVisible(), "whoever used the button knows it"
    driver.window.lab.live.stop()
    driver.wait_for_end()
    settle(driver)
    assert not driver.find(QAbstractButton, "nextUpdateButton").isEnabled()
    assert about_button.isVisible()
    assert about_button.text().startswith("Start a run on the Train page.")
