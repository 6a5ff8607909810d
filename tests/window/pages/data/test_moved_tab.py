"""Moved copies on the Data page: chosen by keys, seen as the very pictures that the next run trains on."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSpinBox, QTabBar

from mnist_lab.data.digits import Digits, Images
from mnist_lab.experiment import Experiment
from mnist_lab.network.batches import copies_of, split_held_out
from mnist_lab.window.pages.data.moved_look import moved_pictures
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild


def copies(experiment: Experiment, digits: Digits, index: int) -> Images:
    made = copies_of(experiment, digits, index)
    assert made is not None
    return made


def test_which_copies_are_shown(starter: Digits) -> None:
    """Those of the next run where it has some, else examples; and it is said why."""
    experiment = Experiment(moved_copies=3, validation="held_out")
    trained, kept_aside = split_held_out(experiment, starter)
    image = starter.train_images[0]
    told = moved_pictures(experiment, starter, image, int(trained[5]))
    assert told.kind == "trained"
    assert np.array_equal(told.copies, copies(experiment, starter, int(trained[5])))
    for other, index, kind in (
        (experiment, int(kept_aside[5]), "kept_aside"),
        (experiment, None, "not_trained"),
        (Experiment(), 5, "no_copies"),
        (Experiment(), None, "not_trained"),
    ):
        told = moved_pictures(other, starter, image, index)
        assert told.kind == kind
        assert len(told.copies) == (other.moved_copies or 11)
        assert (told.copies != image).any(axis=(1, 2)).all()


def type_into(driver: Driver, name: str, text: str) -> None:
    field = driver.find(QSpinBox if name == "movedCopies" else RealNumberBox, name)
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, text)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_next_run_has_the_copies_that_are_seen(driver: Driver) -> None:
    lab, digits = driver.window.lab, driver.window.lab.digits
    assert digits is not None
    driver.press("dataGrid", Qt.Key.Key_Right, Qt.Key.Key_Right)
    bar = driver.find(QTabBar, "dataTabs")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(3).center())
    assert "0 copies are chosen" in driver.text("movedCaption")
    assert driver.text("movedWords") == "No copies: an epoch has the 4,000 images as they are."
    usual = driver.find(QAbstractButton, "movedUsualButton")
    assert not usual.isEnabled()

    before = lab.draft.experiment
    type_into(driver, "movedCopies", "3")
    type_into(driver, "movedTurn", "40")
    chosen = before.changed(moved_copies=3, moved_turn=40)
    assert lab.draft.experiment == chosen
    shown = driver.find(PictureGrid, "movedGrid").images
    assert np.array_equal(shown[0], digits.train_images[2])
    assert np.array_equal(shown[1:], copies(chosen, digits, 2))
    assert driver.text("movedCaption") == "The next run trains on these very pictures."
    assert "has 16,000 images (12.5 MB): 4,000 and 12,000 copies. That is 125 updates." in driver.text("movedWords")

    rebuild(driver)
    assert driver.find(RealNumberBox, "movedTurn").value() == 40
    assert np.array_equal(driver.find(PictureGrid, "movedGrid").images, shown)
    usual = driver.find(QAbstractButton, "movedUsualButton")
    driver.qtbot.mouseClick(usual, Qt.MouseButton.LeftButton)
    assert lab.draft.experiment == before.changed(moved_copies=3)
    assert not usual.isEnabled()
    driver.find(QComboBox, "dataPart").setCurrentIndex(1)
    assert driver.text("movedCaption") == "Examples: copies are made of training images alone."

    type_into(driver, "movedShift", "99")
    assert lab.draft.experiment == before.changed(moved_copies=3), "what cannot be is not taken"
    assert "99 is too large: at most 14." in driver.find(RealNumberBox, "movedShift").problem
    driver.window.show_page_named("trainPage")
    assert driver.find(QSpinBox, "copiesOfEach").value() == 3
