"""Challenges on the Descent tab, begun, met and left with mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.descent.challenges import CHALLENGES
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler
from tests.window.pages.descent.host import Host, curve_tab

NAMES = [challenge.identifier for challenge in CHALLENGES]


class Challenged(Host[CurveTab]):
    @property
    def notice_text(self) -> str:
        return self.notice("descentChallengeNotice").text

    def open(self, name: str) -> None:
        self.press("descentChallenges", Qt.Key.Key_Space)
        self.choose(name)
        self.press("descentChallengeBegin", Qt.Key.Key_Space)

    def choose(self, name: str) -> None:
        choice = self.find(QComboBox, "descentChallenge")
        choice.setFocus()
        self.qtbot.keyClick(choice, Qt.Key.Key_Home)
        for _ in range(NAMES.index(name)):
            self.qtbot.keyClick(choice, Qt.Key.Key_Down)
        assert self.tab.model.challenges.chosen.identifier == name

    def tick(self, rule: str) -> None:
        self.press(f"descentRule_{rule}", Qt.Key.Key_Space)

    def step(self, steps: int) -> None:
        for _ in range(steps):
            self.press("descentCurve", Qt.Key.Key_Right)


@pytest.fixture
def host(qtbot: QtBot) -> Challenged:
    return Challenged(qtbot, curve_tab)


def test_the_card_is_closed_until_its_heading_is_pressed(host: Challenged) -> None:
    assert not host.find(QComboBox, "descentChallenge").isVisible()
    host.qtbot.mouseClick(host.find(QToolButton, "descentChallenges"), Qt.MouseButton.LeftButton)
    assert host.find(QComboBox, "descentChallenge").isVisible()
    assert not host.find(QWidget, "descentChallengeLeave").isEnabled()


def test_one_step_solves_the_bowl_and_is_judged_at_once(host: Challenged) -> None:
    host.open("fewest_bowl")
    assert "Not started" in host.notice_text
    host.type_number("descentRate", "0.45")
    host.step(3)
    assert "Not yet: at step 3" in host.notice_text
    host.step(1)
    assert "Solved with 4 steps" in host.notice_text
    assert host.notice("descentChallengeNotice").severity == "good"
    assert host.text("descentChallengeBest") == "Fewest steps of this session: 4"
    host.click("descentRestart")
    host.type_number("descentRate", "0.5")
    host.step(1)
    assert "single step" in host.notice_text
    assert "1/f″ = 0.5" in host.text("descentChallengeTheoryWords")  # nothing is left to keep back


def test_the_best_of_the_session_outlasts_a_worse_run_and_leaving(host: Challenged) -> None:
    host.open("fewest_bowl")
    host.type_number("descentRate", "0.45")
    host.step(4)
    host.click("descentRestart")
    host.type_number("descentRate", "0.3")
    host.step(12)
    assert "are allowed" in host.notice_text
    host.click("descentChallengeLeave")
    assert host.notice_text == ""
    host.choose("escape")
    assert "Nothing reached" in host.text("descentChallengeBest")
    host.choose("fewest_bowl")
    assert host.text("descentChallengeBest") == "Fewest steps of this session: 4"


def test_leaving_brings_everything_back_and_every_step(host: Challenged) -> None:
    bench = host.tab.bench
    host.press("descentFunction", Qt.Key.Key_Down, Qt.Key.Key_Down)
    host.type_number("descentStart", "4.2")
    host.type_number("descentRate", "0.03")
    host.tick("sgd_momentum")
    host.type_number("descentSetting_sgd_momentum_momentum", "0.7")
    host.press("descentNoise", Qt.Key.Key_Space)
    host.press("descentBatchSize", Qt.Key.Key_Down)
    host.step(7)
    balls, batches = bench.balls, bench.batches
    paths = {name: ball.path.x.tolist() for name, ball in balls.balls.items()}
    host.open("escape")
    assert (bench.function.identifier, bench.start, bench.batches) == ("double_well", 3.1, None)
    assert not host.find(QCheckBox, "descentNoise").isChecked()
    assert bench.balls.settings_of("sgd_momentum") == {"momentum": 0.7}
    host.tick("adam")
    host.tick("sgd")
    host.type_number("descentRate", "0.2")
    host.type_number("descentSetting_sgd_momentum_momentum", "0.95")
    host.press("descentFunction", Qt.Key.Key_Down)
    host.step(3)
    assert "another curve" in host.notice_text
    host.press("descentChallengeBegin", Qt.Key.Key_Space)  # by now “Begin again”
    assert (bench.function.identifier, bench.start) == ("double_well", 3.1)
    host.press("descentChallengeLeave", Qt.Key.Key_Space)
    assert bench.balls is balls
    assert {name: ball.path.x.tolist() for name, ball in bench.balls.balls.items()} == paths
    assert bench.balls.settings_of("sgd_momentum") == {"momentum": 0.7}
    assert (bench.function.identifier, bench.start, bench.batches) == ("ripples", 4.2, batches)
    assert host.find(QComboBox, "descentFunction").currentText() == "Ripples"
    assert host.find(QDoubleSpinBox, "descentStart").value() == 4.2
    assert host.find(QDoubleSpinBox, "descentRate").value() == bench.balls.rate == 0.03
    assert host.find(QDoubleSpinBox, "descentSetting_sgd_momentum_momentum").value() == 0.7
    ticked = [name for name in paths if host.find(QCheckBox, f"descentRule_{name}").isChecked()]
    assert ticked == ["sgd", "sgd_momentum"]
    assert not host.find(QCheckBox, "descentRule_adam").isChecked()
    assert host.find(QCheckBox, "descentNoise").isChecked()
    assert host.find(QComboBox, "descentBatchSize").isEnabled()
    host.step(1)  # and it goes on from there, with the same batches
    assert len(bench.balls.balls["sgd"].path.x) == 9


def test_momentum_escapes_the_shallow_well_where_plain_sgd_stays(host: Challenged) -> None:
    host.open("escape")
    assert "tick it" in host.notice_text
    host.tick("sgd_momentum")
    host.type_number("descentSetting_sgd_momentum_momentum", "0.95")
    host.step(5)
    assert "Not yet" in host.notice_text
    host.press("descentSpeed", Qt.Key.Key_End)
    host.click("descentRun")
    host.qtbot.waitUntil(lambda: "Solved" in host.notice_text)
    host.click("descentRun")
    balls = host.tab.bench.balls.balls
    assert balls["sgd_momentum"].x == pytest.approx(-2.308, abs=0.01)
    assert balls["sgd"].x == pytest.approx(2.157, abs=0.01)


def test_nothing_gives_the_answer_away_until_it_is_asked_for(host: Challenged) -> None:
    ruler = host.find(StabilityRuler, "descentRuler")
    host.open("largest_fit")
    assert not ruler.isVisible()
    host.type_number("descentRate", "3")
    host.step(8)
    assert "too large" in host.notice_text
    shown = [label.text() for label in host.window.findChildren(QLabel) if label.isVisible()]
    assert any("Diverged" in text for text in shown)
    assert not any("1.268" in text for text in shown)
    host.press("descentChallengeTheory", Qt.Key.Key_Space)
    assert host.find(QLabel, "descentChallengeTheoryWords").isVisible()
    shown = [label.text() for label in host.window.findChildren(QLabel) if label.isVisible()]
    assert sum("1.268" in text for text in shown) >= 3  # theory, verdict and ruler
    assert ruler.isVisible()


def test_choosing_another_challenge_leaves_the_running_one(host: Challenged) -> None:
    host.press("descentFunction", Qt.Key.Key_Down)
    host.open("largest_bowl")
    assert host.tab.bench.function.identifier == "bowl"
    host.choose("largest_fit")
    assert host.tab.bench.function.identifier == "double_well"
    assert host.tab.model.challenges.running is None
    assert host.find(StabilityRuler, "descentRuler").isVisible()
