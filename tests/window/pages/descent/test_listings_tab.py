"""The momentum listings and the two scales, used with keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.descent.momentum_clinic import LISTINGS
from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window.pages.descent.listings_tab import ListingsTab
from mnist_lab.window.pages.descent.ways_picture import WaysPicture
from tests.window.pages.descent.host import Host, listings_tab

_ListingsHost = Host[ListingsTab]


@pytest.fixture
def host(qtbot: QtBot) -> _ListingsHost:
    return Host(qtbot, listings_tab)


def _outcomes(host: _ListingsHost, momentum: int) -> list[str]:
    slider = host.find(QSlider, "listingsMomentum")
    host.press("listingsMomentum", Qt.Key.Key_Home)
    for _press in range(momentum):
        host.qtbot.keyClick(slider, Qt.Key.Key_Right)
    return [host.notice(f"listingsOutcome{listing.identifier}").text for listing in LISTINGS]


def test_the_first_edition_slows_stalls_and_climbs(host: _ListingsHost) -> None:
    assert _outcomes(host, 10)[0].startswith("Slower")
    stalling = _outcomes(host, 50)[0]
    assert stalling.startswith("Stalls")
    assert "|\u2060w|" in stalling, "no line breaks within the bars"
    climbing = _outcomes(host, 90)
    assert climbing[0].startswith("Climbs")
    assert "3.3 × 10⁵" in climbing[0]
    assert climbing[1].startswith("Faster")
    assert host.notice("listingsOutcomefirst_edition").severity == "error"


def test_without_momentum_all_are_plain(host: _ListingsHost) -> None:
    texts = _outcomes(host, 0)
    assert len(set(texts)) == 1
    assert texts[0].startswith("Without momentum")


def test_keys_read_the_ways(host: _ListingsHost) -> None:
    picture = host.find(WaysPicture, "listingsWays")
    host.press("listingsWays", Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert picture.readout.startswith("after step 1: plain 1.8 ")
    host.press("listingsWays", Qt.Key.Key_Escape)
    assert picture.readout.startswith("after the last step")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
def test_only_rules_that_divide_the_scale_out_do_not_mind_it(host: _ListingsHost, rule: UpdateRule) -> None:
    identifier = rule.identifier
    choice = host.find(QComboBox, "listingsRule")
    choice.setCurrentIndex(choice.findData(identifier))
    minds = host.notice("listingsScaleWords").severity == "warning"
    assert minds == identifier.startswith("sgd")
