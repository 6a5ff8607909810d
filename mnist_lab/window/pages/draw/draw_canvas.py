"""The pad on which a digit is drawn, by mouse, finger, pen or keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.keyboard_pen import KeyboardPen
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.pen_input import PenInput
from mnist_lab.window.pages.draw.stroke_picture import StrokePicture
from mnist_lab.window.pages.draw.strokes import PadDrawing, Stroke

PEN_SHARE = 16 / 280
"""Width of the pen as a share of the pad's side: about two of the 28 pixels, as in MNIST."""
_SIDE = 280
_SMALLEST_SIDE = 160


class DrawCanvas(PenInput):
    """Collects strokes: press, move, release. All coordinates are logical pixels from the pad's upper left corner.

    With the keyboard, arrows move the pen (with Shift further), Space sets it down and lifts it, Ctrl+Z takes a
    stroke back, Delete clears. Clearing can be taken back too.

    Attributes:
        strokes: copies of the strokes, a (k, 2) float64 array of x and y each, in the order drawn.
        picture: what lies under the strokes; None is paper.
        is_empty: whether nothing is drawn, and no picture lies there.
        side: side of the square pad; strokes are scaled along when the pad is resized.
        pen_share: width of the pen as a share of the side; `PEN_SHARE` at first.
        pen_width: the same in logical pixels.

    Signals:
        strokes_changed(): the drawing changed; also while a stroke is being drawn.
    """

    strokes_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = PadDrawing(_SIDE)
        self._picture = StrokePicture()
        self._keyboard_pen = KeyboardPen()
        self.pen_share = PEN_SHARE
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

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """Copies of the strokes, a (k, 2) float64 array of x and y each, in the order drawn."""
        return self._drawing.strokes()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return self._drawing.is_empty

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is down."""
        return self._drawing.is_down

    @property
    def can_undo(self) -> bool:
        """Whether there is a drawing to go back to."""
        return self._drawing.can_undo

    @property
    def side(self) -> float:
        """Side of the square pad in logical pixels."""
        return self._drawing.side

    @property
    def pen_width(self) -> float:
        """Width of the pen in logical pixels."""
        return self.pen_share * self.side

    @property
    def picture(self) -> PadPicture | None:
        """What lies under the strokes; None is paper."""
        return self._drawing.picture

    def set_strokes(self, strokes: Sequence[Stroke], side: float | None = None) -> None:
        """Show another drawing, made on a pad of `side` logical pixels (default: this pad's); undo takes it back."""
        factor = self.side / side if side else 1.0
        self._drawing.replace(tuple(stroke * factor for stroke in strokes))
        self._changed()

    @Slot(object)
    def set_picture(self, picture: PadPicture, topic: str = "") -> None:
        """Lay a picture on the pad in place of what is there; undo takes it back, with all of one `topic` in a row."""
        self._drawing.replace((), picture, topic)
        self._changed()

    @Slot(float)
    def set_pen_share(self, share: float) -> None:
        """Draw all strokes, also those that are there, with a pen of another width."""
        if share != self.pen_share:
            self.pen_share = share
            self._changed()

    @Slot()
    def undo(self) -> None:
        """Go back to the drawing before the last stroke or clearing; the keyboard's pen is lifted for it."""
        if self._keyboard_pen.place:
            self._drawing.release()
        if self._drawing.undo():
            self._changed()

    @Slot()
    def redo(self) -> None:
        """Take the last undo back."""
        if self._drawing.redo():
            self._changed()

    @Slot()
    def clear(self) -> None:
        """Wipe the pad; undo brings the drawing back."""
        if not self.is_empty:
            self._drawing.clear()
            self._changed()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours and paint the drawing anew."""
        self._palette = palette
        self._repaint_drawing()

    def sizeHint(self) -> QSize:
        """Ask for a pad on which pixels of the network's picture are 10 logical pixels wide."""
        return QSize(_SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        """Stay large enough for a finger."""
        return QSize(_SMALLEST_SIDE, _SMALLEST_SIDE)

    def heightForWidth(self, width: int) -> int:
        """Be a square."""
        return width

    # The pen

    def _press(self, position: QPointF) -> bool:
        """Set the pen down; outside the square nothing happens."""
        if not QRectF(0, 0, self.side, self.side).contains(position):
            return False
        self._drawing.press(position.x(), position.y())
        self._draw_line(position, position)
        self.strokes_changed.emit()
        self._describe()
        return True

    def _move(self, position: QPointF) -> None:
        """Draw on to here; beyond the edge the pen slides along the edge."""
        piece = self._drawing.move(position.x(), position.y())
        if piece:
            self._draw_line(QPointF(*piece[0]), QPointF(*piece[1]))
            self.strokes_changed.emit()

    def _release(self) -> None:
        if self._drawing.is_down:
            self._drawing.release()
            self.strokes_changed.emit()

    def _changed(self) -> None:
        self._repaint_drawing()
        self._describe()
        self.strokes_changed.emit()

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
        self._picture.repaint(self.strokes, self.side, self.pen_width, ratio, self._palette, under)
        self.update()

    def _draw_line(self, start: QPointF, end: QPointF) -> None:
        """Add one piece to the kept picture and repaint only where it lies (and the hint, which goes)."""
        piece = self._picture.add_line(start, end)
        is_first = self._drawing.count == 1 and start == end
        self.update(self.rect() if is_first else piece.toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the kept picture, the hint on an empty pad, the pen of the keyboard, and the focus."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._picture.pixmap)
        pad = QRectF(0, 0, self.side, self.side)
        if self.is_empty:
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(pad, Qt.AlignmentFlag.AlignCenter, self.tr("Draw a digit here"))
        if self.hasFocus():
            self._keyboard_pen.paint(painter, self.pen_width, self._drawing.is_down, self._palette)
            theme.draw_focus_ring(painter, pad, self._palette)
        else:
            painter.setPen(QColor(self._palette.border))
            painter.drawRect(pad.adjusted(0.5, 0.5, -1, -1))
        painter.end()

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
            self._keyboard_pen.resize(side / self.side)
            self._drawing.resize(side)
        self._repaint_drawing()

    def event(self, event: QEvent) -> bool:
        """Stay crisp on a screen with other pixels; Qt tells it here, not in `changeEvent`."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._repaint_drawing()
        return super().event(event)
