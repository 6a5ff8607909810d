"""The way to what lies below the edge of the window, and back up: nothing but a scroll bar would tell of it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.card_tabs import CardTabs
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.words import fill

_SEEN = 60
"""So much of the card, in logical pixels, that one knows it is there: its tabs and the beginning of a picture."""


class BelowButton(IconButton):
    """Names what lies out of sight, and scrolls there; where it is narrow it is an arrow alone."""

    _followed = Signal()

    def __init__(self, area: ScrollPlace, card: CardTabs, parent: QWidget) -> None:
        """`card` lies at the end of what `area` scrolls."""
        super().__init__("ph.arrow-down", "", parent)
        self.setObjectName("belowButton")
        theme.set_role(self, "slim")
        self._area, self._card = area, card
        self._is_up = False
        self._words, self._is_short = "", False
        self._leads_somewhere = False
        # Not at once: what is told to hide while Qt shows the page is hidden and painted all the same.
        self._followed.connect(self._come_or_go, Qt.ConnectionType.QueuedConnection)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._follow)
        card.tabs.currentChanged.connect(self._follow)
        card.installEventFilter(self)
        self.clicked.connect(self._on_clicked)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the card has moved (Qt installs this filter on it)."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._follow()
        return super().eventFilter(watched, event)

    @Slot()
    def _follow(self) -> None:
        """Name what lies out of sight."""
        bar, content = self._area.verticalScrollBar(), self._area.widget()
        if content is None:
            return
        top = self._card.mapTo(content, QPoint(0, 0)).y() - bar.value()
        self._is_up = top + theme.fonts.scaled(_SEEN) <= self._area.viewport().height()
        if self._is_up:
            words, tip = self.tr("Curves"), self.tr("Scroll up to the curves and the numbers of the run.")
        else:
            words = self._card.tabs.tabText(self._card.tabs.currentIndex())
            tip = self.tr("Scroll down: hidden units, the Keras program and the network stand below the curves.")
        self.set_icon("ph.arrow-up" if self._is_up else "ph.arrow-down")
        self._words = words
        self._show_words()
        self.setAccessibleName(
            fill(self.tr("Scroll up to: {words}") if self._is_up else self.tr("Scroll down to: {words}"), words=words)
        )
        self.setToolTip(tip)
        self._leads_somewhere = bar.maximum() > 0 and not (self._is_up and bar.value() == 0)
        self._followed.emit()

    @Slot()
    def _come_or_go(self) -> None:
        """Be there where it leads somewhere; the keyboard goes to what it led to, not to whatever Qt finds next."""
        if not self._leads_somewhere and self.hasFocus():
            self._card.tabs.tabBar().setFocus()
        self.setVisible(self._leads_somewhere)

    def width_without_words(self) -> int:
        """Of the arrow alone, in logical pixels."""
        return self.sizeHint().width() - self._advance(self.text())

    def width_with_words(self) -> int:
        """Of arrow and words, whether they are shown or not."""
        return self.width_without_words() + self._advance(self._words)

    def set_short(self, is_short: bool) -> None:
        """Show the arrow alone, or with what it leads to."""
        self._is_short = is_short
        self._show_words()

    def _show_words(self) -> None:
        self.setText("" if self._is_short else self._words)

    def _advance(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width() if words else 0

    @Slot()
    def _on_clicked(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(0 if self._is_up else bar.maximum())
