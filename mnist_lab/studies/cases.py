"""What the Weights page computes off the window's thread: plain values in, plain values out. No Qt."""

from dataclasses import dataclass, replace

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.scaled_images import ScaledImages
from mnist_lab.inspection.statistics import LayerHistogram, layer_histograms
from mnist_lab.inspection.units import UnitActivity, unit_activity
from mnist_lab.inspection.update_step import UpdateStep, update_step
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.batches import images_trained_on
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.work import Cancelled, JobHandle


@dataclass(frozen=True, eq=False)
class UnitCase:
    """One unit of the first layer, to be asked about the test images of `digits`."""

    weights: NetworkWeights
    unit: int
    digits: Digits


@dataclass(frozen=True, eq=False)
class Pair:
    """The same network at two moments; `start` is `now` where the start is not known."""

    now: NetworkWeights
    start: NetworkWeights


@dataclass(frozen=True, eq=False)
class UpdateCase:
    """An update that was looked at, and experiment and digits, with the labels it trained on, of its run."""

    update: ObservedUpdate
    digits: Digits
    experiment: Experiment


def ask_unit(case: UnitCase, scaled_images: ScaledImages, handle: JobHandle) -> UnitActivity:
    """What this unit alone does with the test images: a layer of one unit, which is as quick as it is small."""
    layer = case.weights.layers[0]
    alone = DenseWeights(layer.kernel[:, [case.unit]], layer.bias[[case.unit]])
    network = replace(case.weights, layers=(alone, *case.weights.layers[1:]))
    images = scaled_images.of(case.digits.test_images)
    activity = unit_activity(network, 0, images, lambda: handle.is_cancelled)
    if activity is None:
        raise Cancelled
    return activity


def compare(pair: Pair, _handle: JobHandle) -> tuple[LayerHistogram, ...]:
    """A histogram for each layer."""
    return layer_histograms(pair.now, pair.start)


def explain(case: UpdateCase, _handle: JobHandle) -> UpdateStep:
    """What the update did to the first layer, with the gradient computed anew from its batch."""
    update, digits = case.update, case.digits
    images, labels = images_trained_on(case.experiment, digits, update.indices)
    return update_step(update.before, update.after, scaled(images), labels, 0, case.experiment.l2)
