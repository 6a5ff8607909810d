"""One hint in one line of a page: what it is about, why, and what can be done; it can be put away."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.explanation import Explanation
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.words import fill

_SIGN = 16


@dataclass(frozen=True)
class HintLine:
    """What a strip shows of a hint.

    Attributes:
        title: a few words.
        says: what is the case, in Markdown.
        why: what is behind it, in Markdown.
        action: on the button that does something about it.
        explanation: what that button does, in one sentence.
        can_act: whether that is still to be done.
        place: which one of those that hold it is, from 1.
        count: how many hold.
    """

    title: str
    says: str
    why: str
    action: str
    explanation: str
    can_act: bool = True
    place: int = 1
    count: int = 1


class HintStrip(QWidget):
    """Shows one hint, quietly: nothing jumps, nothing has a colour. It takes no room while there is none.

    Where there is no room for all of it, *Why?* and then the button that acts show their signs alone.

    Attributes:
        line: what it shows; None while there is no hint.

    Signals:
        changed(): it shows another hint, or none.
        acted(): what the hint proposes is to be done.
        put_away(): the hint is to go.
        next_wanted(): the next of several hints is to be shown.
        left(): a part that has the keyboard is about to go.
    """

    changed = Signal()
    acted = Signal()
    put_away = Signal()
    next_wanted = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, is_narrow: bool = False) -> None:
        """`name` is the beginning of the objectNames of all parts; one that `is_narrow` has two rows."""
        super().__init__(parent)
        self.line: HintLine | None = None
        self._is_narrow = is_narrow
        self.setObjectName(f"{name}Strip")
        self._sign = _Bulb(self)
        self._title: QLabel = QLabel(self) if is_narrow else ShortLabel(self)
        self._title.setWordWrap(is_narrow)
        self._title.setObjectName(f"{name}Title")
        self._make_buttons(name)
        self._explanation = Explanation(f"{name}Explanation", self, is_markdown=True)
        self._lay_out()
        self._why.clicked.connect(self._on_why)
        self._act.clicked.connect(self.acted)
        self._next.clicked.connect(self.next_wanted)
        self._close.clicked.connect(self.put_away)
        self.hide()

    def _lay_out(self) -> None:
        is_narrow = self._is_narrow
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setVerticalSpacing(theme.SMALL_GAP)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        for button in (self._next, self._why, self._act, self._close):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addWidget(self._sign, 0, 0)
        layout.addWidget(self._title, 0, 1)
        layout.addLayout(buttons, *((1, 1) if is_narrow else (0, 2)))
        layout.setColumnStretch(1 if is_narrow else 2, 1)

    def _make_buttons(self, name: str) -> None:
        self._why = named_button(
            f"{name}WhyButton", "ph.question", self.tr("Why?"), self.tr("What this hint says, and why."), self
        )
        self._act = named_button(
            f"{name}ActButton", "ph.check", self.tr("Apply"), self.tr("Do what this hint advises."), self
        )
        self._next = named_button(f"{name}NextButton", "ph.caret-right", "", self.tr("Show the next hint."), self)
        self._close = named_button(
            f"{name}CloseButton",
            "ph.x",
            "",
            self.tr("Put this hint away for this run. Hints, in the menu View, switches all of them off."),
            self,
        )
        self._why.setAccessibleName(self.tr("Why this hint?"))
        self._next.setAccessibleName(self.tr("Next hint"))
        self._close.setAccessibleName(self.tr("Put this hint away"))
        for button in (self._why, self._act, self._next, self._close):
            theme.set_role(button, "slim")

    def show_hint(self, line: HintLine | None) -> None:
        """Show this hint; None: there is none."""
        if line == self.line:
            return
        is_new = line is not None and (self.line is None or line.title != self.line.title)
        self.line, focused = line, self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused) and self._goes(focused):
            self.left.emit()
        if line is None:
            self.hide()
            self.changed.emit()
            return
        self._show_line(line)
        self.changed.emit()  # whoever makes room for it does so before it is there: Qt lays out at once what is shown
        self.show()
        if is_new and self.isVisible():
            words = fill(self.tr("Hint: {title}"), title=line.title)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _goes(self, part: QWidget) -> bool:
        """Whether that part is not there for the hint of now."""
        line = self.line
        return line is None or (part is self._act and not line.can_act) or (part is self._next and line.count < 2)

    def _show_line(self, line: HintLine) -> None:
        self._title.setText(line.title)
        self._title.setToolTip(line.says.replace("**", ""))
        self.setAccessibleName(fill(self.tr("Hint: {title}"), title=line.title))
        self.setAccessibleDescription(line.says.replace("**", ""))
        self._act.setAccessibleName(line.action.replace("&", ""))
        self._act.setToolTip(line.explanation)
        self._act.setEnabled(line.can_act)
        words = fill(self.tr("{place} of {count}"), place=line.place, count=line.count)
        self._next.setText(words)
        self._next.setAccessibleName(fill(self.tr("Hint {words}: show the next"), words=words))
        self._next.setVisible(line.count > 1)
        self._fit()

    # The room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See how much of it has room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as with the beginning of the title and the buttons' signs."""
        widths = [button.sizeHint().width() for button in self._shown_buttons()]
        least = self._width(self._title.minimumSizeHint().width(), widths) - sum(map(_words_width, self._yielding()))
        return QSize(least, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Show the words on the buttons, or fewer of them: the title says what it is about."""
        if self.line is None:
            return
        for why, act in ((self.tr("Why?"), self.line.action), ("", self.line.action), ("", "")):
            self._why.setText(why)
            self._act.setText(act)
            widths = [button.sizeHint().width() for button in self._shown_buttons()]
            title = 0 if self._is_narrow else self._title.sizeHint().width()
            if self._width(title, widths) <= self.width():
                return

    def _shown_buttons(self) -> list[IconButton]:
        return [button for button in (self._next, self._why, self._act, self._close) if not button.isHidden()]

    def _yielding(self) -> tuple[IconButton, ...]:
        """The buttons that can do without words."""
        return self._why, self._act

    def _width(self, title: int, buttons: list[int]) -> int:
        """What a title and buttons of those widths need: beside each other, or in two rows."""
        row = sum(buttons) + theme.GAP * (len(buttons) - 1)
        beside = max(title, row) if self._is_narrow else title + theme.GAP + row
        return self._sign.width() + theme.GAP + beside

    @Slot()
    def _on_why(self) -> None:
        if self.line is not None:
            self._explanation.show_beside(self._why, f"{self.line.says}\n\n{self.line.why}")


def _words_width(button: QPushButton) -> int:
    """Of the words on it, in logical pixels."""
    return button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width() if button.text() else 0


class _Bulb(QWidget):
    """A light bulb in the colour of what is said by the way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colour, and the size of the text."""
        self._icon = theme.icons.icon("ph.lightbulb", palette.muted, palette.muted)
        self.setFixedSize(QSize(1, 1) * theme.fonts.scaled(_SIGN))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bulb."""
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()
