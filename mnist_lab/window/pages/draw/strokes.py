"""A drawing as strokes of a pen, on paper or on a picture, with undo; knows no Qt."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.pages.draw.pad_picture import PadPicture

Stroke = NDArray[np.float64]
_Strokes = list[list[tuple[float, float]]]


class _State(NamedTuple):
    """One entry of the undo history.

    Attributes:
        strokes: in the unit of a pad of `side`, which is not scaled until it is drawn on: resizing back and forth
            changes no number.
        side: of the pad.
        picture: under the strokes; None for plain paper.
        label: the digit that the strokes were said to be; None where nobody said.
    """

    strokes: _Strokes
    side: float
    picture: PadPicture | None
    label: int | None = None

    def on_pad(self, side: float) -> "_State":
        """The same on a pad of another side."""
        if side == self.side:
            return self
        factor = side / self.side
        strokes = [[(x * factor, y * factor) for x, y in stroke] for stroke in self.strokes]
        return self._replace(strokes=strokes, side=side)


class PadDrawing:
    """Strokes on a square pad, the picture under them, and the drawings before it.

    Attributes:
        side: length of the pad's side, in the unit of all coordinates.
        is_down: whether a stroke is being drawn.
    """

    def __init__(self, side: float) -> None:
        self.side = side
        self.is_down = False
        self._now = _State([], side, None)
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._topic = ""

    @property
    def picture(self) -> PadPicture | None:
        """The picture under the strokes; None for plain paper."""
        return self._now.picture

    @property
    def label(self) -> int | None:
        """The digit that the strokes were said to be, as long as nothing was drawn over them; None: nobody said."""
        return self._now.label

    @property
    def is_empty(self) -> bool:
        """Whether there are neither strokes nor a picture."""
        return not self._now.strokes and self.picture is None

    @property
    def count(self) -> int:
        """How many strokes there are."""
        return len(self._now.strokes)

    @property
    def can_undo(self) -> bool:
        """Whether there is a drawing to go back to."""
        return bool(self._past)

    def strokes(self) -> tuple[Stroke, ...]:
        """Return copies: a (k, 2) float64 array of x and y for each stroke, in the order drawn."""
        strokes = self._now.on_pad(self.side).strokes
        return tuple(np.array(stroke, np.float64).reshape(-1, 2) for stroke in strokes)

    def press(self, x: float, y: float) -> None:
        """Begin a stroke; it is a dot until the pen moves."""
        self._keep()
        before = self._now.on_pad(self.side)
        self._now = before._replace(strokes=[*before.strokes, [self._inside(x, y)]], label=None)
        self.is_down = True

    def move(self, x: float, y: float) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Go on with the stroke; return the new piece, or None where the pen is up or did not move."""
        if not self.is_down:
            return None
        stroke, point = self._now.strokes[-1], self._inside(x, y)
        if point == stroke[-1]:
            return None
        stroke.append(point)
        return stroke[-2], point

    def release(self) -> None:
        """End the stroke."""
        self.is_down = False

    def clear(self) -> None:
        """Wipe the pad; undo brings the drawing back."""
        if not self.is_empty:
            self.replace(())

    def replace(
        self,
        strokes: tuple[Stroke, ...],
        picture: PadPicture | None = None,
        topic: str = "",
        label: int | None = None,
    ) -> None:
        """Show another drawing; undo brings this one back. `label` is the digit that its strokes are said to be.

        Several changes of one `topic` in a row, as of a slider that is dragged, are taken back at once.
        """
        self.is_down = False
        if not topic or topic != self._topic:
            self._keep()
        self._topic = topic
        inside = [[self._inside(float(x), float(y)) for x, y in stroke] for stroke in strokes if len(stroke)]
        self._now = _State(inside, self.side, picture, label)

    def undo(self) -> bool:
        """Go back to the drawing before the last stroke, picture or clearing; return whether there was one."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Take the last undo back; return whether there was one."""
        return self._travel(self._future, self._past)

    def resize(self, side: float) -> None:
        """Scale all strokes, also those that undo brings back, to a pad of another side."""
        self.side = side
        if self.is_down:
            self._now = self._now.on_pad(side)

    def _keep(self) -> None:
        self._past.append(self._now)
        self._future.clear()
        self._topic = ""

    def _travel(self, there: list[_State], here: list[_State]) -> bool:
        if not there or self.is_down:
            return False
        here.append(self._now)
        self._now = there.pop()
        self._topic = ""
        return True

    def _inside(self, x: float, y: float) -> tuple[float, float]:
        """Keep what is drawn beyond the edge at the edge."""
        return min(max(x, 0.0), self.side), min(max(y, 0.0), self.side)
