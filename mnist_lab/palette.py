"""Every colour of the lab by its meaning, once for light and once for dark surroundings."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Palette:
    """Colours as "#rrggbb", each named for what it means, the same on every page.

    Attributes:
        is_dark: whether light stands on dark.
        window: the ground of a page.
        panel: fields, plots and cards that lie on the ground.
        text: words and numbers.
        muted: captions and hints; still at least 4.5:1 on `window` and `panel`.
        line: separators that only divide; carries no meaning.
        border: the edge of a control and of an axis, at least 3:1.
        accent: what can be pressed next, keyboard focus, the winner.
        accent_hover: the accent under the pointer.
        accent_text: words on `accent`.
        accent_soft: a selected row.
        hover: an ordinary button under the pointer.
        training: the smoothed training curve.
        training_pale: every single batch behind it; at least 3:1 on `panel`, and well below `training`.
        validation: validation marks and their line.
        right: a right answer.
        wrong: a wrong answer, a field that cannot be used.
        warning: something to know before going on.
        positive: the largest positive weight.
        negative: the largest negative weight.
        zero: a weight of exactly zero.
        code_text: a text within a program; on `accent_soft`, too, at least 4.5:1.
        code_number: a number within a program, likewise.
        paper: where digits are drawn, and a pixel of 0.
        ink: the drawn line, and a pixel of 1.
        series: colours of runs and optimizers, in fixed order; `DASHES` goes with them.
        digits: colours of the labels 0 to 9 where all ten are shown at once; the digit itself stands in its colour.
    """

    is_dark: bool
    window: str
    panel: str
    text: str
    muted: str
    line: str
    border: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    hover: str
    training: str
    training_pale: str
    validation: str
    right: str
    wrong: str
    warning: str
    positive: str
    negative: str
    zero: str
    code_text: str
    code_number: str
    paper: str
    ink: str
    series: tuple[str, ...]
    digits: tuple[str, ...]


LIGHT = Palette(
    is_dark=False,
    window="#f4f5f7",
    panel="#ffffff",
    text="#1a1d21",
    muted="#59616b",
    line="#dcdfe4",
    border="#858c96",
    accent="#5a3fc0",
    accent_hover="#4a31a6",
    accent_text="#ffffff",
    accent_soft="#e7e2f8",
    hover="#eceef1",
    training="#0072b2",
    training_pale="#5e99c9",
    validation="#d55e00",
    right="#007a5e",
    wrong="#b3261e",
    warning="#8a5a00",
    positive="#9c3a00",
    negative="#1d3f94",
    zero="#ffffff",
    code_text="#00614a",
    code_number="#005a8c",
    paper="#ffffff",
    ink="#16181c",
    series=("#0072b2", "#d55e00", "#007a5e", "#a0447f", "#8a6d00", "#4b5563"),
    digits=(
        "#0072b2",
        "#d55e00",
        "#007a5e",
        "#a0447f",
        "#8a6d00",
        "#4b5563",
        "#c22f4a",
        "#5a3fc0",
        "#00798c",
        "#7a4a1f",
    ),
)

DARK = Palette(
    is_dark=True,
    window="#16181c",
    panel="#1e2126",
    text="#e8eaed",
    muted="#a3abb5",
    line="#343941",
    border="#7d8590",
    accent="#b5a6ff",
    accent_hover="#c9beff",
    accent_text="#17122b",
    accent_soft="#332d52",
    hover="#2a2e35",
    training="#56b4f0",
    training_pale="#427598",
    validation="#ff8a4c",
    right="#3fc79a",
    wrong="#ff8a80",
    warning="#e5b454",
    positive="#ffb066",
    negative="#8ab4ff",
    zero="#101215",
    code_text="#3fc79a",
    code_number="#56b4f0",
    paper="#101215",
    ink="#f2f3f5",
    series=("#56b4f0", "#ff8a4c", "#3fc79a", "#e08bc4", "#d9b54a", "#b6bec9"),
    digits=(
        "#56b4f0",
        "#ff8a4c",
        "#3fc79a",
        "#e08bc4",
        "#d9b54a",
        "#b6bec9",
        "#ff7a85",
        "#b5a6ff",
        "#4fd0dd",
        "#c9a27e",
    ),
)

DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3), (10, 4), (1, 3))
"""Dash pattern of each entry of `Palette.series`, in pen widths; () is a solid line."""
MARKERS: tuple[str, ...] = ("o", "t1", "s", "d", "t", "star")
"""pyqtgraph symbol of each entry of `Palette.series`."""


class RunLook(NamedTuple):
    """How a run's lines and marks look.

    Attributes:
        colour: "#rrggbb".
        dash: lengths of dashes and gaps, in pen widths; () is a solid line.
    """

    colour: str
    dash: tuple[float, ...]


def look_of_run(number: int, palette: Palette) -> RunLook:
    """The look of the run with this number (from 1): it follows from that alone.

    Six runs in a row have six colours; those with one colour have six dashes, so that 36 in a row all look different.
    """
    turn, place = divmod(number - 1, len(palette.series))
    return RunLook(palette.series[place], DASHES[(place + turn) % len(DASHES)])
