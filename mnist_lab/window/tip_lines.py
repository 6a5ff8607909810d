"""Tooltips in lines of a length that is read at a glance: Qt shows a plain one in a single line, however long."""

import math
import re
import textwrap

LONGEST = 60
"""Signs of a line."""
_WITH_UNIT = re.compile(r"(?<=\d) (?=[^\W\d_]|[%×·°])|(?<=\d [×·]) (?=\d)")
"""The space between a number and what it counts."""
_NO_BREAK = "\u00a0"


def in_lines(tip: str) -> str:
    """Return a plain text broken between words into lines about equally long; its own lines stay lines of their own.

    A number and its unit stay together. Only what has no spaces and is longer than a line, as a path, is broken within.
    """
    return "\n".join(_broken(line) for line in tip.split("\n"))


def _broken(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    text = _WITH_UNIT.sub(_NO_BREAK, line)
    longest = _lines(text, LONGEST)
    widths = range(math.ceil(len(text) / len(longest)), LONGEST)
    even = (lines for width in widths if len(lines := _lines(text, width)) == len(longest))
    return "\n".join(next(even, longest))


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)
