"""Descending on surfaces, used with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.descent.surfaces import SURFACES, Surface
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window.pages.descent.surface.section_picture import SectionPicture
from mnist_lab.window.pages.descent.surface.surface_picture import SurfacePicture
from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from tests.window.pages.descent.host import Host, surface_tab

_SurfaceHost = Host[SurfaceTab]


@pytest.fixture
def host(qtbot: QtBot) -> _SurfaceHost:
    return Host(qtbot, surface_tab)


def _choose(host: _SurfaceHost, identifier: str) -> None:
    index = [surface.identifier for surface in SURFACES].index(identifier)
    host.find(QComboBox, "surfaceKind").setCurrentIndex(index)


def _point(host: _SurfaceHost, rule: str) -> np.ndarray:
    return host.tab.model.balls.balls[rule].path.points[-1]


def test_a_click_is_the_start_of_all(host: _SurfaceHost) -> None:
    host.click_place("surfacePicture", (2.0, -1.0))
    assert len(host.tab.model.balls.balls) == len(RULES)
    for rule in RULES:
        assert np.allclose(_point(host, rule.identifier), (2.0, -1.0), atol=0.05)


def test_arrow_keys_move_the_start(host: _SurfaceHost) -> None:
    x, y = host.tab.model.start
    host.press("surfacePicture", Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert host.tab.model.start == pytest.approx((x + 0.2, y + 0.4))
    assert np.allclose(_point(host, "adam"), host.tab.model.start)


def test_step_back_and_restart(host: _SurfaceHost) -> None:
    start = _point(host, "sgd")
    for _press in range(3):
        host.click("surfaceStep")
    third = _point(host, "sgd")
    rate = host.tab.model.balls.rate
    assert third[0] == pytest.approx(start[0] * (1 - rate) ** 3)  # the curvature along the valley is 1
    host.click("surfaceStep")
    host.click("surfaceBack")
    assert np.array_equal(_point(host, "sgd"), third)
    host.click("surfaceRestart")
    assert np.array_equal(_point(host, "sgd"), start)


def test_run_goes_on_by_itself_until_it_is_paused(host: _SurfaceHost) -> None:
    host.find(QComboBox, "surfaceSpeed").setCurrentIndex(4)
    host.click("surfaceRun")
    host.qtbot.waitUntil(lambda: host.tab.model.balls.steps >= 20)
    host.click("surfaceRun")
    assert np.hypot(*_point(host, "sgd_momentum")) < np.hypot(*host.tab.model.start)


def test_optimizers_are_toggled_and_make_up_for_the_steps(host: _SurfaceHost) -> None:
    host.click("surfaceStep")
    expected = _point(host, "adam")
    host.press("surfaceRuleadam", Qt.Key.Key_Space)
    assert "adam" not in host.tab.model.balls.balls
    host.press("surfaceRuleadam", Qt.Key.Key_Space)
    assert np.array_equal(_point(host, "adam"), expected)


def test_too_large_a_rate_for_the_valley_is_told_and_throws_sgd_out(host: _SurfaceHost) -> None:
    assert host.notice("surfaceLimit").severity == "info"
    host.type_number("surfaceRate", "0.05")
    assert "ten times closer along the valley, at this rate: about 45." in host.notice("surfaceLimit").text
    balls = host.tab.model.balls
    balls.step(45)
    x = balls.balls["sgd"].path.points[:, 0]
    assert abs(x[45]) < abs(x[0]) / 10 < abs(x[44])
    balls.begin()
    host.type_number("surfaceRate", "0.1")
    notice = host.notice("surfaceLimit")
    assert notice.severity == "warning"
    assert "2 / 25 = 0.08" in notice.text
    for _press in range(6):
        host.click("surfaceStep")
    assert abs(_point(host, "sgd")[1]) > abs(host.tab.model.start[1])


def test_the_condition_slider_makes_the_valley_longer(host: _SurfaceHost) -> None:
    slider = host.find(QSlider, "surfaceCondition")
    slider.setFocus()
    host.qtbot.keyClick(slider, Qt.Key.Key_End)
    assert host.tab.model.surface.gradient_at(np.array([1.0, 1.0])) == pytest.approx([1.0, 1000.0])
    _choose(host, "saddle")
    assert not slider.isVisible()
    assert host.notice("surfaceLimit").text == ""


def test_the_cut_shows_the_slope_of_its_direction(host: _SurfaceHost) -> None:
    _choose(host, "two_wells")
    cut, section = host.find(QComboBox, "surfaceCut"), host.find(SectionPicture, "sectionPicture")
    gradient = host.tab.model.surface.gradient_at(np.array(host.tab.model.start))
    for index, slope in ((0, -np.hypot(*gradient)), (1, gradient[0]), (2, gradient[1])):
        cut.setCurrentIndex(index)
        told = float(section.readout.split("cut ")[1].replace("−", "-"))
        assert told == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.identifier)
def test_every_surface_is_walked_and_drawn_however_far_a_ball_goes(host: _SurfaceHost, surface: Surface) -> None:
    _choose(host, surface.identifier)
    assert host.tab.model.balls.rate == pytest.approx(surface.rate, rel=0.05)
    host.type_number("surfaceRate", "10")
    for _press in range(20):
        host.click("surfaceStep")
    assert "height" in host.find(SurfacePicture, "surfacePicture").readout
    assert not host.window.grab().isNull()
