"""What flows through a network, in sentences with the real numbers."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject

from mnist_lab.inspection.flow.mattering import Asked
from mnist_lab.inspection.flow.network_flow import NetworkFlow, Reals
from mnist_lab.window.widgets.network.lit_network import Measure, abs_max
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, rounded, spell, spell_fixed, spell_signed, spell_whole

TERMS = 3
"""Of a sum, so many of its largest terms are told one by one."""
_PLACES, _MOST_PLACES, _MOST_IN_EQUATION = 4, 6, 8
_LARGEST_PLAIN = 10_000
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def exact(value: float) -> str:
    """A number to four places: sums can be added up again from what is printed."""
    if abs(value) >= _LARGEST_PLAIN:
        return spell(value)
    return spell_fixed(round(value, _PLACES) + 0.0, _PLACES)  # + 0.0: never "−0.0000"


def signed(value: float) -> str:
    """The same with its sign."""
    return f"+{exact(value)}" if value > 0 else exact(value)


def never_cut(*values: float) -> list[str]:
    """Numbers of one equation, to four places, or to as many as the smallest needs for two figures: none becomes 0."""
    sizes = [abs(value) for value in values if value and math.isfinite(value)]
    places = max(_PLACES, 1 - math.floor(math.log10(min(sizes)))) if sizes else _PLACES
    if places > _MOST_IN_EQUATION:
        return [exact(value) if abs(value) >= 10.0**-_PLACES else spell(rounded(value, 2)) for value in values]
    return [
        spell_fixed(round(value, places) + 0.0, places) if math.isfinite(value) else spell(value) for value in values
    ]


def never_cut_signed(value: float) -> str:
    """One such number with its sign."""
    text = never_cut(value)[0]
    return f"+{text}" if value > 0 else text


def like_each_other(values: Reals, figures: int) -> list[str]:
    """Values of one kind, with their signs: all with as many places as the largest needs for so many figures."""
    size = abs_max(values)
    places = figures - 1 - math.floor(math.log10(size)) if size > 0 else 0
    if places > _MOST_PLACES:
        return [spell_signed(rounded(float(value), figures)) for value in values]
    return [_with_sign(float(value), max(places, 0)) for value in values]


def _with_sign(value: float, places: int) -> str:
    if not math.isfinite(value):
        return spell(value)
    value = round(value, places) + 0.0
    return f"+{spell_fixed(value, places)}" if value > 0 else spell_fixed(value, places)


def logit(digit: int) -> str:
    """The name of an output's sum: "z₇"."""
    return f"z{str(digit).translate(_BELOW)}"


