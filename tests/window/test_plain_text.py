"""What a file is called and what somebody typed is shown letter by letter, never as formatting."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QStackedWidget, QWidget

from mnist_lab.window import dialogs
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.train.arithmetic import Arithmetic
from mnist_lab.window.widgets.basic.notice import Notice
from tests.data.files import small_set, write_npz
from tests.window.conftest import Driver

HOSTILE = "<a href=there><b>digits.npz"


def _assert_all_plain(parent: QWidget) -> None:
    for label in parent.findChildren(QLabel):
        if not isinstance(label, Arithmetic) and not label.property("isMarkdown"):  # the course's own words
            label.ensurePolished()
            assert label.textFormat() == Qt.TextFormat.PlainText, (label.objectName(), label.text())


def test_names_and_typed_texts_are_no_formatting_on_any_page(driver: Driver, tmp_path: Path) -> None:
    lab = driver.window.lab
    lab.supply.open(tmp_path / HOSTILE)
    notice = driver.find(Notice, "problemNotice")
    driver.wait(lambda: HOSTILE in notice.text)
    assert HOSTILE in notice.findChild(QLabel).text()
    lab.supply.open(write_npz(tmp_path / HOSTILE, small_set()))
    driver.wait(lambda: lab.digits is not None and lab.digits.kind == "own")
    for index in range(len(PAGES)):
        driver.window.show_page(index)
        page = driver.find(QStackedWidget, "pages").currentWidget()
        for line in page.findChildren(QLineEdit):
            if line.isVisible() and line.isEnabled() and not line.isReadOnly():
                driver.qtbot.keyClicks(line, "<b>")
                driver.qtbot.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()
    _assert_all_plain(driver.window)
    for widget in driver.window.findChildren(QWidget):
        assert "<b>" not in widget.toolTip(), widget.objectName()
        assert "<a " not in widget.toolTip(), widget.objectName()
    assert "&lt;b&gt;" in driver.find(QLabel, "dataLabel").toolTip()


@pytest.mark.parametrize("has_links", [False, True])
def test_a_notice_has_links_only_where_it_is_told_so(driver: Driver, has_links: bool) -> None:
    notice = driver.find(Notice, "problemNotice")
    notice.parentWidget().show()
    notice.show_message('<a href="why">Why?</a>', has_links=has_links)
    for theme in ("dark", "light"):
        driver.window.set_theme(theme)
        words = notice.findChild(QLabel)
        assert words.textFormat() == (Qt.TextFormat.RichText if has_links else Qt.TextFormat.PlainText)


def test_questions_are_plain(driver: Driver, qapp: QApplication) -> None:
    seen: list[str] = []

    def look() -> None:
        for box in qapp.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                _assert_all_plain(box)
                seen.append(box.text())
                box.reject()

    for ask in (
        lambda: dialogs.tell_about(driver.window, "<b>1</b>"),
        lambda: dialogs.ask_to_end_run(driver.window, driver.window.lab.changed, lambda: True),
    ):
        QTimer.singleShot(0, look)
        ask()
    assert "<b>1</b>" in seen[0]
    assert not any(sign.isdigit() for sign in seen[1]), "the run goes on meanwhile"
    assert len(seen) == 2
