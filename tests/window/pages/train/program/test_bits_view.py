"""The program's bits are compared with the lab's: it is run here, or what it has printed is pasted."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QSpinBox, QTabBar, QWidget

from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.mirror import running
from mnist_lab.mirror.errors import MirrorError
from mnist_lab.network.plain_run import plain_weights
from mnist_lab.window.pages.train.program import bits_work
from mnist_lab.window.pages.train.program.program_source import UsedDigits
from mnist_lab.window.pages.train.program.program_view import ProgramView
from mnist_lab.window.widgets.basic.notice import Notice
from tests.network.runs import made_up_digits
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild

pytestmark = [pytest.mark.keras, pytest.mark.experiment(Experiment(hidden_units=(16,), epochs=1))]
OTHER = "0123456789abcdef" * 4


class Printing:
    """In place of a process: `tests.mirror.test_running` has real ones."""

    says = OTHER

    def __init__(self, make) -> None:
        made, files = make(Path("program.py"))
        assert "weights_sha256" in made.text
        assert not files

    def __enter__(self) -> "Printing":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def result(self, is_wanted) -> str:
        assert is_wanted()
        return self.says


@pytest.fixture
def verdict(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Notice:
    monkeypatch.setattr(bits_work, "ProgramRun", Printing)
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    bar = driver.find(QTabBar, "networkTabs")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    driver.wait(lambda: driver.find(ProgramView, "programCode").program is not None)
    assert not driver.find(QWidget, "programCompareButton").isVisible()
    driver.find(QCheckBox, "programChecks").click()
    driver.find(QWidget, "programCompareButton").setFocus()
    driver.click("programCompareButton")
    assert QApplication.focusWidget() is driver.find(QLineEdit, "programPasted")
    return driver.find(Notice, "programVerdict")


def paste(driver: Driver, text: str) -> None:
    line = driver.find(QLineEdit, "programPasted")
    line.setFocus()
    line.selectAll()
    QApplication.clipboard().setText(text)
    driver.qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_pasted_or_run_here(driver: Driver, verdict: Notice) -> None:
    lab = driver.window.lab
    assert lab.digits is not None
    weights = plain_weights(lab.draft.experiment, lab.digits)
    assert weights is not None
    ours = weights.sha256()
    paste(driver, "test_acc: 0.87")
    driver.qtbot.keyClick(driver.find(QLineEdit, "programPasted"), Qt.Key.Key_Return)
    assert verdict.text.startswith("There is no hash of 64 signs in it")
    paste(driver, f'{{"history": {{}}, "test_accuracy": 0.9, "weights_sha256": "{ours}"}}')
    driver.wait(lambda: verdict.text.startswith("The same bits: all 12,730 weights and biases"))
    assert verdict.severity == "good"
    assert ours[:12] in verdict.text
    driver.click("programRunButton")
    driver.wait(lambda: verdict.text.startswith("Other bits"))
    assert driver.find(QLineEdit, "programPasted").text() == ""
    assert OTHER[:12] in verdict.text
    assert ours[:12] in verdict.text
    driver.find(QSpinBox, "epochs").setValue(2)
    assert verdict.text.endswith("The form has other settings now.")
    rebuild(driver)
    assert driver.find(Notice, "programVerdict").text.startswith("Other bits")
    driver.click("bitsBackButton")
    assert QApplication.focusWidget() is driver.find(QWidget, "programCompareButton")
    assert driver.find(QWidget, "programCode").isVisible()


def test_where_keras_multiplies_otherwise_that_is_told(driver: Driver, verdict: Notice) -> None:
    lab = driver.window.lab
    lab.draft.set_experiment(lab.draft.experiment.changed(activation="silu", dropout=0.2, batch_size=300))
    paste(driver, OTHER)
    driver.wait(lambda: verdict.text.startswith("Other last bits"))
    assert verdict.severity == "info"


def test_a_run_comes_first_and_what_fails_is_told(
    driver: Driver, verdict: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, button = driver.window.lab, driver.find(QAbstractButton, "programRunButton")
    lab.draft.set_experiment(lab.draft.experiment.changed(epochs=10_000))
    driver.click("programRunButton")
    assert button.text() == "Stop"
    assert verdict.text.startswith("The program starts")
    lab.start()
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    assert not button.isEnabled(), "it has given way"
    assert "one thread trains" in button.toolTip()
    paste(driver, OTHER)
    assert "one thread trains" in driver.find(Notice, "problemNotice").text
    lab.live.stop()
    driver.wait_for_end()

    def fail(*_: object) -> str:
        raise MirrorError("it cannot be")

    monkeypatch.setattr(Printing, "result", fail)
    lab.draft.set_experiment(lab.draft.experiment.changed(epochs=1))
    driver.click("programRunButton")
    driver.wait(lambda: verdict.text == "it cannot be")
    assert verdict.severity == "error"
    assert running.hash_in(verdict.text) is None


def test_mnist_is_read_from_the_copy_that_is_here(tmp_path: Path) -> None:
    digits = replace(made_up_digits(training=20, test=10), kind="full", origin=str(sources.lab_cache_file()))
    found = UsedDigits(digits, 0).found(tmp_path / "program.py")
    assert found.source.is_mnist
    assert found.here.npz == sources.lab_cache_file()
    own = replace(digits, kind="own", origin=str(tmp_path / "own.npz"))
    found = UsedDigits(own, 0).found(tmp_path / "program.py")
    assert found.here == found.source
