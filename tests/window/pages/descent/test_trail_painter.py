"""Trails tell falls from rises, and one optimizer from another, by more than colour; and they end."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.update_rules import RULES
from mnist_lab.studies.ball_picture import TRAIL, BallPicture, LossChange, change
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.marked_step import MarkedStep, StepMark
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap
from mnist_lab.window.pages.descent.trail_painter import TrailPainter, step_near

NAMES = [rule.identifier for rule in RULES]


@pytest.fixture
def marked() -> MarkedStep:
    return MarkedStep()


@pytest.fixture
def view(qtbot: QtBot, marked: MarkedStep) -> CurveView:
    """A bowl in a window of the usual size."""
    view = CurveView(marked)
    qtbot.addWidget(view)
    view.resize(760, 330)
    view.set_function(function_of("bowl"))
    view.show()
    qtbot.waitExposed(view)
    return view


def ball(rule: str, x: list[float], *, is_looked_at: bool = True, first: int = 0) -> BallPicture:
    places = np.array(x)
    return BallPicture(rule, places, places**2, first, np.nan, None, np.nan, False, is_looked_at)


def painted(view: CurveView, one: BallPicture) -> QImage:
    """The trail alone on the panel's colour."""
    paper = QImage(view.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor(theme.LIGHT.panel))
    painter = QPainter(paper)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    TrailPainter(painter, PixelMap(view.getViewBox()), theme.LIGHT).paint(one)
    painter.end()
    return paper


def shares(paper: QImage, start: QPointF, end: QPointF) -> tuple[float, float]:
    """How much of the way between two places is green and how much is red, the ends with their markers left out."""
    found = []
    for share in np.linspace(0.1, 0.9, 200):
        place = (start + (end - start) * float(share)).toPoint()
        near = [paper.pixelColor(place.x(), place.y() + below) for below in (-1, 0, 1)]
        excess = [pixel.green() - pixel.red() for pixel in near]
        found.append((max(excess) > 30, min(excess) < -30))
    green, red = np.mean(found, axis=0)
    return float(green), float(red)


def test_a_step_falls_rises_stays_level_or_is_unknown() -> None:
    assert [change(2, after) for after in (1, 3, 2, np.nan)] == list(LossChange)
    one = ball("sgd", [2.0, 1.0, -1.0, 3.0])
    assert [one.moves(what).tolist() for what in (LossChange.FELL, LossChange.LEVEL, LossChange.ROSE)] == [
        [0],
        [1],
        [2],
    ]


@pytest.mark.parametrize("rule", NAMES)
@pytest.mark.parametrize("is_looked_at", [True, False])
def test_every_optimizer_s_falls_are_solid_and_green_and_its_rises_dashed_and_red(
    view: CurveView, rule: str, is_looked_at: bool
) -> None:
    low, high = view.place_of(0.5, 0.25), view.place_of(2.0, 4.0)
    green, red = shares(painted(view, ball(rule, [2.0, 0.5, 0.5], is_looked_at=is_looked_at)), high, low)
    assert green > 0.95
    assert red == 0
    green, red = shares(painted(view, ball(rule, [0.5, 2.0, 2.0], is_looked_at=is_looked_at)), low, high)
    assert green == 0
    assert 0.3 < red < 0.9


def test_the_trail_looked_at_is_the_stronger(view: CurveView) -> None:
    inks = []
    for is_looked_at in (True, False):
        paper = painted(view, ball("sgd", [2.0, 0.5, 0.5], is_looked_at=is_looked_at)).convertToFormat(
            QImage.Format.Format_Grayscale8
        )
        inks.append(float((255 - np.frombuffer(paper.constBits(), np.uint8).astype(float)).sum()))
    assert inks[0] > 1.5 * inks[1] > 0


def test_optimizers_differ_by_shape_and_a_rise_leaves_a_hollow_marker(view: CurveView) -> None:
    shapes = {name: painted(view, ball(name, [1.0, 1.0, 1.0])) for name in NAMES}
    place = view.place_of(1.0, 1.0).toPoint()
    outlines = set()
    for paper in shapes.values():
        cut = [
            paper.pixelColor(place.x() + a, place.y() + b).lightness() < 200 for a in range(-5, 6) for b in range(-5, 6)
        ]
        outlines.add(tuple(cut))
    assert len(outlines) == len(NAMES)
    middles = []
    for before in (2.0, 0.5):  # a fall to 1, and a rise to 1
        paper = painted(view, ball("sgd_nesterov", [before, 1.0, 1.0]))
        middles.append(paper.pixelColor(place).lightness())
    assert middles[0] < 150
    assert middles[1] > 230


def test_the_nearest_place_is_found_also_where_the_trail_was_cut(view: CurveView) -> None:
    places = PixelMap(view.getViewBox())
    balls = (ball("adam", [2.0, 1.0, 0.5], is_looked_at=False), ball("sgd", [2.0, 1.5, 1.0], first=7))
    found = [step_near(balls, places, view.place_of(x, x * x) + QPointF(4, -5)) for x in (0.5, 1.5, 2.0, -2.0)]
    assert found == [StepMark("adam", 2), StepMark("sgd", 8), StepMark("sgd", 7), None]
    assert step_near((), places, view.place_of(1.0, 1.0)) is None
    lost = ball("sgd", [np.nan, 1e6])
    assert step_near((lost,), places, view.place_of(1.0, 1.0)) is None


@pytest.mark.parametrize(("function", "rate"), [("ripples", 0.3), ("double_well", 0.6), ("bowl", 0.1)])
def test_a_long_trail_is_cut_to_what_is_painted(view: CurveView, function: str, rate: float) -> None:
    """However long one walks, no more is painted than this (tests.benchmarks.redraw has its time)."""
    bench = CurveBench()
    bench.set_function(function_of(function))
    bench.choose(NAMES)
    bench.balls.set_rate(rate)
    bench.balls.step(3 * TRAIL)
    lengths = [len(one.x) for one in bench.pictures()]
    assert max(lengths) <= TRAIL + 1
    view.set_function(bench.function)
    view.show_balls(bench.pictures())
    assert not view.grab().isNull()


def test_escape_is_left_to_others_where_nothing_is_marked(view: CurveView, marked: MarkedStep, qtbot: QtBot) -> None:
    marked.keep(StepMark("sgd", 0))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert marked.mark is None
