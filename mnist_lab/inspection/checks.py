"""Checks that a requested layer, unit or input exists. Messages count layers from 1, units and inputs from 0."""

from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP


def layer_of(weights: NetworkWeights, layer: int) -> DenseWeights:
    """Layer `layer` of the network, from 0.

    Raises:
        InspectionError: the network has no such layer.
    """
    if not 0 <= layer < len(weights.layers):
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "There is no layer {layer}: this network has the layers 1 to {last}."),
            layer=layer + 1,
            last=len(weights.layers),
        )
    return weights.layers[layer]


def check_unit(weights: NetworkWeights, layer: int, unit: int) -> None:
    """Nothing if layer `layer` has a unit `unit`, both from 0.

    Raises:
        InspectionError: there is no such layer or unit.
    """
    units = len(layer_of(weights, layer).bias)
    if not 0 <= unit < units:
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "Layer {layer} has no unit {unit}: its units are 0 to {last}."),
            layer=layer + 1,
            unit=unit,
            last=units - 1,
        )


def check_input(weights: NetworkWeights, layer: int, position: int) -> None:
    """Nothing if layer `layer` has an input `position`, both from 0.

    Raises:
        InspectionError: there is no such layer or input.
    """
    inputs = len(layer_of(weights, layer).kernel)
    if not 0 <= position < inputs:
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "Layer {layer} has no input {input}: its inputs are 0 to {last}."),
            layer=layer + 1,
            input=position,
            last=inputs - 1,
        )
