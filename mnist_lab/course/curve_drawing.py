"""Curves drawn as SVG, of numbers alone: a picture that stands in a page and needs nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

WIDTH, HEIGHT = 640, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 26, 36
_POINT = 3
_MOST_POINTS = 320
"""Of a line: more cannot be told apart at that width."""
_LOOKS = (("#0072b2", ""), ("#d55e00", "6 3"), ("#007a5e", "2 3"))
"""Colour and dashes of the lines, in order; without colours the dashes tell them apart."""


@dataclass(frozen=True)
class DrawnLine:
    """One curve: (n,) places along the axis, ascending, and (n,) values; what is not finite is left out."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True)
class CurveDrawing:
    """Lines over one axis.

    Attributes:
        title: what is drawn, also for who cannot see it.
        along: what the axis below counts.
        lines: up to three.
        marks_below: places along the axis, each with its words.
        marks_beside: heights, each with its words.
    """

    title: str
    along: str
    lines: tuple[DrawnLine, ...]
    marks_below: tuple[tuple[float, str], ...]
    marks_beside: tuple[tuple[float, str], ...]


def drawn(drawing: CurveDrawing) -> str:
    """The drawing as an SVG element."""
    points = [(x, y) for line in drawing.lines for x, y in zip(line.x, line.y, strict=True) if isfinite(y)]
    across = _Scale([x for x, _y in points] + [x for x, _words in drawing.marks_below], _LEFT, WIDTH - _RIGHT)
    up = _Scale([y for _x, y in points] + [y for y, _words in drawing.marks_beside], HEIGHT - _BOTTOM, _TOP)
    parts = [_mark_beside(up(height), words) for height, words in drawing.marks_beside]
    parts += [_words(across(place), HEIGHT - _BOTTOM + 16, "middle", words) for place, words in drawing.marks_below]
    parts.append(_words(WIDTH - _RIGHT, HEIGHT - 4, "end", drawing.along))
    for number, line in enumerate(drawing.lines):
        colour, dashes = _LOOKS[number % len(_LOOKS)]
        parts.append(_line(line, across, up, f'stroke="{colour}" stroke-dasharray="{dashes}"'))
        parts.append(_key(number, line.name, colour, dashes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="12" fill="currentColor">\n<title>{escape(drawing.title)}</title>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )


class _Scale:
    """From values to places in the picture."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        self._low, self._high = (min(values), max(values)) if values else (0.0, 1.0)
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        span = self._high - self._low
        share = (value - self._low) / span if span else 0.5
        return round(self._first + share * (self._last - self._first), 1)


def _thinned(line: DrawnLine) -> list[tuple[float, float]]:
    """The finite points, or where there are too many the means of as many neighbours each."""
    points = [(float(x), float(y)) for x, y in zip(line.x, line.y, strict=True) if isfinite(y)]
    size = -(-len(points) // _MOST_POINTS) or 1
    groups = [points[first : first + size] for first in range(0, len(points), size)]
    return [(sum(x for x, _ in group) / len(group), sum(y for _, y in group) / len(group)) for group in groups]


def _line(line: DrawnLine, across: _Scale, up: _Scale, look: str) -> str:
    places = [(across(x), up(y)) for x, y in _thinned(line)]
    if len(places) == 1:  # as after one epoch: a line of one point is none, so there is a small diamond around it
        x, y = places[0]
        places = [(x - _POINT, y), (x, y - _POINT), (x + _POINT, y), (x, y + _POINT), (x - _POINT, y)]
    points = " ".join(f"{x},{y}" for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke-width="1.8" {look}/>'


def _key(number: int, name: str, colour: str, dashes: str) -> str:
    left = _LEFT + number * (WIDTH - _LEFT) // 3
    dash = f'<path d="M{left} 12h22" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
    return dash + _words(left + 28, 16, "start", name)


def _mark_beside(height: float, words: str) -> str:
    line = f'<path d="M{_LEFT} {height}H{WIDTH - _RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
    return line + _words(_LEFT - 6, height + 4, "end", words)


def _words(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
