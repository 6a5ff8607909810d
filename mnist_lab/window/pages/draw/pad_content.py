"""From the drawing, strokes and a picture under them, to the network's input; knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.pen_line import FINE, cut, draw
from mnist_lab.data.pictures import cropped
from mnist_lab.data.preprocess import SIDE, PreparedImage, Steps, prepare, prepare_picture
from mnist_lab.inspection.robustness import moved, noisy, rotated
from mnist_lab.window.pages.draw.pad_picture import Change, Import, Ink, PadPicture, laid_on_pad

_NOISE_SEED = 0
_LEVELS = 255


@dataclass(frozen=True, eq=False)
class PadContent:
    """The drawing at one moment.

    Attributes:
        strokes: each (k, 2), x and y in the pad's unit.
        side: of the pad, in that unit.
        pen_share: width of the pad's pen as a share of its side.
        picture: under the strokes; None for plain paper.
        said: the digit that the strokes were said to be when they were kept; None where nobody said.
    """

    strokes: Sequence[NDArray[np.float64]]
    side: float
    pen_share: float
    picture: PadPicture | None = None
    said: int | None = None

    @property
    def label(self) -> int | None:
        """The digit it is known to be, as long as nothing was drawn over it: a picture's own, or what was said."""
        return self.said if len(self.strokes) or self.picture is None else self.picture.label

    @property
    def is_prepared(self) -> bool:
        """Whether it is, or was drawn over, 28×28 as the network receives it."""
        return self.picture is not None and self.picture.is_prepared

    def shares(self) -> tuple[NDArray[np.float64], ...] | None:
        """The strokes in shares of the pad's side; None where there is a picture under them."""
        if self.picture is not None or not len(self.strokes):
            return None
        return tuple(np.asarray(stroke, np.float64) / self.side for stroke in self.strokes)


def prepare_pad(content: PadContent, steps: Steps, *, is_anew: bool = False) -> PreparedImage | None:
    """Make the network's input of the drawing; None if nothing is inked.

    What is 28×28 already, as the set's own digits are, goes into the network as it is, unless `is_anew`.
    """
    if content.picture is None:
        return prepare(content.strokes, steps=steps, pad=content.side, pad_pen=content.pen_share)
    if content.is_prepared and not is_anew:
        steps = replace(steps, box=False, centre=False)
    return prepare_picture(_ink(content, content.picture), steps)


def can_change(content: PadContent) -> bool:
    """Whether there is a picture that may be changed as it is: 28×28, and nothing drawn over it."""
    return content.is_prepared and not len(content.strokes)


def changed(content: PadContent, change: Change, received: NDArray[np.uint8], origin: str) -> PadPicture:
    """The picture on the pad moved, turned and made noisy.

    Strokes, and pictures that are not 28×28 yet, become what the network received of them; it is that which is changed.

    Args:
        content: the drawing.
        change: counted from the picture before any change.
        received: (28, 28) uint8, what the network received of `content`.
        origin: words for what is changed, where it has none.
    """
    picture = content.picture
    if picture is None or not can_change(content):
        start = _ink_of_levels(received)
        base = PadPicture(start, True, content.label, origin if picture is None else picture.origin)
    else:
        base = picture
    unchanged = base.ink if base.unchanged is None else base.unchanged
    return replace(base, ink=_disturbed(unchanged, change), unchanged=unchanged, change=change, imported=None)


def load_changes() -> None:
    """Import what changes need, which takes up to a second the first time; in the background, before it is wanted."""
    _disturbed(np.zeros((SIDE, SIDE), np.float32), Change(rows=1, degrees=1))


def change_of(content: PadContent) -> Change:
    """How the picture on the pad was changed so far; strokes over it begin a new picture."""
    picture = content.picture
    return Change() if picture is None or len(content.strokes) else picture.change


def picture_of_levels(
    levels: NDArray[np.uint8], label: int | None, origin: str, number: int | None = None
) -> PadPicture:
    """A digit of the set: (28, 28) uint8, as the network receives it; `number` is its place among the test digits."""
    return PadPicture(_ink_of_levels(levels), True, label, origin, number=number)


def taken(pixels: Ink, is_inverted: bool, is_cropped: bool, origin: str) -> PadPicture:
    """An imported picture on the pad.

    Args:
        pixels: (h, w) float32, 0 (white) to 1 (black).
        is_inverted: whether light is the ink.
        is_cropped: whether to cut out the digit and take its paper away.
        origin: words for where it is from.

    Raises:
        DataError: nothing stands out from the paper, so there is nothing to cut out.
    """
    ink = 1 - pixels if is_inverted else pixels
    ink = laid_on_pad(cropped(ink), is_whole=False) if is_cropped else laid_on_pad(ink, is_whole=True)
    return PadPicture(ink, origin=origin, imported=Import(pixels, is_inverted, is_cropped))


def _ink_of_levels(levels: NDArray[np.uint8]) -> Ink:
    return np.divide(levels, _LEVELS, dtype=np.float32)


def _disturbed(ink: Ink, change: Change) -> Ink:
    turned = rotated(moved(ink, change.rows, change.columns), change.degrees)
    return np.clip(noisy(turned, change.noise, _NOISE_SEED), 0, 1).astype(np.float32)


def _ink(content: PadContent, picture: PadPicture) -> Ink:
    """The picture with the strokes over it, on cells fine enough for a line."""
    if not len(content.strokes):
        return picture.ink
    factor = max(-(-SIDE * FINE // len(picture.ink)), 1)
    cells = np.repeat(np.repeat(picture.ink, factor, axis=0), factor, axis=1)
    scale = len(cells) / FINE / content.side
    pieces = [cut(np.asarray(stroke, np.float64) * scale) for stroke in content.strokes]
    starts, moves = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    line = draw(starts, moves, content.pen_share * content.side * scale / 2, len(cells))
    return np.maximum(cells, line.astype(np.float32))
