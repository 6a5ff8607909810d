"""Numbers of the operations that a learner has gone through, and of the unit that is open."""

from mnist_lab.course.number import Reading, told

OF_OPERATIONS: dict[str, Reading] = {
    "operation_steps": told("tensorsPage.operationSteps"),
    "operation_cells": told("tensorsPage.operationCells"),
    "operation_cell_steps": told("tensorsPage.operationCellSteps"),
    "relu_negative": told("tensorsPage.reluNegative"),
    "operation_last": told("tensorsPage.operationLast", "figures", 4),
    "layer_units": told("tensorsPage.layerUnits"),
    "layer_dot": told("tensorsPage.layerDot", "figures", 4),
    "layer_bias": told("tensorsPage.layerBias", "figures", 4),
    "layer_output": told("tensorsPage.layerOutput", "figures", 4),
    "times_faster": told("tensorsPage.timesFaster", "figures", 2),
    "naive_seconds": told("tensorsPage.naiveSeconds", "measured"),
    "numpy_seconds": told("tensorsPage.numpySeconds", "measured"),
    "unit": told("weightsPage.unit"),
    "unit_silent": told("weightsPage.unitSilent", "percent"),
    "unit_digit": told("weightsPage.unitDigit"),
}
