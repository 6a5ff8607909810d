"""Tooltips that quote what a person typed or a file is called."""

import re
from html import escape

_TAG = re.compile(r"<\s*[/!a-zA-Z]")
"""How what Qt may take for formatting begins."""


def plain_tip(text: str) -> str:
    """Return what Qt shows as exactly this text: it takes a tooltip that seems to have tags in it for formatting."""
    return f"<p>{escape(text)}</p>" if _TAG.search(text) else text
