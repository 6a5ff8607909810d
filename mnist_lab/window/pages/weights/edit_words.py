"""What an edit of a copied network is called."""

from PySide6.QtCore import QCoreApplication

from mnist_lab.inspection.edits import Edit, Prune, ScaleUnit, SetWeight, ShiftBias, SwitchOff
from mnist_lab.window.widgets.fields.number_text import say_real, spell_signed


def edit_words(edit: Edit) -> str:
    """Say in a few words what an edit does; layers are counted from 1, units and inputs from 0."""
    match edit:
        case SwitchOff(layer, unit):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: off")
            return words.format(layer=layer + 1, unit=unit)
        case ScaleUnit(layer, unit, factor):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: × {factor}")
            return words.format(layer=layer + 1, unit=unit, factor=say_real(factor))
        case ShiftBias(layer, unit, amount):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}: bias {amount}")
            return words.format(layer=layer + 1, unit=unit, amount=spell_signed(amount))
        case SetWeight(layer, position, unit, value):
            words = QCoreApplication.translate("edits", "Layer {layer}, unit {unit}, input {input}: weight = {value}")
            return words.format(layer=layer + 1, unit=unit, input=position, value=say_real(value))
        case Prune(percent):
            return QCoreApplication.translate("edits", "Smallest {percent} % of all weights: 0").format(
                percent=say_real(percent)
            )
