"""The pad on which a digit is drawn, by mouse, finger, pen or keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.pages.draw.drawing_pad import PAD_SIDE, DrawingPad
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.pen_input import PenInput
from mnist_lab.window.pages.draw.stroke_picture import StrokePicture, paint_strokes
from mnist_lab.window.pages.draw.strokes import Stroke

_SMALLEST_SIDE = 160


class DrawCanvas(PenInput):
    """Collects strokes: press, move, release. All coordinates are logical pixels from the pad's upper left corner.

    With the keyboard, arrows move the pen (with Shift further), Space sets it down and lifts it, Ctrl+Z takes a
    stroke back, Delete clears. Clearing can be taken back too.

    Attributes:
        pad: the drawing that is shown and changed; it may outlive this widget.
        painted: the drawing as a picture.
    """

    KEYS = page_keys.PAD

    def __init__(self, parent: QWidget | None = None, *, pad: DrawingPad | None = None) -> None:
        """Show `pad`; by default one of its own, which is empty."""
        super().__init__(parent)
        self.pad = pad or DrawingPad(self)
        self.painted = StrokePicture()
        self._drawing = self.pad.drawing
        self._keyboard_pen = self.pad.keyboard_pen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setToolTip(self.tr("Draw with mouse, finger or pen; or with arrow keys and Space for pen down and up"))
        self.set_palette(theme.current())
        self._describe()
        self.pad.replaced.connect(self._on_replaced)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """Copies of the strokes, a (k, 2) float64 array of x and y each, in the order drawn."""
        return self._drawing.strokes()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return self._drawing.is_empty

    @property
    def side(self) -> float:
        """Side of the square pad in logical pixels."""
        return self._drawing.side

    @property
    def pen_width(self) -> float:
        """Width of the pen in logical pixels."""
        return self.pad.pen_share * self.side

    @property
    def picture(self) -> PadPicture | None:
        """The picture under the strokes; None for plain paper."""
        return self._drawing.picture

    def set_strokes(self, strokes: Sequence[Stroke], side: float | None = None) -> None:
        """Show another drawing, made on a pad of `side` logical pixels (default: this pad's); undo takes it back."""
        self.pad.set_strokes(strokes, side)

    @Slot()
    def undo(self) -> None:
        """Go back to the drawing before the last stroke or clearing; the keyboard's pen is lifted for it."""
        self.pad.undo()

    @Slot()
    def redo(self) -> None:
        """Take the last undo back."""
        self.pad.redo()

    @Slot()
    def clear(self) -> None:
        """Wipe the pad; undo brings the drawing back."""
        self.pad.clear()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours and paint the drawing anew."""
        self._palette = palette
        self._repaint_drawing()

    def sizeHint(self) -> QSize:
        """Ask for a pad on which pixels of the network's picture are 10 logical pixels wide."""
        return QSize(PAD_SIDE, PAD_SIDE)

    def minimumSizeHint(self) -> QSize:
        """Stay large enough for a finger."""
        return QSize(1, 1) * theme.fonts.scaled(_SMALLEST_SIDE)

    def heightForWidth(self, width: int) -> int:
        """Be a square."""
        return width

    # The pen

    def _press(self, position: QPointF) -> bool:
        """Set the pen down; outside the square nothing happens."""
        if not QRectF(0, 0, self.side, self.side).contains(position):
            return False
        self.pad.press(position.x(), position.y())
        self._draw_line(position, position)
        self._describe()
        return True

    def _move(self, position: QPointF) -> None:
        """Draw on to here; beyond the edge the pen slides along the edge."""
        piece = self.pad.move(position.x(), position.y())
        if piece:
            self._draw_line(QPointF(*piece[0]), QPointF(*piece[1]))

    def _release(self) -> None:
        self.pad.release()

    @Slot()
    def _on_replaced(self) -> None:
        self._repaint_drawing()
        self._describe()

    def _describe(self) -> None:
        count, picture = self._drawing.count, self.picture
        parts = [] if picture is None else [picture.origin or self.tr("A picture")]
        parts += [self.tr("%n stroke(s)", "", count)] if count else []
        self.setAccessibleDescription(", ".join(parts) or self.tr("Empty"))

    # Painting

    def _repaint_drawing(self) -> None:
        """Paint all strokes into the kept picture."""
        under = None if self.picture is None else self.picture.ink
        ratio = self.devicePixelRatioF()
        self.painted.repaint(self.strokes, self.side, self.pen_width, ratio, self._palette, under)
        self.update()

    def _draw_line(self, start: QPointF, end: QPointF) -> None:
        """Add one piece to the kept picture and repaint only its area (and the hint, which goes)."""
        piece = self.painted.add_line(start, end)
        is_first = self._drawing.count == 1 and start == end
        self.update(self.rect() if is_first else piece.toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the kept picture, the hint on an empty pad, the pen of the keyboard, and the focus."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        if picture_mode.is_taken():
            self._paint_strokes(painter)
        else:
            painter.drawPixmap(0, 0, self.painted.pixmap)
        pad = QRectF(0, 0, self.side, self.side)
        if self.is_empty:
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(pad, Qt.AlignmentFlag.AlignCenter, self.tr("Draw a digit here"))
        if picture_mode.has_keyboard(self):
            self._keyboard_pen.paint(painter, self.pen_width, self._drawing.is_down, self._palette)
            theme.draw_focus_ring(painter, pad, self._palette)
        else:
            painter.setPen(QColor(self._palette.border))
            painter.drawRect(pad.adjusted(0.5, 0.5, -1, -1))
        painter.end()

    def _paint_strokes(self, painter: QPainter) -> None:
        """Paint them themselves, not the kept picture: sharp at any size."""
        under = None if self.picture is None else self.picture.ink
        painter.save()
        paint_strokes(painter, self.strokes, self.side, self.pen_width, self._palette, under)
        painter.restore()

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke with the left button; the keyboard's pen goes."""
        super().mousePressEvent(event)
        if event.isAccepted():
            self._keyboard_pen.place = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back, clear, and draw with arrows and Space."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif self._keyboard_pen.follow(event, self.side):
            self._move(self._keyboard_pen.take(self.side))
            self.update()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._toggle_pen()
        elif key == Qt.Key.Key_Escape and self._drawing.is_down:
            self._release()
            self.update()
        else:
            event.ignore()

    def _toggle_pen(self) -> None:
        if self._drawing.is_down:
            self._release()
        else:
            self._press(self._keyboard_pen.take(self.side))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lift the keyboard's pen."""
        super().focusOutEvent(event)
        if self._keyboard_pen.place:
            self._release()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pad square and the drawing in proportion."""
        super().resizeEvent(event)
        side = float(max(min(self.width(), self.height()), 1))
        if side != self.side:
            self.pad.resize(side)
        self._repaint_drawing()

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the pen: a hidden widget gets no release event."""
        super().hideEvent(event)
        self._release()

    def event(self, event: QEvent) -> bool:
        """Stay crisp on a screen with other pixels; Qt tells it here, not in `changeEvent`."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._repaint_drawing()
        return super().event(event)
