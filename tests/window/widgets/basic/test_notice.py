"""A notice says its sentence and takes no room without one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.notice import Notice


@pytest.fixture
def page(qtbot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def notice(page: QWidget) -> Notice:
    notice = Notice(page)
    QVBoxLayout(page).addWidget(notice)
    page.show()
    return notice


def test_notice_is_hidden_until_it_says_something(notice: Notice) -> None:
    assert notice.isHidden()
    notice.show_message("512 stays.", "warning")
    assert not notice.isHidden()
    assert notice.findChild(QLabel).text() == notice.accessibleName() == notice.text == "512 stays."
    notice.clear()
    assert notice.isHidden()
    assert notice.text == ""


def test_each_severity_has_its_own_sign_in_both_themes(notice: Notice) -> None:
    pictures = set()
    for palette in (theme.LIGHT, theme.DARK):
        notice.set_palette(palette)
        for severity in ("info", "good", "warning", "error"):
            notice.show_message("A sentence.", severity)
            pictures.add(bytes(notice.grab().toImage().constBits()))
    assert len(pictures) == 8


def test_link_is_reported(qtbot, notice: Notice) -> None:
    notice.show_message('<a href="why">Why?</a>', has_links=True)
    words = notice.findChild(QLabel)
    with qtbot.waitSignal(notice.link_activated) as clicked:
        words.setFocus()
        qtbot.keyClick(words, Qt.Key.Key_Tab)
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert clicked.args == ["why"]


def test_reserved_room_is_the_same_with_and_without_words(page: QWidget, notice: Notice) -> None:
    layout = page.layout()
    assert layout is not None

    def height() -> int:
        layout.activate()
        return page.sizeHint().height()

    notice.reserve_lines(2)
    silent = height()
    notice.show_message("A gap of 1.1 points.")
    assert height() == silent
    assert silent >= 2 * notice.fontMetrics().lineSpacing()
    notice.reserve_lines(0)
    notice.clear()
    assert height() < silent
