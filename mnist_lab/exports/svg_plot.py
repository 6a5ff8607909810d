"""Curves drawn as SVG, without a window: for reports, and to be put into a document."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.svg_ticks import Spelling, axis_ticks
from mnist_lab.palette import LIGHT
from mnist_lab.studies.curve_shapes import lonely

WIDTH, HEIGHT = 720, 300
"""Of a plot, in its own units; its text is 12 of them high."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 16, 14, 46
_LEGEND_ROW = 20
_SAMPLE = 26
_LETTER = 6.6
"""Units that a letter takes at most, on average: nothing measures text here."""
_MARK, _SMALL_MARK = 3.0, 1.6
_MANY_MARKS = 40
"""From so many on they are small."""
FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, eq=False)
class PlottedLine:
    """One line of a plot.

    Attributes:
        places: (n,) where its values stand on the horizontal axis.
        values: (n,); what is not finite is a gap.
        colour: "#rrggbb".
        label: in the legend; "": not there.
        dash: as in `palette.RunLook`.
        width: of the line.
        has_marks: whether each value has a dot.
    """

    places: NDArray[np.floating]
    values: NDArray[np.floating]
    colour: str
    label: str = ""
    dash: tuple[float, ...] = ()
    width: float = 1.6
    has_marks: bool = False


@dataclass(frozen=True)
class PlotSurroundings:
    """What stands around the lines.

    Attributes:
        name: tells it from all others in a page: letters and hyphens.
        title: what it shows, for whoever hears it read.
        description: what is to be seen, the same.
        across: name of the horizontal axis.
        upward: name of the vertical axis.
        end: where the horizontal axis ends; it begins at 0.
        range: of the vertical axis; powers of ten where `is_log`.
        is_log: whether heights are logarithms.
        is_share: whether they are shares of 1.
        dividers: places of thin vertical lines: where epochs end.
        note: what is to be known of values beyond the range; "": none is.
    """

    name: str
    title: str
    description: str
    across: str
    upward: str
    end: float
    range: tuple[float, float]
    is_log: bool = False
    is_share: bool = False
    dividers: Sequence[float] = ()
    note: str = ""


