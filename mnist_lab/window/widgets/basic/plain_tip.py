"""Tooltips that quote what a person typed or a file is called."""

from html import escape

from PySide6.QtCore import Qt


def plain_tip(text: str) -> str:
    """Return what Qt shows as exactly this text: it takes a tooltip that seems to have tags in it for formatting."""
    return f"<p>{escape(text)}</p>" if Qt.mightBeRichText(text) else text
