"""Paints the words of the picture of a network: headings, values, what is not shown, and the scale of the lines."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from mnist_lab.inspection.flow.network_flow import NetworkFlow
from mnist_lab.window import theme
from mnist_lab.window.widgets.network import network_spots as spots
from mnist_lab.window.widgets.network.flow_words import FlowWords, like_each_other
from mnist_lab.window.widgets.network.line_painting import LEVELS, colours_of, width_of
from mnist_lab.window.widgets.network.lit_network import LitNetwork
from mnist_lab.window.widgets.network.network_places import ColumnPlaces, NetworkPlaces
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.words import rounded, spell, spell_signed

WEDGE = 90
"""Logical pixels from one end of the scale to the other."""
_BESIDE, _AROUND = 4, 6
"""Logical pixels between a unit and its value, and what stays free to its right or between two words at the foot."""
_FIGURES = (3, 2)
"""Of a value: as many as have room."""
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CaptionPainter:
    """Paints in the colours of one theme, with the painter's font: that of small words."""

    def __init__(self, palette: theme.Palette, words: FlowWords) -> None:
        self._palette, self._words = palette, words

    # Headings

    def paint_heads(self, painter: QPainter, places: NetworkPlaces, flow: NetworkFlow, now: int | None) -> None:
        """What each column is, that of the layer at work in colour; number and activation, or the number alone."""
        self._paint_head(painter, places.picture_head, _LEFT, "28×28", is_now=now == -1)
        metrics, last = painter.fontMetrics(), len(flow.layers) - 1
        heads = [self._words.head(flow, index) for index in range(last)]
        rooms = [column.head for column in places.columns[:-1]]
        if not _fit(metrics, heads, rooms):
            heads = [self._words.short_head(flow, index) for index in range(last)]
        for index, (room, head) in enumerate(zip(rooms, heads, strict=True)):
            self._paint_head(painter, room, _CENTRE, head, is_now=index == now)
        head = self._words.head(flow, last)
        self._paint_head(painter, places.columns[-1].head, _RIGHT, head, is_now=last == now)

    def _paint_head(
        self, painter: QPainter, room: QRectF, flags: Qt.AlignmentFlag, words: str, *, is_now: bool
    ) -> None:
        painter.setPen(QColor(self._palette.accent if is_now else self._palette.muted))
        painter.drawText(room, flags, words)

    # What is not shown

    def paint_feet(
        self, painter: QPainter, places: NetworkPlaces, flow: NetworkFlow, lit: LitNetwork, spot: Spot | None
    ) -> None:
        """How many units of each layer are not shown, and what they give together to the unit in focus."""
        metrics = painter.fontMetrics()
        feet = {
            index: column.foot
            for index, column in enumerate(places.columns[:-1])
            if column.bundle is not None and not column.foot.isEmpty()
        }
        rooms = list(feet.values())
        counts = [flow.layers[index].size - len(flow.layers[index].units) for index in feet]
        others = [self._words.others(count) for count in counts]
        if not _fit(metrics, others, rooms):
            others = [self._words.others(count, is_short=True) for count in counts]
        painter.setPen(QColor(self._palette.muted))
        for room, words in zip(rooms, others, strict=True):
            painter.drawText(QRectF(room.left(), room.top(), room.width(), metrics.height()), _CENTRE, words)
        for room, words in zip(rooms, self._given(metrics, rooms, list(feet), flow, lit, spot), strict=True):
            line = QRectF(room.left(), room.top() + metrics.height(), room.width(), metrics.height())
            painter.drawText(line, _CENTRE, words)

    @staticmethod
    def _given(
        metrics: QFontMetrics,
        rooms: Sequence[QRectF],
        layers: Sequence[int],
        flow: NetworkFlow,
        lit: LitNetwork,
        spot: Spot | None,
    ) -> list[str]:
        """What the others of each layer give to a unit of the next, all said alike: as much as has room, or nothing."""
        focus, values, names = spots.focus_of(flow, spot), [], []
        for index in layers:
            following, asked, place = flow.layers[index + 1], flow.asked, focus[index + 1]
            is_last = index == len(flow.layers) - 2
            value, name = float(following.rest[place]), str(int(following.units[place]))
            if is_last and asked.against is not None and place == asked.output:
                value, name = flow.asked_sum.rest, f"{asked.output}−{asked.against}"
            values.append(value)
            names.append(name if is_last else f"#{name}")
        tellings: tuple[Callable[[float, str], str], ...] = (
            lambda value, name: f"Σ {spell_signed(value)} → {name}",
            lambda value, _name: spell_signed(value),
            lambda value, _name: spell_signed(rounded(value, _FIGURES[-1])),
        )
        for telling in tellings:
            told = [telling(*one) for one in zip(values, names, strict=True)]
            if _fit(metrics, told, rooms):
                is_known = [lit.measure == "contribution" and lit.lines[index + 1].reach >= 1 for index in layers]
                return [words if one else "" for words, one in zip(told, is_known, strict=True)]
        return [""] * len(layers)

    # Values

    def paint_numbers(self, painter: QPainter, places: NetworkPlaces, lit: LitNetwork) -> None:
        """The value of each unit that has one, one below the other, where there is room between two columns."""
        for column, following, units in zip(places.columns, places.columns[1:], lit.units, strict=False):
            pitch = column.units[1].top() - column.units[0].top() if len(column.units) > 1 else math.inf
            if units.lamp != "dark" and pitch >= painter.fontMetrics().height():
                room = following.units[0].left() - column.lamps[0].right() - _BESIDE - _AROUND
                self._paint_column(painter, column, units.values, room)

    def _paint_column(self, painter: QPainter, column: ColumnPlaces, values: np.ndarray, room: float) -> None:
        metrics = painter.fontMetrics()
        for figures in _FIGURES:
            words = like_each_other(values, figures)
            width = max(metrics.horizontalAdvance(one) for one in words)
            if width <= room:
                break
        else:
            return
        ground = QColor(self._palette.panel)
        ground.setAlpha(220)
        for lamp, word in zip(column.lamps, words, strict=True):
            top = lamp.center().y() - metrics.height() / 2
            area = QRectF(lamp.right() + _BESIDE, top, width, metrics.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area.adjusted(-2, 0, 2, 0), 3, 3)
            painter.setPen(QColor(self._palette.text))
            painter.drawText(area, _RIGHT, word)

    # The scale

    def paint_scale(
        self, painter: QPainter, area: QRectF, limit: float | None, phrases: Sequence[str], widest: float
    ) -> None:
        """Paint a wedge from −limit to +limit in the widths and colours of lines, and what things show.

        Phrases for which the first line has no room stand in the second one; where there is none they are left out.
        `limit` is None where no line is seen.
        """
        metrics, rest = painter.fontMetrics(), list(phrases)
        end = "" if limit is None else spell(rounded(limit, 2))
        around = 0 if limit is None else WEDGE + theme.GAP + _width(metrics, [f"−{end} +{end}"])
        if _width(metrics, rest) + around <= area.width():  # then it stands beside the sentence below
            area = QRectF(area.left(), area.bottom() - metrics.height(), area.width(), metrics.height())
        left, lines = area.left(), round(area.height() / metrics.height())
        if limit is not None:
            left = self._paint_wedge(painter, area, end, widest)
        for number in range(max(lines, 1)):
            fitting = rest[:1]
            while len(fitting) < len(rest) and _width(metrics, rest[: len(fitting) + 1]) <= area.right() - left:
                fitting = rest[: len(fitting) + 1]
            room = QRectF(left, area.top() + number * metrics.height(), area.right() - left, metrics.height())
            words = metrics.elidedText(_JOINT.join(fitting), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(room, _LEFT, words)
            rest = rest[len(fitting) :]
            if _width(metrics, rest) > area.right() - left:
                left = area.left()

    def _paint_wedge(self, painter: QPainter, area: QRectF, limit: str, widest: float) -> float:
        """The wedge and its ends; return where words begin beside it."""
        metrics = painter.fontMetrics()
        low, high = f"−{limit}", f"+{limit}"
        left, middle = area.left() + metrics.horizontalAdvance(low) + theme.SMALL_GAP, area.top() + metrics.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = WEDGE / (2 * LEVELS + 1)
        for index, colour in enumerate(colours_of(self._palette)):
            high_there = width_of(index - LEVELS, widest)
            painter.fillRect(QRectF(left + index * step, middle - high_there / 2, step + 0.5, high_there), colour)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()), _LEFT, low)
        after = left + WEDGE + theme.SMALL_GAP
        painter.drawText(QRectF(after, area.top(), area.right() - after, metrics.height()), _LEFT, high)
        return after + metrics.horizontalAdvance(high) + theme.GAP


_JOINT = " · "


def _width(metrics: QFontMetrics, phrases: Sequence[str]) -> int:
    return metrics.horizontalAdvance(_JOINT.join(phrases))


def _fit(metrics: QFontMetrics, words: Sequence[str], rooms: Sequence[QRectF]) -> bool:
    """Whether each has its room, and none touches the next."""
    return all(metrics.horizontalAdvance(one) <= room.width() - _AROUND for one, room in zip(words, rooms, strict=True))
