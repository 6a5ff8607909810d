"""Lets the lines of an SVG drawing grow with it: QtSvg keeps those of plots as wide as they are on a screen."""

import re
from xml.etree import ElementTree as ET

Matrix = tuple[float, ...]
"""a, b, c, d, e, f of SVG's matrix(…)."""

_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0)
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_POINT = re.compile(rf"({_NUMBER}),({_NUMBER})")
_POINTS = {"path": "d", "polyline": "points", "polygon": "points"}
_SVG = "{http://www.w3.org/2000/svg}"
_EFFECT, _FIXED = "vector-effect", "non-scaling-stroke"


def free_strokes(drawing: ET.Element) -> None:
    """Write the points of all lines where they are seen, if they are scaled and their strokes are not.

    What is more than lines, in a group that is scaled, stays as it is.
    """
    for group in drawing.iter():
        effects = {line.get(_EFFECT) for line in group}
        if _FIXED not in effects or _write_points(group):
            for line in group:
                line.attrib.pop(_EFFECT, None)


def _write_points(group: ET.Element) -> bool:
    """Whether the lines of a group stand where they are seen now."""
    matrix = _matrix_of(group)
    if matrix[:4] == _UPRIGHT:
        return True
    if not all(line.tag.removeprefix(_SVG) in _POINTS for line in group) or "url(" in group.get("fill", ""):
        return False
    for line in group:
        name = _POINTS[line.tag.removeprefix(_SVG)]
        line.set(name, _moved(line.get(name, ""), matrix))
    del group.attrib["transform"]
    return True


def _matrix_of(group: ET.Element) -> Matrix:
    inner = group.get("transform", "").removeprefix("matrix(").removesuffix(")")
    return tuple(float(number) for number in inner.split(",")) if inner else (*_UPRIGHT, 0.0, 0.0)


def _moved(points: str, matrix: Matrix) -> str:
    a, b, c, d, e, f = matrix

    def move(found: re.Match[str]) -> str:
        x, y = float(found[1]), float(found[2])
        return f"{a * x + c * y + e:.6g},{b * x + d * y + f:.6g}"

    return _POINT.sub(move, points)
