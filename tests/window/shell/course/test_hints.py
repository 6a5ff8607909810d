"""A hint that is about the step in hand stands in the course, and nowhere else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox

from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import rebuild


def _seen(driver: Driver) -> tuple[bool, bool]:
    """Whether there is a hint in the course, and one on the Train page."""
    return driver.find(HintStrip, "courseHintStrip").isVisible(), driver.find(HintStrip, "hintStrip").isVisible()


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=1, learning_rate=3.0))
def test_the_course_shows_what_is_about_its_step(driver: Driver) -> None:
    lab = driver.window.lab
    coach = coach_of(lab)
    driver.click("startButton")
    driver.wait_for_end()
    driver.wait(lambda: _seen(driver) == (False, True))
    coach.open()
    coach.go_to("first_network.train")
    assert _seen(driver) == (True, False)
    coach.go_to("first_network.gap")
    assert _seen(driver) == (False, True), "it is about another step"
    coach.go_to("first_network.smaller")
    assert _seen(driver) == (True, False)
    rebuild(driver)
    assert _seen(driver) == (True, False)
    driver.press("courseHintActButton", Qt.Key.Key_Space)
    assert driver.find(QDoubleSpinBox, "learningRate").value() == 0.001
    coach.close()
    assert _seen(driver) == (False, True)
