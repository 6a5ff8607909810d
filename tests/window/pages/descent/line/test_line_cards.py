"""The cards of the local line lead from continuity to the step, with mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.line.line_cards import LineCards
from mnist_lab.window.pages.descent.line.line_picture import LinePicture
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from tests.window.pages.descent.host import Host, line_tab

_LineHost = Host[LocalLineTab]


@pytest.fixture
def host(qtbot: QtBot) -> _LineHost:
    return Host(qtbot, line_tab)


def _readout(host: _LineHost) -> str:
    return host.find(LinePicture, "linePicture").readout


def _current(host: _LineHost) -> Card:
    return host.tab.findChildren(LineCards)[0].current


def _is_seen(host: _LineHost, name: str) -> bool:
    return host.find(QWidget, name).isVisible()


def _straight_share(host: _LineHost) -> float:
    return float(_readout(host).partition(" by ")[2].partition("\u00a0%")[0])


def test_next_leads_through_all_cards_and_back_again(host: _LineHost) -> None:
    sentences = [host.text("lineCardSentence")]
    for card in list(Card)[1:]:
        host.click("lineCardNext")
        assert _current(host) is card
        sentences.append(host.text("lineCardSentence"))
    assert len(set(sentences)) == len(Card)
    assert not host.find(QAbstractButton, "lineCardNext").isEnabled()
    host.click("lineCardBack")
    assert _current(host) is Card.STEP


def test_keys_turn_the_cards(host: _LineHost) -> None:
    host.press("lineCard1", Qt.Key.Key_Right)
    assert _current(host) is Card.SMOOTHNESS
    host.press("lineCard2", Qt.Key.Key_End)
    assert _current(host) is Card.ALL
    host.press("lineCard6", Qt.Key.Key_4)
    assert _current(host) is Card.SIGN


def test_each_card_adds_to_those_before(host: _LineHost) -> None:
    names = ("lineChange", "lineSlope", "lineJudgement", "errorPicture", "lineDirection", "lineIsStep", "lineTakeStep")
    seen = []
    for card in Card:
        host.click(f"lineCard{card + 1}")
        seen.append(sum(_is_seen(host, name) for name in names))
    assert seen == [1, 1, 4, 5, 7, 7]


def test_a_tenth_of_epsilon_leaves_about_a_tenth_of_the_change(host: _LineHost) -> None:
    assert _readout(host) == "ε = −1.2 changes y by Δy = −4.56."
    host.click("lineTry")
    assert _readout(host) == "ε = −0.12 changes y by Δy = −0.5856."
    assert host.text("lineChange") == "−0.5856"
    while host.find(QAbstractButton, "lineTry").isEnabled():
        host.click("lineTry")
    assert abs(host.tab.model.line.epsilon) < 1e-6 * 1.2
    assert host.tab.model.line.true - host.tab.model.line.y == pytest.approx(5 * host.tab.model.line.epsilon, rel=1e-3)


def test_the_bands_are_seen_with_continuity_alone(host: _LineHost) -> None:
    picture = host.find(LinePicture, "linePicture")
    place = picture.place_of(2.0, 8.5).toPoint()  # within the band of ε, beside the curve
    with_band = picture.grab().toImage().pixelColor(place).name()
    host.click("lineCard2")
    assert picture.grab().toImage().pixelColor(picture.place_of(2.0, 8.5).toPoint()).name() != with_band
    picture.set_palette(theme.DARK)
    picture.set_palette(theme.LIGHT)


def test_a_smooth_curve_straightens_and_a_corner_does_not(host: _LineHost) -> None:
    host.click("lineCard2")
    first = _straight_share(host)
    host.press("linePicture", *[Qt.Key.Key_Plus] * 20)
    assert _straight_share(host) == pytest.approx(first / 100, rel=0.1)
    host.click("lineTry")
    assert host.tab.model.function.identifier == "absolute_value"
    assert host.tab.model.line.x == 0
    corner = _straight_share(host)
    host.press("linePicture", *[Qt.Key.Key_Plus] * 20)
    assert _straight_share(host) == corner > 50
    host.click("lineTry")
    assert host.tab.model.function.identifier == "bowl"


def test_after_the_corner_the_other_cards_have_a_slope(host: _LineHost) -> None:
    host.click("lineCard2")
    host.click("lineTry")
    host.click("lineCardNext")
    assert host.tab.model.line.has_slope


def test_on_the_other_side_the_sign_is_another(host: _LineHost) -> None:
    host.click("lineCard4")
    assert "positive: decrease x" in host.text("lineDirection")
    assert _readout(host) == "a·ε is −6: this ε goes down the line, and f changes by −4.56."
    host.click("lineTry")
    assert "negative: increase x" in host.text("lineDirection")
    host.type_number("lineEpsilon", "-0.1")
    assert "goes up the line" in _readout(host)
    host.type_number("lineX", "0")
    assert "a·ε is 0" in _readout(host)
    assert not host.find(QAbstractButton, "lineTry").isEnabled()


def test_the_step_s_card_makes_epsilon_a_step_and_the_others_do_not(host: _LineHost) -> None:
    host.click("lineCard5")
    assert host.find(QAbstractButton, "lineIsStep").isChecked()
    assert host.tab.model.line.epsilon == pytest.approx(-0.5)
    assert _readout(host) == "The step goes to x = 2: the line promises a change of −2.5, f gives −2.25."
    host.type_number("lineRate", "0.7")
    assert "You left the region where the line is honest" in host.notice("lineJudgement").text
    host.click("lineCard3")
    assert not host.find(QAbstractButton, "lineIsStep").isChecked()


def test_a_step_on_level_ground_leaves_an_epsilon_to_the_other_cards(host: _LineHost) -> None:
    host.click("lineCard5")
    host.type_number("lineX", "0")
    assert host.tab.model.line.epsilon == 0
    host.click("lineCard1")
    assert host.tab.model.line.epsilon != 0
