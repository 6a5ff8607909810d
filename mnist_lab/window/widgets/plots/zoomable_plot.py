"""A plot in which one can look closer, and get back: what the lab's plots share."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.keyboard import KeyGroup
from mnist_lab.window.widgets.basic.buttons import ToolButton
from mnist_lab.window.widgets.plots.guess_line import GuessLine
from mnist_lab.window.widgets.plots.header import Header
from mnist_lab.window.widgets.plots.plot_frame import PlotFrame
from mnist_lab.window.widgets.plots.wheel_hint import WheelHint
from mnist_lab.window.widgets.plots.zoom_bounds import Range

_EDGE = 0.1
"""How far from the edge a point comes to stand that the view follows, as a share of the view."""
_WHOLE_ICON, _ICON_SIZE = "ph.arrows-out", 14


def in_device_pixels(pen: QPen, widget: QWidget) -> QPen:
    """Return the pen as wide in logical pixels as it says: a cosmetic pen counts those of the screen."""
    result = QPen(pen)
    result.setWidthF(pen.widthF() * picture_mode.pen_ratio(widget))
    return result


class ZoomablePlot(pyqtgraph.GraphicsView):  # type: ignore[misc]
    """Ctrl + wheel and drag look closer; from then on nothing moves by itself until the whole is asked for.

    The wheel alone scrolls the page, as everywhere on it, and the plot tells how to look closer. Who looks farther away
    up to the whole has asked for it. A subclass implements `refresh`, which calls `set_whole` and draws.

    Attributes:
        frame: the view and its axes.
        closed: whether they have been taken apart, before the plot is deleted.
        is_zoomed: whether the person looks at a part and automatic ranges are paused.

    Signals:
        zoom_changed(): the person looks at a part, or at everything again.
    """

    KEYS: ClassVar[KeyGroup | None] = None
    """What its keys do; the header says it while they are here."""

    zoom_changed = Signal()

    def __init__(self, axes: Mapping[str, pyqtgraph.AxisItem], whole_words: str, parent: QWidget | None = None) -> None:
        """Show a view between `axes` ("left", "bottom", "top"); on the button for the whole stands `whole_words`."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # The card's colour also where Qt's picture of the background ends: at a scale of 1.25 within a last pixel.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.enableMouse(False)
        self.is_zoomed = False
        self._palette = theme.current()
        self.frame = PlotFrame(axes)
        self.setCentralItem(self.frame)
        self._view = self.frame.view
        self._view.disableAutoRange()
        self._view.setDefaultPadding(0)
        self._whole_button = ToolButton(self)
        self._whole_button.setObjectName("wholeButton")
        self._whole_button.setText(whole_words)
        self._whole_button.setAccessibleName(whole_words)
        self._whole_button.setToolTip(self.tr("Show everything again (key 0, or double click)"))
        self._whole_button.clicked.connect(self.show_whole)
        self._whole_button.hide()
        self._right_pressed: QPointF | None = None
        self._header_above: Header | None = None
        self._wheel_hint: WheelHint | None = None  # most plots never need one
        self._guess: GuessLine | None = None  # the same
        self._guessed: tuple[float | None, str] = None, ""
        self._view.sigRangeChangedManually.connect(self._on_looked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def put_above(self, header: Header) -> None:
        """Let a header, an item of the scene, stand above the view and its axes."""
        self._header_above = header
        self.frame.layout.addItem(header, 0, 0, 1, 3)
        header.legend_changed.connect(self._on_legend_changed)

    def refresh(self) -> None:
        """Say what the whole is, by `set_whole`, and draw."""
        raise NotImplementedError

    def set_whole(self, x: Range, y: Range) -> None:
        """Show these ranges, unless the person looks at a part; how far that goes depends on them, too."""
        self._view.set_whole(x, y)
        if not self.is_zoomed and self._view.viewRange() != [[*x], [*y]]:  # a live curve's ranges are mostly the same
            self._view.setRange(xRange=x, yRange=y, padding=0)
        self._place_guess()  # what heights mean may be another: linear or logarithms

    def set_guess(self, value: float | None, words: str) -> None:
        """Show what somebody guessed for the quantity of the y axis, with these words; None: nothing."""
        if (value, words) != self._guessed:
            self._guessed = value, words
            self._place_guess()

    @property
    def has_guess(self) -> bool:
        """Whether it shows a guess."""
        return self._guessed[0] is not None

    def guess_height(self, value: float) -> float:
        """Where on the y axis a value stands."""
        return value

    def _place_guess(self) -> None:
        value, words = self._guessed
        if self._guess is None and value is not None:
            self._guess = GuessLine(self._view)
        if self._guess is not None:
            self._guess.show(None if value is None else self.guess_height(value), words)

    def getViewBox(self) -> pyqtgraph.ViewBox:
        """Return the view, as pyqtgraph's own items do."""
        return self._view

    def getPlotItem(self) -> PlotFrame:
        """Return what stands in the place of pyqtgraph's `PlotItem`, as its `PlotWidget` does, for scripts."""
        return self.frame

    @property
    def plotItem(self) -> PlotFrame:
        """The same, as its attribute."""
        return self.frame

    def close(self) -> bool:
        """Take everything apart."""
        if not self.closed:
            self.frame.close()
            super().close()
        return True

    @Slot()
    def show_whole(self) -> None:
        """Look at everything again, and keep to it."""
        self.is_zoomed = False
        self._whole_button.hide()
        self._keep_corner(0)
        self.refresh()
        self.zoom_changed.emit()

    @Slot()
    def _on_legend_changed(self) -> None:
        if self.is_zoomed:
            self._place_button()

    @Slot()
    def pause_ranges(self) -> None:
        """Leave the view to the person, and offer the way back."""
        self.is_zoomed = True
        self._place_button()
        self._whole_button.show()
        self.zoom_changed.emit()

    @Slot()
    def _on_looked(self) -> None:
        """Leave the view to the person, who has looked closer or farther away: as far as the whole, or not."""
        if self._view.shows_whole:
            self.show_whole()
        else:
            self.pause_ranges()

    def follow(self, x: float, y: float) -> None:
        """Move a view that was looked closer at, just so far that the point is in it."""
        if self.is_zoomed:
            across, upright = self._view.viewRange()
            self._view.translateBy(x=_shift(across, x), y=_shift(upright, y))

    def look_closer(self, factor: float, place: float | None) -> None:
        """Show `factor` of the range (above 1: more than now) around `place` on the x axis; None: its middle."""
        if not self._view.has_whole:
            return
        centre = self._view.viewRect().center()
        if place is not None:
            centre = QPointF(place, centre.y())
        self._view.scaleBy(x=factor, center=centre)
        self._on_looked()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.setBackground(palette.panel)
        if self._guess is not None:
            self._guess.set_palette(palette)
        self._whole_button.setIconSize(QSize(1, 1) * theme.fonts.scaled(_ICON_SIZE))
        self._whole_button.setIcon(theme.icons.icon(_WHOLE_ICON, palette.text, palette.muted))

    def event(self, event: QEvent) -> bool:
        """Keep the lines as wide on a screen with other pixels; Qt tells it here, not in `changeEvent`."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.set_palette(self._palette)
        return bool(super().event(event))

    def _place_button(self) -> None:
        """Let the button stand in its corner, in words where the header has room beside them, else as an icon."""
        self._dress_button(Qt.ToolButtonStyle.ToolButtonTextOnly)
        header = self._header_above
        if header is not None and not header.has_room_beside(self._corner_width()):
            self._dress_button(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._whole_button.move(self.width() - self._corner_width(), 6)
        self._keep_corner(self._corner_width())

    def _dress_button(self, style: Qt.ToolButtonStyle) -> None:
        self._whole_button.setToolButtonStyle(style)
        self._whole_button.adjustSize()

    def _corner_width(self) -> int:
        return self._whole_button.width() + theme.GAP

    def _keep_corner(self, width: int) -> None:
        if self._header_above is not None:
            self._header_above.keep_corner(width)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look closer or farther away with Ctrl; without, leave the wheel to the page, and say how."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            event.accept()  # at both ends, too: with Ctrl the page would go a whole screen on
            if self._wheel_hint is not None:
                self._wheel_hint.hide()
            return
        event.ignore()
        if self._view.has_whole:
            if self._wheel_hint is None:
                self._wheel_hint = WheelHint(self)
            self._wheel_hint.tell(self.mapFromScene(self._view.sceneBoundingRect()).boundingRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where: a drag with the right button looks closer, a click with it opens a menu."""
        super().mousePressEvent(event)
        self._right_pressed = event.position() if event.button() == Qt.MouseButton.RightButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the menu where the right button was only clicked."""
        super().mouseReleaseEvent(event)
        pressed, self._right_pressed = self._right_pressed, None
        if pressed is None or event.button() != Qt.MouseButton.RightButton:
            return
        if (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            place, on_screen = event.position().toPoint(), event.globalPosition().toPoint()
            QApplication.sendEvent(self, QContextMenuEvent(QContextMenuEvent.Reason.Other, place, on_screen))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to what is around; not when the button goes down, where systems ask for it: see above."""
        event.setAccepted(event.reason() == QContextMenuEvent.Reason.Mouse)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole."""
        super().mouseDoubleClickEvent(event)
        self.show_whole()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys read this plot; its header says how."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark of the focus away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        # pyqtgraph resizes before this class is built, and after it has taken the scene apart.
        if self.__dict__.get("is_zoomed") and not self.closed:
            self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and a ring while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            theme.draw_focus_ring(painter, QRectF(self.viewport().rect()), self._palette)
            painter.end()


def _shift(span: Sequence[float], place: float) -> float | None:
    """Return how far a range is to be moved to have `place` in it, not at its very edge; None: not at all."""
    low, high = span
    edge = _EDGE * (high - low)
    if place < low:
        return place - edge - low
    return place + edge - high if place > high else None
