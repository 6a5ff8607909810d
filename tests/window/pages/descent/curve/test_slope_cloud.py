"""The cloud of batches' slopes: genuine, the same each time, and on average the true slope."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QTabBar
from pytestqt.qtbot import QtBot

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.noise import Batches, batch_slope
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.curve.slope_cloud import CloudPicture
from tests.window.pages.descent.host import Host, curve_tab

CLOUD = 4
IDENTIFIERS = [function.identifier for function in FUNCTIONS]


class Noisy(Host[CurveTab]):
    @property
    def picture(self) -> CloudPicture:
        return self.find(CloudPicture, "descentCloud")

    @property
    def words(self) -> str:
        return self.text("descentCloudWords")

    def show_results(self, place: int = CLOUD) -> None:
        bar = self.find(QTabBar, "descentResults")
        self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
        QApplication.processEvents()

    def switch(self) -> None:
        box = self.find(QCheckBox, "descentNoise")
        box.setFocus()
        self.qtbot.keyClick(box, Qt.Key.Key_Space)

    def next_size(self) -> None:
        self.press("descentBatchSize", Qt.Key.Key_Down)
        QApplication.processEvents()


@pytest.fixture
def host(qtbot: QtBot) -> Noisy:
    host = Noisy(qtbot, curve_tab)
    host.show_results()
    return host


def test_without_noise_the_tab_says_where_to_switch_it_on(host: Noisy) -> None:
    assert not host.picture.isVisible()
    assert "Switch mini-batch noise on" in host.words
    host.switch()
    assert host.picture.isVisible()
    host.switch()
    assert not host.picture.isVisible()


def test_the_caption_says_average_and_true_slope(host: Noisy) -> None:
    host.switch()
    cloud = host.picture.clouds[0]
    assert "On average it is the true slope: 200 batches of 1 say" in host.words
    assert f"{cloud.average:.4g} ±" in host.words
    assert "the true slope is 5." in host.words
    assert "made up" in host.words
    host.next_size()
    assert "200 batches of 10" in host.words
    host.next_size()
    assert "All 40 samples together say the true slope, 5:" in host.words


def test_dots_are_the_slopes_that_the_steps_use(host: Noisy) -> None:
    host.switch()
    before = host.picture.clouds[0].slopes
    assert host.picture.next_draw == 0
    host.press("descentCurve", Qt.Key.Key_Right)
    path = host.tab.bench.balls.balls["sgd"].path
    assert path.used_slope[0] == before[0]
    assert host.picture.next_draw == 1
    assert host.picture.clouds[0].slopes[1] == batch_slope(host.tab.bench.function, path.x[1], 1, Batches(1))
    host.press("descentCurve", Qt.Key.Key_Left)
    assert np.array_equal(host.picture.clouds[0].slopes, before)


def test_a_size_that_is_used_stands_out(host: Noisy) -> None:
    host.switch()
    one = host.picture.grab().toImage()
    assert host.picture.size_used == 1
    host.next_size()
    assert host.picture.size_used == 10
    assert host.picture.grab().toImage() != one
    assert "batch of 10: average" in host.picture.accessibleDescription()


def test_real_samples_are_not_called_made_up(host: Noisy) -> None:
    host.switch()
    host.find(QComboBox, "descentFunction").setCurrentIndex(IDENTIFIERS.index("line_fit"))
    assert "made up" not in host.words
    assert host.picture.clouds[0].spread > 1


def test_where_there_is_no_slope_it_says_so(host: Noisy) -> None:
    host.switch()
    host.find(QComboBox, "descentFunction").setCurrentIndex(IDENTIFIERS.index("absolute_value"))
    host.type_number("descentStart", "0")
    assert not host.picture.isVisible()
    assert host.words == "There is no slope at x = 0, and no batch has one."


def test_the_slopes_fan_out_at_the_ball_with_noise_only(host: Noisy) -> None:
    curve = host.find(CurveView, "descentCurve")
    assert not len(curve.balls[0].fan)
    still = curve.grab().toImage()
    host.switch()
    assert curve.balls[0].fan[:5].tolist() == host.picture.clouds[0].slopes[:5].tolist()
    assert curve.grab().toImage() != still
    host.next_size()
    host.next_size()
    assert np.ptp(curve.balls[0].fan) == 0
