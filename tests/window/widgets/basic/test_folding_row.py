"""Parts beside each other, or one below the other where there is no room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


class _Block(QWidget):
    """Asks for a size."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size = QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """As it was made."""
        return self._size


def _shown(qtbot: QtBot, row: FoldingRow, width: int, height: int = 300) -> ScrollPlace:
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(row)
    place = ScrollPlace("place", content)
    qtbot.addWidget(place)
    place.resize(width, height)
    place.show()
    _settle()
    return place


def _settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def test_parts_fold_where_they_have_no_room_beside_each_other_and_nothing_scrolls_sideways(qtbot: QtBot) -> None:
    first, second = _Block(200, 50), _Block(300, 50)
    row = FoldingRow(FoldingPart(first, 1), FoldingPart(second, 1))
    place = _shown(qtbot, row, 700)
    assert row.is_beside
    assert first.x() < second.x()
    with qtbot.waitSignal(row.folded) as folded:
        place.resize(450, 300)
    _settle()
    assert folded.args == [True]
    assert first.y() < second.y()
    assert place.horizontalScrollBar().maximum() == 0
    place.resize(700, 300)
    _settle()
    assert row.is_beside


def test_what_scrolls_is_as_high_as_all_in_it_when_it_is_folded(qtbot: QtBot) -> None:
    column = ScrollColumn("column", *(QLabel(str(number)) for number in range(40)))
    column.setFixedWidth(200)  # as the numbers beside pictures
    inner = ScrollPlace("inner", _Block(250, 400))
    row = FoldingRow(FoldingPart(column, 0, 200), FoldingPart(inner, 1, 300))
    place = _shown(qtbot, row, 400)
    assert not row.is_beside
    assert column.width() == row.width()
    assert column.verticalScrollBar().maximum() == inner.verticalScrollBar().maximum() == 0
    assert place.verticalScrollBar().maximum() > 0
