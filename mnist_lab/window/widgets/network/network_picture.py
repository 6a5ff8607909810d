"""The picture of a whole network: what goes in at the left, layers as columns of units, ten outputs at the right."""

import html

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mnist_lab.inspection.flow.network_flow import NetworkFlow
from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.widgets.network import line_scale
from mnist_lab.window.widgets.network import network_spots as spots
from mnist_lab.window.widgets.network.caption_painting import WEDGE
from mnist_lab.window.widgets.network.flow_words import FlowWords
from mnist_lab.window.widgets.network.lit_network import LitNetwork
from mnist_lab.window.widgets.network.network_painting import TICK, NetworkPainter
from mnist_lab.window.widgets.network.network_places import NetworkPlaces, TextRoom, places, units_with_room
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture

_LEAST = QSize(300, 60)
_USUAL = QSize(560, 420)
_USUAL_LIMIT = 0.012


class NetworkPicture(CellPicture[Spot]):
    """Paints a network; pointer and keys read its units, lines and pixels.

    Attributes:
        flow: what is shown; None: nothing.
        lit: how it looks now.
        right: the right digit; None: not known, or there are several.
        held: what stays lit until it is let go of; None: nothing.
        held_unit: the index of the unit that is held, which may get another place; None: it is none.
        limit: of the scale of the lines.
        tip: words that are told where the pointer rests, as there is no room for them beside the picture; "" for none.
        note: what else is to be known of the whole picture; a screen reader says it. "" for nothing.

    Signals:
        held_changed(): `held` is another.
        unit_activated(int, int): a unit is to be looked at closely: its layer and its index, both from 0.
        room_changed(): there is room for more units, or for fewer.
    """

    KEYS = page_keys.NETWORK

    held_changed = Signal()
    unit_activated = Signal(int, int)
    room_changed = Signal()

    def __init__(self, words: FlowWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow: NetworkFlow | None = None
        self.lit: LitNetwork | None = None
        self.right: int | None = None
        self.held: Spot | None = None
        self.held_unit: int | None = None
        self.limit = 0.0
        self.note = self.tip = ""
        self._measure = ""
        self._words = words
        self._is_numbered = False
        self._said: tuple[object, str] = (None, "")
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that Qt paints nothing behind it
        self.setAccessibleName(self.tr("Picture of the network"))
        self.setToolTip(
            self.tr(
                "Lines are as wide as what they carry; a double line is many together, perhaps more than the scale"
                " has.\nPoint at a unit or a pixel to read it; a click keeps it lit, a double click opens the unit."
            )
        )
        self.set_palette(theme.current())
        self._read()

    # What is shown

    def show_network(
        self, flow: NetworkFlow | None, lit: LitNetwork | None, empty_words: str = "", right: int | None = None
    ) -> None:
        """Show a network as it is lit; None: say `empty_words`. `right` is the right digit; None: not known.

        What is held stays so as long as the network has it.
        """
        self.flow, self.lit, self.right, self._empty_words = flow, lit, right, empty_words
        if flow is None:
            self.point(None)
        else:
            self._find_held(flow)
            if self.pointed is not None and not spots.is_there(flow, self.pointed):
                self.point(None)
        if lit is not None:
            self._follow_scale(lit)
        self._read()
        self.update()

    def show_numbers(self, on: bool) -> None:
        """Write the value of each unit of the stage's layer beside it."""
        self._is_numbered = on

    def _follow_scale(self, lit: LitNetwork) -> None:
        before = self.limit if lit.measure == self._measure else 0.0
        self._measure = lit.measure
        self.limit = line_scale.following(before, lit.size) if lit.limit is None else lit.limit

    def _find_held(self, flow: NetworkFlow) -> None:
        """See where what is held stands now, and let go of it where the network has it no more."""
        if self.held is None or self.held_unit is None:
            is_there = self.held is None or spots.is_there(flow, self.held)
            self.hold(self.held if is_there else None)
        else:
            self.hold(spots.spot_of(flow, self.held.layer, self.held_unit))

    def hold(self, spot: Spot | None) -> None:
        """Keep something lit; None: nothing."""
        if spot != self.held:
            self.held = spot
            self.held_unit = None if spot is None or self.flow is None else spots.unit_of(self.flow, spot)
            self._read()
            self.update()
            self.held_changed.emit()

    @property
    def units_with_room(self) -> int:
        """How many units of a layer have room."""
        return units_with_room(self.width(), self.height(), self._text)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._painter = NetworkPainter(palette, self._words)
        self._palette = palette
        self._font, self._text = theme.fonts.font("small"), _text_room(self._words)
        self.update()

    # Sizes

    def sizeHint(self) -> QSize:
        """Ask for room for a dozen units."""
        return _USUAL

    def minimumSizeHint(self) -> QSize:
        """Keep units apart."""
        return QSize(theme.fonts.scaled(_LEAST.width()), theme.fonts.scaled(_LEAST.height()))

    def resizeEvent(self, _event: object) -> None:
        """Have more units shown where there is room for them."""
        room = self.units_with_room
        if room != self._room:
            self._room = room
            self.room_changed.emit()

    def places(self) -> NetworkPlaces | None:
        """Where everything stands now; None without a network."""
        if self.flow is None:
            return None
        shown = tuple(len(layer.units) for layer in self.flow.layers)
        others = tuple(layer.size - len(layer.units) for layer in self.flow.layers)
        return places(self.width(), self.height(), self.devicePixelRatioF(), shown, others, self._text)

    # Reading

    @property
    def read_spot(self) -> Spot | None:
        """What is pointed at, else what is held."""
        return self.pointed or self.held

    def _words_of(self, cell: Spot) -> str:
        flow = self.flow
        if flow is None or not spots.is_there(flow, cell):
            return ""
        if cell.column == 0:
            return self._words.pixel(flow, cell.place) if cell.is_pixel else self._words.picture(flow)
        if spots.unit_of(flow, cell) is None:
            return self._words.bundle(flow, cell.layer, spots.focus_of(flow, self.held)[cell.column])
        return self._words.equation(flow, cell.layer, cell.place)

    def words_of_held(self) -> str:
        """What is held, in words; "" for nothing."""
        return "" if self.held is None else self._words_of(self.held)

    def _words_without_cell(self) -> str:
        if self.flow is None:
            return self._empty_words
        return f"{self.words} {self.note}".strip()

    @property
    def words(self) -> str:
        """What is held, or else what is asked for, in words; "" without a network. Made once for each."""
        if self.flow is None:
            return ""
        known = (self.flow, self.held)
        if self._said[0] != known:
            self._said = known, self.words_of_held() or self._words.asked(self.flow)
        return self._said[1]

    def _cell_at(self, position: QPointF) -> Spot | None:
        where = self.places()
        return None if where is None else spots.spot_at(where, position)

    def _neighbour(self, key: Qt.Key) -> Spot | None:
        if self.flow is None:
            return None
        here = self.read_spot
        if here is None:
            arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
            return Spot(len(self.flow.layers), self.flow.asked.output) if key in arrows else None
        return spots.neighbour(self.flow, here, key)

    def _open(self, cell: Spot) -> bool:
        unit = None if self.flow is None else spots.unit_of(self.flow, cell)
        if unit is not None:
            self.unit_activated.emit(cell.layer, unit)
        return unit is not None

    def point_of(self, place: int | tuple[int, int]) -> object:
        """The middle of a unit, by its column and place; None while it is not in sight."""
        where = self.places()
        if where is None or self.flow is None or not isinstance(place, tuple):
            return None
        spot = Spot(*place)
        return spots.area_of(where, spot).center().toPoint() if spots.is_there(self.flow, spot) else None

    # Events

    def event(self, event: QEvent) -> bool:
        """Say where the pointer rests what cannot be said elsewhere."""
        if event.type() == QEvent.Type.ToolTip and self.tip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(self.tip)}</p>", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep what is clicked lit, or let go of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            spot = self._cell_at(event.position())
            self.hold(None if spot == self.held else spot)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a unit; it stays lit."""
        spot = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and spot is not None:
            self.hold(spot)
            self._open(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along units and lines; with Shift from pixel to pixel; keep lit, open, let go."""
        key, spot = Qt.Key(event.key()), self.read_spot
        pixel = None
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.flow is not None:
            pixel = spots.pixel_beside(self.pointed, key)
        if pixel is not None:
            self.point(pixel)
        elif key == Qt.Key.Key_Space and spot is not None:
            self.hold(None if spot == self.held else spot)
        elif key == Qt.Key.Key_Escape and self.pointed is None and self.held is not None:
            self.hold(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is None and spot is not None:
            self._open(spot)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the network as it is lit."""
        painter = QPainter(self)
        painter.setFont(self._font)
        area = QRectF(self.rect())
        painter.fillRect(self.rect(), QColor(self._palette.panel))
        where = self.places()
        if where is None or self.flow is None or self.lit is None:
            self._paint_empty_words(painter, area, self._palette)
        else:
            ratio = picture_mode.pen_ratio(self)
            self._painter.paint(
                painter,
                where,
                self.flow,
                self.lit,
                self.limit,
                self.read_spot,
                self.held,
                self.right,
                ratio,
                is_numbered=self._is_numbered,
            )
        if self.hasFocus():
            theme.draw_focus_ring(painter, area, self._palette)
        painter.end()


def _text_room(words: FlowWords) -> TextRoom:
    font, bold = theme.fonts.font("small"), theme.fonts.font("small", bold=True)
    digit, *shares = (theme.fonts.widest(bold, said) for said in (f"0{TICK}", "100.0\u00a0%", "> 99.9\u00a0%"))
    legend = WEDGE + theme.fonts.widest(font, words.usual_legend(_USUAL_LIMIT)) + theme.GAP
    return TextRoom(QFontMetricsF(font).height(), digit, max(shares), legend)
