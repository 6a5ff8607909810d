"""A map of a layer: each image a point in the plane, near those that are alike in what the map shows of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.shared_cores import one_core
from mnist_lab.words import QT_TRANSLATE_NOOP

FEWEST_FOR_TSNE = 10
"""Fewer images have no neighbourhoods that could be kept."""

Reals = NDArray[np.float64]

_PERPLEXITY = 30.0  # scikit-learn's default: how many neighbours count
_COMPONENTS_FIRST = 50  # what scikit-learn recommends to leave of many units, against noise and for speed
STAGES = 4
_STEPS_A_STAGE = 250  # scikit-learn's least, and the length of its first, exaggerated stage


@dataclass(frozen=True, eq=False)
class Map:
    """Where each image lies.

    Attributes:
        points: (n, 2) float32, x and y, read-only; their unit means nothing with t-SNE.
        explained: (2,) float64, share of the activations' variance along x and along y, read-only; None with t-SNE,
            which explains none.
    """

    points: Array
    explained: Reals | None

    def __post_init__(self) -> None:
        self.points.flags.writeable = False
        if self.explained is not None:
            self.explained.flags.writeable = False


def pca(activations: Array) -> Map:
    """Look at the activations from where they spread most: along their two principal components.

    The unit that counts most along an axis counts positively, so that the same activations give the same map.

    Args:
        activations: (n, units), one row an image.

    Raises:
        InspectionError: they are not finite.
    """
    scores, variances, total = _components(activations, 2)
    shares = np.zeros(2) if total == 0 else variances / total
    return Map(scores.astype(np.float32), shares)


def tsne(
    activations: Array,
    is_cancelled: Callable[[], bool] = lambda: False,
    report: Callable[[int], None] = lambda _stages: None,
) -> Map | None:
    """Keep neighbours together: t-SNE by scikit-learn, from the PCA map on, in four stages of 250 steps.

    The same activations give the same map. Distances between groups, and how dense they are, mean little.

    Args:
        activations: (n, units), one row an image; some seconds for 1,000.
        is_cancelled: asked before each stage.
        report: told before the first of the `STAGES` stages and after each how many are done.

    Returns:
        the map; None if cancelled.

    Raises:
        InspectionError: scikit-learn is not installed, there are fewer than `FEWEST_FOR_TSNE` images, or the
            activations are not finite.
    """
    if len(activations) < FEWEST_FOR_TSNE:
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors", "A t-SNE map needs {fewest} images or more, not {count}: take more, or use PCA."
            ),
            fewest=FEWEST_FOR_TSNE,
            count=len(activations),
        )
    _scikit_learn()
    rows, _, total = _components(activations, _COMPONENTS_FIRST)
    if total == 0:
        return Map(np.zeros((len(rows), 2), np.float32), None)
    rows /= np.sqrt(total)  # so that neither steps nor tolerances depend on the activations' scale
    points = (rows[:, :2] / rows[:, 0].std() * 1e-4).astype(np.float32)  # as scikit-learn itself starts from PCA
    report(0)
    for stage in range(STAGES):
        if is_cancelled():
            return None
        points = _some_steps(rows.astype(np.float32), points, is_first=stage == 0)
        report(stage + 1)
    return Map(points, None)


def _some_steps(rows: Array, points: Array, is_first: bool) -> Array:
    """Go on with t-SNE from `points` (n, 2); the first steps exaggerate, so that groups find together."""
    rule = _scikit_learn().TSNE(
        perplexity=min(_PERPLEXITY, (len(rows) - 1) / 3),
        early_exaggeration=12.0 if is_first else 1.0,
        max_iter=_STEPS_A_STAGE,
        init=points,
        random_state=0,
    )
    # One thread: several wait for each other by spinning, which a training beside them makes ten times slower.
    # scikit-learn limits those of linear algebra itself for moments, and sets them back to what they were: what else
    # limits them must not begin or end meanwhile.
    with one_core(), ThreadpoolController().select(user_api="openmp").limit(limits=1):
        return np.asarray(rule.fit_transform(rows), np.float32)


def _components(activations: Array, count: int) -> tuple[Reals, Reals, float]:
    """The first principal components.

    Args:
        activations: (n, units).
        count: how many components; those beyond the rank are zero.

    Returns:
        each image's place along them (n, count), the variance along each (count,), and the variance in all.
    """
    if not np.isfinite(activations).all():
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This network's numbers have overflowed, so there is nothing to map: take a run that did not diverge.",
            )
        )
    images, units = activations.shape
    scores, variances = np.zeros((images, count)), np.zeros(count)
    if not activations.size:
        return scores, variances, 0.0
    centred = activations - activations.mean(axis=0, dtype=np.float64)
    total = float((centred * centred).sum() / images)
    by_units = units <= images  # of X, n × u, XᵀX and XXᵀ tell the same; the smaller one is faster
    products = (centred.T @ centred if by_units else centred @ centred.T) / images
    values, vectors = np.linalg.eigh(products)
    found = min(count, len(values))
    variances[:found] = np.maximum(values[::-1][:found], 0)
    first = vectors[:, ::-1][:, :found]
    loadings = first if by_units else centred.T @ first
    signs = np.sign(loadings[np.abs(loadings).argmax(axis=0), np.arange(found)])
    scores[:, :found] = (centred @ first if by_units else first * np.sqrt(variances[:found] * images)) * signs
    return scores, variances, total


def _scikit_learn() -> Any:
    """scikit-learn's module for maps."""
    try:
        from sklearn import manifold
    except ImportError as error:
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A t-SNE map needs scikit-learn, which is not installed: get it with “python -m uv sync --extra maps” "
                "and start the lab again, or use PCA.",
            )
        ) from error
    return manifold
