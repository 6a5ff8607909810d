"""What happens at each stage of the light, one sentence with the real numbers."""

import numpy as np
from PySide6.QtCore import QObject

from mnist_lab.inspection.flow.backward_flow import BackwardFlow
from mnist_lab.inspection.flow.network_flow import NetworkFlow, Reals
from mnist_lab.window.widgets.network.flow_words import FlowWords, exact, logit, never_cut, never_cut_signed
from mnist_lab.window.widgets.network.network_light import LightStage
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell, spell_setting, spell_signed, spell_whole


class StageWords(QObject):
    """Makes the sentences."""

    def __init__(self, words: FlowWords, parent: QObject) -> None:
        """`words` names units."""
        super().__init__(parent)
        self._words = words

    def say(self, stage: LightStage, flow: NetworkFlow, back: BackwardFlow | None) -> str:
        """What happens at a stage; the way back needs `back`."""
        if stage.kind == "input":
            return self._words.picture(flow)
        if stage.kind == "sums":
            return self._sums(flow, stage.layer)
        if stage.kind == "outputs":
            return self._softmax(flow) if stage.layer == len(flow.layers) - 1 else self._outputs(flow, stage.layer)
        if back is None:
            return ""
        if stage.kind == "loss":
            return self._loss(back)
        if stage.kind == "slopes":
            return self._slopes(flow, back)
        if stage.kind == "back":
            return self._back(flow, back, stage.layer)
        return self._gradient(flow, back) if stage.kind == "gradient" else self._step(flow, back)

    # Forward

    def _sums(self, flow: NetworkFlow, layer: int) -> str:
        one = flow.layers[layer]
        if layer == len(flow.layers) - 1:
            order = np.argsort(-np.nan_to_num(one.sums), kind="stable")
            first, second = int(order[0]), int(order[1])
            words = self.tr("Ten weighted sums: the largest is {first} = {one}, the next {second} = {other}.")
            numbers = {"one": exact(float(one.sums[first])), "other": exact(float(one.sums[second]))}
            return fill(words, first=logit(first), second=logit(second), **numbers)
        place = _largest(one.sums)
        words = (
            self.tr(
                "Each of the {size} units adds up pixel × weight for 784 pixels, and its bias: {name} comes to {sum}."
            )
            if layer == 0
            else self.tr("Each of the {size} units adds up output × weight, and its bias: {name} comes to {sum}.")
        )
        name = self._words.unit(flow, layer, place)
        return fill(words, size=spell_whole(one.size), name=name, sum=exact(float(one.sums[place])))

    def _outputs(self, flow: NetworkFlow, layer: int) -> str:
        one = flow.layers[layer]
        place = _largest(one.outputs)
        name, output = self._words.unit(flow, layer, place), exact(float(one.outputs[place]))
        off = one.size - one.active
        if flow.activation == "relu":
            words = self.tr(
                "relu makes 0 of every sum below 0 (grey): {off} of {size} units pass nothing on; {name} passes on"
                " {output}."
            )
        else:
            words = self.tr("{activation} bends every sum: {name} puts out {output}.")
        return fill(
            words,
            activation=flow.activation,
            off=spell_whole(off),
            size=spell_whole(one.size),
            name=name,
            output=output,
        )

    def _softmax(self, flow: NetworkFlow) -> str:
        shares = np.nan_to_num(flow.output.outputs)
        first, second = (int(digit) for digit in np.argsort(-shares, kind="stable")[:2])
        words = self.tr("Softmax makes shares of the ten sums: {first} gets {one}, {second} gets {other}.")
        one, other = (_share(float(shares[digit])) for digit in (first, second))
        return fill(words, first=first, second=second, one=one, other=other)

    # Back

    def _loss(self, back: BackwardFlow) -> str:
        if back.pictures == 1:
            words = self.tr("The loss is −log of the probability of the right digit, {digit}: −log {share} = {loss}.")
        else:
            words = self.tr(
                "The loss is the mean of −log of the right digit's probability over %Ln picture(s): {loss}.",
                "",
                back.pictures,
            )
        share, loss = never_cut(back.right, back.loss) if back.pictures == 1 else ("", *never_cut(back.loss))
        said = fill(words, digit=int(np.argmax(back.targets)), share=share, loss=loss)
        if back.penalty:
            said += " " + fill(self.tr("The L2 penalty adds {penalty}."), penalty=never_cut(back.penalty)[0])
        return said

    def _slopes(self, flow: NetworkFlow, back: BackwardFlow) -> str:
        slopes, shares = back.layers[-1].slopes, flow.output.outputs
        place = _strongest(slopes)
        words = self.tr(
            "At each output the slope of the loss is probability − target: for digit {digit},"
            " {share} − {target} = {slope}."
        )
        share, slope = never_cut(float(shares[place]), float(slopes[place]))
        return fill(words, digit=place, share=share, target=spell(float(back.targets[place]), None), slope=slope)

    def _back(self, flow: NetworkFlow, back: BackwardFlow, layer: int) -> str:
        arriving, slopes = back.layers[layer].arriving, back.layers[layer - 1].slopes
        place = _strongest(arriving)
        words = self.tr(
            "Back along the lines, weight × slope is added up: {arriving} arrives at {name}; times the slope of"
            " {activation} that makes {slope}."
        )
        numbers = {
            "arriving": never_cut_signed(float(arriving[place])),
            "slope": never_cut_signed(float(slopes[place])),
        }
        return fill(words, name=self._words.unit(flow, layer - 1, place), activation=flow.activation, **numbers)

    def _gradient(self, flow: NetworkFlow, back: BackwardFlow) -> str:
        row, column = _strongest_line(back.layers[-1].gradients)
        if row < 0:
            return self.tr("Each weight's slope is its input × the slope at its unit, as the tiles show.")
        words = self.tr(
            "Each weight's slope is the output where its line begins × the slope where it ends: from {start} to"
            " {end} {slope}."
        )
        names = self._ends(flow, row, column)
        return fill(words, slope=never_cut_signed(float(back.layers[-1].gradients[row, column])), **names)

    def _step(self, flow: NetworkFlow, back: BackwardFlow) -> str:
        if back.is_made:
            words = self.tr(
                "The optimizer's step of this update: every weight moves; that from {start} to {end} by {move}."
            )
        else:
            words = self.tr(
                "Plain gradient descent would move each weight by −{rate} × its slope: that from {start} to {end} by"
                " {move}."
            )
        row, column = _strongest_line(back.layers[-1].gradients)
        if row < 0:
            return self.tr("Every weight takes its step, as the tiles show.")
        move = float(back.layers[-1].moves[row, column])
        return fill(
            words, rate=spell_setting(back.learning_rate), move=spell_signed(move), **self._ends(flow, row, column)
        )

    def _ends(self, flow: NetworkFlow, row: int, column: int) -> dict[str, str]:
        last = len(flow.layers) - 1
        return {"start": self._words.unit(flow, last - 1, row), "end": self._words.unit(flow, last, column)}


def _share(value: float) -> str:
    """A share whose sign stays in one line with its number: "> 99.9 %"."""
    return ProbabilityBars.spell(value).replace(" ", "\u00a0")


def _largest(values: Reals) -> int:
    return int(np.argmax(np.nan_to_num(values, nan=-np.inf)))


def _strongest(values: Reals) -> int:
    return int(np.argmax(np.abs(np.nan_to_num(values))))


def _strongest_line(values: Reals) -> tuple[int, int]:
    """Row and column of the largest size; (−1, −1) where there are no lines."""
    if not values.size:
        return -1, -1
    row, column = np.unravel_index(_strongest(values.ravel()), values.shape)
    return int(row), int(column)
