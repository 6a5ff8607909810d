"""Code with one line lit."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.listing_view import ListingView


def test_one_line_is_lit_and_told(qtbot: QtBot) -> None:
    view = ListingView()
    qtbot.addWidget(view)
    view.set_listing("first\n  second\nthird")
    assert view.extraSelections() == []
    view.light(2)
    (selection,) = view.extraSelections()
    assert selection.cursor.block().text() == "  second"
    assert selection.format.background().color() == QColor(theme.current().accent_soft)
    assert view.accessibleDescription() == "second"
    view.set_palette(theme.DARK)
    assert view.extraSelections()[0].format.background().color() == QColor(theme.DARK.accent_soft)
    view.light(0)
    assert view.extraSelections() == []
    view.light(3)
    view.set_listing("other")
    assert (view.lit_line, view.toPlainText(), view.isReadOnly()) == (0, "other", True)


def test_a_line_that_is_lit_before_the_view_has_a_size_scrolls_nothing_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    layout = QVBoxLayout(window)
    view = ListingView(window)
    view.resize(100, 30)
    view.set_listing("\n".join(f"line {number}" for number in range(1, 10)))
    view.light(5)
    layout.addWidget(view)
    qtbot.waitUntil(lambda: view.isVisible() and view.height() > 300)
    assert view.verticalScrollBar().value() == 0


def test_a_lit_line_below_the_view_s_end_is_brought_into_it(qtbot: QtBot) -> None:
    view = ListingView()
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.set_listing("\n".join(f"line {number}" for number in range(1, 50)))
    view.light(40)
    view.show()
    first = view.verticalScrollBar().value()
    assert 0 < first < 40
    view.light(2)
    assert view.verticalScrollBar().value() <= 1
