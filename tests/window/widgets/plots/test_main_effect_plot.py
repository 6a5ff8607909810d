"""The picture of main effects: where its rows stand, how they are read, and that the axis shows all runs."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.effect_rows import EffectPanel, EffectRow, accuracy_span, tick_places
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot


def _row(words: str, *accuracies: float, half_width: float | None = None) -> EffectRow:
    mean = sum(accuracies) / len(accuracies) if accuracies else None
    return EffectRow(words, "–" if mean is None else f"{mean:.1%}", f"{words} said", mean, half_width, accuracies)


PANELS = (
    EffectPanel(
        "Learning rate", "clear", (_row("0.001", 0.9, 0.92, half_width=0.5), _row("0.01", 0.97, half_width=None))
    ),
    EffectPanel("Optimizer", "not clear", (_row("SGD", 0.9), _row("Adam"))),
)


@pytest.fixture
def plot(qtbot: QtBot) -> MainEffectPlot:
    plot = MainEffectPlot(empty_words="Nothing yet")
    qtbot.addWidget(plot)
    plot.set_panels(PANELS, "in short")
    plot.resize(500, plot.minimumSizeHint().height())
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def test_keys_read_row_by_row_over_all_settings(qtbot: QtBot, plot: MainEffectPlot) -> None:
    assert plot.accessibleDescription() == "in short"
    plot.setFocus()
    told: list[str] = []
    plot.readout_changed.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Home):
        qtbot.keyClick(plot, key)
    assert [words for words in told if "said" in words] == [
        "0.001 said",
        "0.01 said",
        "SGD said",
        "Adam said",
        "0.001 said",
    ]
    assert plot.accessibleDescription() == "0.001 said"


def test_the_pointer_reads_rows_and_no_titles(qtbot: QtBot, plot: MainEffectPlot) -> None:
    for index in range(4):
        qtbot.mouseMove(plot, plot.row_area(index).center().toPoint())
        assert plot.pointed == index
    title = plot.row_area(2).center().toPoint() - QPoint(0, round(plot.row_area(2).height()))
    qtbot.mouseMove(plot, title)
    assert plot.pointed is None


def test_fewer_rows_let_go_of_what_is_gone(plot: MainEffectPlot) -> None:
    plot.point(3)
    plot.set_panels(PANELS[:1], "less")
    assert plot.pointed is None
    plot.set_panels((), "")
    assert not plot.grab().isNull()


def test_it_is_painted_in_both_themes_as_high_as_its_lines(plot: MainEffectPlot) -> None:
    for palette in (theme.LIGHT, theme.DARK):
        plot.set_palette(palette)
        assert plot.grab().height() >= plot.minimumSizeHint().height()
    last = plot.row_area(3)
    assert last.bottom() <= plot.minimumSizeHint().height()


@pytest.mark.parametrize(
    ("accuracies", "low", "high"),
    [((), 0.0, 1.0), ((0.5, 0.9), 0.476, 0.924), ((0.97,), 0.965, 0.975), ((1.0,), 0.995, 1.0), ((0.0, 1.0), 0.0, 1.0)],
)
def test_all_runs_are_on_the_axis(accuracies: tuple[float, ...], low: float, high: float) -> None:
    span = accuracy_span([EffectPanel("", "", (_row("", *accuracies, half_width=0.9),))])
    assert span == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("span", "most", "ticks"),
    [
        ((0.476, 0.924), 5, [0.5, 0.6, 0.7, 0.8, 0.9]),
        ((0.0, 1.0), 3, [0.0, 0.5, 1.0]),
        ((0.965, 0.975), 2, [0.965, 0.97, 0.975]),
    ],
)
def test_ticks_are_round_accuracies(span: tuple[float, float], most: int, ticks: list[float]) -> None:
    assert tick_places(span, most) == pytest.approx(ticks)
