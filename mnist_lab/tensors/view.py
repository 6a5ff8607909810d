"""What is to be seen of an array: which of its cells are drawn, where, and which of them stand out; knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.layout import MOST_AXES, Layout, lay_out, shown_places
from mnist_lab.tensors.values import Selection

Index = tuple[int, ...]
Places = tuple[tuple[int, ...], ...]
Array = NDArray[Any]
Mask = NDArray[np.bool_]

MOST_CELLS = 28
"""Rows, and columns, that are drawn: those of a digit."""
_MOST_STACKED = 8
_MOST_STACKS = 6
_ARROWS, _COLOURS = ("→", "↓", "↗", "⇒", "⇓"), "◐"
"""How the axes run, from the last one backwards; and the sign of colours."""
BETWEEN_AXES = "   "
"""Of a legend."""
_UNBOUNDED = 10**9
_AROUND = 2
"""Places of a long axis that are drawn on each side of a chosen block, and at each of its ends."""


@dataclass(frozen=True, eq=False)
class TensorView:
    """The part of an array that is drawn, copied out of it.

    Attributes:
        values: the drawn cells, of the shape of `places`; with `channels`, one more axis of 1 or 3.
        places: for each drawn axis the places of the array that are drawn, in order.
        shape: of the whole array.
        names: a word an axis, "" where unknown; in the learner's language.
        layout: where the drawn cells lie; its indices count drawn places.
        channels: colours of a cell, if the last axis is drawn as colour; else 0.
        is_picture: whether cells are shown as grey levels or colours even where numbers would fit.
        title: words above it.
        lit: the drawn cells that stand out, the others being faded; None: none is faded.
        ghosts: the drawn cells that only count as if they were there; None: none.
        done: the drawn cells that hold a value already; None: all.
        read: drawn cells that are being read.
        current: the drawn cell at work; None: none.
        is_begun: whether something has been put into `current` already.
    """

    values: Array
    places: Places
    shape: tuple[int, ...]
    names: tuple[str, ...]
    layout: Layout
    channels: int = 0
    is_picture: bool = False
    title: str = ""
    lit: Mask | None = None
    ghosts: Mask | None = None
    done: Mask | None = None
    read: frozenset[Index] = frozenset()
    current: Index | None = None
    is_begun: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether every cell of the array is drawn."""
        drawn_axes = self.shape[: len(self.places)]
        return all(len(places) == size for places, size in zip(self.places, drawn_axes, strict=True))

    def index_of(self, drawn: Index) -> Index:
        """The array's index of a drawn cell; of a coloured one without its channel."""
        return tuple(places[place] for places, place in zip(self.places, drawn, strict=True))

    def drawn_index(self, index: Index) -> Index | None:
        """Where a cell of the array is drawn; None if it is not."""
        if len(index) != len(self.places) or any(
            place not in places for place, places in zip(index, self.places, strict=True)
        ):
            return None
        return tuple(places.index(place) for place, places in zip(index, self.places, strict=True))

    def has_value(self, drawn: Index) -> bool:
        """Whether a drawn cell holds a value, or a part of it, by now."""
        return self.done is None or bool(self.done[drawn]) or (self.is_begun and drawn == self.current)

    def marked(self, read: Sequence[Index], current: Index | None, title: str | None = None) -> "TensorView":
        """The same with other cells marked (indices of the array)."""
        drawn = frozenset(found for found in map(self.drawn_index, read) if found is not None)
        chosen = None if current is None else self.drawn_index(current)
        return replace(self, read=drawn, current=chosen, title=self.title if title is None else title)


def usual_places(shape: Sequence[int]) -> Places:
    """All places of short axes, the first and last ones of long axes; at most as many as can be told apart."""
    limits = (_MOST_STACKS, _MOST_STACKS, _MOST_STACKED, MOST_CELLS, MOST_CELLS)[MOST_AXES - len(shape) :]
    return tuple(shown_places(size, most) for size, most in zip(shape, limits, strict=True))


