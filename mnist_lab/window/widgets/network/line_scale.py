"""The scale of the lines: one for all of them, and one of its own for what is read, where that is much less."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mnist_lab.inspection.flow.network_flow import NetworkFlow
from mnist_lab.window.widgets.network.lit_network import LitLines, LitNetwork, abs_max
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.words import rounded

_SMALL_ENOUGH = 0.45
"""A scale shrinks only where values have become less than this share of it: it does not flicker."""


def following(limit: float, size: float) -> float:
    """The limit of a scale that was `limit` until now, and has to hold values of such a size."""
    return rounded_up(size) if size > limit or size < limit * _SMALL_ENOUGH else limit


def own_limit(flow: NetworkFlow, lit: LitNetwork, spot: Spot | None, limit: float) -> float:
    """The limit for the lines of what is read: that of all, or less where those would hardly be seen.

    What a pixel carries always has a scale of its own: it is one of 784.
    """
    if spot is None:
        return limit
    if spot.is_pixel:
        return rounded_up(abs_max(flow.from_pixel(spot.place)))
    around = [layer for layer in (spot.layer, spot.layer + 1) if 0 <= layer < len(lit.lines)]
    size = abs_max(*(only(lit.lines[layer], spot, is_into=layer == spot.layer).values for layer in around))
    return following(limit, size) if size else limit


def rounded_up(size: float) -> float:
    """The size, or a little more, with two figures."""
    if size <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(size)) - 1)
    return rounded(math.ceil(size / step - 1e-9) * step, 2)


def only(lines: LitLines, spot: Spot, *, is_into: bool) -> LitLines:
    """Of the lines into a layer those alone that end at a spot, or begin there."""
    values, from_rest, to_rest = (np.zeros_like(part) for part in (lines.values, lines.from_rest, lines.to_rest))
    before, here = lines.values.shape
    place = spot.place
    if is_into and place < here:
        values[:, place] = lines.values[:, place]
        from_rest[place : place + 1] = lines.from_rest[place : place + 1]
    elif is_into:
        to_rest = lines.to_rest
    elif 0 <= place < before:
        values[place] = lines.values[place]
        to_rest[place : place + 1] = lines.to_rest[place : place + 1]
    else:
        from_rest = lines.from_rest
    return replace(lines, values=values, from_rest=from_rest, to_rest=to_rest)


def without(lines: LitLines, places: Sequence[int]) -> LitLines:
    """Of the lines into a layer all but those that end at some places."""
    values, from_rest = lines.values.copy(), lines.from_rest.copy()
    values[:, list(places)] = 0.0
    if len(from_rest):
        from_rest[list(places)] = 0.0
    return replace(lines, values=values, from_rest=from_rest)
