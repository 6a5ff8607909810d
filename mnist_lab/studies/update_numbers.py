"""One gradient update, computed again by hand and held against the engine's own numbers. No Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.update_rules import rule_of
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import LayerTrace, scaled, trace
from mnist_lab.inspection.gradient import batch_gradient, cross_entropies
from mnist_lab.inspection.update_step import WeightStep, moved_along
from mnist_lab.inspection.weights import DenseWeights
from mnist_lab.network.events import ObservedUpdate


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer's part in the update.

    Attributes:
        before: W0 and b0.
        gradient: the slope of the loss along them, computed here.
        after: W1 and b1 of the engine.
    """

    before: DenseWeights
    gradient: DenseWeights
    after: DenseWeights

    def weight(self, place: int, unit: int) -> WeightStep:
        """One weight's part: from input `place` to `unit`."""
        parts = (self.before, self.after, self.gradient)
        return WeightStep(*(float(part.kernel[place, unit]) for part in parts))


@dataclass(frozen=True, eq=False)
class UpdateNumbers:
    """Everything that happens in one update.

    Attributes:
        update: what the engine told.
        experiment: of its run.
        images: (b, 28, 28) uint8, the batch.
        labels: (b,) of the batch's images.
        training_images: how many there are; what `update` calls by a higher index is a moved copy.
        forward: of each layer its inputs, sums and outputs for the batch, float32.
        losses: (b,) cross-entropy of each image, float64.
        loss: their mean, with the L2 penalty.
        layers: first hidden layer to output layer.
        loss_difference: between `loss` and the engine's.
        weight_difference: largest difference between a weight of the engine's after the update and the one that the
            optimizer's rule gives here; NaN where the rule depends on what the optimizer remembers of earlier updates.
        weights: how many were compared.
        moved: how many of them are another number after the update.
        along: how many of them moved along their slope, not against it; without sense where dropout changed the
            gradient that the engine followed.
    """

    update: ObservedUpdate
    experiment: Experiment
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    training_images: int
    forward: tuple[LayerTrace, ...]
    losses: NDArray[np.float64]
    loss: float
    layers: tuple[Layer, ...]
    loss_difference: float
    weight_difference: float
    weights: int
    moved: int
    along: int


def compute_update(
    update: ObservedUpdate,
    experiment: Experiment,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    training_images: int,
) -> UpdateNumbers:
    """Go through the five steps of the update.

    Args:
        update: of a run of `experiment`.
        experiment: its optimizer and penalty; dropout is left out here.
        images: (b, 28, 28) the update's batch: see `network.batches.images_trained_on`.
        labels: (b,) theirs.
        training_images: how many there are.
    """
    batch = scaled(images)
    forward = trace(update.before, batch)
    gradient = batch_gradient(update.before, batch, labels, experiment.l2)
    layers = tuple(
        Layer(*parts) for parts in zip(update.before.layers, gradient.layers, update.after.layers, strict=True)
    )
    return UpdateNumbers(
        update=update,
        experiment=experiment,
        images=images,
        labels=labels,
        training_images=training_images,
        forward=forward,
        losses=cross_entropies(forward[-1].sums, labels),
        loss=gradient.loss,
        layers=layers,
        loss_difference=abs(gradient.loss - update.loss),
        weight_difference=_weight_difference(update, experiment, layers),
        weights=sum(layer.before.kernel.size + layer.before.bias.size for layer in layers),
        moved=sum(_moved(layer) for layer in layers),
        along=sum(_moved_along(layer) for layer in layers),
    )


def _moved(layer: Layer) -> int:
    """How many weights and biases of a layer are other numbers now."""
    pairs = ((layer.before.kernel, layer.after.kernel), (layer.before.bias, layer.after.bias))
    return sum(int(np.count_nonzero(before != after)) for before, after in pairs)


def _moved_along(layer: Layer) -> int:
    """How many weights and biases of a layer moved along their slope."""
    before, after, gradient = (
        np.concatenate([part.kernel.ravel(), part.bias]) for part in (layer.before, layer.after, layer.gradient)
    )
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        return int(np.count_nonzero(moved_along(before - after, gradient)))


def _weight_difference(update: ObservedUpdate, experiment: Experiment, layers: tuple[Layer, ...]) -> float:
    """Largest difference over all kernels and biases; NaN where the optimizer's memory is not known."""
    rule = rule_of(experiment.optimizer)
    if rule.state and update.before.updates > 0:
        return float("nan")
    settings = rule.resolved(experiment.optimizer_settings)
    largest = 0.0
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        for layer in layers:
            for name in ("kernel", "bias"):
                before, slope, after = (
                    getattr(part, name).astype(np.float64) for part in (layer.before, layer.gradient, layer.after)
                )
                state = rule.initial_state(before, settings)
                expected, _ = rule.step(before, slope, state, update.learning_rate, settings)
                largest = float(np.maximum(largest, np.abs(expected - after).max()))
    return largest
