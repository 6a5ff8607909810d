"""Every key of the lab in one list: first those of the page in view, then those of the window, then all others."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mnist_lab.window import page_keys, theme, translation
from mnist_lab.window.keyboard import KeyGroup, spell_each
from mnist_lab.window.pages import PAGES
from mnist_lab.window.words import fill

_WORDS = 1
"""The column that says what keys do."""


class KeyRow(NamedTuple):
    """One line: keys, what they do, and where."""

    keys: str
    does: str
    where: str


class ShortcutsDialog(QDialog):
    """Shows keys by page. Arrow keys go through the list, Escape closes it."""

    def __init__(self, menus: Iterable[QAction], page: str, parent: QWidget) -> None:
        """List the actions of `menus`, those of a menu bar, and begin with the page of that objectName."""
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = QTreeWidget(self)
        self._list.setObjectName("shortcutsList")
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._list.setToolTip(self.tr("Every key of the lab; those of the page in view come first."))
        self._list.setHeaderLabels([self.tr("Keys"), self.tr("What they do"), self.tr("Where")])
        self._list.setRootIsDecorated(False)
        self._list.setWordWrap(True)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        wrapping = _WrappedWords(self._list)
        self._list.setItemDelegateForColumn(_WORDS, wrapping)
        self._list.header().sectionResized.connect(wrapping.forget_heights)
        for title, rows in self._chapters(list(menus), page):
            self._add(title, rows)
        self._list.expandAll()
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("closeShortcutsButton")
        close.setToolTip(self.tr("Close this list (Esc)."))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._list, 1)
        layout.addWidget(buttons)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Room for the keys of one page, as far as the window has it."""
        wanted = QSize(theme.fonts.scaled(860), theme.fonts.scaled(600))
        window = self.parentWidget()
        return wanted if window is None else wanted.boundedTo(window.size())

    def _chapters(self, menus: list[QAction], page: str) -> Iterator[tuple[str, list[KeyRow]]]:
        """Titles with their rows."""
        pages = {spec.object_name: translation.translate("pages", spec.title) for spec in PAGES}
        yield fill(self.tr("On the page “{}”"), pages[page]), _rows(page_keys.ON_PAGES[page])
        yield self.tr("In the whole window"), [*self._menu_rows(menus), *_rows([page_keys.EVERYWHERE])]
        for name, title in pages.items():
            if name != page:
                yield fill(self.tr("On the page “{}”"), title), _rows(page_keys.ON_PAGES[name])

    def _menu_rows(self, menus: Iterable[QAction]) -> Iterator[KeyRow]:
        """The actions that have keys, with the menu in which they are."""
        for entry in menus:
            for action in _actions_below(entry):
                if action.shortcuts():
                    yield KeyRow(
                        spell_each(action.shortcuts()), _plain(action), fill(self.tr("Menu {}"), _plain(entry))
                    )

    def _add(self, title: str, rows: Iterable[KeyRow]) -> None:
        chapter = QTreeWidgetItem(self._list, [title])
        chapter.setFirstColumnSpanned(True)
        chapter.setFont(0, theme.fonts.font("body", bold=True))
        for row in rows:
            item = QTreeWidgetItem(chapter, list(row))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ": ".join(row[:2]))


class _WrappedWords(QStyledItemDelegate):
    """Makes a row as high as its words are at the width of their column; Qt's own tree keeps to one line."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """What the words need there."""
        within = QStyleOptionViewItem(option)
        within.rect = QRect(0, 0, self._tree.columnWidth(index.column()), 1)
        return super().sizeHint(within, index)

    @Slot()
    def forget_heights(self) -> None:
        """Measure the rows anew: the column has another width."""
        self.sizeHintChanged.emit(QModelIndex())


def _actions_below(entry: QAction) -> Iterator[QAction]:
    menu = entry.menu()
    if not isinstance(menu, QMenu):
        yield entry
        return
    for action in menu.actions():
        yield from _actions_below(action)


def _plain(action: QAction) -> str:
    """The words of an entry without the mark of its letter."""
    return action.text().replace("&", "")


def _rows(groups: Iterable[KeyGroup]) -> list[KeyRow]:
    return [
        KeyRow(hint.spelled(), hint.said(), QCoreApplication.translate("keys", group.title))
        for group in groups
        for hint in group.hints
    ]
