"""Each optimizer's own colour, dash and marker, the same in every picture of the Descent page."""

import pyqtgraph
from PySide6.QtGui import QPen

from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import theme

_PLACES = {rule.identifier: place for place, rule in enumerate(RULES)}


def rule_colour(palette: theme.Palette, identifier: str) -> str:
    """The colour of a rule, "#rrggbb"."""
    return palette.series[_PLACES[identifier] % len(palette.series)]


def rule_pen(palette: theme.Palette, identifier: str) -> QPen:
    """The pen of a rule's trail: its colour and its dashes."""
    pen: QPen = pyqtgraph.mkPen(rule_colour(palette, identifier), width=1.5)
    dashes = theme.DASHES[_PLACES[identifier] % len(theme.DASHES)]
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def rule_marker(identifier: str) -> str:
    """The pyqtgraph symbol of a rule's ball."""
    return theme.MARKERS[_PLACES[identifier] % len(theme.MARKERS)]
