"""The look of the lab: one palette gives every colour to Qt, to pyqtgraph and to the lab's own widgets.

How a widget follows the theme:
    A widget that paints by itself, or that owns pyqtgraph items, has a method
    `set_palette(palette: Palette) -> None` that takes over the colours and asks for a repaint. Its constructor
    calls `self.set_palette(theme.current())`; `theme.apply` calls it on every living widget afterwards, shown
    or not, so a change while the lab runs is complete at once. Widgets made of plain Qt parts need nothing:
    the style sheet reaches them.
"""

from typing import Protocol, runtime_checkable

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.palette import DARK, DASHES, LIGHT, MARKERS, Palette
from mnist_lab.window import picture_mode
from mnist_lab.window.theme import fonts, icons
from mnist_lab.window.theme.colours import contrast, diverging, mix
from mnist_lab.window.theme.stylesheet import stylesheet

__all__ = [
    "DARK",
    "DASHES",
    "GAP",
    "LARGE_GAP",
    "LIGHT",
    "MARGIN",
    "MARKERS",
    "SMALL_GAP",
    "Palette",
    "Themed",
    "apply",
    "contrast",
    "current",
    "diverging",
    "draw_focus_ring",
    "fonts",
    "icons",
    "mix",
    "set_role",
    "system_is_dark",
]

SMALL_GAP = 4
"""Between things that belong together, in logical pixels."""
GAP = 8
"""Between neighbours."""
LARGE_GAP = 16
"""Between groups."""
MARGIN = 8
"""Around a page: little, so that a page fits beside the list on a small screen."""


@runtime_checkable
class Themed(Protocol):
    """A widget that follows the theme by itself."""

    def set_palette(self, palette: Palette) -> None:
        """Take over the colours and repaint."""


_DRESSED_FOR = "dressedForTextSize"
_current = LIGHT


def current() -> Palette:
    """The palette that was applied last; `LIGHT` before that."""
    return _current


def system_is_dark(app: QApplication) -> bool:
    """Whether the person's system asks for light on dark (unknown counts as no)."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, palette: Palette) -> None:
    """Dress the whole application, at start and when theme or text size change later; nothing is done twice."""
    global _current
    dressed_for = app.property(_DRESSED_FOR)
    if dressed_for is None:  # the style is the same in every theme, and goes through all widgets
        app.setStyle("Fusion")
    if dressed_for != fonts.text_size():
        app.setFont(fonts.base_font())
        app.setProperty(_DRESSED_FOR, fonts.text_size())
    sheet = stylesheet(palette)
    if palette is _current and app.styleSheet() == sheet:  # Qt would go through all living widgets all the same
        return
    _current = palette
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(sheet)
    pyqtgraph.setConfigOptions(
        background=palette.panel, foreground=palette.muted, imageAxisOrder="row-major", antialias=False
    )
    for widget in app.allWidgets():
        if isinstance(widget, Themed):
            widget.set_palette(palette)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the roles that the style sheet knows (see `theme.stylesheet`)."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def draw_focus_ring(painter: QPainter, rect: QRectF, palette: Palette) -> None:
    """Mark a self-painted widget as the one that has the keyboard: 2 pixels of accent just inside `rect`.

    A picture that is taken of it has no such mark.
    """
    if picture_mode.is_taken():
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
    painter.restore()


def _qt_palette(palette: Palette) -> QPalette:
    """Every role of QPalette, and the same faded where a widget is disabled."""
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.panel,
        role.AlternateBase: palette.window,
        role.Text: palette.text,
        role.PlaceholderText: palette.muted,
        role.Button: palette.panel,
        role.ButtonText: palette.text,
        role.BrightText: palette.wrong,
        role.ToolTipBase: palette.panel,
        role.ToolTipText: palette.text,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.accent_text,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.Light: palette.panel,
        role.Midlight: palette.hover,
        role.Mid: palette.border,
        role.Dark: palette.muted,
        role.Shadow: palette.line,
    }
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(name, QColor(colour))
    faded = QColor(mix(palette.muted, palette.window, 0.35))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        result.setColor(QPalette.ColorGroup.Disabled, name, faded)
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(palette.line))
    result.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(palette.border))
    return result
