"""The map of a layer for up to 1,000 test images, as a job computes it; knows no Qt."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection import maps
from mnist_lab.inspection.evaluation import Evaluation, Indices
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.robustness import spread
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.examined import Examined
from mnist_lab.work import Cancelled, JobHandle, Progress, Stopwatch

Method = Literal["pca", "tsne"]


@dataclass(frozen=True, eq=False)
class MapRequest:
    """What is to be mapped.

    Attributes:
        weights: the network.
        images: (n, 28, 28) uint8, the test images.
        labels: (n,) uint8.
        layer: 0 for the pixels, 1 for the first layer, and so on to the output layer.
        method: how.
    """

    weights: NetworkWeights
    images: Images
    labels: Labels
    layer: int
    method: Method


@dataclass(frozen=True, eq=False)
class LayerMap:
    """The map of k images.

    Attributes:
        points: (k, 2) float32.
        explained: (2,) float64, share of the variance along x and y; None for t-SNE.
        indices: (k,) of the images among all test images.
        examined: these k images with the network's answers.
    """

    points: NDArray[np.float32]
    explained: NDArray[np.float64] | None
    indices: Indices
    examined: Examined


def compute_map(request: MapRequest, handle: JobHandle) -> LayerMap:
    """Map a layer; t-SNE reports its `Progress`.

    Raises:
        InspectionError: there is nothing to map, or t-SNE is not installed.
        Cancelled: the map is no longer wanted.
    """
    chosen = spread(len(request.images))
    images, labels = request.images[chosen], request.labels[chosen]
    inputs = scaled(images)
    layers = trace(request.weights, inputs)
    activations = inputs if request.layer == 0 else layers[request.layer - 1].outputs
    found = maps.pca(activations) if request.method == "pca" else _tsne(activations, handle)
    evaluation = Evaluation(labels, layers[-1].outputs, request.weights.updates)
    return LayerMap(found.points, found.explained, chosen, Examined(images, evaluation))


def _tsne(activations: NDArray[np.float32], handle: JobHandle) -> maps.Map:
    handle.report(Progress(0, maps.STAGES))  # before scikit-learn is imported, which takes seconds the first time
    watch = Stopwatch(maps.STAGES)

    def report(stages: int) -> None:
        nonlocal watch
        watch = watch if stages else Stopwatch(maps.STAGES)
        handle.report(watch.after(stages))

    found = maps.tsne(activations, lambda: handle.is_cancelled, report)
    if found is None:
        raise Cancelled
    return found
