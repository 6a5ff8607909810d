"""A program to read: lines are lit, flash where they have changed, and say which settings they come from."""

from difflib import SequenceMatcher

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QStyle, QTextEdit, QWidget

from mnist_lab.mirror.changes import changed_lines
from mnist_lab.mirror.lines import Program
from mnist_lab.window import theme
from mnist_lab.window.pages.train.program.program_colours import ProgramColours
from mnist_lab.window.widgets.basic.listing_view import ListingView

_FLASH_MILLISECONDS = 1200
_BAR = 3
"""Width of the mark of a changed line, in logical pixels."""
_NONE: frozenset[str] = frozenset()


class ProgramView(ListingView):
    """Shows a program that can be read, walked through line by line, and copied.

    Attributes:
        program: what is shown; None: nothing.
        changed: numbers of the lines, from 0, that were changed last; they keep a mark.
        lit: numbers of the lines that are lit.

    Signals:
        pointed(frozenset): the settings of the line under the pointer, else of the one with the keyboard's cursor; none
            where nobody points at a line.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.program: Program | None = None
        self.changed: tuple[int, ...] = ()
        self.lit: tuple[int, ...] = ()
        self._pointer: QPointF | None = None
        self._under_pointer: int | None = None
        self._told = _NONE
        self._colours: ProgramColours | None = None
        super().__init__(parent)
        self._colours = ProgramColours(self.document())
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self._flash = QVariantAnimation(self)
        self._flash.setStartValue(1.0)
        self._flash.setEndValue(0.0)
        self._flash.setDuration(_FLASH_MILLISECONDS)
        self._flash.setEasingCurve(QEasingCurve.Type.InCubic)
        self._flash.valueChanged.connect(self._on_flash)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        super().set_palette(palette)
        self.setFont(theme.fonts.fixed("small"))  # its longest lines have room beside the settings
        if self._colours is not None:
            self._colours.set_palette(palette)

    # What is shown

    def show_program(self, program: Program | None, *, is_new: bool = False) -> None:
        """Show another one: lines that are others than before flash, and come into sight; not if all of it `is_new`."""
        before, self.program = self.program, program
        if program == before:
            return
        places, cursor = (self.verticalScrollBar().value(), self.horizontalScrollBar().value()), self.textCursor()
        row, column = cursor.blockNumber(), cursor.positionInBlock()
        self.changed = ()
        self.setPlainText("" if program is None else program.text.removesuffix("\n"))
        self._put_cursor(row, column)
        self.verticalScrollBar().setValue(places[0])
        self.horizontalScrollBar().setValue(places[1])
        if before is not None and program is not None and not is_new:
            self.changed = changed_lines(before, program)
            self._begin_flash()
            self._bring_into_sight(self.changed)
            if self.changed:
                self._bring_change_into_sight(min(self.changed), before)
        self.light(0)
        self._mark()

    def light_settings(self, settings: frozenset[str]) -> None:
        """Light the lines that come from any of these settings, and bring the first into sight."""
        lines = () if self.program is None else self.program.lines
        lit = tuple(number for number, line in enumerate(lines) if line.settings & settings)
        if lit != self.lit:
            self.lit = lit
            self._mark()
            if not set(lit) & set(self.changed):  # else what has changed is in sight, and stays there
                self._bring_into_sight(lit)

    def _put_cursor(self, row: int, column: int) -> None:
        cursor = self.textCursor()
        block = self.document().findBlockByNumber(min(row, self.blockCount() - 1))
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self.setTextCursor(cursor)

    def _bring_into_sight(self, lines: tuple[int, ...]) -> None:
        """Scroll as little as shows the first of them, and of the others as many as there is room for."""
        if not lines:
            return
        bar, first = self.verticalScrollBar(), min(lines)
        room = max(bar.pageStep(), 1)
        last = max(number for number in lines if number < first + room)
        if first < bar.value():
            bar.setValue(max(first - 1, 0))
        elif last >= bar.value() + room:
            bar.setValue(min(last - room + 2, first))

    def _mark(self) -> None:
        self.setExtraSelections(self._selections())
        self.viewport().update()

    def _selections(self) -> list[QTextEdit.ExtraSelection]:
        here = self._line_pointed_at()
        marked = [self._marked(number, self._palette.accent_soft) for number in self.lit]
        if here is not None and here not in self.lit:
            marked.append(self._marked(here, self._palette.hover))
        return marked

    # What has changed

    def _bring_change_into_sight(self, number: int, before: Program) -> None:
        """Scroll sideways, too, where what is new in a line lies beyond its seen part; not where lines came or went."""
        block, old = self.document().findBlockByNumber(number), before.text.splitlines()
        if self.program is None or len(old) != len(self.program.text.splitlines()):
            return
        parts = SequenceMatcher(None, old[number], block.text(), autojunk=False).get_opcodes()
        new = [(begin, end) for kind, _old_begin, _old_end, begin, end in parts if kind != "equal"]
        if not new:
            return
        cursor, bar = QTextCursor(block), self.horizontalScrollBar()
        for column in (new[-1][1], new[0][0]):  # where there is no room for both, it begins in sight
            cursor.setPosition(block.position() + column)
            place = self.cursorRect(cursor)
            beyond = place.right() + theme.GAP - self.viewport().width()
            bar.setValue(bar.value() + (beyond if beyond > 0 else min(place.left() - theme.GAP, 0)))

    def _begin_flash(self) -> None:
        """Draw the eye to what has changed, unless the system wants no animation: then its mark does alone."""
        self._flash.stop()
        if self.changed and self._wants_animation() and self.isVisible():
            self._flash.start()

    def _wants_animation(self) -> bool:
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0

    @property
    def is_flashing(self) -> bool:
        """Whether what has changed last flashes still."""
        return self._flash.state() == QVariantAnimation.State.Running

    @Slot()
    def _on_flash(self) -> None:
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Flash no more."""
        super().hideEvent(event)
        self._flash.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks of changed lines over them: a bar at the left, and a frame as long as they flash."""
        super().paintEvent(event)
        if not self.changed:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self._palette.accent)
        for first, last in _stretches(self.changed):
            place = self._place(first) | self._place(last)
            painter.fillRect(QRectF(0, place.top(), _BAR, place.height()), accent)
            if self.is_flashing:
                colour = QColor(accent)
                colour.setAlphaF(self._flash.currentValue())
                painter.setPen(QPen(colour, 2))
                painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), _BAR, _BAR)
        painter.end()

    def _place(self, number: int) -> QRectF:
        """Where a line is, as wide as there is room."""
        block = self.document().findBlockByNumber(number)
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return QRectF(0, place.top(), self.viewport().width(), place.height())

    # What somebody points at

    def _line_pointed_at(self) -> int | None:
        if self._under_pointer is not None:
            return self._under_pointer
        return self.textCursor().blockNumber() if self.hasFocus() else None

    def _tell_pointed(self) -> None:
        here = self._line_pointed_at()
        lines = () if self.program is None else self.program.lines
        settings = lines[here].settings if here is not None and here < len(lines) else _NONE
        self._mark()
        if settings != self._told:
            self._told = settings
            self.pointed.emit(settings)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the line there."""
        super().mouseMoveEvent(event)
        self._pointer = event.position()
        self._look_under_pointer()

    def viewportEvent(self, event: QEvent) -> bool:
        """Point at nothing when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
            self._look_under_pointer()
        return super().viewportEvent(event)

    def scrollContentsBy(self, right: int, down: int) -> None:
        """Another line comes under the pointer."""
        super().scrollContentsBy(right, down)
        self._look_under_pointer()

    def _look_under_pointer(self) -> None:
        number = None
        if self._pointer is not None:
            nearest = self.cursorForPosition(self._pointer.toPoint()).blockNumber()
            number = nearest if self._place(nearest).contains(self._pointer) else None
        if number != self._under_pointer:
            self._under_pointer = number
            self._tell_pointed()

    @Slot()
    def _on_cursor_moved(self) -> None:
        if self.hasFocus():
            self._tell_pointed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Point at the line with the cursor."""
        super().focusInEvent(event)
        self._tell_pointed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at it no more."""
        super().focusOutEvent(event)
        self._tell_pointed()


def _stretches(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """The first and the last of ascending numbers that follow one another."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        begins_anew = not found or number > found[-1][1] + 1
        found = [*found, (number, number)] if begins_anew else [*found[:-1], (found[-1][0], number)]
    return found
