"""The banner: how a problem comes, and how it goes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QSpinBox, QWidget

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.window import theme
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver


def _is_shown(driver: Driver) -> bool:
    return driver.find(QWidget, "problemBanner").isVisible()


def _activate(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)


def test_escape_puts_it_away_after_whatever_else_escape_is_for(driver: Driver) -> None:
    """The keyboard stays where it is, whether the banner goes by key, by mouse, or by a press of its button."""
    _activate(driver)
    driver.window.show_page_named("trainPage")
    field = driver.find(QSpinBox, "epochs")
    field.setFocus()
    driver.window.lab.problem.emit("Something is wrong.")
    field.selectAll()
    driver.qtbot.keyClicks(field, "7")
    driver.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.value(), _is_shown(driver)) == (2, True), "the field comes first"
    driver.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not _is_shown(driver)
    assert QApplication.focusWidget() is field

    driver.window.lab.problem.emit("Something is wrong.")
    driver.click("closeBannerButton")
    assert not _is_shown(driver)
    assert QApplication.focusWidget() is field

    driver.window.lab.problem.emit("Something is wrong.")
    button = driver.find(QAbstractButton, "closeBannerButton")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    driver.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not _is_shown(driver)
    assert QApplication.focusWidget() is field


def test_a_sentence_of_one_line_covers_nothing_of_the_page(driver: Driver) -> None:
    """Also where the line below has no button, because the full set is in use."""
    driver.find(QAbstractButton, "getFullSetButton").hide()
    driver.window.lab.offered.emit(Offer("Something was done.", "Undo", "Take it back.", lambda: None))
    banner, status = driver.find(QWidget, "problemBanner"), driver.window.findChild(StatusLine)
    assert status is not None
    driver.wait(lambda: banner.isVisible() and banner.height() > 0)
    QApplication.processEvents()
    page_ends = status.mapTo(driver.window, QPoint(0, 0)).y() - theme.GAP  # it keeps that free below itself
    assert banner.mapTo(driver.window, QPoint(0, 0)).y() >= page_ends


@pytest.mark.parametrize("name", ["lossPlot", "confusionMatrix", "drawCanvas", "descentCurve", "tensorPicture"])
def test_pictures_leave_an_escape_to_the_banner_that_lets_nothing_go(driver: Driver, name: str) -> None:
    pages = {
        "lossPlot": "trainPage",
        "confusionMatrix": "evaluatePage",
        "drawCanvas": "drawPage",
        "descentCurve": "descentPage",
        "tensorPicture": "tensorsPage",
    }
    _activate(driver)
    driver.window.show_page_named(pages[name])
    driver.window.lab.problem.emit("Something is wrong.")
    driver.press(name, Qt.Key.Key_Escape)
    assert not _is_shown(driver)


def test_a_failure_goes_with_the_next_success_of_its_kind(
    driver: Driver, starter: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "load_starter", lambda: replace(starter))  # read anew, as it is outside of tests
    lab = driver.window.lab
    lab.supply.load("no/such/file.npz")
    driver.wait(lambda: _is_shown(driver) and not lab.supply.is_loading)
    lab.set_drawing(Drawing(np.zeros((28, 28), np.float32), None))
    assert _is_shown(driver), "a drawing says nothing of files"
    lab.supply.load("starter")
    driver.wait(lambda: not _is_shown(driver))

    lab.own_digits.problem.emit("It cannot be kept.")
    assert _is_shown(driver)
    lab.supply.load("starter")
    driver.wait(lambda: not lab.supply.is_loading)
    assert _is_shown(driver)
    assert lab.own_digits.add(np.eye(28, dtype=np.uint8) * 200, 1, None)
    assert not _is_shown(driver)

    lab.problem.emit("The clipboard holds no picture.")
    lab.set_drawing(None)
    assert _is_shown(driver)
    lab.set_drawing(Drawing(np.zeros((28, 28), np.float32), None))
    assert not _is_shown(driver)


def test_what_is_in_the_way_is_told_as_long_as_it_is(driver: Driver) -> None:
    lab, in_the_way = driver.window.lab, [True]
    lab.hinder(Hindrance("Something is in the way.", lambda: bool(in_the_way)))
    lab.set_drawing(Drawing(np.zeros((28, 28), np.float32), None))
    assert _is_shown(driver), "a drawing does not help"
    in_the_way.clear()
    lab.race.steered.emit()
    assert not _is_shown(driver)


def test_news_stays_and_takes_the_place_of_a_problem(driver: Driver) -> None:
    driver.window.lab.problem.emit("Something is wrong.")
    driver.window.lab.supply.notice.emit("All is here.")
    driver.window.lab.set_drawing(Drawing(np.zeros((28, 28), np.float32), None))
    assert _is_shown(driver)
    assert driver.find(Notice, "problemNotice").text == "All is here."
