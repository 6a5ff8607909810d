"""The Keras program beside the hidden units: it follows the form, and form and lines light each other."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QSpinBox, QTabBar, QWidget

from mnist_lab.experiment import FIELD_NAMES, MOVED_STRENGTHS
from mnist_lab.mirror.program import program
from mnist_lab.mirror.source import source_of
from mnist_lab.window import dialogs
from mnist_lab.window.pages.train.experiment_form import ExperimentForm
from mnist_lab.window.pages.train.program.program_view import ProgramView
from mnist_lab.window.pages.train.program.setting_controls import SETTINGS, setting_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild


@pytest.fixture
def view(driver: Driver) -> ProgramView:
    """The program, shown."""
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    bar = driver.find(QTabBar, "networkTabs")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    view = driver.find(ProgramView, "programCode")
    driver.wait(lambda: view.program is not None)
    return view


def expected(driver: Driver, *, checks: bool = False) -> str:
    lab = driver.window.lab
    assert lab.digits is not None
    return program(lab.draft.experiment, source_of(lab.digits), checks=checks).text


def lines(view: ProgramView, numbers: tuple[int, ...]) -> str:
    return "\n".join(view.program.lines[number].text for number in numbers)


def point_at(driver: Driver, view: ProgramView, part: str) -> None:
    """Move the pointer to the first line with these words."""
    number = next(number for number, line in enumerate(view.program.lines) if part in line.text)
    view.verticalScrollBar().setValue(max(number - 2, 0))
    driver.qtbot.mouseMove(view.viewport(), QPoint(1, 1))  # else it may stand there already
    driver.qtbot.mouseMove(view.viewport(), view._place(number).center().toPoint())


def lit(driver: Driver) -> set[str]:
    form = driver.find(QWidget, "settingsArea")
    return {one.objectName() for one in form.findChildren(QWidget) if one.property("lit")}


def test_it_is_the_program_of_the_form_and_what_has_changed_is_marked_and_in_sight(
    driver: Driver, view: ProgramView
) -> None:
    assert view.toPlainText() == expected(driver).rstrip("\n")
    assert not view.changed
    driver.find(QSpinBox, "batchSize").setValue(64)
    assert view.toPlainText() == expected(driver).rstrip("\n")
    assert "batch_size=64" in lines(view, view.changed)
    first, changed = view.verticalScrollBar().value(), min(view.changed)
    assert first <= changed < first + view.verticalScrollBar().pageStep()
    driver.find(QCheckBox, "programChecks").click()
    assert view.toPlainText() == expected(driver, checks=True).rstrip("\n")
    assert "TF_ENABLE_ONEDNN_OPTS" in lines(view, view.changed)
    choice = driver.find(QComboBox, "optimizer")
    choice.setCurrentIndex(choice.findData("adam"))
    assert "Adam" in lines(view, view.changed)
    driver.find(QTabBar, "networkTabs").setCurrentIndex(0)
    driver.find(QSpinBox, "epochs").setValue(4)
    driver.find(QTabBar, "networkTabs").setCurrentIndex(1)
    assert view.toPlainText() == expected(driver, checks=True).rstrip("\n")
    assert view.changed == (), "nobody saw it change"


def test_what_has_changed_at_the_end_of_a_long_line_comes_into_sight(driver: Driver, view: ProgramView) -> None:
    view.setFixedWidth(300)
    driver.wait(lambda: view.horizontalScrollBar().maximum() > 0)
    driver.find(QSpinBox, "batchSize").setValue(64)
    cursor = view.document().find("batch_size=64")
    assert not cursor.isNull()
    assert 0 < view.cursorRect(cursor).right() <= view.viewport().width()


def test_a_control_lights_its_lines_by_pointer_and_by_keyboard(driver: Driver, view: ProgramView) -> None:
    epochs, seed = driver.find(QSpinBox, "epochs"), driver.find(QSpinBox, "seed")
    epochs.setFocus()
    assert "range(2)" in lines(view, view.lit)
    QApplication.sendEvent(seed, _enter(seed))
    assert "default_rng([0" in lines(view, view.lit)
    assert "range(2)" not in lines(view, view.lit)
    QApplication.sendEvent(seed, _leave())
    assert "range(2)" in lines(view, view.lit), "the one with the keyboard again"
    choice = driver.find(QComboBox, "optimizer")
    choice.setCurrentIndex(choice.findData("adam"))
    driver.click("moreSettings")
    driver.find(QWidget, "optimizer_beta_1").setFocus()
    assert "beta_1" in lines(view, view.lit)
    view.setFocus()
    assert view.lit == ()


def _enter(control: QWidget) -> QEvent:
    middle = QPointF(control.rect().center())
    return QEnterEvent(middle, middle, QPointF(control.mapToGlobal(middle.toPoint())))


def _leave() -> QEvent:
    return QEvent(QEvent.Type.Leave)


def test_a_line_lights_its_controls_by_pointer_and_by_keyboard(driver: Driver, view: ProgramView) -> None:
    point_at(driver, view, "optimizer = RMSprop")
    assert lit(driver) == {"optimizer", "learningRate", "moreSettings"}
    caption = driver.find(QLabel, "programCaption")
    assert caption.text() == "This line comes from: learning rate, optimizer, optimizer settings."
    point_at(driver, view, "batch_size=")
    assert "batchSize" in lit(driver)
    driver.qtbot.mouseMove(driver.find(QTabBar, "networkTabs"))
    driver.wait(lambda: lit(driver) == set())
    view.setFocus()
    number = next(number for number, line in enumerate(view.program.lines) if "Dense(16" in line.text)
    driver.qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(number):
        driver.qtbot.keyClick(view, Qt.Key.Key_Down)
    assert lit(driver) == {"hiddenUnits", "addLayerButton", "seed", "moreSettings", "thingsToTry"}
    driver.find(QSpinBox, "epochs").setFocus()
    assert lit(driver) == set()


def test_every_setting_has_its_controls_and_each_control_its_setting(driver: Driver, view: ProgramView) -> None:
    assert {*SETTINGS.values(), "optimizer_settings"} == FIELD_NAMES.keys() - set(MOVED_STRENGTHS)
    form = driver.window.findChild(ExperimentForm)
    fields = [one for one in form.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    without = {one.objectName() for one in fields if one.focusProxy() is None and setting_of(one) is None}
    assert without <= {"", "qt_spinbox_lineedit", "moreSettings", "thingsToTry"}


def test_a_field_that_cannot_be_used_leaves_the_last_program_and_says_so(driver: Driver, view: ProgramView) -> None:
    before, batch = view.toPlainText(), driver.find(QSpinBox, "batchSize")
    batch.setFocus()
    batch.selectAll()
    driver.qtbot.keyClicks(batch, "0")
    caption = driver.find(QLabel, "programCaption")
    assert caption.text().startswith("The program of the settings before: Batch size:")
    assert view.toPlainText() == before
    QApplication.clipboard().setText("nothing")
    driver.click("programCopyButton")
    assert QApplication.clipboard().text() == "nothing"
    assert not driver.find(Notice, "problemNotice").isVisible(), "the form says it"
    driver.qtbot.keyClick(batch, Qt.Key.Key_Escape)
    batch.setValue(50)
    assert caption.text().startswith("With XLA the lab rounds otherwise")
    assert "batch_size=50" in view.toPlainText()


def test_copied_and_saved_with_what_is_being_typed_and_with_own_digits(
    driver: Driver, view: ProgramView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, notice = driver.window.lab, driver.find(Notice, "problemNotice")
    rate = driver.find(QDoubleSpinBox, "learningRate")
    rate.setFocus()
    rate.selectAll()
    driver.qtbot.keyClicks(rate, "0.02")
    driver.click("programCopyButton")
    driver.wait(lambda: "learning_rate=0.02" in QApplication.clipboard().text())
    assert QApplication.clipboard().text() == expected(driver)
    assert notice.text == "The program is copied: paste it into an editor, and run it with Python."
    lab.own_digits.add(np.full((28, 28), 9, np.uint8), 3, None)
    lab.own_digits.set_used(True)
    driver.wait(lambda: 'own["x_train"]' in view.toPlainText())
    driver.click("programCopyButton")
    driver.wait(lambda: "reads your own digits" in notice.text)
    (kept,) = (tmp_path / "lab-home" / "programs").iterdir()
    assert str(kept) in QApplication.clipboard().text()
    with np.load(kept) as arrays:
        assert arrays["y_train"].tolist() == [3]
    asked = [tmp_path / name for name in ("mine.txt", "mine.ipynb", "mine.py")]
    monkeypatch.setattr(dialogs, "ask_to_save_program", lambda _parent: asked.pop())
    for ending in (".py", ".ipynb", ".txt"):
        driver.click("programSaveButton")
        driver.wait(lambda: f"mine{ending}" in notice.text)  # noqa: B023 - waited for in this very turn
    assert "let its name end in .py or .ipynb" in notice.text
    assert not (tmp_path / "mine.txt").exists()
    assert str(tmp_path / "mine_digits.npz") in (tmp_path / "mine.py").read_text(encoding="utf-8")
    assert (tmp_path / "mine_digits.npz").exists()
    assert len(json.loads((tmp_path / "mine.ipynb").read_text(encoding="utf-8"))["cells"]) == 14


def test_a_chosen_piece_is_copied_by_keyboard(driver: Driver, view: ProgramView) -> None:
    """And not the settings of the form, as elsewhere on the page."""
    view.setFocus()
    driver.qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    driver.qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    driver.qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "# Load the data"


def test_where_the_system_wants_no_animation_the_mark_alone_stays(
    driver: Driver, view: ProgramView, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.find(QSpinBox, "batchSize").setValue(50)
    assert view.is_flashing
    monkeypatch.setattr(ProgramView, "_wants_animation", lambda _self: False)
    driver.find(QSpinBox, "batchSize").setValue(64)
    assert not view.is_flashing
    assert view.changed


def test_the_chosen_tab_is_kept(driver: Driver, view: ProgramView) -> None:
    rebuild(driver)
    assert driver.find(QTabBar, "networkTabs").currentIndex() == 1
    again = driver.find(ProgramView, "programCode")
    assert again is not view
    driver.wait(lambda: again.toPlainText() == expected(driver).rstrip("\n"))