def places_around(selection: Selection) -> Places:
    """Places of a named array that show where a chosen block lies: both ends of the axis and of the block."""
    usual = usual_places([axis.size for axis in selection.axes])
    places = []
    for axis, shown in zip(selection.axes, usual, strict=True):
        if len(shown) == axis.size:
            places.append(shown)
            continue
        chosen = sorted(axis.places)
        few = {*range(_AROUND), *range(axis.size - _AROUND, axis.size), *chosen[:_AROUND], *chosen[-_AROUND:]}
        places.append(tuple(sorted(few)))
    return tuple(places)


def places_at(shape: Sequence[int], focus: Index | None) -> Places:
    """The usual places, but of long axes those around a cell: the page of 28 places that it lies on."""
    if focus is None:
        focus = (0,) * len(shape)
    limits = (_MOST_STACKS, _MOST_STACKS, _MOST_STACKED, MOST_CELLS // 2, MOST_CELLS)[MOST_AXES - len(shape) :]
    places = []
    for size, most, place in zip(shape, limits, focus, strict=True):
        start = place // most * most
        places.append(tuple(range(start, min(start + most, size))))
    return tuple(places)


def colour_channels(shape: Sequence[int], names: Sequence[str], dtype: np.dtype[Any]) -> int:
    """How many colours a cell has if the last axis holds the channels of pictures; else 0."""
    is_last = len(shape) > 2 and len(names) == len(shape) and names[-1] == "channels"
    return int(shape[-1]) if is_last and shape[-1] in (1, 3) and dtype == np.uint8 else 0


def view_of(
    array: Array,
    names: Sequence[str] = (),
    *,
    words: Sequence[str] = (),
    places: Places | None = None,
    title: str = "",
) -> TensorView:
    """See an array.

    Args:
        array: any rank up to five (or six with colours), numbers or truth values; only drawn cells are copied.
        names: of its axes, keys of `AXIS_WORDS` where the lab named them.
        words: the same in the learner's language; none: `names`.
        places: which places of each axis are drawn; none: `usual_places`.
        title: words above it.

    Raises:
        TensorError: it has more axes.
    """
    channels = colour_channels(array.shape, names, array.dtype)
    shape = array.shape[:-1] if channels else array.shape
    if len(shape) > MOST_AXES:
        lay_out(shape)  # raises the sentence for that
    places = usual_places(shape) if places is None else places[: len(shape)]
    values = array[np.ix_(*places)] if places else np.array(array)
    layout = lay_out(tuple(map(len, places)), most_cells=_UNBOUNDED, most_stacked=_UNBOUNDED, most_stacks=_UNBOUNDED)
    all_names = (*(words or names), *("",) * array.ndim)[: array.ndim]
    inner = tuple(names[: len(shape)][-2:])
    is_picture = bool(channels) or inner == ("height", "width")
    return TensorView(values, places, array.shape, all_names, layout, channels, is_picture, title)


def lit_mask(view: TensorView, selection: Selection) -> Mask:
    """Which drawn cells of the named array lie in the chosen block."""
    lit = np.ones(tuple(map(len, view.places)), np.bool_)
    for number, (axis, places) in enumerate(zip(selection.axes, view.places, strict=False)):
        chosen = np.array([place in axis.places for place in places], np.bool_)
        lit &= chosen.reshape((-1,) + (1,) * (lit.ndim - number - 1))
    return lit


def legend(view: TensorView) -> str:
    """How each axis runs, its name and size: "→ width 28   ↓ height 28   ↗ samples 60,000"."""
    axes = list(zip(view.names, view.shape, strict=True))
    drawn = len(view.places)
    arrows = [*reversed(_ARROWS[:drawn]), _COLOURS][: len(axes)]
    parts = [f"{arrow} {name} {size:,}".replace("  ", " ") for arrow, (name, size) in zip(arrows, axes, strict=True)]
    return BETWEEN_AXES.join([*reversed(parts[:drawn]), *parts[drawn:]])


def spell_cell(value: Any) -> str:
    """A number as a cell has room for it: "128", "−0.31", "2.1e6"; truth values as 0 and 1."""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float | np.floating):
        number = float(value)
        text = f"{number:.2g}" if number and abs(number) < 0.1 else f"{number:.3g}"
        return text.replace("e+0", "e").replace("e-0", "e-").replace("-", "−")
    return str(value).replace("-", "−")
