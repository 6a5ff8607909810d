"""Lines of one height lie where the height is."""

import numpy as np
import pytest

from mnist_lab.descent.isolines import isolines
from mnist_lab.descent.surfaces import SURFACES, Surface, contour_levels, grid


def _circle(count: int = 81) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    places = np.linspace(-2, 2, count)
    return places, places, places[None, :] ** 2 + places[:, None] ** 2


def test_a_round_bowl_gives_a_circle_of_the_right_length() -> None:
    pieces = isolines(*_circle(), 1.0)
    assert np.allclose(np.hypot(*pieces.reshape(-1, 2).T), 1.0, atol=2e-3)
    assert np.linalg.norm(pieces[:, 1] - pieces[:, 0], axis=1).sum() == pytest.approx(2 * np.pi, rel=2e-3)


def test_a_level_that_is_not_reached_gives_nothing() -> None:
    assert isolines(*_circle(), -1.0).shape == (0, 2, 2)
    assert isolines(*_circle(), 9.0).shape == (0, 2, 2)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.identifier)
def test_the_lines_lie_at_their_height_and_are_perpendicular_to_the_gradient(surface: Surface) -> None:
    x, y, values = grid(surface, 240, 180)
    for level in contour_levels(values)[4:]:
        pieces = isolines(x, y, values, level)
        assert len(pieces)
        across, up = pieces.mean(axis=1).T
        assert np.median(abs(surface.f(across, up) - level)) < 0.01 * np.ptp(values)
        along = pieces[:, 1] - pieces[:, 0]
        gradient = np.stack([surface.along_x(across, up), surface.along_y(across, up)], axis=1)
        cosine = (along * gradient).sum(axis=1) / (np.linalg.norm(along, axis=1) * np.linalg.norm(gradient, axis=1))
        assert np.median(abs(cosine)) < 0.05


def test_a_cell_crossed_on_all_edges_gives_two_pieces() -> None:
    places = np.array([0.0, 1.0])
    for values in ([[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]):
        for level, parts in ((0.4, 2), (0.6, 2)):
            pieces = isolines(places, places, np.array(values), level)
            assert len(pieces) == parts
            # Each piece cuts off one corner: its ends are on neighbouring edges, not opposite ones.
            assert np.linalg.norm(pieces[:, 1] - pieces[:, 0], axis=1).max() < 0.9
