"""Search over the whole lab: a field, and below it what fits, best first."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mnist_lab.course.finding import Findable, find
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.plain_tip import plain_tip

_WIDTH, _HEIGHT = 560, 380
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ICONS = {
    "page": "ph.squares-four",
    "control": "ph.sliders-horizontal",
    "word": "ph.book-open",
    "lesson": "ph.graduation-cap",
    "run": "ph.stack",
    "action": "ph.list",
}
_WHERE = Qt.ItemDataRole.UserRole


class SearchDialog(QDialog):
    """Arrow keys choose, Enter or a click goes there, Escape closes."""

    def __init__(self, things: Sequence[Findable], parent: QWidget) -> None:
        super().__init__(parent)
        self._things = things
        self._owner = parent  # it is there when this has gone
        self._found: list[Findable] = []
        self.setObjectName("searchDialog")
        self.setWindowTitle(self.tr("Search the lab"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = QLineEdit(self)
        self._field.setObjectName("searchField")
        self._field.setAccessibleName(self.tr("What to look for"))
        self._field.setPlaceholderText(self.tr("A control, a word, a lesson, a run, a setting …"))
        self._field.setToolTip(self.tr("Type a few letters; the arrow keys choose from the list, Enter goes there."))
        self._list = QListWidget(self)
        self._list.setObjectName("searchList")
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setToolTip(self.tr("Enter or a click goes there."))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_Line(self._list))
        self._none = QLabel(self.tr("Nothing is called that. Try fewer letters, or another word."), self)
        self._none.setObjectName("searchNone")
        theme.set_role(self._none, "caption")
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        for widget in (self._field, self._none):
            layout.addWidget(widget)
        layout.addWidget(self._list, 1)
        self._field.textChanged.connect(self._show_found)
        self._list.itemClicked.connect(self._go)
        self._show_found()
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Room for about ten lines, as far as the window has it."""
        wanted = QSize(theme.fonts.scaled(_WIDTH), theme.fonts.scaled(_HEIGHT))
        window = self.parentWidget()
        return wanted if window is None else wanted.boundedTo(window.window().size())

    @Slot()
    def _show_found(self) -> None:
        self._found = find(self._field.text(), self._things)
        self._list.clear()
        palette = theme.current()
        for thing in self._found:
            item = QListWidgetItem(theme.icons.icon(_ICONS[thing.kind], palette.muted, palette.muted), thing.title)
            item.setData(_WHERE, thing.where)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{thing.title}, {thing.where}")
            item.setToolTip(plain_tip(f"{thing.title}\n{thing.where}"))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._none.setHidden(bool(self._found))

    @Slot()
    def _go(self) -> None:
        """Go to the chosen line, once this is closed and the window has the keyboard again."""
        row = self._list.currentRow()
        if 0 <= row < len(self._found):
            go = self._found[row].go
            self.accept()
            QTimer.singleShot(0, self._owner, go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard stays in the field: some keys act on the list."""
        last = len(self._found) - 1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() in _MOVES and last >= 0:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8}.get(Qt.Key(event.key()), 8)
            self._list.setCurrentRow(min(max(self._list.currentRow() + by, 0), last))
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """Draws what is found at the left, and where it stands, muted, at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line; the place gives way before the name does."""
        super().paint(painter, option, index)
        room = option.rect.adjusted(0, 0, -theme.GAP, 0)
        title = option.fontMetrics.horizontalAdvance(str(index.data())) + theme.fonts.scaled(40)
        where = QRect(room.left() + title, room.top(), room.width() - title, room.height())
        if where.width() <= 0:
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(theme.fonts.font("small"))
        painter.setPen(QColor(theme.current().text if is_chosen else theme.current().muted))
        words = painter.fontMetrics().elidedText(str(index.data(_WHERE)), Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()
