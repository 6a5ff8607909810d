"""A sweep that is saved for the terminal, and opened again."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
)

from mnist_lab.runs.sweep_file import read_sweep_file
from mnist_lab.window import dialogs
from mnist_lab.window.state.lab import Lab
from tests.window.conftest import Driver
from tests.window.pages.experiments.sweep_tab_driving import QUICK, outlook


@pytest.fixture
def lab(sweeping_lab: Lab) -> Lab:
    return sweeping_lab


def test_a_sweep_is_saved_for_the_terminal_and_opened_again(
    driver: Driver, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sweep.json"
    monkeypatch.setattr(dialogs, "ask_to_save_sweep", lambda _parent: path)
    monkeypatch.setattr(dialogs, "ask_for_sweep", lambda _parent: path)
    driver.click("trialSweepSave")
    file = read_sweep_file(str(path))
    assert (file.data, file.base) == ("starter", QUICK.changed(learning_rate=0.001, hidden_units=(512,)))
    assert list(file.choices.values) == ["learning_rate", "hidden_units"]
    content = json.loads(path.read_text())
    content["base"]["epochs"] = 3
    content["random"] = {"count": 5, "seed": 1, "l2": {"from": 0, "to": 0.1}}
    del content["grid"]
    path.write_text(json.dumps(content))
    driver.click("trialSweepOpen")
    assert driver.find(QComboBox, "trialSweepKind").currentData() == "random"
    assert driver.find(QLineEdit, "trialSweepVariedTo1").text() == "0.1"
    assert lab.draft.experiment.epochs == 3
    driver.wait(lambda: outlook(driver).startswith("5 run"))


def test_draws_of_the_seed_are_not_saved_as_something_else(
    driver: Driver, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In such a file “seed” decides the draws."""
    said: list[str] = []
    lab.problem.connect(said.append)
    monkeypatch.setattr(dialogs, "ask_to_save_sweep", lambda _parent: tmp_path / "sweep.json")
    driver.press("trialSweepKind", Qt.Key.Key_Down)
    field = driver.find(QComboBox, "trialSweepVariedField1")
    field.setCurrentIndex(field.findData("seed"))
    driver.wait(lambda: outlook(driver).startswith("6 run"))
    driver.click("trialSweepSave")
    assert "cannot vary there" in said[-1]
    assert not list(tmp_path.glob("*.json"))
