"""All that is said where the pointer rests, and how wide it is shown."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTabBar, QToolTip, QWidget

from mnist_lab.window.tip_lines import in_lines

_ROLE = Qt.ItemDataRole.ToolTipRole


def tips_in(root: QWidget) -> Iterator[tuple[str, str]]:
    """What each part in `root`, shown or not, says there, after the part's name: tabs, menus and tables, too."""
    for widget in (root, *root.findChildren(QWidget)):
        tips = [widget.toolTip()]
        if isinstance(widget, QTabBar):
            tips += [widget.tabToolTip(tab) for tab in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips += _tips_of(widget.model())
        yield from ((widget.objectName(), tip) for tip in tips if tip)
    yield from ((action.objectName(), action.toolTip()) for action in root.findChildren(QAction) if action.toolTip())


def _tips_of(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        yield model.headerData(column, Qt.Orientation.Horizontal, _ROLE) or ""
        for row in range(model.rowCount()):
            yield model.data(model.index(row, column), _ROLE) or ""


def width_of(tip: str) -> int:
    """How wide it is shown, in logical pixels, as Qt makes room for it."""
    label = QLabel()
    label.setFont(QToolTip.font())
    label.setWordWrap(Qt.mightBeRichText(tip))
    label.setText(tip if label.wordWrap() else in_lines(tip))
    return label.sizeHint().width()
