"""What a network looks like at one stage of the light, as plain values: lines, units, tiles. Knows no Qt."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.flow.backward_flow import BackwardFlow
from mnist_lab.inspection.flow.network_flow import LayerFlow, NetworkFlow, Reals
from mnist_lab.window.widgets.network.network_light import LightStage

Measure = Literal["contribution", "slope", "gradient", "step"]
"""What lines show: weight × output, weight × slope of the loss, slope along the weight, its step."""
Lamp = Literal["dark", "signed", "bright"]

_NONE = np.empty(0)


@dataclass(frozen=True, eq=False)
class LitLines:
    """The lines into one layer.

    Attributes:
        values: (j, k) float64, from each shown unit of the layer before to each of this one.
        from_rest: (k,) float64, from all others of the layer before, or from the picture; () where none are drawn.
        to_rest: (j,) float64, between the units of the layer before and the others of this one; () for none.
        reach: how far they are drawn, 0 to 1: from the left, or from the right where the light goes back.
        is_back: whether from the right.
    """

    values: Reals
    from_rest: Reals
    to_rest: Reals
    reach: float
    is_back: bool = False


@dataclass(frozen=True, eq=False)
class LitUnits:
    """The shown units of one layer.

    Attributes:
        lamp: "dark": nothing is known of them yet; "signed": `values` are sums or slopes, coloured by their sign;
            "bright": they are outputs.
        values: (k,) float64.
        limit: the value of the strongest colour.
        is_off: (k,) which put out nothing.
    """

    lamp: Lamp
    values: Reals
    limit: float
    is_off: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class LitNetwork:
    """Everything that is painted.

    Attributes:
        measure: what the lines show.
        size: the largest size of a value on a line of its own: the scale has to hold it, and bundles may go beyond.
        lines: for each layer.
        units: for each layer.
        tiles: (784, k) float32, what is shown of the first layer's units: weights, their gradients or steps.
        tiles_show: "contribution" for weights.
        has_answer: whether the shares of the outputs are known.
        now: the layer at work, −1 the picture that goes in; None: none, or all.
        limit: of the scale while this goes over into another picture; None: it follows `size`.
    """

    measure: Measure
    size: float
    lines: tuple[LitLines, ...]
    units: tuple[LitUnits, ...]
    tiles: Array
    tiles_show: Measure
    has_answer: bool
    now: int | None = None
    limit: float | None = None

    @property
    def has_lines(self) -> bool:
        """Whether any line is seen."""
        return any(one.reach > 0 for one in self.lines)

    @property
    def has_bundles(self) -> bool:
        """Whether any bundle is seen."""
        return any(one.reach > 0 and len(one.from_rest) + len(one.to_rest) > 0 for one in self.lines)


def lit_network(
    flow: NetworkFlow, back: BackwardFlow | None, stage: LightStage | None = None, pulse: float = 1.0
) -> LitNetwork:
    """What is seen while this stage is lit, its pulse so far (0 to 1); without a stage the whole forward pass."""
    if stage is None or back is None or stage.kind in ("input", "sums", "outputs"):
        return _forward(flow, stage, pulse)
    return _backward(flow, back, stage, pulse)


def _forward(flow: NetworkFlow, stage: LightStage | None, pulse: float) -> LitNetwork:
    last = len(flow.layers) - 1
    lines, units = [], []
    for index, layer in enumerate(flow.layers):
        has_sums, has_outputs, is_now = True, True, False
        if stage is not None:
            reached = -1 if stage.kind == "input" else stage.layer
            is_now = reached == index
            has_sums = index <= reached
            has_outputs = index < reached or (is_now and stage.kind == "outputs")
        is_adding = is_now and not has_outputs
        reach = pulse if is_adding else float(has_sums)
        values = (layer.lines, layer.rest) if index < last else asked_lines(flow)
        lines.append(LitLines(*values, _NONE, reach))
        if has_outputs:
            units.append(_outputs(layer, is_last=index == last))
        else:
            units.append(_sums(layer) if has_sums and (not is_adding or pulse >= 1) else _dark(layer))
    size = max(abs_max(one.values) for one in lines) or max(abs_max(one.from_rest) for one in lines)
    has_answer = units[-1].lamp == "bright"
    now = None if stage is None else stage.layer  # of the first stage it is −1: the picture
    return LitNetwork("contribution", size, tuple(lines), tuple(units), flow.tiles, "contribution", has_answer, now)


def asked_lines(flow: NetworkFlow) -> tuple[Reals, Reals]:
    """The lines into the outputs, (j, 10), and those of the others, (10,).

    Where two digits are laid against each other, each unit's line carries the difference, and leads to the digit that
    it speaks for: positive to the first, negative to the second.
    """
    asked, layer = flow.asked, flow.output
    if asked.against is None:
        return layer.lines, layer.rest
    summed = flow.asked_sum
    lines, rest = np.zeros_like(layer.lines), np.zeros_like(layer.rest)
    with np.errstate(invalid="ignore"):  # weights of a diverged run
        lines[:, asked.output], rest[asked.output] = np.maximum(summed.lines, 0), max(summed.rest, 0.0)
        lines[:, asked.against], rest[asked.against] = np.minimum(summed.lines, 0), min(summed.rest, 0.0)
    return lines, rest


def _outputs(layer: LayerFlow, *, is_last: bool) -> LitUnits:
    if is_last:  # of the shares no one is off
        return LitUnits("bright", layer.outputs, 1.0, np.zeros(len(layer.units), np.bool_))
    return LitUnits("bright", layer.outputs, layer.largest, layer.is_off)


def _sums(layer: LayerFlow) -> LitUnits:
    return LitUnits("signed", layer.sums, abs_max(layer.sums), np.zeros(len(layer.units), np.bool_))


def _dark(layer: LayerFlow) -> LitUnits:
    return LitUnits("dark", np.zeros(len(layer.units)), 0.0, np.zeros(len(layer.units), np.bool_))


def _backward(flow: NetworkFlow, back: BackwardFlow, stage: LightStage, pulse: float) -> LitNetwork:
    last = len(flow.layers) - 1
    if stage.kind in ("gradient", "step"):
        return _of_weights(flow, back, stage.kind)
    reached = last + 1 if stage.kind == "loss" else stage.layer if stage.kind == "slopes" else stage.layer - 1
    lines, units = [], []
    for index, (layer, one) in enumerate(zip(flow.layers, back.layers, strict=True)):
        is_now = stage.kind == "back" and index == stage.layer
        reach = pulse if is_now else float(stage.kind == "back" and index > stage.layer)
        lines.append(LitLines(one.back, _NONE, one.rest if index < last else _NONE, reach, is_back=True))
        has_slopes = index >= reached and not (index == reached and stage.kind == "back" and pulse < 1)
        slopes = LitUnits("signed", one.slopes, abs_max(one.slopes), np.zeros(len(one.slopes), np.bool_))
        units.append(slopes if has_slopes else _outputs(layer, is_last=index == last))
    size = max(abs_max(one.back) for one in back.layers)
    now = min(reached, last)
    return LitNetwork("slope", size, tuple(lines), tuple(units), flow.tiles, "contribution", has_answer=True, now=now)


def _of_weights(flow: NetworkFlow, back: BackwardFlow, kind: Literal["gradient", "step"]) -> LitNetwork:
    values = [one.gradients if kind == "gradient" else one.moves for one in back.layers]
    lines = tuple(LitLines(one, _NONE, _NONE, 1.0) for one in values)
    units = tuple(
        LitUnits("signed", one.slopes, abs_max(one.slopes), np.zeros(len(one.slopes), np.bool_)) for one in back.layers
    )
    tiles = back.tile_gradients if kind == "gradient" else back.tile_moves
    return LitNetwork(kind, max(abs_max(one) for one in values), lines, units, tiles, kind, has_answer=True)


def abs_max(*arrays: NDArray[np.floating]) -> float:
    """The largest size of a finite number in the arrays; 0 if there is none."""
    return max((float(np.abs(one[np.isfinite(one)]).max(initial=0.0)) for one in arrays), default=0.0)


def blend(before: LitNetwork, after: LitNetwork, share: float, limits: tuple[float, float]) -> LitNetwork:
    """So much of the way (0 to 1) from one picture to another, place by place; `after` where they do not fit.

    Only what is painted: numbers are always those of `after`. `limits` are those of the scale, before and after.
    """
    if not _fits(before, after):
        return after
    limit = limits[0] + share * (limits[1] - limits[0])
    if share >= 1:
        return replace(after, limit=limits[1])
    lines = tuple(
        replace(
            new,
            values=_between(old.values, new.values, share),
            from_rest=_between(old.from_rest, new.from_rest, share),
            to_rest=_between(old.to_rest, new.to_rest, share),
        )
        for old, new in zip(before.lines, after.lines, strict=True)
    )
    units = tuple(
        replace(new, values=_between(old.values, new.values, share), limit=old.limit + share * (new.limit - old.limit))
        for old, new in zip(before.units, after.units, strict=True)
    )
    tiles = after.tiles
    if before.tiles_show == after.tiles_show and before.tiles.shape == tiles.shape:
        tiles = np.asarray(_between(before.tiles, tiles, share), np.float32)
    return replace(after, lines=lines, units=units, tiles=tiles, limit=limit)


def _between(old: NDArray[np.floating], new: NDArray[np.floating], share: float) -> Reals:
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        return np.asarray(old + share * (new - old))


def _fits(before: LitNetwork, after: LitNetwork) -> bool:
    def shapes(lit: LitNetwork) -> list[tuple[int, ...]]:
        return [part.shape for line in lit.lines for part in (line.values, line.from_rest, line.to_rest)]

    return before.measure == after.measure and shapes(before) == shapes(after)
