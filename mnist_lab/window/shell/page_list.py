"""The list of pages on the left."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mnist_lab.window import theme, translation
from mnist_lab.window.pages import PAGES
from mnist_lab.window.words import fill

_WIDTH = 112
_COMPACT_WIDTH = 44
_ICON = 20


class PageList(QListWidget):
    """Shows the pages with icon and name.

    Signals:
        page_chosen(int): the index of the page in `PAGES`.
    """

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageList")
        self.setAccessibleName(self.tr("Pages"))
        self.setToolTip(self.tr("The pages of the lab: click, or use the arrow keys or Ctrl and a number."))
        self.setFixedWidth(theme.fonts.scaled(_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click goes to the page, and so does the keyboard then
        self.setIconSize(QSize(1, 1) * theme.fonts.scaled(_ICON))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_role(self, "navigation")
        self._is_compact = False
        for number, spec in enumerate(PAGES, 1):
            title = translation.translate("pages", spec.title)
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
            item.setToolTip(
                fill(
                    self.tr("{explanation} (Ctrl+{number})"),
                    explanation=translation.translate("pages", spec.explanation),
                    number=number,
                )
            )
            self.addItem(item)
        self.set_palette(theme.current())
        self.currentRowChanged.connect(self._on_row_changed)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        for row, spec in enumerate(PAGES):
            self.item(row).setIcon(theme.icons.icon(spec.icon, palette.text, palette.text))

    def set_compact(self, on: bool) -> None:
        """Show icons alone, where the pages need the room; or names, too."""
        if on == self._is_compact:
            return
        self._is_compact = on
        self.setFixedWidth(theme.fonts.scaled(_COMPACT_WIDTH if on else _WIDTH))
        for row, spec in enumerate(PAGES):
            self.item(row).setText("" if on else translation.translate("pages", spec.title))

    def hide_pages(self, names: Collection[str]) -> None:
        """Leave out the pages of these objectNames."""
        for row, spec in enumerate(PAGES):
            self.setRowHidden(row, spec.object_name in names)

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.page_chosen.emit(row)
