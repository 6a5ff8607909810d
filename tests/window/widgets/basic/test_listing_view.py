"""Code with one line lit."""

from PySide6.QtGui import QColor
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