class FlowWords(QObject):
    """Makes the sentences."""

    # Names

    def unit(self, flow: NetworkFlow, layer: int, place: int) -> str:
        """A unit within a sentence: "unit 41 of layer 1", "digit 7"."""
        number = int(flow.layers[layer].units[place])
        if layer == len(flow.layers) - 1:
            return fill(self.tr("digit {digit}"), digit=number)
        return fill(self.tr("unit {unit} of layer {layer}"), unit=spell_whole(number), layer=layer + 1)

    def head(self, flow: NetworkFlow, layer: int) -> str:
        """The heading of a layer: "512 relu"."""
        activation = "softmax" if layer == len(flow.layers) - 1 else flow.activation
        return f"{self.short_head(flow, layer)} {activation}"

    def short_head(self, flow: NetworkFlow, layer: int) -> str:
        """The same where there is little room: "512"."""
        return spell_whole(flow.layers[layer].size)

    def measure(self, asked: Asked, measure: Measure, *, is_pixel: bool = False) -> str:
        """What the lines show; those of a pixel that is read, if it `is_pixel`."""
        if is_pixel:
            return self.tr("ink × weight of this pixel")
        if measure == "contribution" and asked.against is not None:
            pair = logit(asked.output), logit(asked.against)
            return fill(self.tr("weight × output; at the right: of {first} − {second}"), first=pair[0], second=pair[1])
        words = {
            "contribution": self.tr("weight × output"),
            "slope": self.tr("weight × slope of the loss"),
            "gradient": self.tr("slope of the loss along the weight"),
            "step": self.tr("step of the weight"),
        }
        return words[measure]

    def double_lines(self) -> str:
        """What lines of two rails are."""
        return self.tr("double: many lines")

    def tiles(self, limit: float, measure: Measure) -> str:
        """What the colours of the tiles show."""
        words = {
            "contribution": self.tr("tiles: weights to ±{limit}"),
            "gradient": self.tr("tiles: slopes to ±{limit}"),
            "step": self.tr("tiles: steps to ±{limit}"),
        }
        return fill(words.get(measure, words["contribution"]), limit=spell(limit))

    def usual_legend(self, limit: float) -> str:
        """As much as should have room beside the scale of the lines, with its ends."""
        parts = self.measure(Asked(0), "contribution"), self.tiles(limit, "contribution"), self.double_lines()
        return f"−{spell(limit)} +{spell(limit)} {' · '.join(parts)}"

    def others(self, count: int, *, is_short: bool = False) -> str:
        """How many are not shown."""
        return f"+{spell_whole(count)}" if is_short else self.tr("%Ln other(s)", "", count)

    # Sums

    def asked(self, flow: NetworkFlow) -> str:
        """The sum that is asked for, with its largest terms and all that is left."""
        asked, summed, layer = flow.asked, flow.asked_sum, flow.output
        name = logit(asked.output) if asked.against is None else f"{logit(asked.output)} − {logit(asked.against)}"
        parts = self._terms(
            summed.lines, self._inputs(flow, len(flow.layers) - 1), summed.rest, layer.others, summed.bias
        )
        end = self.tr("{name} = {parts} = {total}; in the network itself {own}.")
        said = fill(end, name=name, parts=parts, total=exact(summed.total), own=exact(summed.own))
        if asked.against is None:
            share = ProbabilityBars.spell(float(layer.outputs[asked.output]))
            return f"{said} {fill(self.tr('Softmax makes {share} of it.'), share=share)}"
        ahead = asked.output if summed.total > 0 else asked.against
        return f"{said} {fill(self.tr('So {digit} is ahead.'), digit=ahead)}"

    def equation(self, flow: NetworkFlow, layer: int, place: int) -> str:
        """The sum of a unit with its largest terms, what its activation makes of it, and what it gives."""
        one = flow.layers[layer]
        parts = self._terms(
            one.lines[:, place],
            self._inputs(flow, layer),
            float(one.rest[place]),
            one.others,
            float(one.biases[place]),
            is_pixels=layer == 0,
        )
        total, own, output = (float(part[place]) for part in (one.sums, one.own, one.outputs))
        is_last = layer == len(flow.layers) - 1
        name = self.unit(flow, layer, place)
        words = self.tr("{name}: {parts} = {total}; in the network itself {own}; {activation} makes {output} of it.")
        said = fill(
            words,
            name=name[:1].upper() + name[1:],
            parts=parts,
            total=exact(total),
            own=exact(own),
            activation="softmax" if is_last else flow.activation,
            output=ProbabilityBars.spell(output) if is_last else exact(output),
        )
        gives = "" if is_last else self._gives(flow, layer, place)
        return f"{said} {gives}".strip()

    def _inputs(self, flow: NetworkFlow, layer: int) -> Sequence[int]:
        return [int(unit) for unit in flow.layers[layer].inputs]

    def _gives(self, flow: NetworkFlow, layer: int, place: int) -> str:
        """What a unit gives to the layer after it: of the last hidden layer, to what is asked for."""
        if layer == len(flow.layers) - 2:
            asked, value = flow.asked, float(flow.asked_sum.lines[place])
            name = logit(asked.output) if asked.against is None else f"{logit(asked.output)} − {logit(asked.against)}"
            return fill(self.tr("It gives {value} to {name}."), value=signed(value), name=name)
        lines = flow.layers[layer + 1].lines[place]
        strongest = int(np.argmax(np.abs(np.nan_to_num(lines))))
        name = self.unit(flow, layer + 1, strongest)
        return fill(self.tr("It gives most, {value}, to {name}."), value=signed(float(lines[strongest])), name=name)

    def _terms(
        self, lines: Reals, names: Sequence[int], rest: float, others: int, bias: float, *, is_pixels: bool = False
    ) -> str:
        """The largest terms, the other lines together, all that is not shown, and the bias."""
        order = np.argsort(-np.abs(np.nan_to_num(lines)), kind="stable")
        term = self.tr("{value} (unit {unit})")
        parts = [
            fill(term, value=signed(float(lines[place])), unit=spell_whole(names[place])) for place in order[:TERMS]
        ]
        if len(order) > TERMS:
            more = math.fsum(lines[order[TERMS:]]) if np.isfinite(lines).all() else math.nan
            words = self.tr("{value} (%Ln more line(s))", "", len(order) - TERMS)
            parts.append(fill(words, value=signed(more)))
        if is_pixels:
            parts.append(fill(self.tr("{value} (784 pixels × weights)"), value=signed(rest)))
        elif others:
            parts.append(fill(self.tr("{value} (%Ln other(s))", "", others), value=signed(rest)))
        parts.append(fill(self.tr("{value} (bias)"), value=signed(bias)))
        return " ".join(parts).removeprefix("+")

    # Places

    def picture(self, flow: NetworkFlow) -> str:
        """What goes in."""
        inked = int(np.count_nonzero(flow.image))
        if flow.pictures > 1:
            return self.tr("The mean of %Ln picture(s): 784 numbers from 0 to 1.", "", flow.pictures)
        return self.tr("What goes in: 784 numbers from 0 to 1, %Ln of them with ink.", "", inked)

    def pixel(self, flow: NetworkFlow, pixel: int) -> str:
        """Where the ink of a pixel goes."""
        row, column = divmod(pixel, 28)
        ink = float(flow.image[pixel])
        place = fill(self.tr("Row {row}, column {column}: ink {ink}."), row=row, column=column, ink=spell_fixed(ink, 2))
        if not ink:
            return f"{place} {self.tr('Without ink it adds nothing to any unit.')}"
        carried = flow.from_pixel(pixel)
        order = np.argsort(-np.abs(np.nan_to_num(carried)), kind="stable")[:TERMS]
        term = self.tr("{value} to unit {unit}")
        units = flow.layers[0].units
        parts = [fill(term, value=signed(float(carried[one])), unit=spell_whole(int(units[one]))) for one in order]
        return f"{place} {fill(self.tr('Ink × weight carries {parts}.'), parts=', '.join(parts))}"

    def bundle(self, flow: NetworkFlow, layer: int, place: int) -> str:
        """The units of a layer that are not shown, and what they give together to a unit of the next."""
        one, following = flow.layers[layer], flow.layers[layer + 1]
        count = one.size - len(one.units)
        is_last = layer == len(flow.layers) - 2
        if is_last and place == flow.asked.output and flow.asked.against is not None:
            value, asked = flow.asked_sum.rest, flow.asked
            name = f"{logit(asked.output)} − {logit(asked.against or 0)}"
        else:
            value, name = float(following.rest[place]), self.unit(flow, layer + 1, place)
        words = self.tr("The other %Ln unit(s) of layer {layer}: together {value} to {name}.", "", count)
        active = self.tr("Of all {size} units of the layer, {active} put something out.")
        said = fill(words, layer=layer + 1, value=signed(value), name=name)
        return f"{said} {fill(active, size=spell_whole(one.size), active=spell_whole(one.active))}"
