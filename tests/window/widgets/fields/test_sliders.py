"""Sliders with a value beside them: one value, whichever part sets it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.widgets.fields.named_slider import NamedSlider


@pytest.fixture
def rate(qtbot: QtBot) -> LogSlider:
    rate = LogSlider("rate", "Rate", "How far.", (-3, 0), Complaints())
    qtbot.addWidget(rate)
    rate.show()
    qtbot.waitExposed(rate)
    return rate


def parts(rate: LogSlider) -> tuple[QSlider, QDoubleSpinBox]:
    slider, field = rate.findChild(QSlider, "rateSlider"), rate.findChild(QDoubleSpinBox, "rate")
    assert slider is not None
    assert field is not None
    return slider, field


def test_field_and_slider_tell_one_value(rate: LogSlider, qtbot: QtBot) -> None:
    slider, field = parts(rate)
    told: list[float] = []
    rate.changed.connect(told.append)
    field.setValue(0.03)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert told == [0.03, 1.0]
    assert field.value() == rate.value == 1.0


def test_a_value_that_is_set_is_not_told_but_each_part_says_where_it_stands(rate: LogSlider, qtbot: QtBot) -> None:
    slider, field = parts(rate)
    places: list[float] = []
    slider.valueChanged.connect(places.append)
    field.valueChanged.connect(places.append)
    with qtbot.assertNotEmitted(rate.changed):
        rate.set_value(0.1)
    assert sorted(places) == [-50, 0.1]


def test_a_named_slider_that_is_set_is_not_told_but_says_where_it_stands(qtbot: QtBot) -> None:
    pen = NamedSlider("pen", "Pen", "How thick.", (1, 9), str)
    qtbot.addWidget(pen)
    places: list[int] = []
    pen.slider.valueChanged.connect(places.append)
    with qtbot.assertNotEmitted(pen.changed):
        pen.set_value(4)
    assert places == [4]
    with qtbot.waitSignal(pen.changed) as told:
        qtbot.keyClick(pen.slider, Qt.Key.Key_Right)
    assert told.args == [5]


def test_the_wheel_moves_only_the_slider_in_use(rate: LogSlider) -> None:
    slider, field = parts(rate)
    rate.set_value(0.01)
    field.setFocus()
    before = slider.value()
    roll_up(slider)
    assert slider.value() == before
    assert field.hasFocus()
    slider.setFocus()
    roll_up(slider)
    assert slider.value() > before


def roll_up(slider: QSlider) -> None:
    centre = QPointF(slider.rect().center())
    event = QWheelEvent(
        centre,
        slider.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)
