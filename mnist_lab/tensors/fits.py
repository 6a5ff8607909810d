"""What would fit where shapes do not: code on the same arrays, or shapes, for the end of a sentence."""

import math
import re

from mnist_lab.tensors.errors import Shape, spell_shape
from mnist_lab.tensors.operand_shape import OperandShape

_BINDS_TIGHTLY = re.compile(r"[\w.]+(\[[^\[\]]*\]|\([^()]*\)|\.\w+)*|\[[^\[\]]*\]|\([^()]*\)")
"""A name with brackets or attributes behind it, or something in brackets."""


def _part(text: str) -> str:
    """A part of an expression as it stands before a dot: in brackets where its operators would bind less."""
    return text if _BINDS_TIGHTLY.fullmatch(text) else f"({text})"


def _flipped(text: str) -> str:
    return text[: -len(".T")] if text.endswith(".T") else f"{_part(text)}.T"


def fits_for_broadcast(first: OperandShape, second: OperandShape) -> str:
    """Shapes for the second that go with the first; if it may have meant an axis that is not the last, how."""
    fits = []
    if second.rank == 1 and second.shape[0] in first.shape[:-1]:
        behind = first.rank - 1 - first.shape.index(second.shape[0])
        fits.append(f"{_part(second.text)}.reshape{spell_shape((second.shape[0],) + (1,) * behind)}")
    rank = min(first.rank, second.rank)
    paired = zip(first.shape[first.rank - rank :], second.shape[second.rank - rank :], strict=True)
    ends = tuple(one if 1 not in (one, two) else two for one, two in paired)
    fits.append(f"{_part(second.text)}.shape == {spell_shape(second.shape[: second.rank - rank] + ends)}")
    return "; ".join(fits)


def fits_for_dot(first: OperandShape, second: OperandShape, summed: int) -> str:
    """Code that would work on these very arrays, then the shape that the second would need for the first."""
    inner, wanted = first.shape[-1], second.shape[summed]
    one, two = first.text, second.text
    fits = []
    if second.rank == 2 and second.shape[1] == inner:
        fits.append(f"dot({one}, {_flipped(two)})")
    elif first.rank == 2 and first.shape[0] == wanted:
        fits.append(f"dot({_flipped(one)}, {two})")
    elif {first.rank, second.rank} == {1, 2} and second.shape[-1] == first.shape[0]:
        fits.append(f"dot({two}, {one})")
    if math.prod(second.shape) == inner:
        fits.append(f"dot({one}, {_part(two)}.reshape({inner}))")
    for axes in range(2, first.rank + 1):  # the last axes of the first laid out in a row
        flat = f"{_part(one)}.reshape{spell_shape((*first.shape[:-axes], math.prod(first.shape[-axes:])))}"
        if math.prod(first.shape[-axes:]) == wanted:
            fits.append(f"dot({flat}, {two})")
        elif second.rank == 2 and math.prod(first.shape[-axes:]) == second.shape[1]:
            fits.append(f"dot({flat}, {_flipped(two)})")
    fits.append(f"{_part(two)}.shape == {spell_shape((*second.shape[:summed], inner, *second.shape[summed + 1 :]))}")
    return "; ".join(fits)


def fits_for_reshape(count: int, sizes: Shape) -> str:
    """The same shape with one axis changed, the last that can be; a plain row always fits."""
    for axis in reversed(range(len(sizes))):
        others = math.prod(size for place, size in enumerate(sizes) if place != axis and size >= 0)
        if others > 0 and count % others == 0 and -1 not in sizes[:axis] + sizes[axis + 1 :]:
            return spell_shape((*sizes[:axis], count // others, *sizes[axis + 1 :]))
    return spell_shape((count,))
