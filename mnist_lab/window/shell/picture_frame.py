"""What a picture that leaves the lab consists of: the painted widget with its heading, words, scale and legend.

Controls stay in the lab. Each part is painted by itself, in the rectangle in which it is seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.keyboard import KeyGroup
from mnist_lab.window.shell.picture_finding import companions_of, group_of, is_control, is_words, name_of, role_of
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_MARGIN = theme.GAP + theme.SMALL_GAP
"""Around all parts, in logical pixels."""


@dataclass(frozen=True)
class PicturePart:
    """One thing that is painted.

    Attributes:
        place: where it is seen, in logical pixels of the picture.
        paint: paints it with the upper left corner of `place` as origin.
    """

    place: QRect
    paint: Callable[[QPainter], None]


@dataclass(frozen=True)
class PictureFrame:
    """A picture that can be taken.

    Attributes:
        title: what it is called.
        size: in logical pixels.
        ground: "#rrggbb" behind all parts.
        parts: what is painted, from back to front.
        plots: those among them that are to be dressed for it.
    """

    title: str
    size: QSize
    ground: str
    parts: tuple[PicturePart, ...]
    plots: tuple[ZoomablePlot, ...] = field(default=())


def frame_of(picture: QWidget, page: QWidget) -> PictureFrame:
    """A picture of the page with all that belongs to it."""
    group, title = group_of(picture, page), name_of(picture, page)
    has_heading = isinstance(group, Panel)
    said = "" if has_heading else title
    parts = list(_parts(group, lambda widget: _is_shown(widget, picture, said)))
    if getattr(type(picture), "IS_TAKEN_WHOLE", False):
        parts = list(_with_whole(parts, picture, group))
    if group is picture:
        parts += _below(companions_of(picture), picture.height())
    if said:
        parts.append(_heading(said, parts))
    plots = (picture,) if isinstance(picture, ZoomablePlot) else ()
    around = _around(parts).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    moved = tuple(PicturePart(part.place.translated(-around.topLeft()), part.paint) for part in parts)
    return PictureFrame(title, around.size(), theme.current().panel, moved, plots)


def frame_of_page(page: QWidget, title: str) -> PictureFrame:
    """The page as it is seen, controls and all."""
    parts = tuple(_parts(page, lambda _widget: True))
    plots = tuple(plot for plot in page.findChildren(ZoomablePlot) if plot.isVisible())
    return PictureFrame(title, page.size(), theme.current().window, parts, plots)


def _around(parts: Iterable[PicturePart]) -> QRect:
    """The smallest rectangle that holds all parts."""
    whole = QRect()
    for part in parts:
        whole |= part.place
    return whole


def _is_shown(widget: QWidget, picture: QWidget, said: str) -> bool | None:
    """Whether a part is painted; None: neither it nor what is in it, as what one acts on.

    `said` is what stands above the picture already.
    """
    around = widget.parentWidget()
    if around is not None and role_of(around) == "picture":
        return True if isinstance(around, QAbstractScrollArea) and widget is around.viewport() else None
    if role_of(widget) in ("picture", "companion"):
        return True
    if is_control(widget) or isinstance(widget, KeyLine):
        return None
    return is_words(widget) and isinstance(widget, QLabel) and _is_worth_keeping(widget.text(), picture, said)


def _is_worth_keeping(words: str, picture: QWidget, said: str) -> bool:
    """Whether words are still of use beside a picture: not what keys do, for who has the keyboard at it."""
    keys: KeyGroup | None = getattr(picture, "KEYS", None)
    return words != said and (keys is None or not any(line in words for line in keys.lines()))


def _parts(root: QWidget, is_shown: Callable[[QWidget], bool | None]) -> Iterator[PicturePart]:
    """What is seen in a widget, each part cut off where what it lies in ends; `is_shown` may leave some out."""

    def gather(widget: QWidget, origin: QPoint, room: QRect) -> Iterator[PicturePart]:
        place = QRect(origin, widget.size()) & room
        choice = None if place.isEmpty() else is_shown(widget)
        if choice is None:
            return
        if choice:
            yield PicturePart(place, _painting(widget, place.translated(-origin)))
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
                yield from gather(child, origin + child.pos(), place)

    yield from gather(root, QPoint(0, 0), QRect(QPoint(0, 0), root.size()))


def _with_whole(parts: Iterable[PicturePart], picture: QWidget, group: QWidget) -> Iterator[PicturePart]:
    """The parts, the picture among them with all that is scrolled out of sight, and the others below it moved down."""
    seen, inner = picture.rect(), picture
    while inner is not group and (around := inner.parentWidget()) is not None:
        seen, inner = seen.translated(inner.pos()) & around.rect(), around
    hidden = picture.height() - seen.height()
    for part in parts:
        if part.place == seen:
            yield PicturePart(QRect(seen.topLeft(), picture.size()), _painting(picture, picture.rect()))
        else:
            yield PicturePart(part.place.translated(0, hidden if part.place.top() > seen.bottom() else 0), part.paint)


def _painting(widget: QWidget, seen: QRect) -> Callable[[QPainter], None]:
    """Paint what is seen of a widget, without what is in it."""
    return lambda painter: QWidget.render(widget, painter, QPoint(0, 0), QRegion(seen), QWidget.RenderFlag(0))


def _below(widgets: Sequence[QWidget], top: int) -> Iterator[PicturePart]:
    """Scales and legends, one under the other."""
    for widget in widgets:
        top += theme.GAP
        yield PicturePart(QRect(QPoint(0, top), widget.size()), _painting(widget, widget.rect()))
        top += widget.height()


def _heading(title: str, parts: Iterable[PicturePart]) -> PicturePart:
    """The title above all parts, at their left."""
    font, flags = theme.fonts.font("body", bold=True), int(Qt.TextFlag.TextWordWrap)
    below = _around(parts)
    height = QFontMetrics(font).boundingRect(QRect(0, 0, below.width(), 10_000), flags, title).height()
    room = QRect(below.left(), below.top() - theme.GAP - height, below.width(), height)

    def paint(painter: QPainter) -> None:
        painter.setFont(font)
        painter.setPen(QColor(theme.current().text))
        painter.drawText(QRect(QPoint(0, 0), room.size()), flags, title)

    return PicturePart(room, paint)
