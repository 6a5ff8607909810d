"""A case of the redraw benchmark: the picture of a whole network. Argument: how many redraws each.

A change while one draws is all that the window's thread does for it: the forward pass, the units that matter, the sums,
and painting. Painting alone is measured too, with all lines and with those of one unit.
"""

import itertools
import sys
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.studies.flow_case import flows_of
from mnist_lab.window import theme
from mnist_lab.window.widgets.network.network_look import NetworkLook
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.widgets.network.network_view import NetworkView
from tests.benchmarks.budgets import measured
from tests.benchmarks.clock import milliseconds_each
from tests.benchmarks.processes import Figures, report

_NETWORKS: tuple[tuple[str, tuple[int, ...], float], ...] = (
    ("1 unit", (1,), 16),
    ("16 units", (16,), 16),
    ("512 units", (512,), 16),
    ("2,048 units", (2048,), 16),
    ("four layers of 64", (64,) * 4, 16),
    ("four layers of 512", (512,) * 4, 16),
    ("four layers of 2,048", (2048,) * 4, 33),
)
_SIZES = {"": (560, 560), ", large": (1900, 1000)}


def main() -> None:
    times = int(sys.argv[1])
    application = QApplication([])
    theme.apply(application, theme.LIGHT)
    figures: Figures = {}
    for name, hidden, budget in _NETWORKS:
        weights = _network(hidden)
        for words, size in _SIZES.items():
            changes, paints, lit = _measure(weights, size, times)
            figures |= measured(f"{name}{words}: a change while drawing", changes, budget)
            figures |= measured(f"{name}{words}: painted", paints, 16)
            figures |= measured(f"{name}{words}: painted, one unit lit", lit, 16)
    report(figures)


def _network(hidden: tuple[int, ...]) -> NetworkWeights:
    """With weights as training leaves them: most outputs of a layer are about as large as its inputs."""
    generator = np.random.default_rng(0)
    layers = tuple(
        DenseWeights(
            generator.normal(0, (2 / inputs) ** 0.5, (inputs, units)).astype(np.float32), np.zeros(units, np.float32)
        )
        for inputs, units in itertools.pairwise((784, *hidden, 10))
    )
    return NetworkWeights(layers, "relu", 0)


def _measure(
    weights: NetworkWeights, size: tuple[int, int], times: int
) -> tuple[list[float], list[float], list[float]]:
    view = NetworkView("benchmark", NetworkLook())
    view.resize(*size)
    view.show()
    QTest.qWaitForWindowExposed(view)
    generator = np.random.default_rng(1)
    drawing = np.zeros(784, np.float32)
    pictures: list[Array] = []
    for _ in range(times + 1):  # a line that grows
        drawing[generator.integers(150, 650, 12)] = generator.random(12, np.float32)
        pictures.append(drawing[None].copy())

    def change(picture: Array) -> None:
        view.show_flows(flows_of(weights, picture, view.choice(len(weights.layers) - 1)), "")
        _paint_what_is_due()

    def paint() -> None:
        view.picture.update()
        _paint_what_is_due()

    changes = milliseconds_each([partial(change, picture) for picture in pictures])
    paints = milliseconds_each([paint] * (times + 1))
    view.picture.hold(Spot(1, 0))
    lit = milliseconds_each([paint] * (times + 1))
    view.close()
    return changes[1:], paints[1:], lit[1:]


def _paint_what_is_due() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


if __name__ == "__main__":
    main()