def plot_svg(frame: PlotSurroundings, lines: Sequence[PlottedLine], *, top: float | None = None) -> Markup:
    """The plot as an SVG element; `top`: where it stands within another one."""
    legend = _legend([line for line in lines if line.label])
    area = _Area(frame, _TOP + _LEGEND_ROW * len(legend))
    ids = f"{frame.name}-title", f"{frame.name}-description"
    return tag(
        "svg",
        tag("title", frame.title, id=ids[0]),
        tag("desc", frame.description, id=ids[1]),
        *(_legend_row(row, _TOP + _LEGEND_ROW * number) for number, row in enumerate(legend)),
        _axes(frame, area),
        area.clip(f"{frame.name}-area"),
        tag("g", *(_drawn(line, area) for line in lines), clip_path=f"url(#{frame.name}-area)"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=None if top is None else WIDTH,
        height=None if top is None else HEIGHT,
        y=top or None,
        role="img",
        aria_labelledby=" ".join(ids),
        font_family=FONT,
        font_size=12,
        fill=LIGHT.text,
    )


class _Area:
    """The rectangle of the curves, and where numbers stand in it."""

    def __init__(self, frame: PlotSurroundings, top: float) -> None:
        self.left, self.right = float(_LEFT), float(WIDTH - _RIGHT)
        self.top, self.bottom = top, float(HEIGHT - _BOTTOM)
        self._end, (self._low, self._high) = frame.end, frame.range
        self._is_log = frame.is_log

    def clip(self, name: str) -> Markup:
        """Nothing is drawn beyond it, but for half a mark."""
        width, height = self.right - self.left + 2 * _MARK, self.bottom - self.top + 2 * _MARK
        area = tag("rect", x=self.left - _MARK, y=self.top - _MARK, width=width, height=height)
        return tag("clipPath", area, id=name)

    def across(self, places: NDArray[np.floating]) -> NDArray[np.float64]:
        return self.left + np.asarray(places, np.float64) / self._end * (self.right - self.left)

    def up(self, heights: NDArray[np.floating]) -> NDArray[np.float64]:
        share = (np.asarray(heights, np.float64) - self._low) / (self._high - self._low)
        return self.bottom - share * (self.bottom - self.top)

    def heights(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Where values stand; NaN where they are not finite, or have no logarithm."""
        values = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
        if self._is_log:
            values = np.log10(np.where(values > 0, values, np.nan))
        return self.up(values)


def _axes(frame: PlotSurroundings, area: _Area) -> Markup:
    upward: Spelling = "power" if frame.is_log else "share" if frame.is_share else "number"
    parts = []
    for tick in axis_ticks(*frame.range, 5, upward):
        y = float(area.up(np.array(tick.place)))
        parts.append(_straight(area.left, y, area.right, y, LIGHT.line))
        parts.append(tag("text", tick.text, x=area.left - 8, y=_round(y + 4), text_anchor="end"))
    for place in frame.dividers:
        x = float(area.across(np.array(place)))
        parts.append(_straight(x, area.top, x, area.bottom, LIGHT.line))
    for tick in axis_ticks(0, frame.end, 8, "whole"):
        x = float(area.across(np.array(tick.place)))
        parts.append(_straight(x, area.bottom, x, area.bottom + 4, LIGHT.border))
        parts.append(tag("text", tick.text, x=_round(x), y=area.bottom + 17, text_anchor="middle"))
    middle = (area.top + area.bottom) / 2
    parts += [
        _straight(area.left, area.bottom, area.right, area.bottom, LIGHT.border),
        tag("text", frame.across, x=area.right, y=HEIGHT - 8, text_anchor="end", fill=LIGHT.muted),
        tag(
            "text",
            frame.upward,
            transform=f"translate(14 {_round(middle)}) rotate(-90)",
            text_anchor="middle",
            fill=LIGHT.muted,
        ),
        *([tag("text", frame.note, x=_LEFT, y=HEIGHT - 8, fill=LIGHT.muted, font_size=11)] if frame.note else []),
    ]
    return tag("g", *parts)


def _drawn(line: PlottedLine, area: _Area) -> Markup:
    """The line with its gaps, and dots where it has marks or a value without neighbours."""
    across, up = area.across(line.places), area.heights(line.values)
    dotted = np.flatnonzero(np.isfinite(up)) if line.has_marks else lonely(up)
    mark = _SMALL_MARK if len(dotted) >= _MANY_MARKS else _MARK
    dots = [
        tag("circle", cx=_round(across[index]), cy=_round(up[index]), r=mark if line.has_marks else line.width / 2)
        for index in dotted
    ]
    path = tag(
        "path",
        d=_path(across, up),
        fill="none",
        stroke=line.colour,
        stroke_width=line.width,
        stroke_linejoin="round",
        stroke_dasharray=_dashes(line),
    )
    return tag("g", path, *dots, fill=line.colour)


def _path(across: NDArray[np.float64], up: NDArray[np.float64]) -> str:
    parts, is_down = [], False
    for x, y in zip(across.tolist(), up.tolist(), strict=True):
        if y != y:  # NaN
            is_down = False
            continue
        parts.append(f"{'L' if is_down else 'M'}{_round(x)} {_round(y)}")
        is_down = True
    return "".join(parts)


def _legend(lines: Sequence[PlottedLine]) -> list[list[tuple[float, PlottedLine]]]:
    """Rows of entries, each with where it begins."""
    rows: list[list[tuple[float, PlottedLine]]] = []
    x = float(_LEFT)
    for line in lines:
        room = _SAMPLE + 8 + _LETTER * len(line.label) + 18
        if not rows or x + room > WIDTH:
            rows.append([])
            x = float(_LEFT)
        rows[-1].append((x, line))
        x += room
    return rows


def _legend_row(row: Sequence[tuple[float, PlottedLine]], y: float) -> Markup:
    return joined(*(_entry(x, y, line) for x, line in row))


def _entry(x: float, y: float, line: PlottedLine) -> Markup:
    sample = tag(
        "path",
        d=f"M{_round(x)} {y}h{_SAMPLE}",
        stroke=line.colour,
        stroke_width=max(line.width, 1.6),
        stroke_dasharray=_dashes(line),
    )
    dot = tag("circle", cx=_round(x + _SAMPLE / 2), cy=y, r=_MARK, fill=line.colour) if line.has_marks else Markup("")
    return joined(sample, dot, tag("text", line.label, x=_round(x + _SAMPLE + 8), y=y + 4))


def _dashes(line: PlottedLine) -> str | None:
    return " ".join(f"{length * line.width:g}" for length in line.dash) or None


def _straight(x1: float, y1: float, x2: float, y2: float, colour: str) -> Markup:
    return tag("path", d=f"M{_round(x1)} {_round(y1)}L{_round(x2)} {_round(y2)}", stroke=colour)


def _round(number: float) -> str:
    """A tenth of a unit is finer than any screen or printer shows."""
    return f"{number:.1f}".removesuffix(".0")
