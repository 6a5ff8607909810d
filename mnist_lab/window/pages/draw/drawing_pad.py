"""The drawing with its undo history and its pens, outside the widget that shows it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.window.pages.draw.keyboard_pen import KeyboardPen
from mnist_lab.window.pages.draw.pad_content import PadContent
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.strokes import PadDrawing, Stroke

PEN_SHARE = 16 / 280
"""Width of the pen as a share of the pad's side: about two of the 28 pixels, as in MNIST."""
PAD_SIDE = 280
"""Until a widget says how large it is: pixels of the network's picture are 10 logical pixels wide."""


class DrawingPad(QObject):
    """Changes the drawing and tells of it.

    Attributes:
        drawing: strokes and picture, and those before.
        keyboard_pen: the place that arrow keys move.
        pen_share: width of the pen as a share of the pad's side; `PEN_SHARE` at first.

    Signals:
        replaced(): the drawing changed otherwise than by a stroke; `changed` follows.
        changed(): the drawing changed; also while a stroke is being drawn.
    """

    replaced = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawing = PadDrawing(PAD_SIDE)
        self.keyboard_pen = KeyboardPen()
        self.pen_share = PEN_SHARE

    def content(self) -> PadContent:
        """The drawing as it is now."""
        drawing = self.drawing
        return PadContent(drawing.strokes(), drawing.side, self.pen_share, drawing.picture, drawing.label)

    def set_strokes(self, strokes: Sequence[Stroke], side: float | None = None, *, label: int | None = None) -> None:
        """Show another drawing; undo takes it back.

        Args:
            strokes: each (k, 2), x and y.
            side: of the pad on which they were made, in their unit; by default this pad's.
            label: the digit that they are said to be; None where nobody said.
        """
        factor = self.drawing.side / side if side else 1.0
        self.drawing.replace(tuple(stroke * factor for stroke in strokes), label=label)
        self._tell_replaced()

    @Slot(object)
    def set_picture(self, picture: PadPicture, topic: str = "") -> None:
        """Put a picture in place of the drawing; undo takes it back, with all of one `topic` in a row."""
        self.drawing.replace((), picture, topic)
        self._tell_replaced()

    @Slot(float)
    def set_pen_share(self, share: float) -> None:
        """Draw all strokes, also those that are there, with a pen of another width."""
        if share != self.pen_share:
            self.pen_share = share
            self._tell_replaced()

    def undo(self) -> None:
        """Go back to the drawing before the last stroke, picture or clearing; the keyboard's pen is lifted for it."""
        if self.keyboard_pen.place:
            self.drawing.release()
        if self.drawing.undo():
            self._tell_replaced()

    def redo(self) -> None:
        """Take the last undo back."""
        if self.drawing.redo():
            self._tell_replaced()

    def clear(self) -> None:
        """Wipe the pad; undo brings the drawing back."""
        if not self.drawing.is_empty:
            self.drawing.clear()
            self._tell_replaced()

    def press(self, x: float, y: float) -> None:
        """Begin a stroke."""
        self.drawing.press(x, y)
        self.changed.emit()

    def move(self, x: float, y: float) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Go on with the stroke; return the new piece, or None where the pen is up or did not move."""
        piece = self.drawing.move(x, y)
        if piece is not None:
            self.changed.emit()
        return piece

    def release(self) -> None:
        """End the stroke, if there is one."""
        if self.drawing.is_down:
            self.drawing.release()
            self.changed.emit()

    def resize(self, side: float) -> None:
        """Scale the drawing to a pad of another side; that is no change of it."""
        self.keyboard_pen.resize(side / self.drawing.side)
        self.drawing.resize(side)

    def _tell_replaced(self) -> None:
        self.replaced.emit()
        self.changed.emit()
