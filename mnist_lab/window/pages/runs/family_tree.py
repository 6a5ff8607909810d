"""The family of a run as a tree: each run below the one that it goes on from."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from mnist_lab.runs.family import Kin
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.family_words import FamilyWords
from mnist_lab.window.theme.run_colours import run_sample
from mnist_lab.window.widgets.basic.plain_tip import plain_tip

_ID = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 5
_INDENTATION = 18
_SAMPLE = QSize(26, 12)
_ACCURACY = 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FamilyTree(QTreeWidget):
    """Shows the members of a family; runs that are deleted or gone can be read, not chosen.

    Signals:
        run_chosen(str): id of a run that a person went to, by mouse or by keyboard.
        run_opened(str): id of a run to be shown on every page.
    """

    KEYS = page_keys.FAMILY

    run_chosen = Signal(str)
    run_opened = Signal(str)

    def __init__(self, look: ComparisonLook, words: FamilyWords, parent: QWidget | None = None) -> None:
        """Show no run yet; what is folded is kept in `look`."""
        super().__init__(parent)
        self._look, self._words = look, words
        self._members: tuple[Kin, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setObjectName("familyTree")
        self.setAccessibleName(self.tr("Family of the run"))
        self.setToolTip(self.tr("Each run stands below the one it goes on from. A click chooses one, Enter opens it."))
        self.setHeaderLabels([self.tr("run"), self.tr("begins at"), self.tr("accuracy"), self.tr("changed")])
        self._dress()
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemDoubleClicked.connect(self._open)
        self.itemCollapsed.connect(self._on_folded)
        self.itemExpanded.connect(self._on_unfolded)
        add_shortcut(page_keys.OPEN_RUN, self).activated.connect(self._open)

    def _dress(self) -> None:
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(True)
        self.setIconSize(_SAMPLE)
        self.setIndentation(theme.fonts.scaled(_INDENTATION))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.headerItem().setTextAlignment(_ACCURACY, _RIGHT)
        self.setItemDelegate(_RoomyRows(self))
        self.setMinimumHeight((_LEAST_ROWS + 1) * (self.fontMetrics().lineSpacing() + theme.GAP))

    def set_members(self, members: Sequence[Kin], run_id: str) -> None:
        """Show these, from the oldest on, each before its children, and go to that run."""
        with QSignalBlocker(self):
            if [(kin.id, kin.generation) for kin in members] != [(kin.id, kin.generation) for kin in self._members]:
                self._build(members)
            elif tuple(members) != self._members:
                for kin in members:
                    self._tell(self._items[kin.id], kin)
            self._members = tuple(members)
            self._go_to(run_id)

    def _build(self, members: Sequence[Kin]) -> None:
        self.clear()
        self._items.clear()
        line: list[QTreeWidgetItem] = []
        for kin in members:
            del line[kin.generation :]
            item = QTreeWidgetItem(line[-1]) if line else QTreeWidgetItem(self)
            self._tell(item, kin)
            self._items[kin.id] = item
            line.append(item)
        for run_id, item in self._items.items():
            item.setExpanded(run_id not in self._look.folded)

    def _tell(self, item: QTreeWidgetItem, kin: Kin) -> None:
        words = self._words
        cells = (words.title(kin), words.update(kin), words.accuracy(kin), words.changed(kin))
        tip = plain_tip(words.tip(kin))
        for column, text in enumerate(cells):
            item.setText(column, text)
            item.setToolTip(column, tip)
        item.setTextAlignment(_ACCURACY, _RIGHT)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words.aloud(kin))
        item.setIcon(0, QIcon() if kin.row is None else self._sample(kin.row.number))
        item.setData(0, _ID, kin.id)

    def _sample(self, number: int) -> QIcon:
        """A piece of the line that the run has in every picture."""
        return QIcon(run_sample(number, _SAMPLE.width(), _SAMPLE.height(), self.devicePixelRatioF()))

    def set_palette(self, _palette: theme.Palette) -> None:
        """Draw the pieces of lines anew."""
        with QSignalBlocker(self):
            for kin in self._members:
                self._tell(self._items[kin.id], kin)

    def _go_to(self, run_id: str) -> None:
        item = self._items.get(run_id)
        if item is not None and item is not self.currentItem():
            self.setCurrentItem(item)

    # What a person does

    def _chosen(self) -> str:
        """The run that a person is at, if it is in the list; "" for one that is deleted or gone."""
        item = self.currentItem()
        run_id = "" if item is None else item.data(0, _ID)
        listed = (kin.id for kin in self._members if kin.row is not None and not kin.is_deleted)
        return run_id if run_id in listed else ""

    @Slot()
    def _on_current_changed(self) -> None:
        if run_id := self._chosen():
            self.run_chosen.emit(run_id)

    @Slot()
    def _open(self) -> None:
        if run_id := self._chosen():
            self.run_opened.emit(run_id)

    @Slot(QTreeWidgetItem)
    def _on_folded(self, item: QTreeWidgetItem) -> None:
        self._look.folded.add(item.data(0, _ID))

    @Slot(QTreeWidgetItem)
    def _on_unfolded(self, item: QTreeWidgetItem) -> None:
        self._look.folded.discard(item.data(0, _ID))


class _RoomyRows(QStyledItemDelegate):
    """Rows as high as those of the table of runs, and columns with some room between them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """What a cell needs."""
        return super().sizeHint(option, index) + QSize(theme.GAP, theme.GAP)
