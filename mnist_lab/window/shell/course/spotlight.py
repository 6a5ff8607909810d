"""A ring around what a step speaks of: it lies over everything and takes no click."""

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QScrollArea, QStyle, QTabWidget, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES

_LINES = {spec.object_name: row for row, spec in enumerate(PAGES)}
"""Which line of the list is a page's."""
_OUTSIDE = 2.5
"""Pixels between what is lit and the middle of the ring: labels beside a control stand farther off."""
_WIDTH = 2.5
_THIN = 1.5
_ROUND = 7
_DASHES = [3.0, 2.5]
"""Of the ring, in widths of its line: the frame around what has the keyboard is a whole line of the same colour."""
_HALO, _HALO_ALPHA = 3.0, 0.22
"""How many times as wide as the ring what shines around it is, and how strong."""
_LOOKS = 5
"""So many times after a step is entered what it speaks of is scrolled to anew if its page was laid out anew."""
_PULSE_MILLISECONDS = 700
_PULSE_PIXELS = 14
"""From how far outside the ring comes when a step is entered."""


class Spotlight(QWidget):
    """Lights up widgets of the window by their objectNames; where their page is not in view, its line in the list.

    The first of them has a strong ring that comes from outside when it is lit, unless the system wants no animation;
    the others have thin rings. They are scrolled to when a step is entered. A name of another page lights its line in
    the list; once that page is in view, what of the names is found on it. Where all of that lies in tabs that are not
    seen, these are lit.

    Attributes:
        lit: what is lit now, in the window's coordinates.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.lit: list[QRect] = []
        self._page = ""
        self._names: tuple[str, ...] = ()
        self._is_new, self._lights_usable = False, False
        self._looks_left = 0
        self._scrolled_at: list[tuple[QRect, QSize]] = []
        self._followed: set[QAbstractScrollArea] = set()
        self._pulse = QVariantAnimation(self)
        self._pulse.setStartValue(1.0)
        self._pulse.setEndValue(0.0)
        self._pulse.setDuration(_PULSE_MILLISECONDS)
        self._pulse.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._pulse.valueChanged.connect(self.update)
        self.setObjectName("courseSpotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        window.installEventFilter(self)
        self._cover()

    def show_names(self, page: str, names: tuple[str, ...], *, only_usable: bool = False) -> None:
        """Light up these, on the page of that objectName; none: nothing.

        With `only_usable` not those that are disabled, while others are not: they cannot be what to do next.
        """
        self._lights_usable = only_usable
        if (page, names) != (self._page, self._names):
            self._page, self._names, self._is_new = page, names, bool(names)
        self.look()

    @Slot()
    def look(self) -> None:
        """See where they are now: what is lit comes and goes."""
        widgets = self._widgets() if self._names else []
        if widgets and self._is_new:
            self._is_new = False
            self._looks_left, self._scrolled_at = _LOOKS, []
            self._begin_pulse()
        if widgets and self._looks_left:
            self._looks_left -= 1
            self._bring_into_sight(widgets)
        self._show(widgets)

    def _bring_into_sight(self, widgets: list[QWidget]) -> None:
        """Scroll to them, unless they still are where they were in what scrolls."""
        places = [_place_in(area, one) for one in widgets for area in _areas_around(one)]
        if places != self._scrolled_at:
            self._scrolled_at = places
            for one in reversed(widgets):  # the most important last, so that it is in sight in any case
                _scroll_to(one)

    @Slot()
    def _follow(self) -> None:
        """See where they have been scrolled to."""
        self._show(self._widgets() if self._names else [])

    def _show(self, widgets: list[QWidget]) -> None:
        usable = [one for one in widgets if one.isEnabled()] if self._lights_usable else []
        places = [_seen(one, one.rect(), self._window) for one in usable or widgets] or self._tabs()
        lit = [place for place in places if not place.isEmpty()]
        if self._names:
            lit += self._lines()
        if lit != self.lit:
            self.lit = lit
            self.update()
        self.setVisible(bool(lit))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window as it grows; what is named comes and goes with its tab, and its ring at once with it."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self._cover()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())

    def _begin_pulse(self) -> None:
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0:
            self._pulse.stop()
            self._pulse.start()

    def _widgets(self) -> list[QWidget]:
        """Those that are lit on their page, if that is in view; what scrolls around them is followed from now on."""
        found = [one for one in self._named() if one.isVisible()]
        for one in found:
            for area in _areas_around(one):
                if area not in self._followed:
                    self._followed.add(area)
                    area.destroyed.connect(lambda _gone=None, area=area: self._followed.discard(area))
                    for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
                        bar.valueChanged.connect(self._follow)
        return found

    def _named(self) -> list[QWidget]:
        """Those of the names that the page in view has, seen or not."""
        page = self._page_in_view()
        found = [] if page is None else [page.findChild(QWidget, name) for name in self._names]
        there = [one for one in found if one is not None]
        for one in there:
            one.installEventFilter(self)  # once, however often it is asked for
        return there

    def _tabs(self) -> list[QRect]:
        """The tabs that have to be turned to first, where what is named lies in others than the one that is seen."""
        places: list[QRect] = []
        for one in self._named():
            place = _tab_over(one, self._window)
            if place not in places:
                places.append(place)
        return places

    def _page_in_view(self) -> QWidget | None:
        """The step's page, or another that its names name, whichever is in view; None for neither."""
        pages = (self._window.findChild(QWidget, name) for name in (self._page, *self._names) if name in _LINES)
        return next((page for page in pages if page is not None and page.isVisible()), None)

    def _lines(self) -> list[QRect]:
        """Where the way to another page begins: from the step's to named ones, from elsewhere to the step's."""
        page = self._page_in_view()
        if page is None:
            return self._line(self._page)
        names = self._names if page.objectName() == self._page else ()
        return [line for name in names for line in self._line(name)]

    def _line(self, page: str) -> list[QRect]:
        pages = self._window.findChild(QListWidget, "pageList")
        if pages is None or page not in _LINES:
            return []
        line = pages.visualItemRect(pages.item(_LINES[page])).adjusted(3, 3, -3, -3)
        return [QRect(pages.viewport().mapTo(self._window, line.topLeft()), line.size())]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rings."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_pulsing = self._pulse.state() == QVariantAnimation.State.Running
        for number, place in enumerate(self.lit):
            self._draw_ring(painter, place, 0.0, _THIN if number else _WIDTH)
            if is_pulsing and not number:
                self._draw_ring(painter, place, self._pulse.currentValue(), _WIDTH)
        painter.end()

    def _draw_ring(self, painter: QPainter, place: QRect, away: float, width: float) -> None:
        """Draw around `place`; `away` is how far the pulse still is, from 1 to 0."""
        colour = QColor(theme.current().accent)
        colour.setAlphaF(1.0 - 0.8 * away)
        by = _OUTSIDE + _PULSE_PIXELS * away
        whole = QRectF(self.rect()).adjusted(width, width, -width, -width)
        ring = QRectF(place).adjusted(-by, -by, by, by) & whole
        halo = QColor(colour)
        halo.setAlphaF(_HALO_ALPHA * colour.alphaF())
        painter.setPen(QPen(halo, _HALO * width))
        painter.drawRoundedRect(ring, _ROUND + by, _ROUND + by)
        pen = QPen(colour, width)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.drawRoundedRect(ring, _ROUND + by, _ROUND + by)


