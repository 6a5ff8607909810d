"""Paints a network as it is lit, part by part: headings, lines, tiles, lamps, the others, shares, the scale."""

import math
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from mnist_lab.inspection.flow.network_flow import NetworkFlow
from mnist_lab.window import theme
from mnist_lab.window.widgets.network import network_spots as spots
from mnist_lab.window.widgets.network.caption_painting import CaptionPainter
from mnist_lab.window.widgets.network.flow_words import FlowWords
from mnist_lab.window.widgets.network.line_painting import LinePainter, faintest
from mnist_lab.window.widgets.network.line_scale import only, own_limit, without
from mnist_lab.window.widgets.network.lit_network import LitNetwork
from mnist_lab.window.widgets.network.network_places import SIDE, NetworkPlaces
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.widgets.network.unit_painting import UnitPainter, tile_image
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of

_PALE, _QUIET = 0.16, 0.42
"""Of its colour a line keeps so much while others are lit; and where it leads to an output that is not asked for."""
TICK = "✓"
"""Marks the right digit, besides its colour."""
_TIGHT = 0.8
"""Of the height of a line: where outputs are closer, only the answer and what is asked for are named."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NetworkPainter:
    """Paints in the colours of one theme."""

    def __init__(self, palette: theme.Palette, words: FlowWords) -> None:
        self._palette, self._words = palette, words
        self._ink = ink_colours(palette)
        self._normal, self._bold = theme.fonts.font("small"), theme.fonts.font("small", bold=True)
        self._units, self._captions = UnitPainter(palette), CaptionPainter(palette, words)
        self._pale, self._quiet = _paler(palette, _PALE), _paler(palette, _QUIET)
        self._tiles: tuple[object, QImage, float] = (None, QImage(), 0.0)
        self._lines: tuple[object, object, list[LinePainter]] = (None, None, [])

    def paint(
        self,
        painter: QPainter,
        places: NetworkPlaces,
        flow: NetworkFlow,
        lit: LitNetwork,
        limit: float,
        spot: Spot | None,
        held: Spot | None,
        right: int | None,
        ratio: float,
        *,
        is_numbered: bool,
    ) -> None:
        """Paint everything.

        Args:
            painter: its font is that of small words.
            places: where everything stands.
            flow: the numbers.
            lit: how they are lit.
            limit: of the scale of the lines.
            spot: what is read, whose lines alone are lit; None: all are.
            held: what stays lit.
            right: the right digit; None: not known.
            ratio: device pixels of a logical one.
            is_numbered: whether values stand beside the units.
        """
        for lines in self._lines_of(places, flow, lit, limit, spot, ratio):
            lines.paint(painter)
        self._paint_picture(painter, places, flow)
        self._paint_units(painter, places, lit)
        self._paint_outputs(painter, places, flow, lit, right)
        self._captions.paint_heads(painter, places, flow, lit.now)
        self._captions.paint_feet(painter, places, flow, lit, spot)
        if is_numbered:
            self._captions.paint_numbers(painter, places, lit)
        for one, is_held in ((held, True), (spot, False)):
            if one is not None and spots.is_there(flow, one):
                self._units.paint_ring(painter, spots.area_of(places, one), is_held=is_held)
        self._paint_legend(painter, places, flow, lit, limit, spot)

    def _paint_legend(
        self,
        painter: QPainter,
        places: NetworkPlaces,
        flow: NetworkFlow,
        lit: LitNetwork,
        limit: float,
        spot: Spot | None,
    ) -> None:
        is_pixel = spot is not None and spot.is_pixel
        phrases = [self._words.measure(flow.asked, lit.measure, is_pixel=is_pixel)] if lit.has_lines else []
        phrases.append(self._words.tiles(self._tiles[2], lit.tiles_show))
        if lit.has_bundles and not is_pixel:  # the last: the tool tip says it, too
            phrases.append(self._words.double_lines())
        shown = own_limit(flow, lit, spot, limit) if lit.has_lines or is_pixel else 0.0
        self._captions.paint_scale(painter, places.scale, shown or None, phrases, places.widest)

    # Lines

    def _lines_of(
        self,
        places: NetworkPlaces,
        flow: NetworkFlow,
        lit: LitNetwork,
        limit: float,
        spot: Spot | None,
        ratio: float,
    ) -> list[LinePainter]:
        """What paints the lines; the same as the last time where nothing is another."""
        key = (id(places), id(flow), id(lit), limit, spot, ratio)
        if self._lines[0] != key:
            self._lines = key, (places, flow, lit), self._gather_lines(places, flow, lit, limit, spot, ratio)
        return self._lines[2]

    def _gather_lines(
        self,
        places: NetworkPlaces,
        flow: NetworkFlow,
        lit: LitNetwork,
        limit: float,
        spot: Spot | None,
        ratio: float,
    ) -> list[LinePainter]:
        """All lines, those to outputs that are not asked for, and on top what is asked for or read."""
        last = len(lit.lines) - 1
        is_asking = spot is None and lit.measure == "contribution"
        least = faintest(lit.lines, limit)
        palette, widest = self._palette if spot is None else self._pale, places.widest
        everything = LinePainter(limit, palette, ratio, widest, least)
        for layer, lines in enumerate(lit.lines[:-1] if is_asking else lit.lines):
            everything.add_layer(lines, places, layer)
        asked = [digit for digit in (flow.asked.output, flow.asked.against) if digit is not None and is_asking]
        quiet = LinePainter(limit, self._quiet, ratio, widest, least)
        if is_asking:
            quiet.add_layer(without(lit.lines[last], asked), places, last)
        chosen = LinePainter(own_limit(flow, lit, spot, limit), self._palette, ratio, widest)
        for one in [Spot(last + 1, digit) for digit in asked] if spot is None else [spot]:
            self._add_lines_of(chosen, places, flow, lit, one)
        return [everything, quiet, chosen]

    def _add_lines_of(
        self,
        painter: LinePainter,
        places: NetworkPlaces,
        flow: NetworkFlow,
        lit: LitNetwork,
        spot: Spot,
    ) -> None:
        """The lines that begin or end at a spot."""
        if spot.is_pixel:
            start, ends = spots.area_of(places, spot).center(), places.columns[0].entries
            painter.add(flow.from_pixel(spot.place), np.tile((start.x(), start.y()), (len(ends), 1)), ends)
            return
        for layer in (spot.layer, spot.layer + 1):
            if 0 <= layer < len(lit.lines):
                painter.add_layer(only(lit.lines[layer], spot, is_into=layer == spot.layer), places, layer)

    # Parts

    def _paint_picture(self, painter: QPainter, places: NetworkPlaces, flow: NetworkFlow) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(places.picture, grey_image(flow.image.reshape(SIDE, SIDE), self._ink))
        painter.setPen(QColor(self._palette.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(places.picture.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_units(self, painter: QPainter, places: NetworkPlaces, lit: LitNetwork) -> None:
        if len(places.columns) > 1:
            if self._tiles[0] is not lit.tiles:
                limit = limit_of(lit.tiles)
                self._tiles = lit.tiles, tile_image(lit.tiles, limit, self._palette), limit
            self._units.paint_tiles(painter, self._tiles[1], places.columns[0], lit.units[0])
        for column, units in zip(places.columns, lit.units, strict=True):
            self._units.paint_lamps(painter, column, units)
            if column.bundle is not None:
                self._units.paint_bundle(painter, column.bundle)

    def _paint_outputs(
        self, painter: QPainter, places: NetworkPlaces, flow: NetworkFlow, lit: LitNetwork, right: int | None
    ) -> None:
        shares, asked = flow.output.outputs, flow.asked
        winner = int(np.argmax(np.nan_to_num(shares)))
        pitch = places.digits[1].top() - places.digits[0].top()
        is_tight = pitch < _TIGHT * painter.fontMetrics().height()
        normal, bold = self._normal, self._bold
        for digit, (bar, room, name) in enumerate(zip(places.bars, places.shares, places.digits, strict=True)):
            is_winner = lit.has_answer and digit == winner
            is_asked = digit in (asked.output, asked.against)
            is_right = digit == right
            is_said = is_winner or is_asked or is_right or not is_tight
            painter.setFont(bold if is_winner or (is_asked and lit.has_answer) or is_right else normal)
            palette = self._palette
            painter.setPen(QColor(palette.right if is_right else palette.accent if is_winner else palette.text))
            if is_said:
                painter.drawText(name, _LEFT, f"{digit}{TICK if is_right else ''}")
            share = float(shares[digit]) if lit.has_answer else 0.0
            long = float(lit.units[-1].values[digit]) if lit.has_answer and lit.units[-1].lamp == "bright" else share
            self._units.paint_share(painter, bar, long, is_winner=is_winner)
            if lit.has_answer and is_said:
                painter.setPen(QColor(self._palette.accent if is_winner else self._palette.muted))
                painter.drawText(room, _RIGHT, ProbabilityBars.spell(share) if math.isfinite(share) else "–")
        painter.setFont(normal)


def _paler(palette: theme.Palette, share: float) -> theme.Palette:
    """The palette with weaker colours for lines."""
    positive, negative = (theme.mix(palette.panel, one, share) for one in (palette.positive, palette.negative))
    return replace(palette, positive=positive, negative=negative)
