"""The newest learning rate stands beside its mark, and not on the curve."""

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPointF, QRectF

from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import falling


def area_of_words(plot: CurvePlot) -> QRectF:
    """In logical pixels of the scene."""
    plot.grab()  # words are put in their place when they are painted
    (words,) = (item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible())
    return words.mapRectToScene(words.boundingRect())


@pytest.mark.parametrize("change", [100, 300, 560])
@pytest.mark.parametrize("is_high", [False, True])
def test_it_covers_no_batch(plot: CurvePlot, change: int, is_high: bool) -> None:
    values = falling(600)
    if is_high:
        values = (2.3 - values).astype(np.float32)
    plot.set_total(600, 100)
    plot.set_series(values)
    plot.set_rates([(0, 0.001), (change, 0.05)])
    area, view = area_of_words(plot), plot.getViewBox()
    places = [view.mapViewToScene(QPointF(update, value)) for update, value in enumerate(values.tolist())]
    assert not any(area.contains(place) for place in places)
    mark = places[change].x()
    assert min(abs(area.left() - mark), abs(area.right() - mark)) < 2


def test_it_stays_where_it_is_while_the_curve_grows_elsewhere(plot: CurvePlot) -> None:
    values = falling(600)
    plot.set_total(600, 100)
    plot.set_live(True)
    plot.set_rates([(0, 0.001), (320, 0.05)])
    areas = []
    for count in (321, 400, 600):
        plot.set_series(values[:count])
        areas.append(area_of_words(plot))
    assert areas[0] == areas[1] == areas[2]