def _areas_around(widget: QWidget) -> list[QAbstractScrollArea]:
    found, around = [], widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            found.append(around)
        around = around.parentWidget()
    return found


def _place_in(area: QAbstractScrollArea, widget: QWidget) -> tuple[QRect, QSize]:
    """Where a widget lies in what scrolls, and how large the part is that is seen; scrolling changes neither."""
    content = area.widget() if isinstance(area, QScrollArea) else None
    around = area.viewport() if content is None else content
    return QRect(widget.mapTo(around, QPoint(0, 0)), widget.size()), area.viewport().size()


def _scroll_to(widget: QWidget) -> None:
    """Bring what is lit into sight, as far as it fits.

    Not by ensureWidgetVisible: of a plot it takes the place of the cursor, which is its upper left corner.
    """
    for area in _areas_around(widget):
        content = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and content is not None and widget.height() <= area.viewport().height():
            middle, half = widget.mapTo(content, widget.rect().center()), widget.size() / 2
            area.ensureVisible(middle.x(), middle.y(), half.width() + theme.GAP, half.height() + theme.GAP)


def _tab_over(widget: QWidget, window: QWidget) -> QRect:
    """The tab, not turned to, that a hidden widget lies in, in the coordinates of `window`; empty for none."""
    around = widget.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QTabWidget) and around.isVisible():
            tabs = [around.widget(index) for index in range(around.count())]
            index = next((i for i, tab in enumerate(tabs) if tab is not None and tab.isAncestorOf(widget)), -1)
            if index not in (-1, around.currentIndex()):
                return _seen(around.tabBar(), around.tabBar().tabRect(index), window)
        around = around.parentWidget()
    return QRect()


def _seen(widget: QWidget, part: QRect, window: QWidget) -> QRect:
    """What can be seen of a part of a widget, in the coordinates of `window`; empty for none."""
    if not widget.isVisible():
        return QRect()
    seen = QRect(widget.mapTo(window, part.topLeft()), part.size())
    around: QWidget | None = widget
    while around is not None and around is not window:
        seen &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return seen
