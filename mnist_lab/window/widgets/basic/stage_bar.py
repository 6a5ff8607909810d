"""A row of numbered stages: one is shown, each is one click or one key away."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.basic.buttons import ToolButton
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.words import fill


class StageBar(QWidget):
    """Buttons "1 …", "2 …" of which one is pressed, and Back and Next.

    On the row Left and Right go to a neighbour, Home and End to the ends, and a digit to its stage. Where there is no
    room for all titles, the stage that is shown keeps its own, and the others have their numbers and their tooltips.

    Attributes:
        name: what its buttons' objectNames begin with.
        current: the stage shown, from 0.

    Signals:
        stage_changed(int): the new `current`.
    """

    KEYS = page_keys.STAGES

    stage_changed = Signal(int)

    def __init__(
        self, name: str, stages: tuple[tuple[str, str], ...], next_words: str, parent: QWidget | None = None
    ) -> None:
        """Offer `stages`, each its title and its explanation; their buttons are called `name` and their number."""
        super().__init__(parent)
        self.name = name
        self.current = 0
        self._group = QButtonGroup(self)
        self._titles = tuple(title for title, _explanation in stages)
        self._back = IconButton("ph.caret-left", self.tr("Back"), self)
        self._back.setObjectName(f"{name}Back")
        self._back.setToolTip(self.tr("To the one before."))
        self._next = IconButton("ph.caret-right", next_words, self)
        self._next.setObjectName(f"{name}Next")
        self._next.setToolTip(self.tr("To the one after."))
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for number, (title, explanation) in enumerate(stages):
            layout.addWidget(self._stage_button(name, number, title, explanation))
        layout.addStretch(1)
        layout.addWidget(self._back)
        layout.addWidget(self._next)
        self._group.idClicked.connect(self.go)
        self._back.clicked.connect(self._on_back)
        self._next.clicked.connect(self._on_next)
        self._group.button(0).setChecked(True)
        self._show_ends()

    def _stage_button(self, name: str, number: int, title: str, explanation: str) -> ToolButton:
        button = ToolButton(self)
        button.setObjectName(f"{name}{number + 1}")
        button.setText(_words(number, title))
        button.setAccessibleName(fill(self.tr("{number}: {title}"), number=number + 1, title=title))
        button.setToolTip(f"{title}\n{explanation}")
        button.setCheckable(True)
        self._group.addButton(button, number)
        return button

    @Slot(int)
    def go(self, stage: int) -> None:
        """Show a stage; beyond the ends, the end."""
        stage = min(max(stage, 0), len(self._group.buttons()) - 1)
        if stage != self.current:
            self.current = stage
            self._group.button(stage).setChecked(True)
            self._show_ends()
            self._show_titles()
            self.stage_changed.emit(stage)

    @Slot()
    def _on_back(self) -> None:
        self.go(self.current - 1)

    @Slot()
    def _on_next(self) -> None:
        self.go(self.current + 1)

    def sizeHint(self) -> QSize:
        """Ask for room for all titles."""
        return QSize(self._width(are_all_told=True), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One title, the longest, and the other numbers."""
        return QSize(self._width(are_all_told=False), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell as many titles as there is room for."""
        super().resizeEvent(event)
        self._show_titles()

    def _width(self, *, are_all_told: bool) -> int:
        """Of the row in logical pixels, with all titles or with the longest one, whatever it tells now."""
        bare, longer = self._row.minimumSize().width(), []
        for number, title in enumerate(self._titles):
            button = self._group.button(number)
            least = _text_width(button, str(number + 1))
            bare -= _text_width(button, button.text()) - least
            longer.append(_text_width(button, _words(number, title)) - least)
        return bare + (sum(longer) if are_all_told else max(longer))

    def _show_titles(self) -> None:
        are_all_told = self.width() >= self._width(are_all_told=True)
        for number, title in enumerate(self._titles):
            is_told = are_all_told or number == self.current
            self._group.button(number).setText(_words(number, title) if is_told else str(number + 1))

    def _show_ends(self) -> None:
        last = len(self._group.buttons()) - 1
        for button, is_possible in ((self._back, self.current > 0), (self._next, self.current < last)):
            if not is_possible and button.hasFocus():
                self._group.button(self.current).setFocus()
            button.setEnabled(is_possible)
        self._next.set_primary(self.current < last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another stage."""
        last = len(self._group.buttons()) - 1
        targets = {
            Qt.Key.Key_Left: self.current - 1,
            Qt.Key.Key_Right: self.current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        targets |= {Qt.Key(Qt.Key.Key_1 + stage): stage for stage in range(last + 1)}
        key = Qt.Key(event.key())
        if key not in targets:
            event.ignore()
            return
        self.go(targets[key])
        if isinstance(self.focusWidget(), ToolButton):
            self._group.button(self.current).setFocus()


def _words(number: int, title: str) -> str:
    """On the button of the stage with that number, from 0."""
    return f"{number + 1}  {title}"


def _text_width(button: QAbstractButton, text: str) -> int:
    """As a tool button measures what stands on it."""
    return button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()
