"""What an edit of a copied network is called, and what the copy is."""

from PySide6.QtCore import QCoreApplication

from mnist_lab.inspection.edits import Edit, Prune, ScaleUnit, SetWeight, ShiftBias, SwitchOff
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.words import fill, spell_setting, spell_signed, spell_whole


def copy_words(base: NetworkWeights | None) -> str:
    """Say which network the copy is of, and what that means; None: there is no network yet."""
    translate = QCoreApplication.translate
    if base is None:
        return translate(
            "edits", "An edit needs a network: train one first. Edits are made on a copy and never change a run."
        )
    words = translate("edits", "A copy of the network as it was after update {updates}. Nothing here changes the run.")
    return fill(words, updates=spell_whole(base.updates))


def unit_words(weights: NetworkWeights, layer: int, unit: int, *, is_off: bool) -> str:
    """What a unit of the copy is, and what one can do there; layers are counted from 1, units from 0."""
    translate = QCoreApplication.translate
    if not is_off:
        words = translate("edits", "Layer {layer}, unit {unit}: bias {bias}. Click a weight to set it.")
    elif layer + 1 < len(weights.layers):
        words = translate(
            "edits",
            "Layer {layer}, unit {unit}: switched off. Its outgoing weights are all 0, so it adds nothing to the next"
            " layer.",
        )
    else:
        words = translate(
            "edits", "Layer {layer}, unit {unit}: switched off. Its weights and bias are 0, so its sum z is always 0."
        )
    bias = spell_signed(float(weights.layers[layer].bias[unit]))
    return fill(words, layer=layer + 1, unit=unit, bias=bias)


def kept_words(name: str) -> str:
    """Say that a network was kept under that name, and what it means for all pages; "" for no name."""
    if not name:
        return ""
    words = QCoreApplication.translate(
        "edits", "Kept as “{name}”. Every page now looks at this network; the list at the top right leads back."
    )
    return fill(words, name=name)


def edit_words(edit: Edit) -> str:
    """Say in a few words what an edit does; layers are counted from 1, units and inputs from 0."""
    match edit:
        case SwitchOff(layer, unit):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: off")
            return fill(words, layer=layer + 1, unit=unit)
        case ScaleUnit(layer, unit, factor):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: × {factor}")
            return fill(words, layer=layer + 1, unit=unit, factor=spell_setting(factor))
        case ShiftBias(layer, unit, amount):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: bias {amount}")
            return fill(words, layer=layer + 1, unit=unit, amount=spell_signed(amount))
        case SetWeight(layer, position, unit, value):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}, input {input}: weight = {value}")
            return fill(words, layer=layer + 1, unit=unit, input=position, value=spell_setting(value))
        case Prune(percent):
            return fill(
                QCoreApplication.translate("edits", "Smallest {percent}\u00a0% of all weights: 0"),
                percent=spell_setting(percent),
            )
