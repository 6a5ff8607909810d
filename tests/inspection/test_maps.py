"""PCA is the one of scikit-learn, t-SNE keeps groups together, and what cannot be mapped is said in a sentence."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.maps import FEWEST_FOR_TSNE, pca, tsne

matrices = arrays(
    np.float32, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.floats(-1e3, 1e3, width=32)
)


def groups(each: int = 40, units: int = 20, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Activations in four groups, and which image is of which."""
    generator = np.random.default_rng(seed)
    middles = generator.normal(0, 3, (4, units))
    of_group = np.arange(4 * each) % 4
    return (middles[of_group] + generator.normal(0, 1, (4 * each, units))).astype(np.float32), of_group


def neighbours_alike(points: NDArray[np.float32], of_group: NDArray[np.intp]) -> float:
    """Share of the points whose nearest other point is of their own group."""
    distances = ((points[:, np.newaxis] - points) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    return float((of_group[distances.argmin(axis=1)] == of_group).mean())


@pytest.mark.parametrize(("images", "units"), [(200, 30), (30, 200), (50, 50), (3, 2), (2, 3)])
def test_pca_is_scikit_learn_s(images: int, units: int) -> None:
    decomposition = pytest.importorskip("sklearn.decomposition")
    activations = np.random.default_rng(1).normal(5, 1, (images, units)) * np.linspace(1, 4, units)
    theirs = decomposition.PCA(2, svd_solver="full").fit(activations)
    expected = theirs.transform(activations)
    own = pca(activations.astype(np.float32))
    assert own.points.dtype == np.float32
    assert own.explained == pytest.approx(theirs.explained_variance_ratio_, abs=1e-6)
    for column in (0, 1):
        loadings = theirs.components_[column]
        sign = np.sign(loadings[np.abs(loadings).argmax()])
        if theirs.explained_variance_ratio_[column] > 1e-9:
            assert own.points[:, column] == pytest.approx(sign * expected[:, column], abs=1e-4)


@given(matrices)
def test_pca_of_anything_is_a_map(activations: NDArray[np.float32]) -> None:
    result = pca(activations)
    assert result.points.shape == (len(activations), 2)
    assert np.isfinite(result.points).all()
    assert result.explained is not None
    assert 0 <= result.explained[1] <= result.explained[0] <= 1 + 1e-9
    assert result.explained.sum() <= 1 + 1e-9
    assert not result.points.flags.writeable
    total = (activations - activations.mean(axis=0, dtype=float)).var(axis=0).sum()
    assert result.points.var(axis=0, dtype=float) == pytest.approx(result.explained * total, rel=1e-3, abs=1e-3)
    assert np.array_equal(result.points, pca(activations.copy()).points)


@pytest.mark.parametrize("activations", [np.zeros((5, 7)), np.full((5, 7), 3.0), np.zeros((0, 7)), np.ones((1, 7))])
def test_where_nothing_differs_all_lie_in_one_place(activations: NDArray[np.float64]) -> None:
    result = pca(activations.astype(np.float32))
    assert not result.points.any()
    assert result.explained is not None
    assert not result.explained.any()


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_the_scale_of_the_activations_does_not_matter_to_the_shares(scale: float) -> None:
    activations, _ = groups()
    scaled = (activations * scale).astype(np.float32)
    assert pca(scaled).explained == pytest.approx(pca(activations).explained, rel=1e-3)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_diverged_network_has_no_map(value: float) -> None:
    activations = np.ones((20, 3), np.float32)
    activations[4, 1] = value
    for method in (pca, tsne):
        with pytest.raises(InspectionError, match="overflowed"):
            method(activations)


def test_t_sne_keeps_groups_together() -> None:
    pytest.importorskip("sklearn")
    activations, of_group = groups()
    result = tsne(activations)
    assert result is not None
    assert result.points.shape == (160, 2)
    assert result.points.dtype == np.float32
    assert result.explained is None
    assert neighbours_alike(result.points, of_group) == 1
    middles = np.array([result.points[of_group == group].mean(axis=0) for group in range(4)])
    spread = max(result.points[of_group == group].std() for group in range(4))
    assert np.linalg.norm(middles[0] - middles[1:], axis=1).min() > spread


def test_t_sne_of_the_same_activations_is_the_same_map() -> None:
    pytest.importorskip("sklearn")
    activations, _ = groups(each=10)
    first, second, scaled = tsne(activations), tsne(activations.copy()), tsne(activations * np.float32(1024))
    assert first is not None
    assert second is not None
    assert scaled is not None
    assert np.array_equal(first.points, second.points)
    assert np.array_equal(first.points, scaled.points)


@pytest.mark.parametrize("count", [FEWEST_FOR_TSNE, FEWEST_FOR_TSNE + 1])
@pytest.mark.parametrize("units", [1, 2, 3])
def test_few_images_and_few_units_can_be_mapped(count: int, units: int) -> None:
    pytest.importorskip("sklearn")
    result = tsne(np.random.default_rng(0).random((count, units), np.float32))
    assert result is not None
    assert np.isfinite(result.points).all()


def test_t_sne_where_nothing_differs() -> None:
    pytest.importorskip("sklearn")
    result = tsne(np.ones((20, 5), np.float32))
    assert result is not None
    assert not result.points.any()


def test_t_sne_needs_some_images() -> None:
    with pytest.raises(InspectionError, match="needs 10 images or more, not 9"):
        tsne(np.ones((9, 5), np.float32))


def test_t_sne_can_be_cancelled_between_its_stages() -> None:
    pytest.importorskip("sklearn")
    answers = iter([False, True])
    assert tsne(groups(each=10)[0], lambda: next(answers)) is None
    assert list(answers) == []


def test_without_scikit_learn_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(InspectionError, match=r"needs scikit-learn.*--extra maps.*or use PCA"):
        tsne(np.ones((20, 5), np.float32))
