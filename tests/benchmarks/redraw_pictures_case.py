"""A case of the redraw benchmark: single widgets with all they ever have to show. Argument: how many redraws each."""

import sys
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.update_rules import RULES
from mnist_lab.studies.ball_picture import TRAIL
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.marked_step import MarkedStep
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.benchmarks.budgets import measured
from tests.benchmarks.clock import milliseconds_each
from tests.benchmarks.processes import Figures, report

_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_TRAILS = (("ripples", 0.3), ("double_well", 0.6), ("bowl", 0.1))
"""Functions and learning rates with which balls go far, jump about, and come to rest."""


def main() -> None:
    times = int(sys.argv[1])
    application = QApplication([])
    theme.apply(application, theme.LIGHT)
    figures: Figures = {}
    for is_log in (False, True):
        scale = "logarithmic" if is_log else "linear"
        figures |= measured(f"curve of 46,900 batches, {scale}", _curve(times, is_log), 8)
    figures |= measured("tiles of 512 units", _tiles(times, 512, (950, 620)), 8)
    figures |= measured("tiles of 2,048 units", _tiles(times, 2048, (1950, 1100)), 16)
    figures |= measured("tiles of 2,048 units in another order", _tiles(times, 2048, (1950, 1100), in_order=False), 16)
    figures |= measured("70,000 pictures, scrolled", _pictures(times), 16)
    figures |= measured("probability bars", _bars(times), 1)
    figures |= measured("a move on the pad", _moves(times), 8)
    for function, rate in _TRAILS:
        figures |= measured(f"six long trails, {function}", _trails(times, function, rate), 33)
    figures |= measured("a move of the start on the descent bench", _drag(times), 15)
    report(figures)


def _show(widget: QWidget, width: int, height: int) -> None:
    widget.resize(width, height)
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    QApplication.processEvents()


def _paint_what_is_due() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def _falling(count: int) -> NDArray[np.float32]:
    noise = np.random.default_rng(0).uniform(0.9, 1.1, count)
    return (2.3 * np.exp(-np.arange(count) / count * 3) * noise).astype(np.float32)


def _curve(times: int, is_log: bool) -> list[float]:
    """Taking in a longer series and painting it, as while training."""
    plot, values = CurvePlot("loss"), _falling(46_900)
    _show(plot, 900, 500)
    plot.set_total(46_900, 469)
    plot.set_log(is_log)
    plot.set_live(True)

    def longer(count: int) -> None:
        plot.set_series(values[:count])
        plot.viewport().repaint()

    longer(46_900 - times - 1)
    taken = milliseconds_each([partial(longer, count) for count in range(46_900 - times, 46_900)])
    plot.close()
    return taken


def _tiles(times: int, units: int, size: tuple[int, int], *, in_order: bool = True) -> list[float]:
    """Taking in new weights and painting them."""
    tiles, generator = WeightTiles(), np.random.default_rng(0)
    _show(tiles, *size)
    kernel = generator.normal(0, 0.1, (784, units)).astype(np.float32)
    tiles.set_kernel(kernel)
    if not in_order:
        tiles.set_order(generator.permutation(units))
    assert (tiles.field.first, tiles.field.last) == (0, units), "all of them on one page"

    def show(weights: NDArray[np.float32]) -> None:
        tiles.set_kernel(weights)
        tiles.field.repaint()

    show(kernel)
    others = [kernel * np.float32(1 + 0.01 * number) for number in range(times)]
    taken = milliseconds_each([partial(show, weights) for weights in others])
    tiles.close()
    return taken


def _pictures(times: int) -> list[float]:
    grid = PictureGrid()
    _show(grid, 1000, 700)
    grid.set_pictures(np.random.default_rng(0).integers(0, 256, (70_000, 28, 28), np.uint8))
    bar = grid.verticalScrollBar()

    def scroll(value: int) -> None:
        bar.setValue(value)
        grid.viewport().repaint()

    scroll(1)
    places = np.linspace(2, bar.maximum(), times).astype(int).tolist()
    taken = milliseconds_each([partial(scroll, place) for place in places])
    grid.close()
    return taken


def _bars(times: int) -> list[float]:
    bars, values = ProbabilityBars(), [0.01, 0, 0.0001, 0.02, 0, 0, 0, 0.9, 0, 0.0699]
    _show(bars, 300, 220)

    def show(step: int) -> None:
        bars.set_values(np.roll(values, step))
        bars.repaint()

    show(0)
    taken = milliseconds_each([partial(show, step) for step in range(1, times + 1)])
    bars.close()
    return taken


def _moves(times: int) -> list[float]:
    canvas = DrawCanvas()
    _show(canvas, 280, 280)
    QTest.mousePress(canvas, _LEFT, _NO_KEY, QPoint(20, 20))
    taken = milliseconds_each(
        _moving(canvas, [QPoint(20 + 240 * step // times, 140 + step % 7) for step in range(times)])
    )
    QTest.mouseRelease(canvas, _LEFT, _NO_KEY, QPoint(260, 140))
    canvas.close()
    return taken


def _moving(widget: QWidget, places: list[QPoint]) -> list[Callable[[], None]]:
    """Moves of the mouse to these places, each with what is painted for it."""

    def move(place: QPoint) -> None:
        QTest.mouseMove(widget, place)
        _paint_what_is_due()

    return [partial(move, place) for place in places]


def _trails(times: int, function: str, rate: float) -> list[float]:
    bench, view = CurveBench(), CurveView(MarkedStep())
    _show(view, 760, 330)
    bench.set_function(function_of(function))
    bench.choose([rule.identifier for rule in RULES])
    bench.balls.set_rate(rate)
    bench.balls.step(TRAIL)
    view.set_function(bench.function)
    view.show_balls(bench.pictures())
    view.viewport().repaint()
    taken = milliseconds_each([view.viewport().repaint] * times)
    view.close()
    return taken


def _drag(times: int) -> list[float]:
    tab = CurveTab(CurveModel())
    _show(tab, 1100, 680)
    view = tab.findChild(CurveView)
    assert view is not None
    viewport, start = view.viewport(), view.place_of(2.5, 6.25).toPoint()
    QTest.mousePress(viewport, _LEFT, _NO_KEY, start)
    places = [start - QPoint(120 * step // times, 0) for step in range(1, times + 1)]
    taken = milliseconds_each(_moving(viewport, places))
    QTest.mouseRelease(viewport, _LEFT, _NO_KEY, places[-1])
    assert tab.bench.start < 2.4, "the start was dragged"
    tab.close()
    return taken


if __name__ == "__main__":
    main()
